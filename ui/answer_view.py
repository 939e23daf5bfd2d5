"""An answer on the screen: the figure first, then its calculation, its source cell by cell, and what to know of it.

`Answer.text` holds all of it in one paragraph; here that paragraph is cut where its parts begin, so that no word of
it is lost and none is said twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from assistant.model import Answer, Status
from assistant.wording import source
from index.model import Citation
from ui.printing import print_line

if TYPE_CHECKING:
    from rich.console import Console

_ROWS = 8  # rows of cells listed under an answer; a sum over a whole table has dozens
_CELLS = 6  # cells listed of one row
_LABEL = 90  # characters of a row's label beside its cells: the answer holds it whole
_LISTS = {"list", "count", "rank"}  # tools whose answers name several rows
_MARK = re.compile(
    r"(?<=\s)(?:(?P<formula>Cálculo: )|(?P<source>Fuente: (?=«|sección «|texto))|(?P<loaded>Informes cargados: ))"
)


class Part(StrEnum):
    """What a line of an answer is; the value is its style for rich."""

    ANSWER = "bold"
    PROSE = ""
    OPTION = "none"
    FORMULA = "cyan"
    SOURCE = "green"
    CELL = "dim"
    NOTE = "yellow"


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One printed line."""

    part: Part
    text: str


def answer_lines(answer: Answer) -> Iterator[Line]:
    """Everything that an answer says, one part a line."""
    lines = list(_said(answer))
    told = {line.part for line in lines}
    if answer.formula and Part.FORMULA not in told:
        lines.append(Line(part=Part.FORMULA, text=f"Cálculo: {answer.formula}"))
    if answer.citations and Part.SOURCE not in told:
        lines.append(Line(part=Part.SOURCE, text=source(answer.citations)))
    notes = {line.text for line in lines if line.part is Part.NOTE}
    lines.extend(Line(part=Part.NOTE, text=w) for w in dict.fromkeys(answer.warnings) if w not in notes)
    last_source = max((i for i, line in enumerate(lines) if line.part is Part.SOURCE), default=len(lines))
    for place, line in enumerate(lines):
        yield Line(part=line.part, text=f"Aviso: {line.text}") if line.part is Part.NOTE else line
        if place == last_source:
            yield from _cells(answer)


def print_answer(answer: Answer, console: Console) -> None:
    """Print an answer: whole words wrapped on a terminal, one line a part elsewhere."""
    for line in answer_lines(answer):
        print_line(console, line.text, style=line.part.value, indent=2 if line.part in {Part.OPTION, Part.CELL} else 0)


def _said(answer: Answer) -> Iterator[Line]:
    """The text of the answer, cut at the parts that can be told in it."""
    plain = Part.PROSE if answer.route.name == "narrative" else Part.ANSWER
    for paragraph in answer.text.splitlines():
        if not paragraph.strip():
            continue
        cuts = {0: plain} | _cuts(paragraph, answer, plain)
        starts = sorted(cuts)
        for start, end in zip(starts, [*starts[1:], len(paragraph)], strict=True):
            text = paragraph[start:end].strip()
            if cuts[start] is Part.OPTION:
                text = text.removesuffix(";").removesuffix(".")
            if text:
                yield Line(part=cuts[start], text=text)


def _cuts(text: str, answer: Answer, plain: Part) -> dict[int, Part]:
    """Where the parts of a paragraph begin."""
    found: dict[int, Part] = {}
    for match in _MARK.finditer(text):
        kinds = {"formula": Part.FORMULA, "source": Part.SOURCE, "loaded": Part.PROSE}
        found[match.start()] = kinds[match.lastgroup or "loaded"]
    if answer.status is Status.AMBIGUOUS:
        for label in answer.suggestions:
            for match in re.finditer(rf"(?<=[?;] ){re.escape(label)}: ", text):
                found[match.start()] = Part.OPTION
    found |= _listed(text, answer)
    ends: list[int] = []
    for warning in answer.warnings:
        place = text.find(warning)
        if place >= 0:
            found[place] = Part.NOTE
            ends.append(place + len(warning))
    for end in ends:
        following = len(text) - len(text[end:].lstrip())
        found.setdefault(following, plain)
    return found


def _listed(text: str, answer: Answer) -> dict[int, Part]:
    """Where the rows begin that an answer lists; one row alone stays in its sentence."""
    if answer.route.tool not in _LISTS:
        return {}
    labels = {cited.row for cited in answer.citations if cited.row}
    end = next((match.start() for match in _MARK.finditer(text)), len(text))
    places = {
        match.start(): Part.OPTION
        for label in labels
        for match in re.finditer(rf"(?<=[;:] )(?:\d+\) )?{re.escape(label)}(?=:? )", text[:end])
    }
    return places if len(places) > 1 else {}


def _cells(answer: Answer) -> Iterator[Line]:
    """The cells behind an answer, those of one row on one line."""
    rows: dict[tuple[str, str | None, str], list[Citation]] = {}
    for cited in dict.fromkeys(answer.citations):
        if cited.row and cited.column:
            rows.setdefault((cited.file, cited.table, cited.row), []).append(cited)
    if answer.status is Status.AMBIGUOUS and sum(map(len, rows.values())) > len(answer.suggestions):
        return  # the candidates are sums of many cells: their figures stand above
    for (_, _, label), cells in list(rows.items())[:_ROWS]:
        name = label if len(label) <= _LABEL else f"{label[: _LABEL - 1].rstrip()}…"
        told = "; ".join(f"{cell.column}: {cell.text or '(en blanco)'}" for cell in cells[:_CELLS])
        if len(cells) > _CELLS:
            told += f"; y {len(cells) - _CELLS} celdas más"
        yield Line(part=Part.CELL, text=f"{name} · {told}")
    if len(rows) > _ROWS:
        yield Line(part=Part.CELL, text=f"y {len(rows) - _ROWS} filas más (todas con --json)")
