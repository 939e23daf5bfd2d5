"""A grid of texts becomes a typed table, or nothing when it holds no figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from index.blocks import RawCell, RawTable
from index.model import Cell, Column, LeftOut, Period, Role, Row, RowKind, Table
from index.numbers import COMMA_DECIMAL, POINT_DECIMAL, is_no_value
from index.periods import PeriodMention, find_closings, find_periods, merge
from index.tables.columns import Strip, read_strips
from index.tables.derived import find_derived
from index.tables.grid import Grid, flat, make_grid
from index.tables.header import Head, find_head
from index.tables.keys import Carried, carry
from index.tables.measures import Context, type_columns
from index.tables.notes import general_notes
from index.tables.rows import Named, foot_notes, lines_of, name_rows
from index.tables.sections import depths
from index.tables.settle import settle
from index.tables.stepped import leveled
from index.tables.sums import Ledger
from index.tables.totals import build_tree
from index.tables.trust import judge
from index.tables.wording import currency_of, names_money, scale_of
from index.text import fold

_NUMBER = re.compile(
    r"\b(?:cuadro|tabla|anexo|grafico|grafica|ilustracion)(?:\s+(?:n[o°º.]*\s*)?|\s*(?=\d))"
    r"((?:\d+|[IVX]+\b)(?:[.-]\d+)*|[a-z](?=\s*(?:[.:)–—-]|$)))",
    re.IGNORECASE,
)


_PROOF = 2  # sums more than any other convention: one alone may hold by chance


def build_table(
    raw: RawTable,
    *,
    id: str,  # noqa: A002 - named as the field it fills
    document: str,
    section: tuple[str, ...] = (),
    lead: str = "",
    unit: str = "",
    order: int = 0,
    currency: str | None = None,
    period: Period | None = None,
    vote: str | None = None,
) -> tuple[Table, tuple[LeftOut, ...]] | None:
    """Type a grid. None when it has no figures: then it is text, for `index.chunks`.

    unit: line of the section that names the unit of its tables, for one that names none. currency, period: of the document, used where the table says nothing. vote: the document's number convention, the
    last resort for columns and tables that prove none.
    """
    typed = partial(
        _typed,
        raw,
        id=id,
        document=document,
        section=section,
        lead=lead,
        unit=unit,
        order=order,
        currency=currency,
        period=period,
        vote=vote,
    )
    first = typed()
    if first is None:
        return None
    best = first
    if first.doubtful:
        rivals = [typed(proven=convention) for convention in (POINT_DECIMAL, COMMA_DECIMAL)]
        best = _by_arithmetic(first, [r for r in rivals if r is not None])
    return best.table, best.left_out


@dataclass(frozen=True, kw_only=True)
class _Typed:
    """A table as one number convention has it. doubtful: another one might have it otherwise."""

    table: Table
    left_out: tuple[LeftOut, ...]
    doubtful: bool


def _by_arithmetic(first: _Typed, rivals: Sequence[_Typed]) -> _Typed:
    """The reading whose sums hold where those of every other one fail; else the first one, undecided as it is."""
    if len(rivals) > 1 and _differ_in_scale_alone(rivals[0].table, rivals[1].table):
        return first
    for rival in rivals:
        told, others = rival.table.trust, [r.table.trust for r in (first, *rivals) if r is not rival]
        if told.held >= _PROOF and told.held == told.found and all(told.held >= o.held + _PROOF for o in others):
            return rival
    return first


def _differ_in_scale_alone(one: Table, other: Table) -> bool:
    """Whether each column of a table is that of the other, so many times over: then their sums prove nothing.

    A total that is wrong by 100 in thousands is wrong by 0.1 in units, which passes for rounding.
    """
    pairs: dict[int, set[Decimal]] = {}
    for mine, theirs in zip(one.rows, other.rows, strict=False):
        for column, (a, b) in enumerate(zip(mine.cells, theirs.cells, strict=False)):
            if a.value and b.value:
                pairs.setdefault(column, set()).add(a.value / b.value)
    return all(len(ratios) == 1 for ratios in pairs.values())


def _typed(
    raw: RawTable,
    *,
    id: str,  # noqa: A002 - named as the field it fills
    document: str,
    section: tuple[str, ...],
    lead: str,
    unit: str,
    order: int,
    currency: str | None,
    period: Period | None,
    vote: str | None,
    proven: str | None = None,
) -> _Typed | None:
    grid, clashes = make_grid(raw)
    head = find_head(grid)
    level = leveled(raw, grid, head.body)
    if level is not None:
        grid, more = make_grid(level)
        head, clashes = find_head(grid), [*clashes, *more]
    titles = [_row_text(grid, row) for row in head.titles]
    caption = " ".join(t for t in (flat(raw.caption), *titles) if t)
    headers = [" ".join(path) for path in head.paths]
    general = general_notes(raw.notes, headers, [flat(c.text) for r in head.body for c in grid.filled[r][:2]])
    unit_line = " ".join([caption, *general, *re.findall(r"\([^()]*\)", lead)])
    if scale_of(unit_line) == 1 and not names_money(unit_line):
        unit_line = f"{unit_line} {unit}".strip()
    strips = read_strips(grid, head, vote, scaled=scale_of(unit_line) != 1, proven=proven)
    if not any(text for s in strips if s.role is Role.NUMBER for text in s.texts):
        return None
    named = name_rows(grid, head.body, strips)
    notes = foot_notes(named, strips)
    if notes:
        head, strips, named = _without(head, strips, named, notes)
    left_out = [
        LeftOut(text=flat(c.text), reason="dos textos en el mismo lugar de la tabla", page=c.page) for c in clashes
    ]
    left_out += [
        LeftOut(text=_row_text(grid, row), reason="numeración de las columnas de una tabla", page=_row_page(grid, row))
        for row in head.numbering
    ]
    own_period = _table_period(raw, caption, section, period)
    own_currency = currency_of(unit_line, currency) or currency
    context = Context(unit_line=unit_line, currency=own_currency, period=own_period, notes=raw.notes)
    columns = type_columns(strips, find_derived(strips), context)
    table = Table(
        id=id,
        document=document,
        caption=caption,
        columns=columns,
        rows=_rows(grid, head, strips, columns, named),
        number=_caption_number(caption),
        section=section,
        sheet=raw.sheet,
        pages=raw.pages,
        currency=own_currency,
        period=own_period,
        notes=(*raw.notes, *(_row_text(grid, row) for row in _note_rows(head, notes, grid))),
        lead=lead,
        order=order,
    )
    readings = {
        (place, s.column): cell.others for s in strips for place, cell in enumerate(s.cells) if cell and cell.others
    }
    table = settle(table, readings)
    table = replace(table, trust=judge(table, raw.lost))
    return _Typed(table=table, left_out=tuple(left_out), doubtful=_is_doubtful(strips))


def _is_doubtful(strips: Sequence[Strip]) -> bool:
    """Whether a figure may be read in two ways, which nothing printed beside it decides.

    What another column of the table proves is never doubted: sums hold under any scale, and a report that does not add
    up would be read a thousand times smaller.
    """
    return any(p.undecided for s in strips if s.role is Role.NUMBER for p in s.parsed)


def _without(head: Head, strips: list[Strip], named: list[Named], count: int) -> tuple[Head, list[Strip], list[Named]]:
    """Take the last rows, which are notes, out of the body."""
    shorter = [replace(s, cells=s.cells[:-count], texts=s.texts[:-count], parsed=s.parsed[:-count]) for s in strips]
    return replace(head, body=head.body[:-count]), shorter, named[:-count]


def _note_rows(head: Head, count: int, grid: Grid) -> list[int]:
    known = {*head.titles, *head.header, *head.numbering, *head.repeated, *head.body}
    return [row for row in range(grid.rows) if row not in known][-count:] if count else []


def _row_text(grid: Grid, row: int) -> str:
    return " ".join(flat(c.text) for c in grid.filled[row])


def _row_page(grid: Grid, row: int) -> int | None:
    return next((c.page for c in grid.filled[row] if c.page is not None), None)


def _caption_number(caption: str) -> str | None:
    found = _NUMBER.search(fold(caption))
    return found.group(1).upper() if found else None


def _table_period(raw: RawTable, caption: str, section: tuple[str, ...], default: Period | None) -> Period | None:
    """Period of the caption, else of the report head of the table, else of the section, else the document's."""
    found = _caption_period(caption)
    if found is not None:
        return merge(found, default)
    facts = {fact.key: fact.value for fact in raw.facts}
    year = next(
        (p for k in ("gestion", "ejercicio", "ano", "anio") if k in facts and (p := _one_period(facts[k]))), None
    )
    if "periodo" in facts and (found := _one_period(facts["periodo"])) is not None:
        return merge(merge(found, year), default)
    if year is not None:
        return year
    found = _one_period(section[-1]) if section else None
    return merge(found, default) if found is not None else default


def _caption_period(caption: str) -> Period | None:
    """The period a caption names; the year so far, for "al 30 de junio de 2024", unless it also names its months."""
    folded = fold(caption)
    closings = find_closings(folded)
    rest = "".join(" ; " + folded[a:b] for a, b in _around(folded, closings))
    if len({m.period for m in closings}) != 1:
        return _one_period(caption)
    others = find_periods(rest)
    if any((m.period.first, m.period.last) != (1, 12) for m in others):
        return _one_period(rest)
    return merge(closings[0].period, others[0].period if others else None)


def _around(text: str, mentions: Sequence[PeriodMention]) -> list[tuple[int, int]]:
    """The stretches of a text outside some mentions."""
    edges = [0, *(edge for m in mentions for edge in (m.start, m.end)), len(text)]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _one_period(text: str) -> Period | None:
    """The period a text names when it names one; a run of years as a span."""
    periods = list(dict.fromkeys(m.period for m in find_periods(text)))
    if len(periods) == 1:
        return periods[0]
    if len(periods) == 2 and sum(p.year is None for p in periods) == 1:
        bare = next(p for p in periods if p.year is None)
        return merge(bare, next(p for p in periods if p.year is not None))
    years = [p.year for p in periods if p.year is not None]
    if periods and len(years) == len(periods) and all((p.first, p.last) == (1, 12) for p in periods):
        return Period(year=min(years), last_year=max(p.last_year or p.year or 0 for p in periods))
    return None


def _rows(
    grid: Grid, head: Head, strips: Sequence[Strip], columns: Sequence[Column], named: Sequence[Named]
) -> tuple[Row, ...]:
    summable = [
        s for s, c in zip(strips, columns, strict=True) if c.role is Role.NUMBER and c.unit not in ("%", "ratio")
    ]
    tree = build_tree(lines_of(named, strips), _ledger(summable))
    carried = {s.column: carry(grid, head.body, s, tree.kinds) for s in strips}
    depth = depths(tree.parents)
    rows = []
    for place, row in enumerate(head.body):
        cells = tuple(_cell(s, place, carried[s.column].get(place), tree.kinds[place]) for s in strips)
        rows.append(
            Row(
                index=place,
                kind=tree.kinds[place],
                label=named[place].label,
                cells=cells,
                code=named[place].code,
                parent=tree.parents[place],
                depth=depth[place],
                page=_row_page(grid, row),
            )
        )
    return tuple(rows)


def _ledger(summable: Sequence[Strip]) -> Ledger:
    unread = [
        [
            p.value is None and (p.undecided or _unreadable(t)) is not None
            for p, t in zip(s.parsed, s.texts, strict=True)
        ]
        for s in summable
    ]
    return Ledger([s.values for s in summable], unread)


def _cell(strip: Strip, place: int, carried: Carried | None, kind: RowKind) -> Cell:
    raw: RawCell | None = strip.cells[place]
    text = raw.text if raw else ""
    parsed = strip.parsed[place]
    undecided = None
    if strip.role is Role.NUMBER and parsed.value is None and kind is not RowKind.SECTION:
        undecided = parsed.undecided or _unreadable(text)
    return Cell(
        text=text,
        value=parsed.value if strip.role is Role.NUMBER else None,
        page=raw.page if raw else None,
        box=raw.box if raw else None,
        inferred=carried.inferred if carried else None,
        candidates=carried.candidates if carried else (),
        undecided=undecided,
        verified=raw.verified if raw and strip.role is Role.NUMBER else None,
    )


def _unreadable(text: str) -> str | None:
    """Why a text with digits in a column of figures has no value; words alone and "no data" are no figures at all."""
    if is_no_value(text) or not any(c.isdigit() for c in text):
        return None
    return f"«{flat(text)}» no se pudo leer como número"
