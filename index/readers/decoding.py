"""Bytes of a text file → text: UTF-8, UTF-16, Windows, Latin-1 and DOS, told apart by what the bytes allow."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from index.errors import ReadError

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# In DOS code page 850 á é í ó ú ñ Ñ are the bytes that Windows shows as these signs, inside words.
_DOS_IN_WORD = re.compile(r"(?<=[A-Za-z])[\xa0‚¡¢£¤¥](?=[a-z])")
_ACCENTED = re.compile(r"[áéíóúñÁÉÍÓÚÑüÜ]")
_MOJIBAKE = re.compile(r"Ã[\x80-\xbf¡-¿±³­©º‘“]")


def decode_text(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The text of a file and warnings in Spanish. Line ends become line feeds.

    Raises ReadError when the file is empty or is no text.
    """
    if not data.strip():
        raise ReadError(f"«{name}» está vacío: revise que la descarga o la copia se haya completado.")
    text, warnings = _decode(data, name)
    if "\x00" in text:
        raise ReadError(f"«{name}» no es un archivo de texto: guárdelo como TXT, DOCX, XLSX o PDF y cárguelo de nuevo.")
    if not text.strip("\ufeff\ufffd \t\r\n\f"):
        raise ReadError(f"«{name}» no contiene texto: revise que la descarga o la copia se haya completado.")
    if len(_MOJIBAKE.findall(text)) > 3:
        warnings += (f"«{name}» trae acentos dañados («Ã³» en vez de «ó»): conviene volver a exportarlo.",)
    return text.replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n"), warnings


def read_bytes(path: Path) -> bytes:
    """All bytes of a file. Raises ReadError when it cannot be opened."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReadError(f"No se pudo abrir «{path.name}» ({error.strerror}): revise la ruta y los permisos.") from error


def _decode(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), ()
    wide = _utf16_without_mark(data)
    if wide is not None:
        return data.decode(wide, errors="replace"), ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3:  # only the last letter was cut off
            return data[: error.start].decode("utf-8"), (f"«{name}» termina a mitad de una letra: parece truncado.",)
    return _eight_bits(data), ()


def _utf16_without_mark(data: bytes) -> str | None:
    sample = data[:4000]
    half = max(len(sample) // 2, 1)
    if sample[1::2].count(0) > 0.6 * half and sample[0::2].count(0) < 0.05 * half:
        return "utf-16-le"
    if sample[0::2].count(0) > 0.6 * half and sample[1::2].count(0) < 0.05 * half:
        return "utf-16-be"
    return None


def _eight_bits(data: bytes) -> str:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    if len(_DOS_IN_WORD.findall(text)) > len(_ACCENTED.findall(text)):
        return data.decode("cp850")
    return text
