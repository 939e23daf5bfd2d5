"""The oracle's view of a store: rows with a name, columns with a concept, values read from the raw texts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache

from index.model import Cell, Column, Document, Report, Role, Row, RowKind, Table
from index.text import fold
from tests.selfquestion.concepts import MONEY, concept_of
from tests.selfquestion.reading import decimal_mark, doubtful, number

MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
    "diciembre",
)  # fmt: skip
_LITTLE = frozenset(
    [
        "a",
        "al",
        "con",
        "de",
        "del",
        "e",
        "el",
        "en",
        "la",
        "las",
        "lo",
        "los",
        "o",
        "para",
        "por",
        "que",
        "se",
        "su",
        "sus",
        "un",
        "una",
        "y",
        "u",
        "ante",
        "sobre",
        "como",
        "desde",
        "hasta",
        "entre",
    ]
)
_COUNTS = re.compile(
    r"\bhabitantes|\bpersonas|\bcantidad|\bnumero|\bmetas?\b|\bfisic|\bbeneficiari|\bvisitantes|\bunidad"
)
_SUMS = re.compile(
    r"^(?:sub)?total|\btotal(?:es)?$|superavit|deficit|^resultado|^saldo"
)  # sums that pass for plain rows
_SCALES = ((r"\bmillones\b", Decimal(1_000_000)), (r"\bmiles\b", Decimal(1000)))


def root(word: str) -> str:
    """A crude root, enough to tell "programada" and "programados" are one word. Digits stay whole."""
    if any(c.isdigit() for c in word):
        return word
    return word[:6] if len(word) > 6 else re.sub(r"(?:es|s|a|o)$", "", word) or word


@lru_cache(maxsize=100_000)
def roots(text: str) -> frozenset[str]:
    """Roots of the words that mean something."""
    found = re.findall(r"[a-z0-9]+(?:[-.][0-9]+)*", fold(text))
    return frozenset(root(word) for word in found if word not in _LITTLE)


@dataclass(frozen=True, kw_only=True, slots=True)
class GridColumn:
    """A column of figures. group: the header parts above the last. own: roots of its whole header path.

    about: roots of the caption of its table.
    """

    index: int
    path: tuple[str, ...]
    concept: str | None
    percent: bool
    of_income: bool = False
    table: str = ""
    about: frozenset[str] = frozenset()

    @property
    def group(self) -> tuple[str, ...]:
        return self.path[:-1]

    @property
    def own(self) -> frozenset[str]:
        return roots(" ".join(self.path))

    @property
    def accumulated(self) -> bool:
        return "acumulad" in fold(" ".join(self.path))


@dataclass(frozen=True, kw_only=True, slots=True)
class GridRow:
    """A named row. keys: texts of its key cells; doubtful: keys it may have when its own is unknown."""

    index: int
    label: str
    code: str | None
    kind: RowKind
    parent: int | None
    keys: frozenset[str]
    doubtful: frozenset[str]
    values: dict[int, Decimal] = field(hash=False)

    @property
    def own(self) -> frozenset[str]:
        return roots(self.label)

    @property
    def month(self) -> int | None:
        name = fold(self.label).replace("setiembre", "septiembre")
        return MONTHS.index(name) + 1 if name in MONTHS else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """A table as the oracle sees it. leaves: the rows that hold no other row; total: the row printed as total.

    units: the leaves, those of one code and one name taken as one when the table tells many so ("programa 821" in
    a line for each kind of spending): what can be asked about is then the programme.
    """

    document: Document
    table: Table
    columns: tuple[GridColumn, ...]
    rows: tuple[GridRow, ...]
    leaves: tuple[GridRow, ...]
    units: tuple[GridRow, ...]
    total: GridRow | None
    flat: bool
    noun: str | None
    in_money: bool = False

    @property
    def id(self) -> str:
        return self.table.id

    def complete(self, column: GridColumn) -> bool:
        """Whether the oracle knows every figure of the column: else it asks no sums, averages nor rankings."""
        return len(self.leaves) >= 2 and all(column.index in row.values for row in self.leaves)

    def summable(self, column: GridColumn) -> bool:
        """Whether adding its rows up means something: not for running totals, nor for what stays from month to month."""
        if (
            column.percent
            or column.concept == "diferencia"
            or re.search(r"acumulad|saldo", fold(" ".join(column.path)))
        ):
            return False
        return not (any(r.month for r in self.leaves) and column.concept in {"vigente", "saldo"})

    def of_concept(self, concept: str) -> tuple[GridColumn, ...]:
        return tuple(c for c in self.columns if c.concept == concept)


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """All that can be asked about a store."""

    documents: tuple[Document, ...]
    grids: tuple[Grid, ...]
    vocabulary: frozenset[str]  # roots of every word of every report
    words: frozenset[str]  # the folded words themselves
    by_document: dict[str, frozenset[str]] = field(hash=False)  # roots of one report


def world_of(reports: Iterable[Report]) -> World:
    """Reads the store anew, from texts alone."""
    documents, grids = [], []
    by_document: dict[str, frozenset[str]] = {}
    words: set[str] = set()
    for report in reports:
        documents.append(report.document)
        texts = list(_texts(report))
        by_document[report.document.id] = frozenset().union(*map(roots, texts))
        words.update(w for text in texts for w in re.findall(r"[a-z0-9]+", fold(text)))
        mark = decimal_mark((c.text for t in report.tables for r in t.rows for c in r.cells), sure=True)
        for table in report.tables:
            grid = _grid(report.document, table, mark)
            if grid is not None:
                grids.append(grid)
    return World(
        documents=tuple(documents),
        grids=tuple(grids),
        vocabulary=frozenset().union(*by_document.values()) if by_document else frozenset(),
        words=frozenset(words),
        by_document=by_document,
    )


def _texts(report: Report) -> Iterable[str]:
    document = report.document
    yield from (document.file, document.title, document.institution or "", *document.aliases)
    for fact in report.facts:
        yield from (fact.key, fact.value, fact.detail, fact.quote)
    for chunk in report.chunks:
        yield from (chunk.text, chunk.lead, *chunk.items, *chunk.section)
    for table in report.tables:
        yield from (table.caption, table.lead, table.sheet or "", *table.notes, *table.section)
        yield from (part for column in table.columns for part in column.path)
        yield from (text for row in table.rows for text in (row.label, row.code or "", *(c.text for c in row.cells)))


def _grid(document: Document, table: Table, report_mark: str | None) -> Grid | None:
    figures = [c for c in table.columns if c.role is Role.NUMBER]
    texts = {c.index: [row.cells[c.index].text for row in table.rows if c.index < len(row.cells)] for c in figures}
    everything = [t for column in texts.values() for t in column]
    sure = decimal_mark(everything, sure=True) or report_mark
    likely = sure or decimal_mark(everything)
    # where nothing is sure and the column itself is silent, 3.500 is left alone
    marks = {
        index: decimal_mark(column) or (sure if any(map(doubtful, column)) else likely)
        for index, column in texts.items()
    }
    scales = {c.index: _scale(table, c) for c in figures}
    rows = tuple(_row(table, row, marks, scales) for row in table.rows)
    named = tuple(r for r in rows if _is_name(r.label))
    parents = {r.parent for r in rows if r.parent is not None}
    leaves = tuple(r for r in rows if r.kind is RowKind.DATA and r.index not in parents)
    if len(leaves) < 2 or not figures or sum(_is_name(r.label) for r in leaves) < 0.9 * len(leaves):
        return None
    totals = [r for r in rows if r.kind is RowKind.TOTAL]
    units = _units(leaves)
    if len(units) < len(leaves):
        named = tuple(r for r in units if _is_name(r.label))
    return Grid(
        document=document,
        table=table,
        columns=_told_apart(
            (
                replace(
                    _column(c, texts[c.index]),
                    of_income=_of_income(document, table),
                    table=table.id,
                    about=roots(table.caption),
                )
                for c in figures
                if _has_name(c)
            ),
            in_money=_in_money(table),
        ),
        rows=tuple(r for r in named if r.kind in {RowKind.DATA, RowKind.SUBTOTAL}),
        leaves=leaves,
        units=units,
        total=totals[0] if len(totals) == 1 else None,
        flat=len(totals) <= 1
        and not any(_SUMS.search(fold(r.label)) for r in leaves)
        and all(
            r.kind in {RowKind.DATA, RowKind.TOTAL} and r.parent in {None, *(t.index for t in totals)} for r in rows
        ),
        noun=_noun(table),
        in_money=_in_money(table),
    )


def _units(leaves: tuple[GridRow, ...]) -> tuple[GridRow, ...]:
    groups: dict[tuple[str | None, str], list[GridRow]] = {}
    for row in leaves:
        groups.setdefault((row.code, fold(row.label)), []).append(row)
    if any(r.code is None for r in leaves) or len(groups) > len(leaves) * 0.75:
        return leaves
    return tuple(_as_one(group) for group in groups.values())


def _as_one(group: list[GridRow]) -> GridRow:
    told = set.intersection(*(set(r.values) for r in group))
    return replace(
        group[0],
        keys=frozenset.intersection(*(r.keys for r in group)),
        values={c: sum((r.values[c] for r in group), Decimal(0)) for c in told},
    )


def _is_name(label: str) -> bool:
    """Whether people could ask for it. Long numbers inside are figures that strayed into a name."""
    if re.fullmatch(r"(?:sub)?total(?:es)?(?: general)?\W*", fold(label)):
        return False  # a table may have several; they are asked for as totals
    return bool(re.search(r"[^\W\d_]{4}", label)) and not re.search(r"\d[\d.,]{5,}", label) and len(label.split()) <= 45


def _has_name(column: Column) -> bool:
    """Whether people could ask for the column. Codes are no figures, whatever they were taken for."""
    header = fold(" ".join(column.path))
    return bool(re.search(r"[a-z]{3}|%", header)) and not re.search(
        r"\b(?:partida|codigo|cuenta|clave|n[ro]o?\.)\b", header
    )


_MONEY_MARK = re.compile(
    r"\b(?:quetzales|lempiras|pesos|colones|soles|bolivianos|dolares|guaranies|cordobas|reales|balboas|bolivares)\b"
    r"|rd\$|us\$|₡|₲|\bgs\b|\bs/\.|[(\[]\s*(?:q|l|bs|gs|rd\$|us\$|c\$|s/|\$|₡|₲|€|clp|mxn|usd|m\$|mm\$)\s*\.?\s*[)\]]|\bpresupuest"
)


def _in_money(table: Table) -> bool:
    """Whether a table says that its figures are money: "(en miles de colones)", "Ejecutado 2023 (Bs)"."""
    headers = [part for column in table.columns if column.role is Role.NUMBER for part in column.path]
    of_things = re.search(r"\bfisic|\bmetas?\b|\bcantidad", fold(" ".join(headers)))  # goals and money side by side
    told = fold(" ".join((table.caption, table.lead, *table.notes, *headers)))
    return not of_things and _MONEY_MARK.search(told) is not None


def _of_income(document: Document, table: Table) -> bool:
    """Whether a table is of what is collected: nobody calls that a spending."""
    told = fold(" ".join((table.caption, *table.section, document.title, document.file.replace("_", " "))))
    return bool(re.search(r"\bingreso|\brecaud", told)) and not re.search(r"\bgasto|\begreso", told)


def _told_apart(columns: Iterable[GridColumn], *, in_money: bool) -> tuple[GridColumn, ...]:
    """ "Ejecución" is of goals where goals stand beside it or no money does, else of money."""
    kept = tuple(columns)
    goals = {c.group for c in kept if c.concept == "programado"}
    money = in_money or any(c.concept in MONEY for c in kept)
    return tuple(
        replace(c, concept="evaluado")
        if c.concept == "ejecutado" and (not money or (c.group in goals and not in_money))
        else c
        for c in kept
    )


def _column(column: Column, texts: list[str]) -> GridColumn:
    concept = concept_of(column.path)
    percent = concept == "porcentaje" or sum("%" in t for t in texts) > len(texts) / 2
    return GridColumn(
        index=column.index,
        path=column.path,
        concept="porcentaje" if percent else concept,
        percent=percent,
    )


def _row(table: Table, row: Row, marks: dict[int, str | None], scales: dict[int, Decimal]) -> GridRow:
    values = {}
    for index, mark in marks.items():
        value = _figure(row.cells[index], mark) if index < len(row.cells) else None
        if value is not None:
            values[index] = value * scales[index]
    keys = [row.cells[c.index] for c in table.columns if c.role is Role.KEY and c.index < len(row.cells)]
    return GridRow(
        index=row.index,
        label=re.sub(r"\s+", " ", row.label).strip(" .:*"),
        code=row.code,
        kind=row.kind,
        parent=row.parent,
        keys=frozenset(filter(None, ((k.text.strip() or k.inferred or "") for k in keys))),
        doubtful=frozenset(candidate for k in keys for candidate in k.candidates),
        values=values,
    )


def _figure(cell: Cell, mark: str | None) -> Decimal | None:
    """The number printed. A spreadsheet shows fewer digits than it keeps: the kept ones count when they round to it."""
    value = number(cell.text, mark)
    if value is None or cell.value is None or cell.value == value:
        return value
    shown = Decimal(1).scaleb(min(0, int(value.as_tuple().exponent)))
    return cell.value if abs(cell.value - value) <= shown / 2 else value


def _scale(table: Table, column: Column) -> Decimal:
    """Said beside the table; a statement far from it is known to the index alone."""
    header = fold(column.header)
    if (
        "%" in header
        or _COUNTS.search(header)
        or re.search(r"[(\[](?:km2?|m[23²³]?|ha|kg|ton|lts?|kwh)\.?[)\]]", header)
    ):
        return Decimal(1)
    near = fold(" ".join((table.caption, table.lead, *table.notes, *column.path)))
    for pattern, scale in _SCALES:
        if re.search(rf"\ben {pattern}|\({pattern}|{pattern} de (?:pesos|quetzales|lempiras|dolares|colones)", near):
            return scale
    return column.scale


def _noun(table: Table) -> str | None:
    """What the rows are, as the header of their names says: "producto", "mes"; None when it says nothing plain."""
    header = next((c.path[-1] for c in table.columns if c.role is Role.LABEL and c.path), "")
    words = re.findall(r"[^\W\d_]+", header.lower())
    if not words or len(words) > 3 or len(words[0]) < 3 or fold(words[0]) in _LITTLE | {"denominacion", "descripcion"}:
        return None
    return words[0]
