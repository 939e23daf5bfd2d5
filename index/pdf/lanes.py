"""Each page on its lane: print is read as it is, a picture of a page is read by OCR where it is installed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from index.apart.spool import Spool
from index.errors import OcrError, ReadError
from index.model import Box, LeftOut
from index.pdf.source import PdfSource
from index.pdf.values import Ink

if TYPE_CHECKING:
    from index.ocr.picture import Pages

OnPage = Callable[[int, int], None]  # number of the page at hand, pages in all
WHOLE_PAGE = 0.8  # share of the page: an image this large is the page
_LOGO = 0.08  # share of the page: what shows no writing at a place is looked at there once, larger ones each time
NO_TEXT = "página sin capa de texto: es una imagen y se necesita OCR para leerla"
_INSTALL = "instale los paquetes tesseract-ocr y tesseract-ocr-spa y cárguelo de nuevo con --releer"


class PictureLane:
    """Reads pages of one PDF by OCR; opens the file when the first page needs it."""

    def __init__(self, path: Path, password: str | None = None) -> None:
        self._path = path
        self._password = password
        self._pages: Pages | None = None
        self._silent: set[tuple[int, ...]] = set()  # places of pictures that showed no writing

    def read(self, ink: Ink) -> Ink:
        """The page as it was printed, or as OCR reads it when it is a picture. What cannot be read stays as it is."""
        if not self._is_picture(ink):
            return self._with_insets(ink)
        from index.ocr import tesseract  # noqa: PLC0415 - only pictures need it

        if not tesseract.available():
            return _doubted(ink)
        from index.ocr.page import read_page  # noqa: PLC0415 - heavy

        try:
            return read_page(self._opened().picture(ink.number), ink.number)
        except (OcrError, MemoryError, RuntimeError, ValueError):
            return _doubted(ink)  # the page is reported as unread

    def _with_insets(self, ink: Ink) -> Ink:
        """A printed page with what the pictures on it say; a page that lies on its side keeps them unread."""
        if not ink.images or ink.turned or not ink.words:
            return ink
        from index.ocr import tesseract  # noqa: PLC0415 - only pictures need it

        if not tesseract.available():
            return ink
        from index.ocr.inset import INSET_DPI, insets, with_insets  # noqa: PLC0415 - heavy

        boxes = [box for box in insets(ink) if _place(box) not in self._silent]
        if not boxes:
            return ink
        try:
            found = with_insets(ink, self._opened().picture(ink.number, INSET_DPI), boxes)
        except (OcrError, MemoryError, RuntimeError, ValueError):
            return ink  # the pictures are reported as unread
        self._silent.update(_place(b) for b in boxes if b not in found.insets and _share(ink, b) < _LOGO)
        return found

    def close(self) -> None:
        if self._pages is not None:
            self._pages.close()
            self._pages = None

    def _is_picture(self, ink: Ink) -> bool:
        if not ink.words:
            return bool(ink.images) or not (ink.sideways or ink.upended)
        largest = max((_share(ink, i) for i in ink.images), default=0.0)
        return largest >= WHOLE_PAGE and self._opened().hides_text(ink.number)

    def _opened(self) -> Pages:
        if self._pages is None:
            from index.ocr.picture import Pages  # noqa: PLC0415 - heavy

            self._pages = Pages(self._path, self._password)
        return self._pages


def _share(ink: Ink, box: Box) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top) / max(ink.width * ink.height, 1.0)


def _place(box: Box) -> tuple[int, ...]:
    return tuple(round(side) for side in (box.x0, box.top, box.x1, box.bottom))


def read_inks(
    source: PdfSource,
    pages: Sequence[int],
    lane: PictureLane,
    spool: Spool | None = None,
    at_page: OnPage | None = None,
) -> tuple[list[Ink], list[LeftOut]]:
    """The pages that can be decoded, and what is told of the others: the rest of the file goes on.

    Pages that the spool holds are taken from it, the others are kept there.
    """
    inks: list[Ink] = []
    broken: list[LeftOut] = []
    try:
        for number in pages:
            if at_page is not None:
                at_page(number, len(pages))
            kept = None if spool is None else spool.load(number)
            try:
                ink = kept or lane.read(source.ink(number))
            except ReadError as error:
                broken.append(LeftOut(text="", reason=str(error), page=number))
                continue
            inks.append(ink)
            if spool is not None and kept is None:
                spool.keep(number, ink)
    finally:
        lane.close()
    return inks, broken


def is_unread(ink: Ink) -> bool:
    """A page that prints something nobody read. An empty sheet is none."""
    return not ink.words and not ink.blank and bool(ink.images or not (ink.sideways or ink.upended))


def ocr_advice() -> str:
    """What to install so that pictures are read; nothing when it is there."""
    from index.ocr import tesseract  # noqa: PLC0415 - only pictures need it

    return "" if tesseract.available() else f" Para leerlas con OCR, {_INSTALL}."


def no_text_warning(numbers: Sequence[int], pages: int) -> str:
    """What to do about pages that are pictures, with what is missing here."""
    from index.ocr import tesseract  # noqa: PLC0415 - only pictures need it

    advice = ocr_advice()
    failed = " El OCR no pudo leer en ellas ningún texto." if tesseract.available() else ""
    if len(numbers) == pages:
        return (
            "Ninguna página tiene capa de texto: el PDF es una imagen y se necesita OCR para leerlo." + advice + failed
        )
    named = ", ".join(str(n) for n in numbers)
    if len(numbers) == 1:
        advice, failed = advice.replace("leerlas", "leerla"), failed.replace("ellas", "ella")
        return f"La página {named} no tiene capa de texto: se necesita OCR para leerla.{advice}{failed}"
    return f"Las páginas {named} no tienen capa de texto: se necesita OCR para leerlas.{advice}{failed}"


def _doubted(ink: Ink) -> Ink:
    """Words that a scanning program laid under the picture, read once and by whom nobody knows."""
    if not ink.words:
        return ink
    words = tuple(replace(w, verified=False if any(c.isdigit() for c in w.text) else None) for w in ink.words)
    return replace(ink, words=words, pictured=True)
