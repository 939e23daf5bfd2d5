"""What a person sees in a spreadsheet cell: number formats applied to stored values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from index.periods import MONTHS

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]|\[(?P<bracket>[^\]]*)\]|_.|\*(?P<fill>.)|'
    r"(?P<general>General|Standard)|(?P<exponent>E[+-]0+)|(?P<mark>[0#?.,%@/])|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")
_DATE_LETTERS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[^dmy]', re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """Text as seen; `number` in plain notation and in the unit that is seen, except for percentages (0.6 for 60 %).

    scaled: the format hides thousands, so `number` is the stored value divided accordingly. hidden: the format shows
    nothing and the text is the plain value.
    """

    text: str
    number: str | None = None
    percent: bool = False
    scaled: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class _Section:
    tokens: tuple[tuple[str, str], ...]  # (kind, text): literal, digit, point, percent, text, general
    condition: tuple[str, Decimal] | None
    grouped: bool
    scale: int  # thousands hidden: 1 for "#,##0,"
    percents: int
    odd: bool  # fractions and exponents: shown plainly
    whole: tuple[int, ...]  # places of the digits before the decimal point
    part: tuple[int, ...]  # and after it
    code: bool  # literals stand between the digits of the whole part


def show(value: object, number_format: str) -> Shown:
    r"""A stored value as its cell shows it. Dates are dd/mm/yyyy, or month and year where the format has no day.

    >>> show(7033626.72, '_(* #,##0.00_);_(* \(#,##0.00\)').text, show(0.6033, "0.0%").text
    ('7,033,626.72', '60.3%')
    """
    if isinstance(value, bool):
        return Shown(text="VERDADERO" if value else "FALSO")
    if isinstance(value, int | float):
        return _show_number(value, number_format)
    if isinstance(value, datetime | date | time | timedelta):
        return Shown(text=_show_date(value, number_format))
    return Shown(text=str(value))


def plain(value: float) -> str:
    """The exact stored number in plain notation: 3200.0 is 3200, 1e+16 has all its zeros."""
    text = format(Decimal(repr(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _show_number(value: float, number_format: str) -> Shown:
    if isinstance(value, int) and number_format == "General":  # the commonest cell by far
        return Shown(text=str(value), number=str(value))
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - the test for "not a number"
        return Shown(text=str(value))
    exact = Decimal(repr(value))
    section, absolute = _pick(_sections(number_format), exact)
    percent = section.percents == 1
    scaled = exact / 1000**section.scale
    number = plain(value) if not section.scale else format(scaled, "f")
    text = _render(section, abs(scaled) if absolute else scaled)
    if not text:
        hidden = not (section.whole or section.part)
        return Shown(text=_general(exact), number=plain(value), hidden=hidden)
    # "00-00" shows 1102 as 11-02: a name, not an amount
    return Shown(text=text, number=None if section.code else number, percent=percent, scaled=section.scale > 0)


@lru_cache(maxsize=2048)
def _sections(number_format: str) -> tuple[_Section, ...]:
    parts: list[str] = [""]
    for match in _TOKEN.finditer(number_format):
        if match.group() == ";":
            parts.append("")
        else:
            parts[-1] += match.group()
    return tuple(_section(part) for part in parts)


def _section(code: str) -> _Section:
    tokens: list[tuple[str, str]] = []
    condition: tuple[str, Decimal] | None = None
    grouped, odd, scale, percents, pending = False, False, 0, 0, 0
    seen_point = False
    for match in _TOKEN.finditer(code):
        kind, text = match.lastgroup, match[match.lastgroup] if match.lastgroup else ""
        if kind == "bracket":
            found = _CONDITION.fullmatch(text)
            condition = (found[1], Decimal(found[2])) if found else condition
        elif kind in ("quoted", "escaped", "currency", "plain", "fill"):
            tokens.append(("literal", text))
        elif kind == "general":
            tokens.append(("general", ""))
        elif kind == "exponent" or text == "/":
            odd = True
        elif text in ("0", "#", "?"):
            grouped = grouped or (pending > 0 and not seen_point)
            pending = 0
            tokens.append(("digit", text))
        elif text == ",":
            pending += any(k == "digit" for k, _ in tokens)
        elif text == ".":
            scale, pending, seen_point = scale + pending, 0, True
            tokens.append(("point", "."))
        elif text == "%":
            percents += 1
            tokens.append(("literal", "%"))
        elif text == "@":
            tokens.append(("general", ""))
    point = next((i for i, (kind, _) in enumerate(tokens) if kind == "point"), len(tokens))
    digits = [i for i, (kind, _) in enumerate(tokens) if kind == "digit"]
    whole = tuple(i for i in digits if i < point)
    return _Section(
        tokens=tuple(tokens),
        condition=condition,
        grouped=grouped,
        scale=scale + pending,
        percents=percents,
        odd=odd,
        whole=whole,
        part=tuple(i for i in digits if i > point),
        code=bool(whole) and not grouped and whole[-1] - whole[0] != len(whole) - 1,
    )


def _pick(sections: tuple[_Section, ...], value: Decimal) -> tuple[_Section, bool]:
    """The section for a value, and whether the sign is left to the section's own literals."""
    if any(s.condition for s in sections):
        for section in sections:
            if section.condition is None or _holds(value, section.condition):
                return section, False
        return sections[-1], False
    if len(sections) > 2 and value == 0:
        return sections[2], True
    if len(sections) > 1 and value < 0:
        return sections[1], True
    return sections[0], False


def _holds(value: Decimal, condition: tuple[str, Decimal]) -> bool:
    sign, limit = condition
    tests = {
        "<": value < limit, ">": value > limit, "=": value == limit,
        "<=": value <= limit, ">=": value >= limit, "<>": value != limit,
    }  # fmt: skip
    return tests[sign]


def _render(section: _Section, value: Decimal) -> str:
    if section.odd:
        return _general(value * 100**section.percents) + ("%" if section.percents else "")
    if not section.whole and not section.part:
        text = "".join(_general(value) if k == "general" else t for k, t in section.tokens)
        return " ".join(text.split())
    rounded = (abs(value) * 100**section.percents).quantize(Decimal(1).scaleb(-len(section.part)), ROUND_HALF_UP)
    integer, _, decimals = format(rounded, "f").partition(".")
    out = {i: t for i, (k, t) in enumerate(section.tokens) if k == "literal"}
    _fill_whole(out, section, section.whole, "" if int(integer) == 0 else integer)
    shown = _fill_part(out, section, section.part, decimals)
    if shown or any(section.tokens[i][1] == "0" for i in section.part):
        out[next(i for i, (k, _) in enumerate(section.tokens) if k == "point")] = "."
    text = " ".join("".join(out.get(i, "") for i in range(len(section.tokens))).split())
    return "-" + text if value < 0 and rounded else text


def _fill_whole(out: dict[int, str], section: _Section, places: tuple[int, ...], digits: str) -> None:
    """Digits from the right over the places; the first place takes all that are left."""
    text = digits.rjust(sum(section.tokens[i][1] == "0" for i in places), "0")
    if not section.code:
        if places:
            out[places[-1]] = format(int(text), ",") if section.grouped and text and text[0] != "0" else text
        return
    for place in reversed(places):
        out[place], text = (text, "") if place == places[0] else (text[-1:], text[:-1])


def _fill_part(out: dict[int, str], section: _Section, places: tuple[int, ...], decimals: str) -> bool:
    kept = len(decimals)
    while kept and decimals[kept - 1] == "0" and section.tokens[places[kept - 1]][1] != "0":
        kept -= 1
    out |= dict(zip(places[:kept], decimals, strict=False))
    return kept > 0


def _general(value: Decimal) -> str:
    """Excel's General: eleven characters at most for fractions, whole numbers with all digits."""
    size = len(str(abs(int(value))))
    places = max(10 - size, 0) if size < 10 else max(15 - size, 0)
    text = format(round(value, places), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _show_date(value: datetime | date | time | timedelta, number_format: str) -> str:
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}" + (f":{seconds:02d}" if seconds else "")
    if isinstance(value, time):
        return value.strftime("%H:%M:%S" if value.second else "%H:%M")
    letters = set(_DATE_LETTERS.sub("", number_format.partition(";")[0]).lower())
    if letters == {"y"}:
        return str(value.year)
    if letters and "d" not in letters:
        return MONTHS[value.month - 1] + (f" {value.year}" if "y" in letters else "")
    moment = value.strftime(" %H:%M") if isinstance(value, datetime) and (value.hour or value.minute) else ""
    return f"{value.day:02d}/{value.month:02d}/{value.year}{moment}"
