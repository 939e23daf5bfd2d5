"""The one file that opens PDFs. It hands over `Ink`: words, rules, fills and images of each page as plain values."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index.errors import ReadError
from index.model import Box
from index.pdf.turning import direction, turn, turned_glyph, turned_rule
from index.pdf.upended import upended
from index.pdf.values import Glyph, Ink, Rule
from index.pdf.words import tokenize

# What decoding raises on broken content, beside the errors of the libraries themselves.
_BROKEN_PAGE = (ValueError, ArithmeticError, TypeError, LookupError, AttributeError, AssertionError, RecursionError)
THIN = 2.6  # points: a filled area not thicker than this is a line
_BOLD = ("bold", "black", "heavy", "semibold", "demi", "-bd", ",bd")


class PdfSource:
    """An open PDF; `ink(number)` reads one page and lets go of it."""

    def __init__(self, pdf: Any, name: str) -> None:
        self._pdf = pdf
        self._name = name
        self.pages = len(pdf.pages)
        meta = pdf.metadata or {}
        self.metadata = {str(k): v.strip() for k, v in meta.items() if isinstance(v, str) and v.strip()}

    def ink(self, number: int) -> Ink:
        """What is printed on page `number` (from 1). Raises ReadError when its content cannot be decoded."""
        from pdfminer.pdfexceptions import PDFException  # noqa: PLC0415 - heavy
        from pdfplumber.utils.exceptions import PdfminerException  # noqa: PLC0415 - heavy

        page = self._pdf.pages[number - 1]
        try:
            return _ink(page, number)
        except (*_BROKEN_PAGE, PDFException, PdfminerException) as error:
            cause = error.args[0] if isinstance(error, PdfminerException) and error.args else error
            if isinstance(cause, MemoryError):
                raise cause from error  # the page is fit, this machine is not
            raise ReadError(
                f"La página {number} de «{self._name}» está dañada y no se pudo leer; vuelva a exportar el PDF."
            ) from error
        finally:
            page.close()


@contextmanager
def open_pdf(path: Path, password: str | None = None) -> Iterator[PdfSource]:
    """Open a PDF; ReadError says in Spanish what to do when it is encrypted, truncated or not a PDF."""
    import pdfplumber  # noqa: PLC0415 - heavy
    from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415 - heavy
    from pdfminer.pdfexceptions import PDFException  # noqa: PLC0415 - heavy
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException  # noqa: PLC0415 - heavy

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every odd font
    _check_head(path)
    try:
        pdf = pdfplumber.open(path, password=password)
        source = PdfSource(pdf, path.name)
    except PdfminerException as error:
        cause = error.args[0] if error.args else None
        if isinstance(cause, PDFPasswordIncorrect):
            raise ReadError(_password_message(path, password)) from error
        raise ReadError(_damaged(path)) from error
    except PDFPasswordIncorrect as error:
        raise ReadError(_password_message(path, password)) from error
    except (*_BROKEN_PAGE, PDFException, MalformedPDFException) as error:
        raise ReadError(_damaged(path)) from error
    if not source.pages:
        pdf.close()
        raise ReadError(_damaged(path))
    try:
        yield source
    finally:
        pdf.close()


def _check_head(path: Path) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(1024)
    except OSError as error:
        raise ReadError(f"No se pudo abrir «{path.name}»: compruebe que el archivo existe y se puede leer.") from error
    if not head:
        raise ReadError(f"El archivo «{path.name}» está vacío; vuelva a copiarlo desde su origen.")
    if b"%PDF-" not in head:
        raise ReadError(f"El archivo «{path.name}» no es un PDF; compruebe su extensión o vuelva a exportarlo.")


def _password_message(path: Path, password: str | None) -> str:
    if password:
        return f"La contraseña dada no abre el PDF «{path.name}»; compruébela."
    return f"El PDF «{path.name}» está protegido con contraseña: cárguelo con --clave, o guárdelo sin contraseña."


def _damaged(path: Path) -> str:
    return f"El PDF «{path.name}» está dañado o incompleto y no se pudo leer; vuelva a descargarlo o exportarlo."


def _ink(page: Any, number: int) -> Ink:
    width, height = float(page.width), float(page.height)
    by_angle: dict[int, list[Glyph]] = {}
    shapes: list[Any] = []
    images: list[Box] = []
    bold: dict[str, bool] = {}
    angles: dict[tuple[float, ...], int] = {}
    spot = False
    for count, (kind, item) in enumerate(_items(page)):
        if kind != "char":
            if kind == "image":
                images.append(_box(item, height))
            else:
                shapes.append((kind, item))
            continue
        font = str(item.fontname)
        if font not in bold:
            bold[font] = any(mark in font.lower() for mark in _BOLD)
        if count < 50 and getattr(item.ncs, "name", None) in ("Separation", "DeviceN"):
            spot = True
        glyph = Glyph(
            item.get_text(), item.x0, height - item.y1, item.x1, height - item.y0, item.size, font, bold[font]
        )
        turned = item.matrix[:4]  # few differ on a page
        if turned not in angles:
            angles[turned] = direction(turned)
        by_angle.setdefault(angles[turned], []).append(glyph)
    rules, fills = _drawn(shapes, width, height, spot=spot)
    angle = max((a for a in by_angle if a >= 0), key=lambda a: (len(by_angle[a]), -a), default=0)
    upright = by_angle.pop(angle, [])
    if angle:
        upright = [turned_glyph(g, angle, width, height) for g in upright]
    others = {a: [turned_glyph(g, max(a, 0), width, height) for g in held] for a, held in by_angle.items()}
    phrases = [p for a in (90, 270) if not angle for p in upended(tokenize(others.pop(a, [])), a, width, height)]
    return Ink(
        number=number,
        width=height if angle in (90, 270) else width,
        height=width if angle in (90, 270) else height,
        words=tokenize(upright),
        rules=tuple(turned_rule(r, angle, width, height) for r in rules),
        fills=tuple(turn(f, angle, width, height) for f in fills),
        images=tuple(turn(i, angle, width, height) for i in images),
        sideways=tuple(w for held in others.values() for w in tokenize(held)),
        upended=tuple(phrases),
        turned=angle,
    )


def _items(page: Any) -> Iterator[tuple[str, Any]]:
    """What the page's own instructions print, in their order: "char", "line", "rect", "curve" or "image" and the item.

    Taken from pdfminer's layout as it is: making a dictionary of each glyph takes longer than reading the page.
    """
    from pdfminer.layout import LTChar, LTContainer, LTCurve, LTImage, LTLine, LTRect  # noqa: PLC0415 - heavy

    waiting = [iter(page.layout)]
    while waiting:
        item = next(waiting[-1], None)
        if item is None:
            waiting.pop()
        elif isinstance(item, LTChar):
            yield "char", item
        elif isinstance(item, LTContainer):
            waiting.append(iter(item))
        elif isinstance(item, LTLine):
            yield "line", item
        elif isinstance(item, LTRect):
            yield "rect", item
        elif isinstance(item, LTCurve):
            yield "curve", item
        elif isinstance(item, LTImage):
            yield "image", item


def _box(item: Any, height: float) -> Box:
    return Box(x0=item.x0, top=height - item.y1, x1=item.x1, bottom=height - item.y0)


def _drawn(
    shapes: Sequence[tuple[str, Any]], width: float, height: float, *, spot: bool
) -> tuple[list[Rule], list[Box]]:
    """Visible lines and filled areas. White ink is no line; an area larger than half the page is its background.

    `spot`: the page prints with spot colours, where 1 is full ink and not white.
    """

    def white(color: Any) -> bool:
        return not (spot and _single(color)) and _white(color)

    rules: list[Rule] = []
    fills: list[Box] = []
    for kind, item in shapes:
        if kind == "line" and getattr(item, "stroke", True) and not white(item.stroking_color):
            rules.extend(_as_rule(_box(item, height), drawn=True))
    area = width * height
    for kind, item in sorted((s for s in shapes if s[0] != "line"), key=lambda s: s[0] != "rect"):
        box = _box(item, height)
        thin = min(box.x1 - box.x0, box.bottom - box.top) <= THIN
        stroke = item.stroke and not white(item.stroking_color)
        fill = item.fill and not white(item.non_stroking_color)
        if not (stroke or fill) or (box.x1 - box.x0) * (box.bottom - box.top) > area / 2:
            continue
        if thin:
            rules.extend(_as_rule(box, drawn=True))
        elif kind == "rect":
            if fill:
                fills.append(box)
            rules.extend(_outline(box, drawn=bool(stroke)))
    return rules, fills


def _as_rule(box: Box, *, drawn: bool) -> list[Rule]:
    width, height = box.x1 - box.x0, box.bottom - box.top
    if min(width, height) > THIN or max(width, height) < 3:  # slanted, or a dot
        return []
    if width >= height:
        y = (box.top + box.bottom) / 2
        return [Rule(box.x0, y, box.x1, y, drawn)]
    x = (box.x0 + box.x1) / 2
    return [Rule(x, box.top, x, box.bottom, drawn)]


def _outline(box: Box, *, drawn: bool) -> list[Rule]:
    return [
        Rule(box.x0, box.top, box.x1, box.top, drawn),
        Rule(box.x0, box.bottom, box.x1, box.bottom, drawn),
        Rule(box.x0, box.top, box.x0, box.bottom, drawn),
        Rule(box.x1, box.top, box.x1, box.bottom, drawn),
    ]


def _single(color: Any) -> bool:
    return isinstance(color, int | float) or (isinstance(color, tuple | list) and len(color) == 1)


def _white(color: Any) -> bool:
    if color is None or isinstance(color, str | bytes):
        return False
    parts = tuple(color) if isinstance(color, tuple | list) else (color,)
    if not all(isinstance(p, int | float) for p in parts):
        return False
    if len(parts) == 4:  # CMYK
        return all(p <= 0.02 for p in parts)
    return bool(parts) and all(p >= 0.98 for p in parts)
