"""Where tables without a net of rulings stand: runs of lines with figures, and the lines above that head them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.pdf.lines import Chunk, Line
from index.pdf.marks import NOTE, PAIR, SOURCE, is_bullet, is_caption, is_missing, is_number, is_ordinal, is_year
from index.pdf.values import Rule

GAP = 4.5  # lines of white that end a table
HEAD_GAP = 2.4  # lines of white that end a header
_ANEW = 1.3  # steps between rows: more white parts a table from the title of the next
PENDING = 14  # lines without figures in a row that a table may have


@dataclass(frozen=True, kw_only=True, slots=True)
class Region:
    """Header lines, body lines; `start`/`stop` are its place in the list of lines it was found in."""

    head: tuple[Line, ...]
    body: tuple[Line, ...]
    start: int
    stop: int


def number_line(line: Line) -> bool:
    """A line of a table: a figure that something else stands beside."""
    if line.numbers == 0 or len(line.chunks) < 2:
        return False
    if max(len(c.words) for c in line.chunks) > 16 or SOURCE.match(line.text):
        return False
    first = line.chunks[0]
    if line.numbers == 1 and first.number:  # "3.  Some text": a list, unless marks follow
        return any(c.mark for c in line.chunks[1:]) or (
            len(line.chunks) > 2 and max(len(c.words) for c in line.chunks[1:]) <= 6
        )
    return not is_bullet(line.chunks[0].text)


def prose_chunk(chunk: Chunk) -> bool:
    words = chunk.words
    return len(words) >= 9 and sum(is_number(w.text) for w in words) < 0.3 * len(words)


def head_like(line: Line) -> bool:
    """All its figures are years or ordinals: a header, not data."""
    numbers = [c.text for c in line.chunks if c.number]
    if not numbers:
        return False
    if all(is_year(n) for n in numbers):
        return len(numbers) > 1 or not line.chunks[0].number
    if len(numbers) > 2 and all(is_ordinal(n) for n in numbers):
        digits = [int("".join(ch for ch in n if ch.isdecimal()) or 0) for n in numbers]
        steps = {b - a for a, b in pairwise(digits)}
        return steps == {1} or (digits[0] == 1 and min(steps) > 0 and line.chunks[0].number)
    return False


def find_regions(lines: Sequence[Line], rules: Sequence[Rule]) -> list[Region]:
    """Regions from top to bottom; they do not share lines."""
    found: list[Region] = []
    index, floor = 0, 0
    while index < len(lines):
        if not number_line(lines[index]):
            index += 1
            continue
        stop = _grow_down(lines, index, rules)
        region = _with_head(lines, floor, index, stop, rules)
        if region is not None:
            found.append(region)
            floor = stop
        index = max(stop, index + 1)
    return found


def _overlaps(a: Line, x0: float, x1: float) -> bool:
    return min(a.x1, x1) - max(a.x0, x0) > 0


def ends_table(line: Line, x0: float, x1: float) -> bool:
    """Prose, a caption or a note: nothing of a table."""
    first = line.chunks[0]
    if is_caption(line.text) or _is_note(line):
        return True
    if any(prose_chunk(c) and c.x1 - c.x0 > 0.6 * (x1 - x0) for c in line.chunks):
        return True
    return len(line.chunks) == 1 and (is_bullet(first.text) or first.x1 > x1 + 40 or first.x0 < x0 - 60)


def _is_note(line: Line) -> bool:
    """A note beneath a table; "Fuente | Monto" and "Nota | Saldo" are labels of columns."""
    if line.numbers or not NOTE.match(line.text):
        return False
    return len(line.chunks) < 2 or bool(SOURCE.match(line.text)) or not line.chunks[0].text[:1].isalpha()


def _grow_down(lines: Sequence[Line], start: int, rules: Sequence[Rule]) -> int:
    """Index after the last line of the table that begins with the number line `start`."""
    x0, x1 = lines[start].x0, lines[start].x1
    if (
        head_like(lines[start]) and lines[start].numbers > 1
    ):  # years head their columns, and nothing the labels: the rows tell where those begin
        x0 = min([x0, *(line.x0 for line in lines[start + 1 : start + 4] if number_line(line))])
    last = start
    index = start + 1
    tail = True
    while index < len(lines):
        line = lines[index]
        gap = line.top - lines[index - 1].bottom
        if gap > GAP * line.size or index - last > PENDING:
            break
        if index - last == 1 and _begins_anew(lines, start, index, rules):
            break
        if number_line(line) and _overlaps(line, x0, x1):
            if head_like(line) and index - last > 1 and gap > line.size:
                break
            last = index
            x0, x1 = min(x0, line.x0), max(x1, line.x1)
        elif ends_table(line, *((line.x0, max(x1, line.x1)) if _tied(lines, index) else (x0, x1))):
            break
        index += 1
    stop = last + 1
    labels = {round(lines[i].x0) for i in range(start, stop)}
    steps = sorted(lines[i + 1].middle - lines[i].middle for i in range(start, stop - 1)) or [1.3 * lines[start].size]
    usual = steps[(len(steps) * 3) // 4]
    while tail and stop < min(len(lines), index):  # labels without figures that end the table
        line = lines[stop]
        gap = line.middle - lines[stop - 1].middle
        first = line.chunks[0]
        near = gap <= max(1.15 * usual, 1.45 * line.size) and gap <= 2.5 * line.size
        aligned = any(abs(round(line.x0) - x) <= 1 for x in labels) or first.text[:1].islower()
        barred = any(
            not r.vertical and lines[stop - 1].middle < r.top < line.middle and r.x1 - r.x0 > 0.6 * (x1 - x0)
            for r in rules
        )
        if not near or not aligned or barred or ends_table(line, x0, x1) or first.x1 > x0 + 0.75 * (x1 - x0):
            break
        stop += 1
    return stop


def _begins_anew(lines: Sequence[Line], start: int, index: int, rules: Sequence[Rule]) -> bool:
    """Whether a table of its own begins at a line beneath figures: a title, if any, and labels of columns.

    The labels stand between two rules of one length, or are bold, as the title then is and no figure above. White
    stands between: else it is a row among others.
    """
    head = index + (len(lines[index].chunks) == 1)
    if head + 1 >= len(lines):
        return False
    label, under, above = lines[head], lines[head + 1], lines[index - 1]
    if len(label.chunks) < 2 or any(c.value for c in label.chunks) or not number_line(under):
        return False
    over = [any(c.x0 < d.x1 and c.x1 > d.x0 for d in under.chunks if d.value) for c in label.chunks[1:]]
    held = [line for line in lines[start:index] if number_line(line)]
    bold = all(c.bold for line in lines[index : head + 1] for c in line.chunks)
    plain = bold and not any(c.bold for line in (*held, under) for c in line.chunks if c.value)
    steps = sorted(b.middle - a.middle for a, b in pairwise(held))
    wide = bool(steps) and lines[index].middle - above.middle > _ANEW * steps[len(steps) // 2]
    return all(over) and wide and (plain or _framed(label, lines[head - 1], under, rules))


def _framed(label: Line, before: Line, after: Line, rules: Sequence[Rule]) -> bool:
    """Whether one rule runs above a line and another of the same length under it."""
    long = [r for r in rules if not r.vertical and r.x0 <= label.x0 + 3 and r.x1 >= label.x1 - 3]
    above = [r for r in long if before.middle < r.top < label.middle]
    under = [r for r in long if label.middle < r.top < after.middle]
    return any(abs(a.x0 - b.x0) < 3 and abs(a.x1 - b.x1) < 3 for a in above for b in under)


def _tied(lines: Sequence[Line], index: int) -> bool:
    """The line overlaps a line of figures in height: half of a label that stands around its row."""
    line = lines[index]
    beside = [lines[i] for i in (index - 1, index + 1) if 0 <= i < len(lines)]
    return any(number_line(b) and min(b.bottom, line.bottom) - max(b.top, line.top) > 0 for b in beside)


def _with_head(lines: Sequence[Line], floor: int, first: int, stop: int, rules: Sequence[Rule]) -> Region | None:
    while first > floor and _is_bare(lines[first - 1], lines[first]):
        first -= 1
    x0 = min(line.x0 for line in lines[first:stop])
    x1 = max(line.x1 for line in lines[first:stop])
    body = first
    while body < stop - 1 and head_like(lines[body]) and _is_head(lines, body, stop, rules):
        body += 1
    top = _head_top(lines, (floor, first, body), (x0, x1), rules)
    rows = _first_row(lines, (top, body), (x0, x1), rules)
    return Region(head=tuple(lines[top:rows]), body=tuple(lines[rows:stop]), start=top, stop=stop)


def _is_bare(line: Line, under: Line) -> bool:
    """A row that prints a dash where the row beneath has a figure, and its texts where that has its own."""
    pairs = list(zip(line.chunks, under.chunks, strict=False))
    if line.numbers or len(line.chunks) != len(under.chunks) or under.top - line.bottom > GAP * line.size:
        return False
    dashed = any(is_missing(a.text) and b.value and abs(a.x1 - b.x1) < b.size + b.x1 - b.x0 for a, b in pairs)
    return dashed and all(a.mark or b.value or abs(a.x0 - b.x0) < 0.5 * a.size for a, b in pairs)


def _is_head(lines: Sequence[Line], index: int, stop: int, rules: Sequence[Rule]) -> bool:
    line, following = lines[index], lines[index + 1]
    barred = any(not r.vertical and line.middle < r.top < following.middle for r in rules)
    bold = all(c.bold for c in line.chunks) and not all(c.bold for c in following.chunks)
    unlabelled = not line.chunks[0].value and len(line.chunks) > 1
    bare = all(c.number for c in line.chunks) and not all(c.number for c in lines[min(index + 1, stop - 1)].chunks)
    heading = not following.numbers and line.x0 > following.x1  # nothing stands over the labels, which begin beneath
    return barred or bold or bare or unlabelled or heading


def _head_top(
    lines: Sequence[Line], between: tuple[int, int, int], sides: tuple[float, float], rules: Sequence[Rule]
) -> int:
    """Index of the highest line that heads the table. between: how high it may stand, first figures, first data."""
    (floor, first, body), (x0, x1) = between, sides
    width = x1 - x0
    top = first
    while top > floor:
        line, under = lines[top - 1], lines[top]
        closed = len(line.chunks) > 1 and any(
            line.middle < r.top < under.middle and min(r.x1, x1) - max(r.x0, x0) > 0.8 * width for r in rules
        )
        if under.top - line.bottom > (GAP if closed else HEAD_GAP) * line.size or first - top > 16:
            break
        if any(PAIR.match(c.text) for c in line.chunks) and not any(c.bold for c in line.chunks):
            break
        if not _overlaps(line, x0, x1) or ends_table(line, x0, x1) or line.x0 < x0 - 0.25 * width:
            break
        top -= 1
    full = [
        r.top
        for r in rules
        if not r.vertical and min(r.x1, x1) - max(r.x0, x0) > 0.8 * width and r.top < lines[first].top + 2
    ]
    for y in sorted(full):  # the highest long rule with a line of several chunks beneath it is the table's upper edge
        beneath = [i for i in range(top, first + 1) if lines[i].middle > y]
        if beneath and beneath[0] > top and any(len(lines[i].chunks) > 1 for i in beneath[:-1]):
            top = beneath[0]
            break
    while top < first and len(lines[top].chunks) == 1 and not _heads_columns(lines, (top, body), (x0, x1), rules):
        if top == first - 1 and _tied(lines, top):
            break
        top += 1
    return top


def _heads_columns(
    lines: Sequence[Line], between: tuple[int, int], sides: tuple[float, float], rules: Sequence[Rule]
) -> bool:
    """A lone label on top belongs to the header when a rule marks its group or it sits tight over one column."""
    (index, first), (x0, x1) = between, sides
    line = lines[index]
    chunk = line.chunks[0]
    width = x1 - x0
    grouped = any(
        not r.vertical
        and line.middle < r.top < lines[index + 1].middle
        and r.x0 <= chunk.centre <= r.x1
        and chunk.x1 - chunk.x0 <= r.x1 - r.x0 + 2
        and 0.1 * width < r.x1 - r.x0 < 0.9 * width
        for r in rules
    )
    if grouped:
        return True
    under = lines[index + 1]
    tight = under.top - line.bottom < 0.7 * line.size
    narrow = chunk.x1 - chunk.x0 < 0.35 * width and chunk.x0 > x0 + 0.15 * width
    over = [c for li in lines[index + 1 : first] for c in li.chunks if c.x0 < chunk.x1 and c.x1 > chunk.x0]
    return tight and narrow and index + 1 < first and len(over) >= 1 and len(under.chunks) > 1


def _first_row(
    lines: Sequence[Line], between: tuple[int, int], sides: tuple[float, float], rules: Sequence[Rule]
) -> int:
    """Index of the first body line: label lines between the header and the first figures belong to the body."""
    (top, body), (x0, x1) = between, sides
    if top >= body:
        return body
    width = x1 - x0
    barred = [
        i
        for i in range(top + 1, body + 1)
        if any(
            not r.vertical and lines[i - 1].middle < r.top < lines[i].middle and r.x1 - r.x0 > 0.75 * width
            for r in rules
        )
    ]
    if barred:
        return barred[-1] if any(len(lines[i].chunks) > 1 for i in range(top, barred[-1])) else body
    bold = [i for i in range(top, body) if all(c.bold for c in lines[i].chunks)]
    if bold and not any(c.bold for i in range(bold[-1] + 1, body) for c in lines[i].chunks):
        last = max((i for i in bold if len(lines[i].chunks) > 1), default=bold[-1])
        while last + 1 in bold and lines[last + 1].x0 > x0 + 0.15 * width:  # the second line of a column's label
            last += 1
        return last + 1
    label_end = x0 + 0.5 * width
    wide = [i for i in range(top, body) if any(c.x0 > label_end for c in lines[i].chunks) or len(lines[i].chunks) > 1]
    return (wide[-1] + 1) if wide else top
