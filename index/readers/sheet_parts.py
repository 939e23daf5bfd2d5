"""What openpyxl's fast mode does not tell of a workbook: merged cells, hidden parts, formulas never calculated, texts
that float over the sheet. Read straight from the XML parts, one pass each.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATION_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)")


@dataclass(kw_only=True, slots=True)
class SheetParts:
    """Structure of one sheet; rows and columns count from 0.

    merged: (first row, first column, last row, last column). uncalculated: formulas without a stored value.
    filter_row: row of the automatic filter's buttons, the last row of a header. texts: what text boxes say and the
    place (row, column) they are pinned to, None when to none. comments: (cell name, text).
    """

    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    uncalculated: dict[tuple[int, int], str] = field(default_factory=dict)
    filter_row: int | None = None
    texts: list[tuple[str, tuple[int, int] | None]] = field(default_factory=list)
    comments: list[tuple[str, str]] = field(default_factory=list)
    charts: int = 0
    images: int = 0


def sheet_paths(package: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → part of the package that holds it, in the order of the tabs."""
    root = _root(package, "_rels/.rels")
    book = next((r.get("Target", "") for r in root if r.get("Type", "").endswith("/officeDocument")), "xl/workbook.xml")
    book = book.lstrip("/")
    targets = {r.get("Id"): _join(book, r.get("Target", "")) for r in _relations(package, book)}
    paths: dict[str, str] = {}
    for element in _root(package, book).iter():
        if _local(element) == "sheet":
            target = targets.get(element.get(_RELATION) or element.get(_RELATION_STRICT))
            if target:
                paths[element.get("name", "")] = target
    return paths


def scan_sheet(package: zipfile.ZipFile, path: str) -> SheetParts:
    """Structure of the sheet in one part, with the texts, charts, pictures and comments attached to it."""
    parts = SheetParts()
    _scan_cells(package, path, parts)
    for relation in _relations(package, path):
        kind, target = relation.get("Type", "").rsplit("/", 1)[-1], _join(path, relation.get("Target", ""))
        if target not in package.NameToInfo:
            continue
        if kind == "drawing":
            _scan_drawing(package, target, parts)
        elif kind in ("comments", "threadedComment"):
            _scan_comments(package, target, parts)
        elif kind == "table" and parts.filter_row is None:
            area = _area(_root(package, target).get("ref", ""))
            parts.filter_row = area[0] if area else None
    return parts


def _scan_cells(package: zipfile.ZipFile, path: str, parts: SheetParts) -> None:
    """One pass over the sheet. lxml, because the parser of defusedxml takes as long as openpyxl's whole reading; it
    expands no entity here, and files with any are refused before.
    """
    from lxml.etree import iterparse  # type: ignore[import-untyped]  # noqa: PLC0415 - for workbooks; ships no types

    row, since = -1, 0
    last: str | None = None  # name of the nearest cell before that has one; some programs leave them out
    tags = [f"{{*}}{name}" for name in ("row", "c", "mergeCell", "col", "autoFilter")]
    with package.open(path) as stream:
        for event, element in iterparse(stream, events=("start", "end"), tag=tags, resolve_entities=False):
            name = _local(element)
            if event == "start":
                if name == "row":
                    row, since, last = int(element.get("r", row + 2)) - 1, 0, None
                    if element.get("hidden") in ("1", "true"):
                        parts.hidden_rows.append(row)
            elif name == "c":
                own = element.get("r")
                last, since = (own, 0) if own else (last, since + 1)
                if len(element) and _local(element[0]) == "f":
                    start = (_cell(last) if last else None) or (row, -1)
                    _note_formula(element, start[0], start[1] + since, parts)
                element.clear()
            elif name == "row":
                element.clear()
            else:
                _scan_other(name, element, parts)


def _scan_other(name: str, element: Element, parts: SheetParts) -> None:
    area = _area(element.get("ref", ""))
    if name == "mergeCell":
        if area and area[:2] != area[2:]:
            parts.merged.append(area)
    elif name == "autoFilter":
        parts.filter_row = area[0] if area else None
    elif element.get("hidden") in ("1", "true"):
        first, last = int(element.get("min", "1")), int(element.get("max", "1"))
        parts.hidden_columns.extend(range(first - 1, min(last, first + 1000)))


def _note_formula(cell: Element, row: int, column: int, parts: SheetParts) -> None:
    formula = cell[0].text or ""
    value = next((child.text for child in cell if _local(child) == "v"), None)
    if not value and cell.get("t") != "str":  # an empty text is a result too
        parts.uncalculated[row, column] = formula


def _scan_drawing(package: zipfile.ZipFile, path: str, parts: SheetParts) -> None:
    place: tuple[int, int] | None = None
    for element in _root(package, path).iter():
        name = _local(element)
        if name in ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor"):
            place = _pinned(element)
        elif name == "txBody":
            lines = ["".join(t.text or "" for t in p.iter() if _local(t) == "t") for p in element if _local(p) == "p"]
            text = "\n".join(line.strip() for line in lines if line.strip())
            if text and (text, place) not in parts.texts:  # programs stack copies of one box
                parts.texts.append((text, place))
        elif name == "pic":
            parts.images += 1
        elif name == "chart":
            parts.charts += 1


def _pinned(anchor: Element) -> tuple[int, int] | None:
    """Row and column of the cell in which a drawing begins."""
    start = next((child for child in anchor if _local(child) == "from"), None)
    found = {_local(e): e.text or "" for e in start} if start is not None else {}
    row, column = found.get("row", ""), found.get("col", "")
    return (int(row), int(column)) if row.isdecimal() and column.isdigit() else None


def _scan_comments(package: zipfile.ZipFile, path: str, parts: SheetParts) -> None:
    for element in _root(package, path).iter():
        if _local(element) in ("comment", "threadedComment"):
            text = "".join(t.text or "" for t in element.iter() if _local(t) in ("t", "text")).strip()
            if text:
                parts.comments.append((element.get("ref", ""), text))


def _relations(package: zipfile.ZipFile, path: str) -> Iterator[Element]:
    folder, name = posixpath.split(path)
    relations = f"{folder}/_rels/{name}.rels".lstrip("/")
    if relations in package.NameToInfo:
        yield from _root(package, relations)


def _root(package: zipfile.ZipFile, path: str) -> Element:
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415 - only workbooks need it

    root: Element = fromstring(package.read(path))
    return root


def _join(path: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), target))


def _local(element: Element) -> str:
    return element.tag.rsplit("}", 1)[-1]


def _cell(reference: str) -> tuple[int, int] | None:
    found = _PLACE.fullmatch(reference)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def _area(reference: str) -> tuple[int, int, int, int] | None:
    first, _, last = reference.partition(":")
    start, end = _cell(first), _cell(last or first)
    return (*start, *end) if start and end else None
