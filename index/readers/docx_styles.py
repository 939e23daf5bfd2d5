"""What the styles and the numbering of a Word document say of a paragraph: heading, list, bold, printed label."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|t[ií]tulo|encabezado)\s*(\d)")
_OFF = ("0", "false", "none", "off")
_BULLET_FORMATS = ("bullet", "none")


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """One style with what it takes from those it is based on. heading: 1 to 9; 0 for the style of the title."""

    name: str = ""
    heading: int | None = None
    bold: bool = False
    list_id: str | None = None
    list_level: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class _Level:
    format: str
    text: str
    start: int


@dataclass
class Numbering:
    """Counters of the automatic lists: each paragraph in order is given the label that Word prints."""

    levels: Mapping[str, Mapping[int, _Level]]  # list id → its levels
    shared: Mapping[str, str]  # list id → id of the definition whose counters it shares
    restarts: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)

    def label(self, list_id: str, level: int) -> str:
        """The label of the next paragraph of a list ("1.", "b)"); "" for bullets."""
        definition = self.levels.get(list_id, {}).get(level)
        if definition is None:
            return ""
        counts = self._counts.setdefault(self.shared.get(list_id, list_id), {})
        if list_id not in self._seen:
            self._seen.add(list_id)
            for at, start in self.restarts.get(list_id, {}).items():
                counts[at] = start - 1
        counts[level] = counts.get(level, definition.start - 1) + 1
        for deeper in [d for d in counts if d > level]:
            del counts[deeper]
        if definition.format in _BULLET_FORMATS:
            return ""

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            known = self.levels[list_id].get(at, definition)
            return _ordinal(counts.get(at, known.start), known.format)

        return re.sub(r"%(\d)", number, definition.text).strip()


def read_styles(root: Any) -> dict[str, Style]:
    """Styles by id from the root of the styles part."""
    elements = {e.get(f"{W}styleId"): e for e in root.iter(f"{W}style")}
    done: dict[str, Style] = {}

    def resolve(key: str, depth: int) -> Style:
        if key in done or key not in elements or depth > 12:
            return done.get(key, Style())
        element = elements[key]
        base_id = value(element.find(f"{W}basedOn"))
        base = resolve(base_id, depth + 1) if base_id else Style()
        name = (value(element.find(f"{W}name")) or key).lower()
        properties = element.find(f"{W}pPr")
        number = properties.find(f"{W}numPr") if properties is not None else None
        runs = element.find(f"{W}rPr")
        list_id, level = list_place(number)
        done[key] = Style(
            name=name,
            heading=_heading(name, properties, base),
            bold=base.bold if runs is None else flag(runs, "b", default=base.bold),
            list_id=list_id or base.list_id,
            list_level=level or base.list_level,
        )
        return done[key]

    for key in elements:
        if key:
            resolve(key, 0)
    return done


def _heading(name: str, properties: Any, base: Style) -> int | None:
    found = _HEADING.fullmatch(name)
    if found:
        return int(found[1]) or 1
    if name in ("title", "título", "titulo", "puesto"):
        return 0
    outline = outline_level(properties)
    return outline if outline is not None else base.heading


def outline_level(properties: Any) -> int | None:
    """Heading level of a w:outlineLvl among paragraph properties: 1 to 9, None for body text."""
    level = value(properties.find(f"{W}outlineLvl")) if properties is not None else None
    return int(level) + 1 if level is not None and level.isdecimal() and int(level) < 9 else None


def list_place(number: Any) -> tuple[str | None, int]:
    """List id and level of a w:numPr; id "0" takes a paragraph out of its list."""
    if number is None:
        return None, 0
    level = value(number.find(f"{W}ilvl"))
    return value(number.find(f"{W}numId")), int(level) if level and level.isdecimal() else 0


def read_numbering(root: Any | None) -> Numbering:
    """Lists of the numbering part; None when the document has none."""
    if root is None:
        return Numbering(levels={}, shared={})
    abstract = {e.get(f"{W}abstractNumId"): _levels(e) for e in root.iter(f"{W}abstractNum")}
    levels: dict[str, Mapping[int, _Level]] = {}
    shared: dict[str, str] = {}
    restarts: dict[str, dict[int, int]] = {}
    for element in root.iter(f"{W}num"):
        key = element.get(f"{W}numId") or ""
        base = value(element.find(f"{W}abstractNumId")) or ""
        levels[key] = dict(abstract.get(base, {}))
        shared[key] = base
        for change in element.iter(f"{W}lvlOverride"):
            start = value(change.find(f"{W}startOverride"))
            if start and start.isdecimal():
                restarts.setdefault(key, {})[int(change.get(f"{W}ilvl") or 0)] = int(start)
    return Numbering(levels=levels, shared=shared, restarts=restarts)


def _levels(element: Any) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for level in element.iter(f"{W}lvl"):
        start = value(level.find(f"{W}start"))
        found[int(level.get(f"{W}ilvl") or 0)] = _Level(
            format=value(level.find(f"{W}numFmt")) or "decimal",
            text=value(level.find(f"{W}lvlText")) or "",
            start=int(start) if start and start.isdecimal() else 1,
        )
    return found


def value(element: Any | None) -> str | None:
    """The w:val of an element."""
    return None if element is None else element.get(f"{W}val")


def flag(parent: Any, name: str, *, default: bool = False) -> bool:
    """A switch among properties: present without value is on."""
    element = parent.find(f"{W}{name}") if parent is not None else None
    if element is None:
        return default
    return (value(element) or "1").lower() not in _OFF


def _ordinal(count: int, style: str) -> str:
    if style in ("lowerLetter", "upperLetter"):
        letters = chr(97 + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters if style == "lowerLetter" else letters.upper()
    if style in ("lowerRoman", "upperRoman"):
        return _roman(count) if style == "upperRoman" else _roman(count).lower()
    return f"{count:02d}" if style == "decimalZero" else str(count)


def _roman(count: int) -> str:
    text = ""
    for size, sign in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        text += sign * (count // size)
        count %= size
    return text
