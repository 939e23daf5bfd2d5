"""Safety of an office file (a ZIP of XML parts): whole, not encrypted, no decompression bomb, no XML entities."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from index.errors import ReadError

MAX_PARTS = 20_000
MAX_UNPACKED = 1024**3  # bytes; a sheet of 100,000 rows by 30 columns unpacks to about 150 MB
MAX_RATIO = 250  # deflate reaches about 1,000 on repeated bytes; real sheets stay under 60
RATIO_FROM = 20 * 1024 * 1024  # bytes unpacked; small parts may be very regular without harm
_STEP = 64 * 1024


def check_package(path: Path) -> None:
    """Raises ReadError when an office file is damaged, encrypted, or built to exhaust the memory."""
    name = path.name
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            if any(part.flag_bits & 1 for part in parts):
                raise ReadError(f"«{name}» está protegido con contraseña: quítela, guárdelo y cárguelo de nuevo.")
            _check_sizes(name, parts)
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                    _check_prolog(package, part, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise damaged(name) from error


def damaged(name: str) -> ReadError:
    """The error for an office file whose inside is broken."""
    return ReadError(f"«{name}» está incompleto o dañado: vuelva a descargarlo o a guardarlo y cárguelo de nuevo.")


def _check_sizes(name: str, parts: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    packed = max(sum(part.compress_size for part in parts), 1)
    steep = any(p.file_size > RATIO_FROM and p.file_size > MAX_RATIO * max(p.compress_size, 1) for p in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or steep or (
        unpacked > RATIO_FROM and unpacked > MAX_RATIO * packed
    ):  # fmt: skip
        raise ReadError(
            f"«{name}» se expande a un tamaño anormal ({unpacked // 1024 // 1024} MB) y podría agotar la memoria: pida el "
            "archivo original o divídalo en partes."
        )


def _check_prolog(package: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    """Refuse a DTD, where entity bombs live; it can only stand before the root element, so reading stops there."""
    from defusedxml.common import DefusedXmlException  # noqa: PLC0415 - only office files need it
    from defusedxml.ElementTree import DefusedXMLParser, ParseError  # noqa: PLC0415

    seen = _Root()
    parser = DefusedXMLParser(target=seen, forbid_dtd=True)
    try:
        with package.open(part) as stream:
            while not seen.found and (data := stream.read(_STEP)):
                parser.feed(data)
    except DefusedXmlException as error:
        raise ReadError(
            f"«{name}» contiene definiciones XML que un archivo de Office no lleva y que pueden ser dañinas: pida el "
            "archivo original."
        ) from error
    except (ParseError, LookupError) as error:  # the latter for an encoding nobody knows
        if not seen.found:
            raise damaged(name) from error


class _Root:
    """Parser target that notes the first element."""

    def __init__(self) -> None:
        self.found = False

    def start(self, _tag: str, _attributes: dict[str, str]) -> None:
        self.found = True

    def end(self, _tag: str) -> None: ...

    def data(self, _data: str) -> None: ...

    def close(self) -> None: ...
