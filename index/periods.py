"""Periods of time as reports and people write them: months, quarters, "II cuatrimestre 2023", "entre mayo y agosto"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.model import Period
from index.text import fold, remembered

MONTHS = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]
_MONTH_NUMBER = {name: i for i, name in enumerate(MONTHS, 1)} | {"setiembre": 9}
_MONTH_NUMBER |= {
    short: i
    for i, shorts in enumerate(
        ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep sept set", "oct", "nov", "dic"), 1
    )
    for short in shorts.split()
}
_SPAN_MONTHS = {"bimestre": 2, "trimestre": 3, "cuatrimestre": 4, "semestre": 6}
_ORDINALS = {
    "primer": 1, "primero": 1, "primera": 1, "1er": 1, "1ro": 1, "1": 1, "i": 1, "1o": 1, "1°": 1,
    "segundo": 2, "segunda": 2, "2do": 2, "2": 2, "ii": 2, "2o": 2, "2°": 2,
    "tercer": 3, "tercero": 3, "tercera": 3, "3er": 3, "3ro": 3, "3": 3, "iii": 3, "3o": 3, "3°": 3,
    "cuarto": 4, "cuarta": 4, "4to": 4, "4": 4, "iv": 4, "4o": 4, "4°": 4, "ultimo": -1,
    "quinto": 5, "5to": 5, "5": 5, "v": 5, "sexto": 6, "6to": 6, "6": 6, "vi": 6,
}  # fmt: skip
_COUNTS = "dos tres cuatro cinco seis siete ocho nueve diez once".split()
_YEAR = r"(?:19|20)\d\d"
_MONTH = r"(?:" + "|".join(sorted(_MONTH_NUMBER, key=len, reverse=True)) + r")"
_FULL_MONTH = r"(?:" + "|".join([*MONTHS, "setiembre"]) + r")"
_ORDINAL = r"(?:" + "|".join(sorted(map(re.escape, _ORDINALS), key=len, reverse=True)) + r")"
_SPAN = r"(?:bimestre|trimestre|cuatrimestre|semestre|bim|trim|cuatrim|sem)s?\.?"
_OF_YEAR = rf"(?:(?:\s+(?:de|del)|\s+ano|,|\s*[-/])*\s*(?P<{{0}}>{_YEAR})\b)?"

# A year at the end of one part serves the other ("entre mayo y agosto de 2023").
_PATTERNS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("between", rf"\b(?:(?P<c>entre)|(?:del?|desde))?\s*\b(?:(?:el\s+)?\d{{1,2}}\s+de\s+)?(?P<a>{_FULL_MONTH})"
                    rf"(?:\s+(?:de\s+|del\s+)?(?P<ya>{_YEAR}))?\s*(?:y|a|al|hasta|-|–)\s*"
                    rf"(?:el\s+mes\s+de\s+|(?:el\s+)?\d{{1,2}}\s+de\s+)?(?P<b>{_FULL_MONTH})\b" + _OF_YEAR.format("y")),
        ("between", rf"(?<![\w-])(?P<a>{_MONTH})\.?\s*[-–/]\s*(?P<b>{_MONTH})\b\.?(?:(?:\s+del?)?\s*[-/]?\s*(?P<y>{_YEAR})\b)?(?![\w-])"),
        ("span", rf"\b(?P<o>{_ORDINAL})\.?\s*(?P<s>{_SPAN})(?!\w)" + _OF_YEAR.format("y")),
        ("span", rf"\b(?P<s>{_SPAN})\s+(?P<o>{_ORDINAL})\b" + _OF_YEAR.format("y")),
        ("first", r"\b(?P<o>primer[oa]s|ultim[oa]s)\s+(?P<n>\d{1,2}|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once)\s+mes(?:es)?\b" + _OF_YEAR.format("y")),
        ("first", r"\b(?P<n>\d{1,2}|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once)\s+(?P<o>primer[oa]s|ultim[oa]s)\s+mes(?:es)?\b" + _OF_YEAR.format("y")),
        ("span", r"\b(?P<o>[1-6])\s?(?P<s>[tcsb])\b" + _OF_YEAR.format("y")),
        ("span", r"\b(?P<s>[tcsq])(?P<o>[1-4])\b" + _OF_YEAR.format("y")),
        ("date", rf"\b\d{{1,2}}\s+(?:de\s+)?(?P<a>{_FULL_MONTH})(?:\s+(?:de|del)(?:\s+ano)?)?\s+(?P<y>{_YEAR})\b"),
        ("date", rf"\b\d{{1,2}}[/-](?P<n>\d{{1,2}})[/-](?P<y>{_YEAR})\b"),
        ("month", rf"\b(?P<a>{_MONTH})\.?" + _OF_YEAR.format("y") + r"(?!\w)"),
        ("years", rf"\b(?:(?P<c>entre)\s+)?(?:el\s+)?(?P<ya>{_YEAR})\s*(?:-|–|a|al|hasta|y)\s*(?:el\s+)?(?P<y>{_YEAR})\b"),
        ("year", rf"(?<![\w.,/-])(?P<y>{_YEAR})(?![\w/]|[.,-]\d)"),
    )
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class PeriodMention:
    """A period found in a text, with its span in the *folded* text."""

    period: Period
    start: int
    end: int


@remembered
def find_periods(text: str) -> tuple[PeriodMention, ...]:
    """Every period a text names, left to right, longest reading first, none overlapping.

    Abbreviated months count only when a year follows ("ene-2021") or the text is nothing else ("Ene."): "set" and
    "mar" are also words.

    >>> [describe(m.period) for m in find_periods("II Cuatrimestre 2023 y enero de 2021")]
    ['segundo cuatrimestre de 2023', 'enero de 2021']
    """
    folded = fold(text)
    taken: list[PeriodMention] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(folded):
            if any(match.start() < m.end and m.start < match.end() for m in taken):
                continue
            period = _period(
                kind, match, alone=match.group().strip(" .") == folded.strip(" ."), told=_told_short(folded, match)
            )
            if period is not None:
                taken.append(PeriodMention(period=period, start=match.start(), end=match.end()))
    return tuple(sorted(taken, key=lambda m: m.start))


_CLOSING = re.compile(
    rf"\b(?:hasta(?:\s+el)?|al?)\s+(?:cierre\s+del?\s+)?(?:(?:el\s+)?mes\s+de\s+)?"
    rf"(?P<d>\d{{1,2}}\s+de\s+)?(?P<a>{_FULL_MONTH})\b(?:(?:\s+(?:de|del)(?:\s+ano)?)?\s+(?P<y>{_YEAR})\b)?"
)
_RANGE_BEFORE = re.compile(rf"(?:\b{_FULL_MONTH}(?:\s+(?:de|del))?(?:\s+{_YEAR})?|\d)\s*$")


def find_closings(text: str) -> tuple[PeriodMention, ...]:
    """Statements at a date, which add up from January: "al 30 de junio de 2023", "al cierre de agosto", "hasta mayo".

    The end of a range ("de mayo a agosto", "del 1 al 31 de marzo") is none; "a agosto" needs its year.

    >>> [describe(m.period) for m in find_closings("Gasto al cierre de agosto de 2023")]
    ['enero a agosto de 2023']
    """
    folded = fold(text)
    found: list[PeriodMention] = []
    for match in _CLOSING.finditer(folded):
        loose = match.group().startswith("a ") and not match["d"] and not match["y"]
        if loose or _RANGE_BEFORE.search(folded[: match.start()]):
            continue
        year = int(match["y"]) if match["y"] else None
        period = Period(year=year, first=1, last=_MONTH_NUMBER[match["a"]])
        found.append(PeriodMention(period=period, start=match.start(), end=match.end()))
    return tuple(found)


_SHORT_SAID = r"(?:prog|ejec|meta|avance|real|plan|logr|alcanz|evalu|deveng|recaud|pagad)[a-z]*"
_SHORT_BEFORE = re.compile(rf"(?:^|\b(?:el|del|en|al|por|y|entre|{_SHORT_SAID})\s)$")
_SHORT_AFTER = re.compile(rf"\s*(?:$|[?.,;:)(]|{_SHORT_SAID}\b)")


def _told_short(folded: str, match: re.Match[str]) -> bool:
    """Whether "T2" stands as a quarter does: "T2 Programado" over a column, "del T2" in a question; not "torre T2"."""
    before, after = folded[: match.start()], folded[match.end() :]
    if " " in match.group().strip():
        return False  # "1 t de papa"
    return bool(_SHORT_BEFORE.search(before) and (before or _SHORT_AFTER.match(after)))


def _period(kind: str, match: re.Match[str], *, alone: bool, told: bool) -> Period | None:
    groups = match.groupdict()
    year = int(groups["y"]) if groups.get("y") else None
    if kind == "between":
        # "mayo y agosto" are two months; only "entre mayo y agosto" is a span
        if re.search(r"\sy\s", match.group()) and not groups["c"]:
            return None
        return _between(groups, year)
    if kind == "span":
        return _span(groups, year, short=told)
    if kind == "first":
        count = int(groups["n"] or 0) if (groups["n"] or "").isdecimal() else _COUNTS.index(groups["n"] or "") + 2
        if not 1 < count < 12:
            return None
        early = (groups["o"] or "").startswith("primer")
        return Period(year=year, first=1 if early else 13 - count, last=count if early else 12)
    if kind == "date":
        number = int(groups["n"]) if groups.get("n") else _MONTH_NUMBER[groups["a"]]
        return Period(year=year, first=number, last=number) if 1 <= number <= 12 else None
    if kind == "month":
        name = groups["a"]
        if year is None and not alone and name not in MONTHS and name != "setiembre":
            return None
        return Period(year=year, first=_MONTH_NUMBER[name], last=_MONTH_NUMBER[name])
    if kind == "years":
        start = int(groups["ya"] or 0)
        if re.search(r"\sy\s", match.group()) and not groups["c"]:
            return None  # "2023 y 2024" are two years
        return Period(year=start, last_year=year) if year is not None and start < year else None
    return Period(year=year)


def _between(groups: dict[str, str | None], year: int | None) -> Period | None:
    first, last = _MONTH_NUMBER[groups["a"] or ""], _MONTH_NUMBER[groups["b"] or ""]
    start = int(groups.get("ya") or 0) or year
    if start is not None and year is not None and start < year:
        return Period(year=start, last_year=year, first=first, last=last)
    return Period(year=start, first=first, last=last) if first <= last else None


def _span(groups: dict[str, str | None], year: int | None, *, short: bool) -> Period | None:
    name = groups["s"] or ""
    letters = {"t": 3, "q": 3, "c": 4, "s": 6, "b": 2}
    size = letters.get(name) or next(months for full, months in _SPAN_MONTHS.items() if full.startswith(name[:3]))
    count = 12 // size
    number = _ORDINALS[groups["o"] or ""]
    number = count if number == -1 else number
    if not 1 <= number <= count or (name in letters and year is None and not short):
        return None
    return Period(year=year, first=(number - 1) * size + 1, last=number * size)


def describe(period: Period) -> str:
    """A period in Spanish words: "enero de 2021", "segundo cuatrimestre de 2023", "2019 a 2021"."""
    year = "" if period.year is None else f" de {period.year}"
    if period.last_year is not None:
        if (period.first, period.last) == (1, 12):
            return f"{period.year} a {period.last_year}"
        return f"{MONTHS[period.first - 1]}{year} a {MONTHS[period.last - 1]} de {period.last_year}"
    if (period.first, period.last) == (1, 12):
        return str(period.year) if period.year is not None else "el año"
    if period.first == period.last:
        return MONTHS[period.first - 1] + year
    size = period.last - period.first + 1
    for name, months in _SPAN_MONTHS.items():
        if size == months and (period.first - 1) % months == 0:
            ordinal = ("primer", "segundo", "tercer", "cuarto", "quinto", "sexto")[period.first // months]
            return f"{ordinal} {name}{year}"
    return f"{MONTHS[period.first - 1]} a {MONTHS[period.last - 1]}{year}"


def within(inner: Period, outer: Period) -> bool:
    """Whether every month of `inner` lies in `outer`. A missing year on either side fits any year."""
    if inner.year is not None and outer.year is not None:
        inner_end = inner.last_year or inner.year
        outer_end = outer.last_year or outer.year
        starts_before = (inner.year, inner.first) < (outer.year, outer.first)
        return not starts_before and (inner_end, inner.last) <= (outer_end, outer.last)
    return outer.first <= inner.first and inner.last <= outer.last


def merge(period: Period, context: Period | None) -> Period:
    """The period with the year of its context when it names none ("Mayo" in a table of 2023)."""
    if period.year is not None or context is None:
        return period
    return Period(year=context.year, first=period.first, last=period.last)
