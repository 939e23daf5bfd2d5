"""What a piece of text looks like: a number, a mark for "no value", a year, a bullet, a caption."""

from __future__ import annotations

import re
from functools import lru_cache

_CURRENCY = r"(?:[A-Z]{0,3}\.?\$|Q\.?|Bs\.?|L\.?|S/\.?|₡|€|£|C\$|RD\$|US\$|u\$s|USD|EUR|GTQ)?"
_SIGN = re.compile(rf"^{_CURRENCY[:-1]}$")
_NUMBER = re.compile(
    rf"^[*~<>≤≥±]*{_CURRENCY}\s*[(\-–—−+]*\s*{_CURRENCY}\s*"
    r"\d[\d.,'’]*(?:\s?%)?\s*\)?-?(?:\s?%)?[*†‡§]*(?:\(\d{1,2}\))?[a-zA-Z]?[*)]*$"
)
_MARK = re.compile(
    r"^(?:[-–—−_*.…†‡#=]{1,4}|[-–—−](?:\s[-–—−])+|n\.?[/.]?[adcsr]\.?|s/?d|ref\.?|x|✓|no aplica|n/d|nd|"
    r"no le aplica|#¡?div/0!|#n/a|nil|\$|%|q|bs\.?)$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"^[(\[]?(?:1[89]|20|21)\d\d[)\]]?[*a-z]?(?:\s*[-–—/]\s*(?:(?:1[89]|20)?\d\d))?[*a-z]?[)\]]?$")
_RANGE = re.compile(r"^[(\[]?[<≥≤>]?\$?\d[\d.,]*\s*[-–—]\s*\$?\d[\d.,]*[)\]]?[*%]*$")
_ORDINAL = re.compile(r"^(?:[(\[]?\d{1,2}[)\].]?|\([a-z]\)|\d{1,2}/\d{1,2})$")
_SHORT_YEAR = re.compile(r"^\d{2}/\d{2}$")
BULLET = re.compile(r"^(?:[•●▪■◦○➢►✓\uf0b7\uf0a7\uf0d8·‣⁃]|[-–—*o](?=\s))\s*")
CAPTION = re.compile(
    r"^(?:cuadro|tabla|table|gr[aá]fic[ao]|figura|figure|ilustraci[oó]n|chart|anexo|box|exhibit)\s*"
    r"(?:n[.ºo°]*\s*)?(?:[A-Z]{1,3}[-.])?[A-Z]?\d*[\d.\-]*[a-z]?\s*(?:[:.\-–—]|\b)",
    re.IGNORECASE,
)
_TABLE_CAPTION = re.compile(
    r"^(?:cuadro|tabla|table)\s*(?:n[.ºo°]*\s*)?(?:[A-Z]{1,3}[-.–]?)?\d[\w.\-–]*\b", re.IGNORECASE
)
UNIT = re.compile(
    r"^\(?\s*(?:en |cifras |expresad|montos |valores |in |miles|millones|thousand|million|%|porcentaje).{0,60}\)?$",
    re.IGNORECASE,
)
NOTE = re.compile(
    r"^(?:fuentes?\b|notas?\b|notes?\b|sources?\b|elaborad[oa]|abbreviations?\b|\*+\s*\w|[†‡§]|[¹²³⁴]|\(?\d{1,2}\)\s)",
    re.IGNORECASE,
)


SOURCE = re.compile(r"^(?:fuentes?|notas?|notes?|sources?|elaborad[oa] por)\b\s*[:.]", re.IGNORECASE)
FILLER = re.compile(r"^(?:[.·…_]{4,}|[-=]{6,})$")  # dots that lead the eye, typed rules
PAIR = re.compile(r"^[^\W\d][^:()]{1,30}:\s*\S")


@lru_cache(maxsize=20_000)
def is_number(text: str) -> bool:
    """A printed figure with its sign, currency, percent or footnote mark; years count too."""
    return bool(_NUMBER.match(text)) or bool(_RANGE.match(text))


@lru_cache(maxsize=20_000)
def is_mark(text: str) -> bool:
    """A printed "no value": a dash, asterisks, n.a., s/d…"""
    return bool(_MARK.match(text))


def is_missing(text: str) -> bool:
    """A printed "no value" that no label of a column is: "%", "$" and "No." head columns too."""
    return is_mark(text) and not is_currency(text) and text.lower() not in ("%", "#", "x", "q", "✓", "ref", "ref.")


def is_currency(text: str) -> bool:
    """A currency sign or code by itself: it opens the figure after it. A bare L after a figure may be litres."""
    return text != "L" and bool(_SIGN.match(text))


def is_value(text: str) -> bool:
    return is_number(text) or is_mark(text)


def is_year(text: str) -> bool:
    return bool(_YEAR.match(text))


def is_ordinal(text: str) -> bool:
    """1, (2), (a), 11/12: what numbers a column rather than measures something."""
    return bool(_ORDINAL.match(text) or _SHORT_YEAR.match(text))


def is_caption(text: str) -> bool:
    """Starts as a table caption with its number does."""
    return bool(_TABLE_CAPTION.match(text))


def is_bullet(text: str) -> bool:
    return bool(BULLET.match(text + " "))
