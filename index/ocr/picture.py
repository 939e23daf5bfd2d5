"""Pages as grey pixels. The only file of this room that opens PDFs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

DPI = 300
MOST_PIXELS = 20_000_000  # a poster is rendered more coarsely

Grey = NDArray[np.uint8]
_INVISIBLE = 3  # text rendering mode of the layer that scanning programs put under a picture


@dataclass(frozen=True, kw_only=True)
class Picture:
    """Grey pixels, 0 is black. dpi: pixels an inch, at which 72 points are an inch."""

    pixels: Grey
    dpi: int

    @property
    def scale(self) -> float:
        """Points a pixel."""
        return 72 / self.dpi

    def pgm(self) -> bytes:
        """The picture as a file that Tesseract reads."""
        high, wide = self.pixels.shape
        return b"P5 %d %d 255\n" % (wide, high) + np.ascontiguousarray(self.pixels).tobytes()


def count_pages(path: Path, password: str | None = None) -> int:
    """Pages of a PDF, 0 when it does not open."""
    import pypdfium2  # noqa: PLC0415 - heavy

    try:
        pdf = pypdfium2.PdfDocument(path, password=password)
    except (pypdfium2.PdfiumError, OSError, ValueError):
        return 0
    try:
        return len(pdf)
    finally:
        pdf.close()


class Pages:
    """The pages of one PDF as pictures; opened once, closed by `close`."""

    def __init__(self, path: Path, password: str | None = None) -> None:
        import pypdfium2  # noqa: PLC0415 - heavy

        self._pdf = pypdfium2.PdfDocument(path, password=password)

    def close(self) -> None:
        self._pdf.close()

    def picture(self, number: int, dpi: int = DPI) -> Picture:
        """Page `number` (from 1), upright as a viewer shows it."""
        page = self._pdf[number - 1]
        try:
            width, height = page.get_size()
            inches = max(width * height / 72 / 72, 0.01)
            dpi = max(36, min(dpi, int((MOST_PIXELS / inches) ** 0.5)))
            bitmap = page.render(scale=dpi / 72, grayscale=True)
            pixels = np.array(bitmap.to_numpy(), dtype=np.uint8)
            bitmap.close()
        finally:
            page.close()
        return Picture(pixels=pixels[:, :, 0] if pixels.ndim == 3 else pixels, dpi=dpi)

    def hides_text(self, number: int) -> bool:
        """Whether most text of the page is invisible: a scanning program read it before and laid it under a picture."""
        from pypdfium2 import raw  # noqa: PLC0415 - heavy

        page = self._pdf[number - 1]
        try:
            modes = [
                raw.FPDFTextObj_GetTextRenderMode(item.raw)
                for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=4)
            ]
        finally:
            page.close()
        return bool(modes) and sum(mode == _INVISIBLE for mode in modes) * 2 > len(modes)
