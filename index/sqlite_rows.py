"""A report as rows of the schema, and back. Row order and column order are those of `sqlite_schema`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from index.model import (
    Box,
    Cell,
    Chunk,
    ChunkKind,
    Column,
    Document,
    Fact,
    LeftOut,
    Level,
    Period,
    Report,
    Role,
    Row,
    RowKind,
    Table,
    Trust,
)
from index.text import remembered

_PERIOD = "period_year, period_last_year, period_first, period_last"
_DOCUMENT_FIELDS = f"id, file, title, kind, institution, aliases, country, currency, {_PERIOD}, pages, warnings, edited, scanned, unread"


def insert_report(connection: sqlite3.Connection, report: Report) -> None:
    """Write a report whose id is not there; the caller holds the transaction."""
    values = _document_values(report.document)
    marks = ", ".join("?" * len(values))
    sql = f"INSERT INTO documents ({_DOCUMENT_FIELDS}) VALUES ({marks})"  # noqa: S608 - only our own text goes in
    key = connection.execute(sql, values).lastrowid
    assert key is not None
    _insert(connection, "left_out", _left_out_values(key, report.document.left_out))
    _insert(connection, "facts", _fact_values(key, report.facts))
    _insert(connection, "chunks", _chunk_values(key, report.chunks))
    _insert(connection, "tables", _table_values(key, report.tables))
    _insert(connection, "table_columns", _column_values(key, report.tables))
    _insert(connection, "table_rows", _row_values(key, report.tables))
    _insert(connection, "cells", _cell_values(key, report.tables))


def read_documents(connection: sqlite3.Connection, where: str = "", values: Sequence[Any] = ()) -> dict[int, Document]:
    """Documents by key, in file name order."""
    left_out: dict[int, list[LeftOut]] = {}
    sql = "SELECT document, text, reason, page FROM left_out"
    if where:
        sql += f" WHERE document IN (SELECT key FROM documents {where})"  # noqa: S608 - `where` is our own text
    for key, text, reason, page in connection.execute(sql + " ORDER BY document, place", values):
        left_out.setdefault(key, []).append(LeftOut(text=text, reason=reason, page=page))
    sql = f"SELECT key, {_DOCUMENT_FIELDS} FROM documents {where} ORDER BY file, id"  # noqa: S608 - the parts are constants of this module
    return {row[0]: _document(row[1:], left_out.get(row[0], ())) for row in connection.execute(sql, values)}


def read_report(connection: sqlite3.Connection, key: int, document: Document) -> Report:
    """The report of a document that `read_documents` gave under `key`."""
    return Report(
        document=document,
        tables=tuple(_read_tables(connection, key, document.id)),
        chunks=tuple(_read_chunks(connection, key, document.id)),
        facts=tuple(_read_facts(connection, key)),
    )


# Writing ---------------------------------------------------------------------------------------------------------


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    listed = list(rows)
    if listed:
        marks = ", ".join("?" * len(listed[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", listed)  # noqa: S608 - `table` is our own


def _pack(texts: Sequence[object]) -> str:
    return json.dumps(texts, ensure_ascii=False) if texts else "[]"


def _period_values(period: Period | None) -> tuple[int | None, ...]:
    if period is None:
        return (None, None, None, None)
    return (period.year, period.last_year, period.first, period.last)


def _document_values(document: Document) -> tuple[Any, ...]:
    """Values in the order of _DOCUMENT_FIELDS."""
    d = document
    return (
        d.id, d.file, d.title, d.kind, d.institution, _pack(d.aliases), d.country, d.currency, *_period_values(d.period),
        d.pages, _pack(d.warnings), _pack(d.edited), _pack(d.scanned), _pack(d.unread),
    )  # fmt: skip


def _left_out_values(key: int, parts: Sequence[LeftOut]) -> Iterator[tuple[Any, ...]]:
    for place, part in enumerate(parts):
        yield key, place, part.text, part.reason, part.page


def _fact_values(key: int, facts: Sequence[Fact]) -> Iterator[tuple[Any, ...]]:
    for place, fact in enumerate(facts):
        yield key, place, fact.key, fact.value, fact.quote, fact.detail, fact.page, _pack(fact.tables)


def _chunk_values(key: int, chunks: Sequence[Chunk]) -> Iterator[tuple[Any, ...]]:
    for place, c in enumerate(chunks):
        yield (
            key, place, c.id, c.kind.value, _pack(c.section), c.text, c.lead, _pack(c.items), _pack(c.pages), c.order,
        )  # fmt: skip


def _table_values(key: int, tables: Sequence[Table]) -> Iterator[tuple[Any, ...]]:
    for place, t in enumerate(tables):
        yield (
            key, place, t.id, t.caption, t.number, _pack(t.section), t.sheet, _pack(t.pages), t.currency,
            *_period_values(t.period), _pack(t.notes), t.lead, t.order,
            json.dumps([t.trust.found, t.trust.held, t.trust.lost], ensure_ascii=False),
        )  # fmt: skip


def _column_values(key: int, tables: Sequence[Table]) -> Iterator[tuple[Any, ...]]:
    for table_place, table in enumerate(tables):
        for place, c in enumerate(table.columns):
            level = c.level.value if c.level is not None else None
            yield (
                key, table_place, place, c.index, _pack(c.path), c.role.value, c.measure, level,
                *_period_values(c.period), c.accumulated, c.unit, str(c.scale), c.convention,
                *(c.derived or (None, None)),
            )  # fmt: skip


def _row_values(key: int, tables: Sequence[Table]) -> Iterator[tuple[Any, ...]]:
    for table_place, table in enumerate(tables):
        for place, r in enumerate(table.rows):
            yield key, table_place, place, r.index, r.kind.value, r.label, r.code, r.parent, r.depth, r.page


def _cell_values(key: int, tables: Sequence[Table]) -> Iterator[tuple[Any, ...]]:
    nowhere = (None, None, None, None)
    for table_place, table in enumerate(tables):
        for row_place, row in enumerate(table.rows):
            for place, c in enumerate(row.cells):
                box = nowhere if c.box is None else (c.box.x0, c.box.top, c.box.x1, c.box.bottom)
                value = None if c.value is None else str(c.value)
                candidates = _pack(c.candidates) if c.candidates else None
                yield (
                    key, table_place, row_place, place, c.text, value, c.page, *box, c.inferred, candidates, c.undecided,
                    c.verified,
                )  # fmt: skip


# Reading ---------------------------------------------------------------------------------------------------------


@remembered
def _unpack(text: str) -> tuple[Any, ...]:
    return () if text == "[]" else tuple(json.loads(text))


def _period(year: int | None, last_year: int | None, first: int | None, last: int | None) -> Period | None:
    if first is None or last is None:
        return None
    return Period(year=year, last_year=last_year, first=first, last=last)


def _document(row: Sequence[Any], left_out: Sequence[LeftOut]) -> Document:
    ident, file, title, kind, institution, aliases, country, currency, *rest = row
    return Document(
        id=ident,
        file=file,
        title=title,
        kind=kind,
        institution=institution,
        aliases=_unpack(aliases),
        country=country,
        currency=currency,
        period=_period(*rest[:4]),
        pages=rest[4],
        warnings=_unpack(rest[5]),
        left_out=tuple(left_out),
        edited=_unpack(rest[6]),
        scanned=_unpack(rest[7]),
        unread=_unpack(rest[8]),
    )


def _read_facts(connection: sqlite3.Connection, key: int) -> Iterator[Fact]:
    sql = "SELECT key, value, quote, detail, page, tables FROM facts WHERE document = ? ORDER BY place"
    for name, value, quote, detail, page, tables in connection.execute(sql, (key,)):
        yield Fact(key=name, value=value, quote=quote, detail=detail, page=page, tables=_unpack(tables))


def _read_chunks(connection: sqlite3.Connection, key: int, document: str) -> Iterator[Chunk]:
    sql = "SELECT id, kind, section, text, lead, items, pages, block FROM chunks WHERE document = ? ORDER BY place"
    for ident, kind, section, text, lead, items, pages, order in connection.execute(sql, (key,)):
        yield Chunk(
            id=ident,
            document=document,
            kind=ChunkKind(kind),
            section=_unpack(section),
            text=text,
            lead=lead,
            items=_unpack(items),
            pages=_unpack(pages),
            order=order,
        )


def _read_tables(connection: sqlite3.Connection, key: int, document: str) -> Iterator[Table]:
    columns = _read_columns(connection, key)
    rows = _read_rows(connection, key)
    sql = f"""SELECT place, id, caption, number, section, sheet, pages, currency, {_PERIOD}, notes, lead, block, trust
              FROM tables WHERE document = ? ORDER BY place"""  # noqa: S608 - only our own text goes in
    for place, ident, caption, number, section, sheet, pages, currency, *rest in connection.execute(sql, (key,)):
        yield Table(
            id=ident,
            document=document,
            caption=caption,
            columns=tuple(columns.get(place, ())),
            rows=tuple(rows.get(place, ())),
            number=number,
            section=_unpack(section),
            sheet=sheet,
            pages=_unpack(pages),
            currency=currency,
            period=_period(*rest[:4]),
            notes=_unpack(rest[4]),
            lead=rest[5],
            order=rest[6],
            trust=_trust(rest[7]),
        )


@lru_cache(maxsize=1024)
def _trust(text: str) -> Trust:
    found, held, lost = json.loads(text)
    return Trust(found=found, held=held, lost=tuple(lost))


def _read_columns(connection: sqlite3.Connection, key: int) -> dict[int, list[Column]]:
    found: dict[int, list[Column]] = {}
    sql = f"""SELECT table_place, number, path, role, measure, level, {_PERIOD}, accumulated, unit, scale, convention,
              derived_from, derived_by FROM table_columns WHERE document = ? ORDER BY table_place, place"""  # noqa: S608 - only our own text goes in
    for table, number, path, role, measure, level, *rest in connection.execute(sql, (key,)):
        accumulated, unit, scale, convention, derived_from, derived_by = rest[4:]
        column = Column(
            index=number,
            path=_unpack(path),
            role=Role(role),
            measure=measure,
            level=None if level is None else Level(level),
            period=_period(*rest[:4]),
            accumulated=bool(accumulated),
            unit=unit,
            scale=Decimal(scale),
            convention=convention,
            derived=None if derived_from is None else (derived_from, derived_by),
        )
        found.setdefault(table, []).append(column)
    return found


def _read_rows(connection: sqlite3.Connection, key: int) -> dict[int, list[Row]]:
    cells = _read_cells(connection, key)
    kinds = {kind.value: kind for kind in RowKind}
    found: dict[int, list[Row]] = {}
    sql = """SELECT table_place, place, number, kind, label, code, parent, depth, page
             FROM table_rows WHERE document = ? ORDER BY table_place, place"""
    for table, place, number, kind, label, code, parent, depth, page in connection.execute(sql, (key,)):
        row = Row(
            index=number,
            kind=kinds[kind],
            label=label,
            cells=tuple(cells.get((table, place), ())),
            code=code,
            parent=parent,
            depth=depth,
            page=page,
        )
        found.setdefault(table, []).append(row)
    return found


def _read_cells(connection: sqlite3.Connection, key: int) -> dict[tuple[int, int], list[Cell]]:
    found: dict[tuple[int, int], list[Cell]] = {}
    sql = """SELECT table_place, row_place, text, value, page, x0, top, x1, bottom, inferred, candidates, undecided, verified
             FROM cells WHERE document = ? ORDER BY table_place, row_place, place"""
    for table, row, text, value, page, x0, top, x1, bottom, *rest in connection.execute(sql, (key,)):
        inferred, candidates, undecided, verified = rest
        cell = Cell(
            text=text,
            value=None if value is None else Decimal(value),
            page=page,
            box=None if x0 is None else Box(x0=x0, top=top, x1=x1, bottom=bottom),
            inferred=inferred,
            candidates=() if candidates is None else _unpack(candidates),
            undecided=undecided,
            verified=None if verified is None else bool(verified),
        )
        found.setdefault((table, row), []).append(cell)
    return found
