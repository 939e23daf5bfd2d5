"""Words that mark rows: totals however an OCR garbled them, codes glued to labels, units and scales in brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from index.text import fold

_TOTAL = re.compile(
    r"(?:gran|super)?(?:sub|sub-)?total(?:es)?(?:general(?:es)?|institucional|global|nacional|neto|final)?"
    r"|sumas?(?:total(?:es)?|iguales)?|sumatoria"
)
_TOTAL_START = re.compile(r"(?:gran |sub ?|sub-)?total(?:es)?\b|sumas?\b(?=\s*(?:$|total|de|del|iguales))|sumatoria\b")
_SUBTOTAL = re.compile(r"sub[ -]?total|total (?:parcial|seccion)")
_GRAND = re.compile(
    r"(?:gran |super )?total(?:es)?(?:\s*(?:\(.*\)|general(?:es)?|institucional|global|nacional|final|consolidado|"
    r"del? (?:gastos?|egresos?|ingresos?|presupuesto|entidad|institucion)))*|suma(?:s|toria)?(?: total)?"
)
_UNIT_HEADER = re.compile(
    r"u\.? ?/? ?(?:de )?m(?:ed)?|unidad(?:es)?(?: de med\w*)?|medida|u\. de medida|tipo de unidad|unidad(?: de medida)? ?\(.*"
)
_BALANCE = re.compile(r"(?:ahorro|resultado|deficit|superavit|balance|saldo)\b")
_FORMULA = re.compile(r"\(\s*[ivx\d]+\s*-\s*[ivx\d]+\s*\)|=")
_SEPARATED = re.compile(
    r"(?P<code>\d{1,12}(?:[.-]\d+)*|[A-Z]\d{0,3}|[IVX]{1,5})(?:\s*[-–—:)]\s*|\s*\.\s+|\s*\.-\s*|\s+\.\s*)(?P<label>[^\d\s].*|\d+\s+[^\W\d].*)"
)
_SPACED = re.compile(r"(?P<code>\d{1,12}(?:[.-]\d+)*)\.?\s+(?P<label>[^\W\d].*)")
_GLUED = re.compile(
    r"(?P<code>\d{1,2}(?:\.\d{1,3})+|[A-Z]{1,3}-\d{2,8}|\d{1,2}(?:-\d{2,3})+)(?P<label>[A-ZÁÉÍÓÚÑ][^\W\d_]{2,}.*)",
    re.DOTALL,
)
_NUMBERED = re.compile(r"(?P<noun>[a-z]{4,})\s+(?:n[.°º]+\s*)?\d{1,3}\b")
_SCALES = (
    (re.compile(r"miles de millones|millardos?"), Decimal(10) ** 9),
    (re.compile(r"millones\b|mill\b|mm\s?(?:\$|u\$s|us\$)"), Decimal(10) ** 6),
    (re.compile(r"miles\b|m\.?\s?(?:\$|u\$s|us\$)"), Decimal(1000)),
)
# In prose "miles de" counts things; only "en miles…", "(millones…)" and headers speak of the unit of a table.
_UNIT_PLACE = r"(?:\b(?:en|expresad[oa]s? en|cifras en|valores en|montos en)\s+|[(\[]\s*)"
_CURRENCY_WORDS = (
    (r"quetzal(?:es)?|\(q\.?\)", "GTQ"), (r"lempiras?", "HNL"), (r"colon(?:es)?|\(₡\)", "CRC"), (r"en cordobas|c\$", "NIO"),
    (r"balboas?|\(b/\.?\)", "PAB"), (r"guarani(?:es)?|\(gs?\.?\)", "PYG"), (r"bolivianos", "BOB"), (r"bolivares", "VES"),
    (r"(?:nuevos )?soles|\(s/\.?\)", "PEN"), (r"dolar(?:es)?|us\$|u\$s|usd", "USD"), (r"euros?|€", "EUR"), (r"reales", "BRL"),
)  # fmt: skip
_PESO = re.compile(r"\bpesos?\b|\(\s*\$\s*\)|\ben \$")
PESO_COUNTRIES = frozenset({"MXN", "ARS", "COP", "CLP", "DOP", "UYU"})


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def is_total_word(text: str) -> bool:
    """Whether a row label says total: "TOTAL GENERAL", "T O T A L", "Suma", "тот AL:", "T0TAL", "Total Gastos"."""
    folded = fold(text).strip(" .:-*=")
    if _TOTAL_START.match(folded):
        return True
    compact = re.sub(r"[^a-z0-9-]", "", folded).replace("0", "o").replace("1", "l")
    return _TOTAL.fullmatch(compact) is not None


def is_garbled_total(text: str) -> bool:
    """A total that is only legible once its letters are put together."""
    return is_total_word(text) and _TOTAL_START.match(fold(text).strip(" .:-*=")) is None


def says_subtotal(text: str) -> bool:
    return _SUBTOTAL.match(fold(text)) is not None


def says_grand_total(text: str) -> bool:
    """A total of everything, not of a named part ("Total general", "TOTAL"; not "Total Tasas")."""
    return is_garbled_total(text) or _GRAND.fullmatch(fold(text).strip(" .:-*=")) is not None


def is_balance(label: str) -> bool:
    """Whether a row is computed from others by its own formula: "Ahorro corriente (I - II)", "Resultado financiero"."""
    folded = fold(label)
    return _BALANCE.match(folded) is not None or _FORMULA.search(folded) is not None


def split_code(text: str, *, spaced: bool = False) -> tuple[str | None, str]:
    """The code glued to a label and the rest. `spaced`: the column is known to print "1000 Servicios" so.

    >>> split_code("22-Monitoreo a las aduanas"), split_code("2.1.3 Servicios"), split_code("2.1Talleres")
    (('22', 'Monitoreo a las aduanas'), ('2.1.3', 'Servicios'), ('2.1', 'Talleres'))
    """
    found = _SEPARATED.fullmatch(text) or _GLUED.fullmatch(text)
    if found is None:
        found = _SPACED.fullmatch(text)
        if found and not spaced and not re.search(r"[.-]|^0\d", found["code"]):
            found = None
    if found is None or re.fullmatch(r"(?:19|20)\d\d(?:-(?:19|20)?\d\d)?", found["code"]):
        return None, text
    code, label = found["code"], found["label"].strip()
    second = re.match(r"(\d{1,4})\s+(?=[^\W\d])", label)
    if second and len(code) >= 4 and code.isdigit():  # "1110101000 - 16 Deportes": unit and programme
        return f"{code} - {second.group(1)}", label[second.end() :]
    return code, label


def series_noun(label: str) -> str | None:
    """What a label is numbered as: "programa" of "PROGRAMA 2. Salud"; None where it bears no number of its kind."""
    found = _NUMBERED.match(fold(label))
    return found["noun"] if found else None


def looks_spaced(text: str) -> bool:
    """Whether a label begins with digits and a space, as "1000 Servicios" does and "100 becas" too."""
    return _SPACED.fullmatch(text) is not None


def names_unit(path: Sequence[str]) -> bool:
    """Whether a header says "Unidad de medida" in one of its spellings; "Unidad administrativa" is no such thing."""
    return bool(path) and _UNIT_HEADER.fullmatch(fold(path[-1]).strip(" .:")) is not None


def scale_of(text: str, *, header: bool = False) -> Decimal:
    """1000 for "en miles de pesos", 1 when no scale is said. A header names its unit without "en" too.

    >>> scale_of("(millones de $)"), scale_of("Se gastaron 40 millones"), scale_of("Mill. u$s", header=True)
    (Decimal('1000000'), Decimal('1'), Decimal('1000000'))
    """
    folded = fold(text)
    place = r"(?<![\w$])" if header else _UNIT_PLACE
    for pattern, scale in _SCALES:
        if re.search(f"{place}(?:{pattern.pattern})", folded):
            return scale
    return Decimal(1)


def currency_of(text: str, default: str | None) -> str | None:
    """Currency that a unit line or header names; `default` decides whose pesos they are. None when none is named."""
    folded = fold(text)
    for pattern, code in _CURRENCY_WORDS:
        if re.search(rf"(?<![a-z]){pattern}(?![a-z])", folded):
            return code
    return default if _PESO.search(folded) and default in PESO_COUNTRIES else None


def names_money(text: str) -> bool:
    """Whether a unit line or header speaks of money at all."""
    return currency_of(text, None) is not None or _PESO.search(fold(text)) is not None
