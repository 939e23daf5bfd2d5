"""Pages of a PDF as images for the screen, in the frame of the boxes that the reader keeps."""

from __future__ import annotations

import io
import threading
from dataclasses import dataclass

from index.errors import ReadError

VERSION = "1"  # of the images: whoever keeps them compares it
_DPI = 132  # a page of 8.5 inches is 1122 pixels wide: sharp in half a screen, and its small print can be enlarged
_MOST_PIXELS = 4_000_000  # a plan or a poster is drawn smaller
_COLOURS = 64  # print is few colours; a palette takes a quarter of the bytes
_LOCK = threading.Lock()  # PDFium is not safe to call from two threads


@dataclass(frozen=True, kw_only=True, slots=True)
class PageImage:
    """One page. png: the image; width, height: of the page in PDF points, the unit of `Box`."""

    png: bytes
    width: float
    height: float


def render_page(data: bytes, number: int) -> PageImage:
    """Page `number` (from 1) of the PDF in `data`. Raises ReadError when it cannot be drawn."""
    import pypdfium2  # noqa: PLC0415 - heavy

    with _LOCK:
        try:
            pdf = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise ReadError(f"La página {number} no se pudo dibujar: el PDF guardado no se puede abrir.") from error
        try:
            return _draw(pdf, number)
        except (pypdfium2.PdfiumError, IndexError, ValueError) as error:
            raise ReadError(f"La página {number} no se pudo dibujar: está dañada o no existe.") from error
        finally:
            pdf.close()


def _draw(pdf: object, number: int) -> PageImage:
    page = pdf[number - 1]  # type: ignore[index]  # the library has no types
    # boxes count from the corner of the whole sheet; a page is drawn only inside its crop box
    page.set_cropbox(*page.get_mediabox())
    page.close()
    page = pdf[number - 1]  # type: ignore[index]  # read anew, with the new box
    width, height = page.get_size()
    scale = min(_DPI / 72, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
    image = page.render(scale=scale).to_pil().convert("RGB")
    out = io.BytesIO()
    image.quantize(_COLOURS, dither=0).save(out, "PNG", optimize=True)
    page.close()
    return PageImage(png=out.getvalue(), width=width, height=height)
