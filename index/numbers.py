"""Printed numbers: what a cell's text is worth, and in which convention a column writes its numbers.

A text alone often does not say what it is worth: "1.568" is 1568 in one country and 1.568 in the next. So `parse` takes
the convention that the column (or the table) voted for with `decide_convention`, and says `undecided` when there is
none. Texts that decide themselves ("2.745,00", "12.5", "1,234,567") keep their own reading whatever the vote.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from index.text import fold

POINT_DECIMAL = "1,234.56"
COMMA_DECIMAL = "1.234,56"

# Printed symbol → ISO 4217; None where several countries print the same symbol.
CURRENCY_SYMBOLS: dict[str, str | None] = {
    "RD$": "DOP", "US$": "USD", "U$S": "USD", "$US": "USD", "R$": "BRL", "C$": "NIO", "MX$": "MXN", "COL$": "COP",
    "S/.": "PEN", "S/": "PEN", "B/.": "PAB", "BS.": None, "BS": None, "$B": "BOB", "Q.": "GTQ", "Q": "GTQ",
    "LPS.": "HNL", "LPS": "HNL", "L.": "HNL", "L": "HNL", "GS.": "PYG", "GS": "PYG", "₡": "CRC", "¢": "CRC",
    "₲": "PYG", "€": "EUR", "£": "GBP", "$": None,
    "USD": "USD", "GTQ": "GTQ", "HNL": "HNL", "MXN": "MXN", "ARS": "ARS", "COP": "COP", "CLP": "CLP", "PEN": "PEN",
    "CRC": "CRC", "DOP": "DOP", "BOB": "BOB", "NIO": "NIO", "PYG": "PYG", "UYU": "UYU", "VES": "VES", "PAB": "PAB",
    "EUR": "EUR", "BRL": "BRL",
}  # fmt: skip
_SYMBOL = "|".join(re.escape(s) for s in sorted(CURRENCY_SYMBOLS, key=len, reverse=True))
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_MARK_BEFORE = re.compile(r"^(\*+|†|‡)\s*(?=[^\s*])")
_MARK_AFTER = re.compile(rf"(?<=[\d)%])\s*(\*+|†|‡|[{_SUPERSCRIPTS}]+)$|(?<=[\d)%])\s+([a-z\d]{{1,2}}/|\([a-z]\))$")
_CURRENCY_BEFORE = re.compile(rf"^(?:{_SYMBOL})(?![^\W\d_])", re.IGNORECASE)
_CURRENCY_AFTER = re.compile(rf"(?<=[\d)\s-])(?:{_SYMBOL})$", re.IGNORECASE)
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_DASHES = str.maketrans(dict.fromkeys("−–—‐‑﹣－", "-"))
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘´`", "'"))
_NO_VALUE = frozenset(
    "n/d nd n.d. n/a na n.a. n.a no aplica no le aplica no disponible s/d sd s/i n/e no corresponde sin dato sin datos "
    "sin informacion no determinado pendiente".replace("no ", "no_")
    .replace("sin ", "sin_")
    .split()
)
_SPREADSHEET_ERROR = re.compile(r"^#[¡!]?[\w/¿?]+[!?]?$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Parsed:
    """What a text is worth. `value` is as printed: 63 for "63%".

    currency: the symbol as printed ("Q", "RD$"). mark: the footnote mark taken off ("*"). undecided: Spanish reason
    why a text that looks like a number has no value. convention: the one that the text itself proves, if it does.
    decimals: digits printed after the decimal mark, 0 without value.
    """

    value: Decimal | None = None
    is_percent: bool = False
    currency: str | None = None
    mark: str | None = None
    undecided: str | None = None
    convention: str | None = None
    decimals: int = 0

    @property
    def numeric(self) -> bool:
        """Whether the text is a number, even if its value is not decided."""
        return self.value is not None or self.undecided is not None


@lru_cache(maxsize=100_000)  # a column is read once to vote, once to be read
def parse(text: str, convention: str | None = None) -> Parsed:
    """Read a printed number; no value for codes, dates, words, blanks and the many ways to print "no data".

    >>> parse("( 1.234,50)").value, parse("*18").mark, parse("1.568").value, parse("1.568", "1.234,56").value
    (Decimal('-1234.50'), '*', None, Decimal('1568'))
    """
    body, mark = _take_mark(_SPACES.sub(" ", text).strip())
    body = unicodedata.normalize("NFKC", body).translate(_DASHES).translate(_APOSTROPHES).strip()
    if not any(c.isdigit() for c in body) or len(body) > 60:
        return Parsed()
    body, negative, percent, currency = _peel(body)
    readings = _readings(body) or _rejoined(body)
    if not readings:
        return Parsed(mark=mark) if mark and not body else Parsed()
    proof = next(iter(readings)) if len(readings) == 1 else None
    if len(set(readings.values())) > 1 and convention not in readings:
        reason = f"«{text.strip()}» puede leerse de dos maneras y nada en la columna ni en la tabla lo decide"
        return Parsed(is_percent=percent, currency=currency, mark=mark, undecided=reason)
    digits = readings[proof or (convention if convention in readings else next(iter(readings)))]
    value = Decimal(digits)
    return Parsed(
        value=-value if negative and value else value,
        is_percent=percent,
        currency=currency,
        mark=mark,
        convention=proof,
        decimals=len(digits.partition(".")[2]),
    )


def decide_convention(texts: Iterable[str]) -> str | None:
    """The convention that the texts of one column (or one table) prove; None when none does or they disagree."""
    proofs = votes(texts)
    return next(iter(proofs)) if len(proofs) == 1 else None


def votes(texts: Iterable[str]) -> dict[str, int]:
    """How many texts prove each convention; texts that prove none do not count."""
    found: dict[str, int] = {}
    for text in texts:
        proof = parse(text).convention
        if proof is not None:
            found[proof] = found.get(proof, 0) + 1
    return found


def is_no_value(text: str) -> bool:
    """Whether a text says that there is no figure: blank, "N/D", "no aplica", dashes, asterisks, "#¡DIV/0!".

    >>> [is_no_value(t) for t in ("", "– –", "N/D", "***", "0", "Servicios")]
    [True, True, True, True, False, False]
    """
    folded = fold(text).strip(" .:()")
    if not folded or not re.search(r"[a-z0-9#]", folded):
        return True
    return (
        folded.replace(" ", "_").replace("le_aplica", "aplica") in _NO_VALUE
        or _SPREADSHEET_ERROR.match(folded) is not None
    )


def _take_mark(text: str) -> tuple[str, str | None]:
    """Footnote marks off a number: "*18", "18*", "18²", "18 1/". Superscripts go first: NFKC makes digits of them."""
    found = _MARK_BEFORE.match(text)
    if found:
        return text[found.end() :], found.group(1)
    found = _MARK_AFTER.search(text)
    if found:
        return text[: found.start()], found.group(1) or found.group(2)
    return text, None


def _peel(text: str) -> tuple[str, bool, bool, str | None]:
    """Take sign, parentheses, percent and currency off in whatever order they are printed."""
    negative, percent, currency = False, False, None
    while True:
        before = text
        if text.startswith("(") and text.endswith(")"):
            negative, text = True, text[1:-1].strip()
        if text.startswith("-") or (text.endswith("-") and not text.startswith("-")):
            negative, text = True, text.removeprefix("-").removesuffix("-").strip()
        if text.startswith("+"):
            text = text[1:].strip()
        if text.endswith("%"):
            percent, text = True, text[:-1].strip()
        elif text.startswith("%"):
            percent, text = True, text[1:].strip()
        found = _CURRENCY_BEFORE.match(text) or _CURRENCY_AFTER.search(text)
        if found and currency is None and len(found.group()) < len(text):
            currency = found.group()
            text = (text[: found.start()] + text[found.end() :]).strip()
        if text == before:
            return text, negative, percent, currency


def _shape(thousands: str, decimal: str) -> re.Pattern[str]:
    """Groups of three by one separator, or by spaces, or by apostrophes, or millions by apostrophe ("1'234,567.8")."""
    groups = rf"[1-9]\d{{0,2}}(?:(?:{thousands}\d{{3}})+|(?: \d{{3}})+|(?:'\d{{3}})+|(?:'\d{{3}})+{thousands}\d{{3}})"
    return re.compile(rf"(?P<whole>{groups}|0|[1-9]\d*|0\d+(?![{decimal}]))?(?:{decimal}(?P<part>\d+))?")


_SHAPES = {POINT_DECIMAL: _shape(",", r"\."), COMMA_DECIMAL: _shape(r"\.", ",")}


def _rejoined(body: str) -> dict[str, str]:
    """Digits torn apart by the typesetting ("334,59 5,42 4.51"), where no piece before the last is a number by itself.

    "3,130 19.68" stays unread: it may be two numbers.
    """
    pieces = body.split(" ")
    if len(pieces) < 2 or not re.search(r"[.,]", body) or not re.fullmatch(r"[\d., ]+", body):
        return {}
    found = _readings("".join(pieces))
    if len(found) != 1:
        return {}
    shape = _SHAPES[next(iter(found))]
    torn = [not (a and shape.fullmatch(a) and b and shape.fullmatch(b)) for a, b in pairwise(pieces)]
    return found if all(torn) else {}


def _readings(body: str) -> dict[str, str]:
    """Each convention under which the text is a number, with its plain digits ("1234.56")."""
    found: dict[str, str] = {}
    for convention, shape in _SHAPES.items():
        match = shape.fullmatch(body)
        if match and body:
            whole, part = match.group("whole") or "0", match.group("part")
            digits = re.sub(r"\D", "", whole)
            found[convention] = f"{digits}.{part}" if part else digits
    return found
