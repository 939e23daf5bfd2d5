"""Checks on a file before any reader opens it: is it there, is it whole, is it what its name says, is it safe.

Every failure is a `ReadError` of one Spanish sentence: what is wrong with which file and what to do.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from index.errors import ReadError
from index.readers.decoding import decode_text
from index.readers.package import check_package

SIZE_LIMIT = 200 * 1024 * 1024  # bytes

KIND_OF_EXTENSION = {
    ".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md", ".csv": "csv", ".tsv": "csv", ".tab": "csv",
    ".docx": "docx", ".xlsx": "xlsx", ".xlsm": "xlsx", ".xltx": "xlsx", ".pdf": "pdf",
}  # fmt: skip

_TEXT_KINDS = ("txt", "md", "csv")
_READABLE = "TXT, MD, DOCX, XLSX, CSV o PDF"
_NAMES = {
    "txt": "un archivo de texto",
    "md": "un archivo de texto",
    "csv": "una tabla CSV",
    "docx": "un documento de Word",
    "xlsx": "un libro de Excel",
    "pdf": "un PDF",
}
_SAMPLE = 64 * 1024  # bytes that are looked at to tell text from the rest
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_TEXTS = (  # (how it starts, what it is)
    ((b"{\\rtf",), "un documento RTF"),
    ((b"<!doctype html", b"<html", b"<table", b"<meta", b"<head"), "una página web (HTML)"),
    ((b"<?xml", b"<workbook"), "un archivo XML"),
    ((b"mime-version:", b"from: ", b"received: "), "un correo o una página web guardada (MHT)"),
)


def check_file(path: Path, *, limit: int = SIZE_LIMIT) -> str:
    """Kind of a file that is fit to be read: txt, md, docx, xlsx, csv or pdf. `limit` is in bytes.

    Raises ReadError when the file is missing, empty, too big, encrypted, truncated, dangerous, of a kind that is not
    read, or not of the kind that its extension says.
    """
    size = _size(path)
    if size == 0:
        raise ReadError(f"«{path.name}» está vacío (0 bytes): revise que la descarga o la copia se haya completado.")
    if size > limit:
        weight, most = _two_sizes(size, limit)
        raise ReadError(
            f"«{path.name}» pesa {weight} y el límite es {most}: divídalo en partes o cargue solo los anexos que necesita."
        )
    kind = detect_kind(path)
    named = KIND_OF_EXTENSION.get(path.suffix.lower())
    if named is not None and named != kind and not (named in _TEXT_KINDS and kind in _TEXT_KINDS):
        raise ReadError(
            f"«{path.name}» no es {_NAMES[named]} sino {_NAMES[kind]}: cámbiele la extensión a .{kind} y cárguelo de nuevo."
        )
    if kind in ("docx", "xlsx"):
        check_package(path)
    elif kind == "pdf":
        _check_pdf_end(path, size)
    return kind


def detect_kind(path: Path) -> str:
    """txt, md, docx, xlsx, csv or pdf by content; the extension only tells one kind of text from another.

    Raises ReadError for any other content.
    """
    head = _head(path)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(_OLE_MAGIC):
        raise _ole_error(path)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_kind(path)
    return _text_kind(path, head)


def _size(path: Path) -> int:
    if path.is_symlink() and not path.exists():
        raise ReadError(
            f"«{path.name}» es un enlace que no lleva a ningún archivo (roto o en círculo): cargue el informe mismo."
        )
    if not path.exists():
        raise ReadError(f"No existe el archivo «{path}»: revise la ruta.")
    if not path.is_file():
        raise ReadError(f"«{path}» no es un archivo: indique la ruta de un informe.")
    try:
        return path.stat().st_size
    except OSError as error:
        raise _not_opened(path, error) from error


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_SAMPLE)
    except OSError as error:
        raise _not_opened(path, error) from error


def _not_opened(path: Path, error: OSError) -> ReadError:
    return ReadError(f"No se pudo abrir «{path.name}» ({error.strerror}): revise la ruta y los permisos.")


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB".replace(".0 MB", " MB")


def _two_sizes(size: int, limit: int) -> tuple[str, str]:
    """Two unlike sizes in megabytes, or in bytes when rounding would make them the same."""
    weight, most = _megabytes(size), _megabytes(limit)
    return (weight, most) if weight != most else (f"{size:,} bytes", f"{limit:,} bytes")


def _zip_kind(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
            types = package.read("[Content_Types].xml")[:2_000_000] if "[Content_Types].xml" in names else b""
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        if path.suffix.lower() in KIND_OF_EXTENSION:
            raise ReadError(
                f"«{path.name}» está incompleto o dañado: vuelva a descargarlo o a guardarlo y cárguelo de nuevo."
            ) from error
        raise _not_read(path, "un archivo comprimido dañado", "revíselo") from error
    if b"wordprocessingml" in types or "word/document.xml" in names:
        return "docx"
    if b"spreadsheetml" in types or "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        raise _not_read(path, "un libro binario de Excel (XLSB)", "ábralo en Excel, guárdelo como .xlsx")
    if b"presentationml" in types or "ppt/presentation.xml" in names:
        raise _not_read(path, "una presentación de PowerPoint", "guárdela como PDF")
    if {"mimetype", "content.xml"} <= names:
        raise _not_read(path, "un documento de LibreOffice", "ábralo y guárdelo como .docx o .xlsx")
    raise _not_read(path, "un archivo comprimido (ZIP)", "descomprímalo")


def _text_kind(path: Path, head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for starts, name in _OTHER_TEXTS:
        if start.startswith(starts):
            raise _not_read(path, name, "ábralo con el programa que lo creó y guárdelo como .docx, .xlsx o .pdf")
    known = _known_binary(head)
    if known is not None:
        raise _not_read(path, known, "busque el informe original")
    extension = path.suffix.lower()
    kind = KIND_OF_EXTENSION.get(extension, "txt" if extension == "" else None)
    if _looks_binary(head):
        if kind in ("docx", "xlsx", "pdf"):
            raise ReadError(
                f"«{path.name}» está dañado o no es {_NAMES[kind]}: vuelva a descargarlo o a guardarlo y cárguelo de nuevo."
            )
        raise ReadError(
            f"«{path.name}» tiene datos binarios, no texto: busque el informe original en {_READABLE} y cárguelo."
        )
    if kind is None:
        raise ReadError(
            f"«{path.name}» es de un tipo que no se lee ({extension}): guárdelo como {_READABLE} y cárguelo."
        )
    decode_text(head, path.name)  # its ReadError says that the file is blank
    if kind in _TEXT_KINDS:
        return kind
    return "txt"


def _known_binary(head: bytes) -> str | None:
    """Spanish name of a picture, program, sound, video or archive, by its first bytes."""
    import filetype  # noqa: PLC0415 - only files that are not office files, PDF or plain text need it

    if head.startswith((b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe")):
        return "un programa ejecutable"
    found = filetype.guess_mime(head)
    if found is None:
        return None
    group = found.split("/")[0]
    names = {"image": "una imagen", "audio": "un audio", "video": "un video", "font": "un tipo de letra"}
    if "rtf" in found:
        return "un documento RTF"
    if any(word in found for word in ("zip", "rar", "7z", "tar", "xz", "zstd", "compress")):
        return "un archivo comprimido"
    return names.get(group, f"un archivo de otro tipo ({found})")


def _looks_binary(head: bytes) -> bool:
    """Whether bytes cannot be text in any of the encodings of text files: control bytes, or mostly high bytes."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    nulls_odd, nulls_even = head[1::2].count(0), head[0::2].count(0)
    half = max(len(head) // 2, 1)
    if max(nulls_odd, nulls_even) > 0.6 * half and min(nulls_odd, nulls_even) < 0.05 * half:
        return False  # UTF-16 without its mark
    control = sum(byte < 32 and byte not in b"\t\n\r\f\x0b\x1a\x1b\x08" for byte in head)
    if control > max(2, len(head) // 200):
        return True
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(head) - 3:
            return False
        return sum(byte > 127 for byte in head) > 0.35 * len(head)
    return False


def _ole_error(path: Path) -> ReadError:
    """What an OLE container is: an encrypted office file, or one of the old formats."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return _not_opened(path, error)
    if _ole_name("EncryptedPackage") in data or _ole_name("EncryptionInfo") in data:
        return ReadError(
            f"«{path.name}» está protegido con contraseña: ábralo, quite la contraseña, guárdelo y cárguelo de nuevo."
        )
    if _ole_name("WordDocument") in data:
        return _not_read(path, "un documento de Word antiguo (.doc)", "ábralo en Word, guárdelo como .docx")
    if _ole_name("Workbook") in data or _ole_name("Book") in data:
        return _not_read(path, "un libro de Excel antiguo (.xls)", "ábralo en Excel, guárdelo como .xlsx")
    if _ole_name("PowerPoint Document") in data:
        return _not_read(path, "una presentación de PowerPoint antigua (.ppt)", "guárdela como PDF")
    return _not_read(path, "un archivo de Office antiguo o incompleto", "ábralo y guárdelo como .docx o .xlsx")


def _ole_name(name: str) -> bytes:
    return name.encode("utf-16-le") + b"\x00\x00"


def _check_pdf_end(path: Path, size: int) -> None:
    """A PDF ends with %%EOF; readers repair many that do not, so only one without any end mark at all is refused."""
    with path.open("rb") as file:
        file.seek(max(0, size - 1024 * 1024))
        if b"startxref" not in file.read():
            raise ReadError(f"«{path.name}» es un PDF incompleto o dañado: vuelva a descargarlo y cárguelo de nuevo.")


def _not_read(path: Path, what: str, remedy: str) -> ReadError:
    joint = "" if "cárguelo" in remedy else " y cárguelo de nuevo"
    return ReadError(f"«{path.name}» es {what}, que no se lee: {remedy}{joint}.")
