"""What each column is for: it names the rows, groups them, describes them, or counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from index.blocks import RawCell
from index.lexicon import HeaderReading, classify_header
from index.model import Role
from index.numbers import COMMA_DECIMAL, POINT_DECIMAL, Parsed, is_no_value, parse, votes
from index.tables.grid import Grid, flat, has_letters, is_torn_number, worth
from index.tables.header import Head
from index.tables.wording import is_total_word, names_unit, word_set
from index.text import fold

_DATE = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}")
_CODE = re.compile(r"[A-Z\d]+(?:[-./ ]+[A-Z\d]+)*")
_INTEGER = re.compile(r"\d{1,20}")
_ZERO_FILLED = re.compile(r"0\d{1,5}")
_CALL = re.compile(r"\(\d{1,2}\)")  # for a note
_DOTTED = re.compile(r"\d{1,20}(?:\.\d{1,6})*")
_ACRONYM = re.compile(r"[A-Z]{2,4}\.?")
_CODE_HEADERS = word_set(
    "n no nro num numero item orden id cod codigo clave codificacion partida subpartida capitulo renglon inciso rubro "
    "cuenta nivel programa subprograma proyecto actividad obra objeto fuente organismo entidad finalidad funcion subfuncion "
    "jurisdiccion ejercicio anio ano mes gestion grupo subgrupo seccion ruta estructura categoria generica especifica "
    "unidad_ejecutora gerencia_administrativa org sp py fte ff ga ue ur ap pg spg ubicacion "
    "obj prog subprog act cta cap part subpart gpo gr func fin proy comp cat ren rub inc tit"
)
_CODE_FIRST_WORDS = word_set("codigo cod clave partida renglon capitulo categoria ruta estructura clasificador")
# These name codes too when more words follow: "Objeto del gasto", "Fuente de financiamiento".
_CLASS_WORDS = word_set(
    "objeto programa subprograma fuente cuenta clasificador clasificacion finalidad funcion rubro item inciso subpartida "
    "organismo jurisdiccion"
)
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+")  # 1.200.500 is a figure under "Cuenta de capital"
_GROUP_WORDS = word_set(
    "categoria programa subprograma finalidad funcion jurisdiccion dependencia departamento municipio region eje "
    "componente fuente sector area entidad institucion provincia capitulo grupo tipo clase partida unidad"
)
_TEXT_WORDS = word_set(
    "medida indicador formula observacion observaciones comentario comentarios responsable justificacion verificacion "
    "nota notas fecha estado causa causas descripcion detalle"
)
_LABEL_WORDS = word_set(
    "concepto denominacion descripcion detalle nombre producto subproducto actividad rubro cuenta clasificacion objeto "
    "titulo meta indicador proyecto"
)


@dataclass(frozen=True, kw_only=True)
class Strip:
    """One column of the body: its cells by body row, None where no cell starts, and what they are worth."""

    column: int
    path: tuple[str, ...]
    reading: HeaderReading
    cells: tuple[RawCell | None, ...]
    texts: tuple[str, ...]
    parsed: tuple[Parsed, ...]
    role: Role = Role.TEXT
    convention: str | None = None
    borrowed: bool = False  # a cell was read in the convention of the table or the document

    @property
    def values(self) -> tuple[Decimal | None, ...]:
        return tuple(p.value for p in self.parsed)


def read_strips(
    grid: Grid, head: Head, vote: str | None, *, scaled: bool = False, proven: str | None = None
) -> list[Strip]:
    """Columns with roles, read in the convention of the column, else of the table, else `vote` of the document.

    scaled: the table says thousands or millions, where three decimals are usual. proven: what the arithmetic of the
    table says, before the document.
    """
    strips = [_strip(grid, head, column) for column in range(grid.columns)]
    strips = _roles(strips)
    numbers = [s for s in strips if s.role is Role.NUMBER]
    printed = [t for s in numbers for t in _printed(s)]
    table_votes = votes(printed)
    table = next(iter(table_votes)) if len(table_votes) == 1 else None
    if not table_votes and not scaled:
        table = _by_grouping(numbers)
    document = vote if not table_votes else None
    table = proven or table
    return [_read(s, table, document) if s.role is Role.NUMBER else s for s in strips]


def _strip(grid: Grid, head: Head, column: int) -> Strip:
    cells = tuple(grid.anchors.get((row, column)) for row in head.body)
    return Strip(
        column=column,
        path=head.paths[column],
        reading=classify_header(head.paths[column]),
        cells=cells,
        texts=tuple(flat(c.text) if c else "" for c in cells),
        parsed=tuple(worth(c) if c else Parsed() for c in cells),
    )


def _by_grouping(numbers: list[Strip]) -> str | None:
    """What a table proves that prints "1.200", "15.300", "2.050" and "900" as goals or money.

    Decimals would show one digit or two somewhere, or 900.000; so the one mark used, always before three digits,
    groups thousands. Columns without a measure prove nothing: they may hold coefficients.
    """
    counts = [s for s in numbers if s.reading.measure not in (None, "porcentaje") and s.reading.unit != "%"]
    parsed = [(p, t) for s in counts for p, t in zip(s.parsed, s.texts, strict=True) if p.numeric and not p.is_percent]
    doubtful = [t for p, t in parsed if p.undecided]
    marks = {c for t in doubtful for c in t if c in ".,"}
    plain = [p for p, _ in parsed if p.value is not None and p.value != 0]
    if len(doubtful) < 3 or len(marks) != 1 or not plain:
        return None
    return COMMA_DECIMAL if marks == {"."} else POINT_DECIMAL


def _printed(strip: Strip) -> list[str]:
    """Texts that may vote: the exact numbers of a spreadsheet are not printed in any convention."""
    return [c.text for c in strip.cells if c is not None and c.number is None]


def _read(strip: Strip, table: str | None, document: str | None) -> Strip:
    own = votes(_printed(strip))
    convention = next(iter(own)) if len(own) == 1 else None
    used = convention if own else table or document
    parsed = tuple(worth(c, used) if c else Parsed() for c in strip.cells)
    if used is not None:
        parsed = _doubt_three_decimals(strip, parsed, trusted=bool(own or table))
    borrowed = _is_used(strip, parsed)
    return replace(strip, parsed=parsed, convention=convention or (used if borrowed else None), borrowed=borrowed)


def _is_used(strip: Strip, parsed: Sequence[Parsed]) -> bool:
    """Whether the borrowed convention decided any cell of the column."""
    return any(p.undecided and q.value is not None for p, q in zip(strip.parsed, parsed, strict=True))


def _doubt_three_decimals(strip: Strip, parsed: tuple[Parsed, ...], *, trusted: bool) -> tuple[Parsed, ...]:
    """Withdraw "1.568" = 1.568 where "7,704" in the same column reads as thousands, or only the document said so."""
    borrowed = [p.undecided is not None and q.value is not None for p, q in zip(strip.parsed, parsed, strict=True)]
    thousands = any(b and q.decimals == 0 for b, q in zip(borrowed, parsed, strict=True))
    proven = any(p.convention and p.decimals == 3 for p in strip.parsed)
    if proven or not (thousands or not trusted):
        return parsed
    return tuple(p if b and q.decimals == 3 else q for p, q, b in zip(strip.parsed, parsed, borrowed, strict=True))


def is_code(text: str) -> bool:
    """Whether a text is written like a code: 11-02-000-001, 2.1.1.3, 0302, BA 001/12; not a number nor a date."""
    if not _CODE.fullmatch(text) or _DATE.fullmatch(text):
        return False
    digits = sum(c.isdigit() for c in text)
    if _INTEGER.fullmatch(text):
        return len(text) > 1 and text.startswith("0")
    return digits * 2 >= len(text) - text.count(" ") and digits > 1 and not parse(text).numeric


def _roles(strips: list[Strip]) -> list[Strip]:
    numeric = [s.column for s in strips if _is_numeric(s)]
    numeric = [c for c in numeric if not _is_key_of_integers(strips, strips[c], numeric)]
    names = [s for s in strips if s.column not in numeric and any(s.texts)]
    label = _label(names)
    if label is None and numeric and len(numeric) == len(strips) > 1 and _names_rows(strips[0]):
        numeric, label = numeric[1:], 0
    return [replace(s, role=_role(s, numeric, label)) for s in strips]


def _role(strip: Strip, numeric: list[int], label: int | None) -> Role:
    if strip.column in numeric:
        return Role.NUMBER
    if strip.column == label:
        return Role.LABEL
    name = _name(strip)
    filled = [t for t in strip.texts if t and not is_total_word(t)]
    if set(name) & _TEXT_WORDS or names_unit(strip.path) or not filled:
        return Role.TEXT
    if sum(map(is_code, filled)) * 2 >= len(filled) or all(map(_DOTTED.fullmatch, filled)):
        return Role.KEY
    if set(name) & (_GROUP_WORDS | _CODE_HEADERS) or (label is not None and strip.column < label):
        return Role.KEY
    return Role.TEXT


def _name(strip: Strip) -> list[str]:
    return re.findall(r"[a-z]+", fold(strip.path[-1])) if strip.path else []


def _is_numeric(strip: Strip) -> bool:
    said = [i for i, text in enumerate(strip.texts) if not is_no_value(text)]
    named = _measures(strip)
    numbers = sum(strip.parsed[i].numeric or (named and is_torn_number(strip.texts[i])) for i in said)
    if not said:
        return named and not set(_name(strip)) & _TEXT_WORDS
    if sum(is_code(strip.texts[i]) for i in said) * 2 > len(said):
        return False
    if set(_name(strip)) & _TEXT_WORDS and all(_CALL.fullmatch(strip.texts[i]) for i in said):
        return False
    return numbers * 10 >= len(said) * (3 if named else 6)


def _is_key_of_integers(strips: list[Strip], strip: Strip, numeric: list[int]) -> bool:
    """Small integers that name or group rows: a code, a year, a consecutive number. Headings over columns are none."""
    others = [s for s in strips if s is not strip]
    filled = [  # a text alone in its row is a heading: "Programa 1" among "1.1", "1.2"
        t
        for i, (t, c) in enumerate(zip(strip.texts, strip.cells, strict=True))
        if t and c is not None and c.columns == 1 and not is_total_word(t) and any(s.texts[i] for s in others)
    ]
    name = _name(strip)
    if not filled or not any(c != strip.column for c in numeric) or _is_summed(strip, strips):
        return False
    if _is_classified(strip, name, filled, strips) or _is_short_for_code(strip, name, filled, strips):
        return True
    if _measures(strip):
        return False
    if _is_zero_filled(filled):
        return True
    coded = bool(name) and (name[0] in _CODE_FIRST_WORDS or (len(name) == 1 and name[0] in _CODE_HEADERS))
    coded = coded and not any(map(str.isdigit, strip.path[-1]))  # "Fuente 11" heads the figures of a fund
    if (coded or name == ["n", "o"]) and all(map(_DOTTED.fullmatch, filled)):
        return True
    if not all(map(_INTEGER.fullmatch, filled)):
        return False
    if any(s.path == strip.path != () and s.column > strip.column and s.column not in numeric for s in strips):
        return True  # one header over numbers and names: "Indicador" over "1" and "Balance"
    values = [int(t) for t in filled]
    if len(values) >= 3 and values == list(range(1, len(values) + 1)) and len(name) <= 1:
        return True
    if _are_identifiers(strip, filled, strips):
        return True
    texts_right = [
        s for s in strips if s.column > strip.column and s.column not in numeric and any(map(has_letters, s.texts))
    ]
    if texts_right and not name:
        return True
    rising = len(values) > 2 and values == sorted(set(values)) and max(map(len, filled)) <= _CODE_DIGITS
    if rising and strip.column == 0 and texts_right[:1] == strips[1:2] and len(name) <= 1:
        return True  # codes in their order, right before the names: whatever the header
    few = len(set(values)) <= max(2, len(values) // 4) and len(values) >= 4
    totals = _total_rows(strips)
    blank_total = bool(totals) and all(not strip.texts[i] for i in totals)
    header = strip.path[-1] if strip.path else ""
    return bool(texts_right and few) or (few and (blank_total or not totals) and bool(_ACRONYM.fullmatch(header)))


def _is_summed(strip: Strip, strips: list[Strip]) -> bool:
    """Whether a total row prints the sum of the rows: "Número" of contracts, which no codes add up to."""
    totals = _total_rows(strips)
    parts = [p.value for i, p in enumerate(strip.parsed) if i not in totals and p.value is not None]
    sums = [strip.parsed[i].value for i in totals]
    return len(parts) > 1 and sum(parts) != 0 and sum(parts) in sums


def _is_zero_filled(filled: list[str]) -> bool:
    """Whether whole numbers of one length are filled up with a zero, as no figure is: 05, 07, 21."""
    alike = len({len(t) for t in filled}) == 1 and all(map(_INTEGER.fullmatch, filled))
    return alike and any(map(_ZERO_FILLED.fullmatch, filled))


def _is_short_for_code(strip: Strip, name: list[str], filled: list[str], strips: list[Strip]) -> bool:
    """ "Prog" over 320, 322, 323 before the names of programmes is short for "programa", though it begins "programado".

    Figures are not all different, of one length, and without a total where the other columns have one; nor do they come
    in order, again for each row of a programme. "P. Ppal." in the first column says as little of what they are.
    """
    unsaid = strip.column == 0 and not _measures(strip)
    if not (unsaid or (len(name) == 1 and name[0] in _CODE_HEADERS)) or not all(map(_INTEGER.fullmatch, filled)):
        return False
    right = next((s for s in strips if s.column == strip.column + 1), None)
    if strip.column > 1 or right is None or not sum(map(has_letters, right.texts)) * 2 > sum(map(bool, right.texts)):
        return False
    values = [int(t) for t in filled]
    same_length = len({len(t) for t in filled}) == 1
    alike = same_length or values == sorted(set(values))
    apart = len(set(filled)) == len(filled)
    grouped = same_length and len(filled[0]) > 1 and values == sorted(values)
    if not (alike and (apart or grouped)) or (unsaid and not (grouped and len(filled) > 2)):
        return False
    blank = all(not strip.texts[i] or is_total_word(strip.texts[i]) for i in _total_rows(strips))
    return blank and max(map(len, filled)) <= _CODE_DIGITS


_CODE_DIGITS = 5
_ID_DIGITS = 6
_ID_WORDS = word_set(
    "nog cui snip nit ruc rtn rnc cuce bip bpin expediente id codigo ocid folio oficio contrato proceso"
)


def _are_identifiers(strip: Strip, filled: list[str], strips: list[Strip]) -> bool:
    """Long numbers of one length, all different and printed without separators, that no total adds up: "NOG", "CUI"."""
    header = strip.path[-1] if strip.path else ""
    if not _ACRONYM.fullmatch(header) and not set(_name(strip)) & _ID_WORDS:
        return False
    alike = len(filled) > 1 and len(set(filled)) == len(filled) and len({len(t) for t in filled}) == 1
    return alike and len(filled[0]) >= _ID_DIGITS and all(not strip.texts[i] for i in _total_rows(strips))


_COUNTS = re.compile(r"(?:cuenta|recuento|conteo) de |count of ")
_PIVOT = re.compile(r"(?:suma|promedio|max\.?|min\.?) de |etiquetas de (?:fila|columna)|(?:sum|average) of |row labels")


def counts_records(strip: Strip, strips: Sequence[Strip]) -> bool:
    """Whether a column of a pivot sheet counts records, whatever they hold: "Cuenta de proyecto" beside "Suma de monto".

    Elsewhere "Cuenta de gasto" heads codes, and "Cuenta de capital" money.
    """
    said = bool(strip.path) and _COUNTS.match(fold(strip.path[-1])) is not None
    return said and any(_PIVOT.match(fold(part)) is not None for s in strips for part in s.path)


def _is_classified(strip: Strip, name: list[str], filled: list[str], strips: list[Strip]) -> bool:
    """Codes under "Código del gasto" or "Objeto del gasto", whatever measure the last word names."""
    if len(name) < 2 or name[0] not in _CODE_FIRST_WORDS | _CLASS_WORDS or any(map(str.isdigit, strip.path[-1])):
        return False
    if counts_records(strip, strips):
        return False
    return all(map(_DOTTED.fullmatch, filled)) and not any(map(_GROUPED.fullmatch, filled))


def _total_rows(strips: list[Strip]) -> list[int]:
    count = len(strips[0].texts) if strips else 0
    return [i for i in range(count) if is_total_word(" ".join(s.texts[i] for s in strips if has_letters(s.texts[i])))]


def _label(names: list[Strip]) -> int | None:
    """The text column that tells rows apart best: many, long, distinct texts; the leftmost on a tie."""
    words = [s for s in names if sum(map(has_letters, s.texts)) * 2 > sum(map(bool, s.texts))]
    rated = words or names
    best: tuple[float, int] | None = None
    for place, strip in enumerate(rated):
        filled = [t for t in strip.texts if t]
        score = len(set(filled)) * min(sum(map(len, filled)) / len(filled), 40)
        name = set(_name(strip))
        score *= 1.5 if place == 0 else 1
        score *= 1.5 if name & _LABEL_WORDS else 1
        score *= 0.05 if names_unit(strip.path) else 1
        score *= 0.3 if sum(map(is_code, filled)) * 2 > len(filled) else 1
        if best is None or score > best[0]:
            best = (score, strip.column)
    return best[1] if best else None


def _measures(strip: Strip) -> bool:
    return strip.reading.measure is not None and not names_unit(strip.path)


def _names_rows(strip: Strip) -> bool:
    """A first column of distinct years or small integers without a measure: it names the rows."""
    filled = [t for t in strip.texts if t]
    distinct = len(set(filled)) == len(filled) > 1
    return distinct and not _measures(strip) and all(re.fullmatch(r"\d{1,4}", t) for t in filled)
