"""Running heads and feet: lines that stand at one height on most pages, digits aside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.pdf.lines import Line, lines_of
from index.pdf.values import Ink, Word

SHARE = 0.6  # of the pages that must carry the line
STEP = 4.0  # points: heights this close are one height
_GROUP = 2.4  # lines of white between a group's label and those it groups
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Running:
    """Per page: the running lines, and the words that are left for the body."""

    lines: dict[int, tuple[Line, ...]]
    body: dict[int, tuple[Word, ...]]


def find_running(pages: Sequence[Ink]) -> Running:
    """Split each page. One page alone has no running lines."""
    inked = [p for p in pages if p.words]
    if len(inked) < 2:
        return Running(lines={p.number: () for p in inked}, body={p.number: p.words for p in inked})
    lines = {p.number: lines_of(p.words) for p in inked}
    counts: Counter[tuple[str, int]] = Counter()
    for page in inked:
        counts.update({key for line in lines[page.number] for key in _keys(line)[:1]})
    found: dict[int, tuple[Line, ...]] = {}
    body: dict[int, tuple[Word, ...]] = {}
    for page in inked:
        running = _of_page(page, lines[page.number], counts, len(inked))
        taken = {id(w) for line in running for w in line.words}
        found[page.number] = tuple(running)
        body[page.number] = tuple(w for w in page.words if id(w) not in taken)
    return Running(lines=found, body=body)


def masked(text: str) -> str:
    return _DIGITS.sub("#", text)


def _keys(line: Line) -> list[tuple[str, int]]:
    text, place = masked(line.text), round(line.middle / STEP)
    return [(text, place), (text, place - 1), (text, place + 1)]


def _in_net(page: Ink, line: Line) -> bool:
    """Three vertical lines or more pass the line: it is a row of a ruled table."""
    return len({round(r.x0) for r in page.rules if r.vertical and r.top < line.middle < r.bottom}) > 2


def _heads_table(page: Ink, lines: list[Line], index: int) -> bool:
    """A line of many labels, or one with several, or ruled off as a group, that stands tight above such a line."""
    line = lines[index]
    if len(line.chunks) > 3 or line.numbers > 1:
        return True
    if index + 1 < len(lines) and len(lines[index + 1].chunks) > 3 and _is_group(page, line, lines[index + 1]):
        return True
    for above, under in pairwise(lines[index : index + 4]):
        if len(line.chunks) < 2 or under.top - above.bottom > 0.6 * above.size:
            return False
        if len(under.chunks) > 3:
            return True
    return False


def _is_group(page: Ink, line: Line, under: Line) -> bool:
    """Rules under the line, each of them narrower than the labels beneath, cover all that it prints."""
    wide = under.x1 - under.x0
    own = [r for r in page.rules if not r.vertical and line.middle < r.top < under.middle and r.x1 - r.x0 < 0.8 * wide]
    return under.top - line.bottom < _GROUP * line.size and all(
        any(r.x0 - 1 <= chunk.x0 and chunk.x1 <= r.x1 + 1 for r in own) for chunk in line.chunks
    )


def _of_page(page: Ink, lines: list[Line], counts: Counter[tuple[str, int]], pages: int) -> list[Line]:
    """From the outside in, as long as the lines repeat; a line of many chunks is a table's header."""

    def repeats(line: Line) -> bool:
        return sum(counts[k] for k in _keys(line)) >= max(2, SHARE * pages)

    found: list[Line] = []
    for index, line in enumerate(lines):
        low = line.middle > 0.35 * page.height
        if low or not repeats(line) or _heads_table(page, lines, index) or _in_net(page, line):
            break
        found.append(line)
    for line in reversed(lines):
        far = line.middle < 0.85 * page.height
        if line in found or far or not repeats(line) or _in_net(page, line):
            break
        found.append(line)
    return found
