"""Reports for tests of the store: a small one by hand, and any that the types allow."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

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
)


def small_report(ident: str = "a" * 16, file: str = "informe.txt", amount: str = "1250.50") -> Report:
    """A report of one table of one row, one chunk and one fact."""
    cells = (Cell(text="Canal de riego"), Cell(text=amount, value=Decimal(amount), page=2))
    columns = (
        Column(index=0, path=("Obra",), role=Role.LABEL),
        Column(index=1, path=("Gasto", "Devengado"), role=Role.NUMBER, unit="PEN"),
    )
    table = Table(
        id=f"{ident}:t1",
        document=ident,
        caption="Cuadro 1: Obras",
        columns=columns,
        rows=(Row(index=0, kind=RowKind.DATA, label="Canal de riego", cells=cells),),
    )
    chunk = Chunk(id=f"{ident}:c1", document=ident, kind=ChunkKind.PARAGRAPH, section=("Misión",), text="Regar.")
    document = Document(id=ident, file=file, title="Informe de riego", kind="txt", institution="Junta de Riego")
    return Report(
        document=document, tables=(table,), chunks=(chunk,), facts=(Fact(key="usuario", value="x", quote="USUARIO: x"),)
    )


# Any report ---------------------------------------------------------------------------------------------------

_text = st.text(max_size=8)
_texts = st.lists(_text, max_size=3).map(tuple)
_maybe_text = st.none() | _text
_number = st.integers(min_value=-(2**31), max_value=2**31)
_maybe_number = st.none() | _number
_numbers = st.lists(_number, max_size=3).map(tuple)
_decimal = st.decimals(allow_nan=False, allow_infinity=False)
_coordinate = st.floats(allow_nan=False, allow_infinity=False).map(lambda x: x + 0.0)  # SQL has no -0.0
_box = st.builds(Box, x0=_coordinate, top=_coordinate, x1=_coordinate, bottom=_coordinate)
_period = st.builds(Period, year=_maybe_number, last_year=_maybe_number, first=_number, last=_number)
_cell = st.builds(
    Cell,
    text=_text,
    value=st.none() | _decimal,
    page=_maybe_number,
    box=st.none() | _box,
    inferred=_maybe_text,
    candidates=_texts,
    undecided=_maybe_text,
)
_column = st.builds(
    Column,
    index=_number,
    path=_texts,
    role=st.sampled_from(Role),
    measure=_maybe_text,
    level=st.none() | st.sampled_from(Level),
    period=st.none() | _period,
    accumulated=st.booleans(),
    unit=_maybe_text,
    scale=_decimal,
    convention=_maybe_text,
    derived=st.none() | st.tuples(_number, _number),
)
_row = st.builds(
    Row,
    index=_number,
    kind=st.sampled_from(RowKind),
    label=_text,
    cells=st.lists(_cell, max_size=3).map(tuple),
    code=_maybe_text,
    parent=_maybe_number,
    depth=_number,
    page=_maybe_number,
)
_table = st.builds(
    Table,
    id=_text,
    document=st.just(""),
    caption=_text,
    columns=st.lists(_column, max_size=3).map(tuple),
    rows=st.lists(_row, max_size=3).map(tuple),
    number=_maybe_text,
    section=_texts,
    sheet=_maybe_text,
    pages=_numbers,
    currency=_maybe_text,
    period=st.none() | _period,
    notes=_texts,
    lead=_text,
    order=_number,
)
_chunk = st.builds(
    Chunk,
    id=_text,
    document=st.just(""),
    kind=st.sampled_from(ChunkKind),
    section=_texts,
    text=_text,
    lead=_text,
    items=_texts,
    pages=_numbers,
    order=_number,
)
_fact = st.builds(Fact, key=_text, value=_text, quote=_text, detail=_text, page=_maybe_number, tables=_texts)
_document = st.builds(
    Document,
    id=st.text(alphabet="0123456789abcdef", min_size=1, max_size=16),
    file=_text,
    title=_text,
    kind=_text,
    institution=_maybe_text,
    aliases=_texts,
    country=_maybe_text,
    currency=_maybe_text,
    period=st.none() | _period,
    pages=_maybe_number,
    warnings=_texts,
    left_out=st.lists(st.builds(LeftOut, text=_text, reason=_text, page=_maybe_number), max_size=3).map(tuple),
    edited=st.just(()),
)


@st.composite
def any_reports(draw: st.DrawFn) -> Report:
    document = draw(_document)
    tables = draw(st.lists(_table, max_size=3, unique_by=lambda t: t.id))
    chunks = draw(st.lists(_chunk, max_size=3, unique_by=lambda c: c.id))
    return Report(
        document=document,
        tables=tuple(replace(t, document=document.id) for t in tables),
        chunks=tuple(replace(c, document=document.id) for c in chunks),
        facts=tuple(draw(st.lists(_fact, max_size=3))),
    )
