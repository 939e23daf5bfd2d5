"""The places an answer comes from: its citations grouped by table or passage, each operand with a number and a colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.model import Answer
from index.model import Citation
from ui.chat.names import table_short

COLOURS = 8  # that can be told apart, also by those who see colours differently: the style sheet holds them


@dataclass(frozen=True, kw_only=True, slots=True)
class Operand:
    """One cell behind an answer. number: from 1, over the whole answer; colour: from 0 to COLOURS - 1."""

    number: int
    colour: int
    cited: Citation


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A table with the cells used from it, or a passage (`quotes`, no operands).

    label: short, for a button. pages: where its cells or words stand, empty for files without pages.
    """

    document: str
    file: str
    title: str
    label: str
    table: str | None = None
    table_id: str | None = None
    section: str | None = None
    operands: tuple[Operand, ...] = ()
    quotes: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()

    def on(self, page: int) -> tuple[Operand, ...]:
        """The operands that stand on a page."""
        return tuple(o for o in self.operands if o.cited.page == page)


def sources_of(answer: Answer) -> tuple[Source, ...]:
    """The sources of an answer in the order it cites them, each once."""
    groups: dict[tuple[str, str | None, str | None], list[Citation]] = {}
    for cited in dict.fromkeys(answer.citations):
        place = None if cited.table_id else cited.section or ""
        groups.setdefault((cited.document, cited.table_id, place), []).append(cited)
    operands = _operands([c for group in groups.values() for c in group if c.table_id])
    return tuple(_source(group, operands) for group in groups.values())


def _operands(cells: Sequence[Citation]) -> dict[Citation, Operand]:
    """A colour for each cell while there are enough, else for each column: the cells of a sum are alike."""
    columns: dict[tuple[str | None, int | None], int] = {}
    for cell in cells:
        columns.setdefault((cell.table_id, cell.column_index), len(columns))
    return {
        cell: Operand(
            number=number,
            colour=(number - 1 if len(cells) <= COLOURS else columns[cell.table_id, cell.column_index]) % COLOURS,
            cited=cell,
        )
        for number, cell in enumerate(cells, 1)
    }


def _source(group: Sequence[Citation], operands: dict[Citation, Operand]) -> Source:
    first = group[0]
    pages = tuple(sorted({c.page for c in group if c.page is not None}))
    place = table_short(first.table) if first.table_id and first.table else (first.section or "Texto del informe")
    where = f"p. {pages[0]}" if len(pages) == 1 else f"pp. {pages[0]}–{pages[-1]}" if pages else ""
    return Source(
        document=first.document,
        file=first.file,
        title=first.title,
        label=" · ".join(filter(None, (place, where))),
        table=first.table,
        table_id=first.table_id,
        section=first.section,
        operands=tuple(operands[c] for c in group if c in operands),
        quotes=() if first.table_id else tuple(dict.fromkeys(c.text for c in group)),
        pages=pages,
    )
