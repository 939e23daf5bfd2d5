"""A reading of a question against one table: which rows, which operation, and what stays unexplained."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from assistant.named_measures import Mention
from assistant.question import Analysis
from index.model import Level
from tools.catalogue import TableView
from tools.matching import RowMatch
from tools.table_periods import PeriodFit


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """rows: what is asked about (several for a comparison). rivals: rows that fit as well as the first.

    unexplained: positions of the content words that nothing accounts for, `weight` their share of the question
    (0 is a complete reading). preference: among equally complete readings of one report, larger is better.
    """

    view: TableView
    analysis: Analysis
    operation: str
    rows: tuple[RowMatch, ...]
    mentions: tuple[Mention, ...]
    level: Level | None
    rivals: tuple[RowMatch, ...] = ()
    fits: tuple[PeriodFit, ...] = ()
    unexplained: frozenset[int] = frozenset()
    weight: float = 0.0
    preference: tuple[float, ...] = ()
    used: frozenset[int] = frozenset()  # words taken by the rows
    named: frozenset[int] = frozenset()  # words taken by the columns
    heading: frozenset[int] = frozenset()  # the words of that column
    header: int | None = None  # the column whose heading the question says in full
    deed: bool = False  # the row's own label says that something was done ("partos atendidos")

    by_periods: tuple[int, ...] = ()  # columns among which "¿en qué mes…?" chooses
    telling: frozenset[int] = frozenset()  # the words that ask for the columns of words
    attributes: tuple[int, ...] = ()  # columns of words that are asked for ("¿quién la construye?")
    without: tuple[int, ...] = ()  # rows that the question sets apart ("sin contar Salud")
    absorbed: frozenset[int] = frozenset()  # words that belong to the label of a row and to nothing else
    made: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)  # `index.once`

    def says(self, cue: str) -> bool:
        """Whether the question holds a cue outside the labels of its rows."""
        used = self.analysis.cues.get(cue)
        if used is None:
            return False
        inside = used & self.analysis.content
        return not inside or not inside <= self.absorbed

    @property
    def row(self) -> RowMatch:
        return self.rows[0]
