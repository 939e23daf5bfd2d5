"""PDFs made to do harm cost their page or their file, and are told; what can be read is read."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from index.apart.limits import MEGABYTE, Limits
from index.ingest import Outcome, Status, load
from index.memory_store import MemoryStore
from index.ocr import tesseract

TEXT = b"BT /F1 12 Tf 100 700 Td (Informe de la junta vecinal) Tj ET "


def stream(content: bytes, extra: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    return b"<< /Length %d /Filter /FlateDecode %s>>\nstream\n" % (len(packed), extra) + packed + b"\nendstream"


def write(path: Path, content: bytes, *more: bytes, objects: bytes = b"", box: bytes = b"0 0 595 842") -> Path:
    """A PDF of one page with this content; `more` are objects from number 6 on, named in `objects`."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> %s >> >>"
        % (box, objects),
        stream(content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *more,
    ]
    out, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1) + table
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(parts) + 1, out.rindex(b"xref\n"))
    path.write_bytes(out)
    return path


def loaded(path: Path, **limits: float) -> Outcome:
    (outcome,) = load([path], MemoryStore(), limits=Limits(memory=1024 * MEGABYTE, **limits))  # type: ignore[arg-type]  # seconds
    return outcome


def test_a_form_that_draws_itself_is_drawn_once(tmp_path: Path):
    form = stream(b"/X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >> ")
    path = write(tmp_path / "bucle.pdf", TEXT + b"/X Do", form, objects=b"/XObject << /X 6 0 R >>")
    assert loaded(path).status is Status.NEW


def test_a_page_of_a_hundred_thousand_tiny_glyphs_is_given_up_in_time(tmp_path: Path):
    dots = b"".join(b"1 0 0 1 %d %d Tm (7) Tj " % (10 + i % 500, 800 - i // 500 * 3) for i in range(100_000))
    outcome = loaded(write(tmp_path / "polvo.pdf", b"BT /F1 1 Tf " + dots + b"ET"), page_seconds=2)
    assert outcome.status is Status.FAILED
    assert "«polvo.pdf»" in outcome.message
    assert "más de 2 segundos" in outcome.message


def test_an_image_that_swells_is_no_empty_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A black square of 144 million pixels: rendered at the size of the page, and reported as unread."""
    head = b"/Type /XObject /Subtype /Image /Width 12000 /Height 12000 /BitsPerComponent 1 /ColorSpace /DeviceGray "
    image = stream(bytes(12000 * 12000 // 8), head)
    path = write(tmp_path / "bomba.pdf", b"q 595 0 0 842 0 0 cm /X Do Q", image, objects=b"/XObject << /X 6 0 R >>")
    outcome = loaded(path, page_seconds=60)
    told = outcome.message if outcome.document is None else " ".join(outcome.document.warnings)
    assert "página" in told
    assert tesseract.available() or tesseract.PACKAGES in told


@pytest.mark.parametrize("box", [b"0 0 9e9 9e9", b"0 0 /a 842", b"0 0 0 0"])
def test_a_page_of_a_mad_size_ends_in_one_sentence_or_is_read(tmp_path: Path, box: bytes):
    outcome = loaded(write(tmp_path / "raro.pdf", TEXT, box=box))
    assert outcome.status is Status.NEW or outcome.message.endswith(".")


def test_a_wrong_table_of_places_is_mended(tmp_path: Path):
    path = write(tmp_path / "movido.pdf", TEXT)
    data = path.read_bytes()
    start = data.rindex(b"startxref\n")
    path.write_bytes(data[:start] + b"startxref\n7\n%%EOF")
    assert loaded(path).status is Status.NEW
