"""Pages of a PDF as images for the screen, in the frame of the boxes that the reader keeps."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from index.errors import ReadError
from index.model import Box

VERSION = "1"  # of the images: whoever keeps them compares it
_DPI = 132  # a page of 8.5 inches is 1122 pixels wide: sharp in half a screen, and its small print can be enlarged
_MOST_PIXELS = 4_000_000  # a plan or a poster is drawn smaller
_COLOURS = 64  # print is few colours; a palette takes a quarter of the bytes
_LONGEST_TEXT = 1500  # characters of a text that is looked for
_LOCK = threading.Lock()  # PDFium is not safe to call from two threads


@dataclass(frozen=True, kw_only=True, slots=True)
class PageImage:
    """One page. png: the image; width, height: of the page in PDF points, the unit of `Box`."""

    png: bytes
    width: float
    height: float


def render_page(data: bytes, number: int) -> PageImage:
    """Page `number` (from 1) of the PDF in `data`. Raises ReadError when it cannot be drawn."""
    with _page(data, number) as page:
        width, height = page.get_size()
        scale = min(_DPI / 72, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
        image = page.render(scale=scale).to_pil().convert("RGB")
    out = io.BytesIO()
    image.quantize(_COLOURS, dither=0).save(out, "PNG", optimize=True)
    return PageImage(png=out.getvalue(), width=width, height=height)


def find_text(data: bytes, number: int, text: str) -> tuple[Box, ...]:
    """Where a text stands on a page, a box for each of its lines; line breaks and spaces may differ.

    Empty when the words are not there in this order, or the page is turned. Raises ReadError as `render_page` does.
    """
    wanted = re.escape(text[:_LONGEST_TEXT]).replace("\\ ", " ").split()
    if not wanted:
        return ()
    with _page(data, number) as page:
        words = page.get_textpage()
        match = re.search(r"[\s\x02]*".join(wanted), words.get_text_range())
        if match is None or page.get_rotation():
            return ()
        left, _, _, top = page.get_mediabox()
        rects = [words.get_rect(i) for i in range(words.count_rects(match.start(), match.end() - match.start()))]
    return tuple(Box(x0=x0 - left, top=top - y1, x1=x1 - left, bottom=top - y0) for x0, y0, x1, y1 in rects)


@contextmanager
def _page(data: bytes, number: int) -> Iterator[Any]:
    """A page of a PDF, whole: boxes count from the corner of the sheet, and a crop box would cut it."""
    import pypdfium2  # noqa: PLC0415 - heavy

    with _LOCK:
        pdf = None
        try:
            pdf = pypdfium2.PdfDocument(data)
            page = pdf[number - 1]
            page.set_cropbox(*page.get_mediabox())
            page.close()
            yield pdf[number - 1]  # read anew, with the new box
        except (pypdfium2.PdfiumError, IndexError, ValueError) as error:
            raise ReadError(
                f"La página {number} no se pudo dibujar: el PDF guardado está dañado o no la tiene."
            ) from error
        finally:
            if pdf is not None:
                pdf.close()
