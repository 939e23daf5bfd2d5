"""What is looked for among the rows of one table: the question, and the words of it that may name a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.question import Analysis
from assistant.row_ties import participles
from tools.catalogue import Catalogue, TableView
from tools.matching import RowMatch, Word, match_rows


@dataclass(frozen=True, kw_only=True, slots=True)
class RowQuery:
    """words: those that may name a row. strict: positions of the words that nothing but a row accounts for.

    coded: for each code of the question its rows, by the position of their table.
    """

    catalogue: Catalogue
    view: TableView
    analysis: Analysis
    words: Sequence[Word]
    strict: frozenset[int]
    coded: Sequence[dict[int, RowMatch]]
    made: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)  # `index.once`

    @property
    def by_code(self) -> list[RowMatch]:
        """The rows of this table that the codes of the question name."""
        return [rows[self.view.position] for rows in self.coded if self.view.position in rows]

    def named(self) -> tuple[RowMatch, ...]:
        """The rows that the words name, best first."""
        return self.named_by(self.words, self.strict)

    def named_by(self, words: Sequence[Word], strict: frozenset[int]) -> tuple[RowMatch, ...]:
        """The rows that some of the words name, best first. strict: those of them that must be accounted for."""
        return match_rows(self.catalogue, self.view, words, strict, participles())
