"""The text of a Word paragraph as printed: insertions kept, deletions and hidden text left out, boxes and notes apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from index.model import LeftOut
from index.readers.docx_styles import Numbering, Style, W, flag, list_place, outline_level, value

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = frozenset(
    f"{W}{name}" for name in ("pPr", "rPr", "instrText", "delInstrText", "moveFrom", "sectPr", "fldData", "softHyphen")
)
_PLAIN = {
    f"{W}tab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t",
}  # fmt: skip
_LIST_STYLE = re.compile(r"(?:list (?:bullet|number)|lista con (?:vi[nñ]etas|n[uú]meros))\s*(\d)?")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SYMBOLS = {  # signs of the picture fonts that Word stores by code
    "wingdings": {0xFC: "✓", 0xFB: "✗", 0xFE: "☑", 0xFD: "☒", 0xA8: "☐", 0x6F: "☐", 0xA7: "▪", 0xD8: "➢", 0xE0: "→"},
    "wingdings 2": {0x50: "✓", 0x4F: "✗", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "☐", 0x97: "•"},
    "symbol": {0xB7: "•", 0xB3: "≥", 0xA3: "≤", 0xB1: "±", 0xB4: "×", 0xB0: "°", 0xD7: "·"},
}


@dataclass(kw_only=True, slots=True)
class Para:
    """One paragraph. level: heading level, 0 for the title. page: where its text starts, if the file tells.

    label: automatic number ("1.", "b)"); listed: it is an item of an automatic list, `depth` deep, of list `list_id`.
    """

    text: str
    page: int | None = None
    level: int | None = None
    bold: bool = False
    style: str = ""
    label: str = ""
    listed: bool = False
    depth: int = 0
    list_id: str = ""
    goes_on: bool = False  # printed right below the line before, in one paragraph or cell with it
    notes: list[str] = field(default_factory=list)  # ids of its footnotes
    boxes: list[Any] = field(default_factory=list)  # contents of its text boxes


def joined(first: Para, second: Para) -> Para:
    """Two paragraphs as one: the mark that parted them was deleted; the properties are those of the second."""
    return replace(
        second,
        text=" ".join(filter(None, (first.text, second.text))),
        page=first.page or second.page,
        notes=[*first.notes, *second.notes],
        boxes=[*first.boxes, *second.boxes],
    )


@dataclass
class TextReader:
    """Reads paragraphs in document order, keeping list counters, the page and what is left out."""

    styles: dict[str, Style]
    numbering: Numbering
    paged: bool  # the file says where pages break
    page: int = 1
    left_out: list[LeftOut] = field(default_factory=list)
    default_style: str = ""

    def paragraph(self, element: Any) -> Para:
        """One w:p."""
        properties = element.find(f"{W}pPr")
        style_id = value(properties.find(f"{W}pStyle")) if properties is not None else None
        style = self.styles.get(style_id or self.default_style, Style())
        flow = _Flow(reader=self, bold_style=style.bold)
        flow.walk(element)
        flow.flush_deleted()
        para = Para(
            text=_trim("".join(flow.parts)),
            page=(flow.page or self.page) if self.paged else None,
            level=outline_level(properties) or style.heading,
            bold=flow.bold and not flow.light,
            style=style.name,
            notes=flow.notes,
            boxes=flow.boxes,
        )
        self._number(para, properties, style)
        return para

    def _number(self, para: Para, properties: Any, style: Style) -> None:
        list_id, depth = list_place(properties.find(f"{W}numPr") if properties is not None else None)
        if list_id is None:
            list_id, depth = style.list_id, depth or style.list_level
        if list_id and list_id != "0":
            para.label = self.numbering.label(list_id, depth)
            para.listed, para.depth, para.list_id = True, depth, list_id
        elif _LIST_STYLE.match(style.name):
            para.listed, para.list_id = True, style.name
        deeper = _LIST_STYLE.match(style.name)
        if deeper and deeper[1]:
            para.depth = max(para.depth, int(deeper[1]) - 1)

    def leave(self, text: str, reason: str) -> None:
        if text.strip():
            page = self.page if self.paged else None
            self.left_out.append(LeftOut(text=" ".join(text.split()), reason=reason, page=page))


@dataclass
class _Flow:
    """The runs of one paragraph on their way to a text."""

    reader: TextReader
    bold_style: bool
    parts: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    page: int | None = None
    bold: bool = False
    light: bool = False  # some text is not bold

    def walk(self, element: Any) -> None:
        for child in element:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child)
            elif tag == f"{W}del":
                self.deleted.extend(t.text or "" for t in child.iter(f"{W}delText"))
            elif tag == f"{_MC}AlternateContent":
                self.walk(_choice(child))
            elif tag not in _SKIPPED and isinstance(tag, str):
                self._math_or_inside(child)

    def flush_deleted(self) -> None:
        if self.deleted:
            self.reader.leave("".join(self.deleted), "texto borrado con control de cambios")
            self.deleted = []

    def _math_or_inside(self, element: Any) -> None:
        if element.tag.endswith("}t") and not element.tag.startswith(W):  # a formula of Word's equation editor
            self._add(element.text or "", None)
        else:
            self.walk(element)

    def _run(self, run: Any) -> None:
        properties = run.find(f"{W}rPr")
        if properties is not None and (flag(properties, "vanish") or properties.find(f"{W}del") is not None):
            self.reader.leave("".join(t.text or "" for t in run.iter(f"{W}t")), "texto oculto en el documento")
            return
        for child in run:
            self._piece(child, properties)

    def _piece(self, child: Any, properties: Any) -> None:
        tag = child.tag
        if tag == f"{W}t":
            self._add(child.text or "", properties)
        elif tag in _PLAIN:
            self.parts.append(_PLAIN[tag])
        elif tag == f"{W}br":
            self.parts.append("\n" if child.get(f"{W}type") in (None, "textWrapping") else " ")
        elif tag == f"{W}lastRenderedPageBreak":
            self.reader.page += 1
        elif tag == f"{W}sym":
            code = int(child.get(f"{W}char") or "0", 16)
            self._add(_symbol(code, child.get(f"{W}font") or ""), None)
        elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            self.notes.append(f"{tag[len(W) :].removesuffix('Reference')}:{child.get(f'{W}id')}")
        elif tag == f"{W}delText":
            self.deleted.append(child.text or "")
        elif tag == f"{_MC}AlternateContent":
            for inner in _choice(child):
                self._piece(inner, properties)
        elif tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
            self._drawing(child)
        elif tag == f"{W}ruby":
            self.walk(child)

    def _add(self, text: str, properties: Any) -> None:
        if properties is not None:
            fonts = properties.find(f"{W}rFonts")
            font = (fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "") if fonts is not None else ""
            if value(properties.find(f"{W}vertAlign")) == "superscript":  # a footnote mark must not become a digit
                text = text.translate(_SUPERSCRIPTS)
        else:
            font = ""
        text = "".join(_symbol(ord(c), font) if "\ue000" <= c <= "\uf8ff" else c for c in text)
        if text.strip():
            self.page = self.page or self.reader.page
            bold = flag(properties, "b", default=self.bold_style)
            self.bold, self.light = self.bold or bold, self.light or not bold
        self.parts.append(text)

    def _drawing(self, element: Any) -> None:
        boxes = list(element.iter(f"{W}txbxContent"))
        self.boxes.extend(b for b in boxes if not any(a in boxes for a in b.iterancestors(f"{W}txbxContent")))
        if boxes:
            return
        names = [e for e in element.iter() if str(e.tag).endswith("}docPr")]
        described = next((e.get("descr") or e.get("name") or "" for e in names), "") or "imagen"
        tags = {str(e.tag).rsplit("}", 1)[-1] for e in element.iter()}
        reason = "es una imagen: su contenido no es texto"
        if "chart" in tags:
            reason = "es un gráfico: sus cifras no se leen"
        elif "relIds" in tags:
            reason = "es un diagrama: su texto no se lee"
        elif "OLEObject" in tags:
            reason = "es un objeto incrustado de otro programa: no se lee"
        elif not tags & {"pic", "imagedata", "blip"}:
            return
        self.reader.leave(described, reason)


def _choice(element: Any) -> Any:
    """The first alternative of a content given in several forms; the others repeat it."""
    found = next((c for c in element if c.tag == f"{_MC}Choice"), None)
    return found if found is not None else next(iter(element), element)


def _symbol(code: int, font: str) -> str:
    table = _SYMBOLS.get(font.lower())
    low = code & 0xFF if 0xE000 <= code <= 0xF8FF else code
    if table is not None:
        return table.get(low, "•")
    return "•" if 0xE000 <= code <= 0xF8FF else chr(code)


def _trim(text: str) -> str:
    """Lines without outer spaces; tabs and inner breaks stay."""
    lines = [line.replace("\u00a0", " ").strip(" \u200b\ufeff") for line in text.split("\n")]
    return "\n".join(lines).strip("\n ").rstrip("\t")
