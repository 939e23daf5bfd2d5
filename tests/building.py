"""Tables and reports from compact text grids, so that a test reads as one example.

The first line of a grid names the columns, the others are rows; cells are parted by "|".

    Producto | Meta/Programado =programado | Vigente =vigente,GTQ | % =porcentaje,%,3/2
    [22] Canal de riego | 10 | 1,000.00 | 50%
    T: TOTAL            | 10 | 1,000.00 |

After " =" a column tells its measure, level, unit (currency, "%", "ratio"), "acum", its period ("2023", "2023m1-4",
"m1-4"), scale ("x1000"), role ("label", "key", "text") and what it is derived from ("3/2", "3-2"). The first column is
the label unless told otherwise; measures of money and of goals bring their level.

Rows: "T:" total, "S:" subtotal, "#:" section; leading dots give the depth below the row before; "[22]" is a code.
Cells: "(11-02)" a blank key taken from its neighbours, "{11-02,11-03}" a blank key that may be either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from index.model import Cell, Chunk, ChunkKind, Column, Document, Level, Period, Report, Role, Row, RowKind, Table
from tools.catalogue import TableView
from tools.cataloguing import build
from tools.matching import RowMatch

PHYSICAL = frozenset({"programado", "alcanzado"})
FINANCIAL = frozenset(
    {
        "asignado",
        "solicitado",
        "modificacion",
        "vigente",
        "comprometido",
        "devengado",
        "ejecutado",
        "pagado",
        "recaudado",
        "saldo",
    }
)
MEASURES = PHYSICAL | FINANCIAL | {"porcentaje", "diferencia", "unidad_medida"}
_KINDS = {"T:": RowKind.TOTAL, "S:": RowKind.SUBTOTAL, "#:": RowKind.SECTION}


def read(text: str, point: str = ".") -> Decimal | None:
    """The number a cell prints, None when it prints none. Written apart from the program's own reader."""
    bare = text.strip()
    negative = bare.startswith("(") and bare.endswith(")")
    bare = re.sub(r"^(Q|L|RD\$|\$|₡|C\$|S/|Bs|Gs)\.?\s*|[%*()\s]", "", bare)
    bare = bare.replace("." if point == "," else ",", "").replace(point, ".")
    if not re.fullmatch(r"[-+]?\d+(\.\d+)?", bare):
        return None
    return -Decimal(bare) if negative else Decimal(bare)


def table(
    grid: str,
    *,
    caption: str = "Cuadro 1: Obras",
    document: str = "doc",
    order: int = 1,
    point: str = ".",
    currency: str | None = None,
    period: Period | None = None,
    pages: tuple[int, ...] = (3,),
) -> Table:
    """A table as the readers would hand it over. point: the decimal mark of its figures."""
    head, *lines = [line for line in grid.strip().split("\n") if line.strip()]
    columns = tuple(_column(i, part.strip()) for i, part in enumerate(head.split("|")))
    rows: list[Row] = []
    for line in lines:
        rows.append(_row(len(rows), line, columns, rows, point))
    number = re.match(r"Cuadro (\w+)", caption)
    return Table(
        id=f"{document}:t{order}",
        document=document,
        caption=caption,
        number=number[1] if number else None,
        columns=columns,
        rows=tuple(rows),
        currency=currency,
        period=period,
        pages=pages,
        order=order,
    )


def report(
    *grids: Table,
    id: str = "doc",  # noqa: A002 - the name the field has
    file: str = "informe.txt",
    title: str = "Informe",
    institution: str | None = "Junta de Obras",
    aliases: tuple[str, ...] = (),
    country: str | None = "GT",
    currency: str | None = "GTQ",
    period: Period | None = None,
    paragraphs: Iterable[tuple[str, str]] = (),
) -> Report:
    """A report of some tables and of paragraphs told as (section, text)."""
    document = Document(
        id=id,
        file=file,
        title=title,
        kind="txt",
        institution=institution,
        aliases=aliases,
        country=country,
        currency=currency,
        period=period,
    )
    chunks = tuple(
        Chunk(id=f"{id}:c{n}", document=id, kind=ChunkKind.PARAGRAPH, section=(section,), text=text, order=100 + n)
        for n, (section, text) in enumerate(paragraphs, 1)
    )
    return Report(document=document, tables=grids, chunks=chunks)


def view(
    grid: str,
    *,
    country: str | None = "GT",
    currency: str | None = "GTQ",
    period: Period | None = None,
    point: str = ".",
) -> TableView:
    """The only table of a report, as tools look at it."""
    made = report(table(grid, point=point), country=country, currency=currency, period=period)
    return build([made]).views[0]


def one(index: int) -> RowMatch:
    """A single row, as matching hands it over."""
    return RowMatch(label="", rows=(index,), own=index)


def many(label: str, *rows: int) -> RowMatch:
    """A group of rows."""
    return RowMatch(label=label, rows=rows)


def _column(index: int, text: str) -> Column:
    header, _, spec = text.partition(" =") if not text.startswith("=") else ("", "", text[1:])
    path = tuple(part.strip() for part in header.split("/") if part.strip() or "/" not in header)
    found: dict[str, object] = {"role": Role.LABEL if index == 0 else Role.NUMBER}
    for word in (w.strip() for w in spec.split(",") if w.strip()):
        _read_word(found, word)
    measure = found.get("measure")
    if "level" not in found and measure in PHYSICAL | FINANCIAL:
        found["level"] = Level.PHYSICAL if measure in PHYSICAL else Level.FINANCIAL
    return Column(index=index, path=path, **found)  # type: ignore[arg-type]  # a table of fields, each of its own type


def _read_word(found: dict[str, object], word: str) -> None:
    period = re.fullmatch(r"(\d{4})?(?:m(\d+)-(\d+))?", word)
    derived = re.fullmatch(r"(\d+)[-/](\d+)", word)
    if word in {r.value for r in Role}:
        found["role"] = Role(word)
    elif word in MEASURES:
        found["measure"] = word
        if word == "unidad_medida":
            found["role"] = Role.TEXT
    elif word in {level.value for level in Level}:
        found["level"] = Level(word)
    elif word == "acum":
        found["accumulated"] = True
    elif re.fullmatch(r"x\d+", word):
        found["scale"] = Decimal(word[1:])
    elif period and word:
        year = int(period[1]) if period[1] else None
        found["period"] = Period(year=year, first=int(period[2] or 1), last=int(period[3] or 12))
    elif derived:
        found["derived"] = (int(derived[1]), int(derived[2]))
    else:
        found["unit"] = word


def _row(index: int, line: str, columns: tuple[Column, ...], before: list[Row], point: str) -> Row:
    first, *rest = [part.strip() for part in line.split("|")]
    kind = RowKind.DATA
    if first[:2] in _KINDS:
        kind, first = _KINDS[first[:2]], first[2:].strip()
    depth = len(first) - len(first.lstrip("."))
    first = first.lstrip(".").strip()
    parent = next((r.index for r in reversed(before) if r.depth < depth), None) if depth else None
    code = re.match(r"\[([^\]]+)\]\s*", first)
    label = first[code.end() :] if code else first
    printed = f"{code[1]}-{label}" if code else label
    texts = [printed, *rest] + [""] * (len(columns) - 1 - len(rest))
    cells = tuple(_cell(text, column, point) for text, column in zip(texts, columns, strict=True))
    named = next((c.index for c in columns if c.role is Role.LABEL), 0)
    return Row(
        index=index,
        kind=kind,
        label=label if named == 0 else texts[named],
        cells=cells,
        code=code[1] if code else None,
        parent=parent,
        depth=depth,
    )


def _cell(text: str, column: Column, point: str) -> Cell:
    if column.role is Role.NUMBER:
        return Cell(text=text, value=read(text, point), page=3)
    if text.startswith("{") and text.endswith("}"):
        return Cell(text="", candidates=tuple(text[1:-1].split(",")))
    if text.startswith("(") and text.endswith(")") and column.role is Role.KEY:
        return Cell(text="", inferred=text[1:-1])
    return Cell(text=text)
