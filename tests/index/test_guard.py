"""Bad input gets one Spanish line that names the file, says what is wrong and what to do."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from index.errors import ReadError
from index.readers.guard import check_file, detect_kind

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n"
_GARBAGE = bytes(random.Random(7).randbytes(9000))


def _zip(parts: dict[str, str | bytes], *, level: int = 9) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return buffer.getvalue()


def _word(document: str | bytes = "<w/>") -> bytes:
    return _zip({"[Content_Types].xml": _TYPES, "word/document.xml": document})


def _book(sheet: str | bytes = "<s/>") -> bytes:
    return _zip({"[Content_Types].xml": _TYPES, "xl/workbook.xml": "<b/>", "xl/worksheets/sheet1.xml": sheet})


def _utf16(name: str) -> bytes:
    return _OLE + bytes(600) + name.encode("utf-16-le") + b"\x00\x00" + bytes(600)


GOOD = [
    ("a.txt", "Informe de gestión".encode(), "txt"),
    ("a.txt", "Informe de gestión".encode("cp1252"), "txt"),
    ("a.txt", "Informe de gestión".encode("utf-16"), "txt"),
    ("a.md", b"# Informe", "md"),
    ("a.csv", b"a;b\n1;2\n", "csv"),
    ("a.TSV", b"a\tb\n1\t2\n", "csv"),
    ("sin_extension", b"Informe", "txt"),
    ("a.docx", _word(), "docx"),
    ("a.xlsx", _book(), "xlsx"),
    ("a.xlsm", _book(), "xlsx"),
    ("a.pdf", _PDF, "pdf"),
]


@pytest.mark.parametrize(("name", "data", "kind"), GOOD)
def test_kind_is_told_by_content(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert detect_kind(path) == kind
    assert check_file(path) == kind


_BOMB = _word(b"<w>" + bytes(40 * 1024 * 1024) + b"</w>")
_ENTITIES = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><w>&b;</w>'

BAD = [
    ("vacio.txt", b"", "está vacío"),
    ("blanco.txt", b"  \n\n ", "está vacío"),
    ("informe.docx", _PDF, "no es un documento de Word sino un PDF"),
    ("informe.pdf", _word(), "no es un PDF sino un documento de Word"),
    ("informe.xlsx", _word(), "no es un libro de Excel sino un documento de Word"),
    ("informe.docx", b"solo texto", "no es un documento de Word sino un archivo de texto"),
    ("tabla.xlsx", b"a,b\n1,2\n", "no es un libro de Excel sino un archivo de texto"),
    ("tabla.csv", _book(), "no es una tabla CSV sino un libro de Excel"),
    ("ceros.txt", b"\0", "no contiene texto"),
    ("nulo.txt", b"El muelle\0norte", "no es un archivo de texto"),
    ("nulo.md", "El muelle\0norte".encode("utf-8-sig"), "no es un archivo de texto"),
    ("nulo.csv", "Muelle;\0Monto".encode("utf-16"), "no es un archivo de texto"),
    ("foto.pdf", b"\x89PNG\r\n\x1a\n" + bytes(50), "es una imagen"),
    ("foto.txt", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(50), "es una imagen"),
    ("programa.docx", b"MZ\x90\x00" + bytes(80), "programa ejecutable"),
    ("programa", b"\x7fELF\x02\x01\x01" + bytes(80), "programa ejecutable"),
    ("basura.txt", _GARBAGE, "datos binarios"),
    ("basura.pdf", _GARBAGE, "dañado o no es un PDF"),
    ("viejo.doc", _utf16("WordDocument"), "Word antiguo (.doc)"),
    ("viejo.docx", _utf16("WordDocument"), "Word antiguo (.doc)"),
    ("viejo.xls", _utf16("Workbook"), "Excel antiguo (.xls)"),
    ("clave.docx", _utf16("EncryptedPackage"), "protegido con contraseña"),
    ("clave.xlsx", _utf16("EncryptedPackage"), "protegido con contraseña"),
    ("cortado.docx", _word("<w>" + "x" * 5000 + "</w>")[:120], "incompleto o dañado"),
    ("cortado.pdf", b"%PDF-1.4\n1 0 obj\n<<>>", "incompleto o dañado"),
    ("bomba.docx", _BOMB, "tamaño anormal"),
    ("entidades.docx", _word(_ENTITIES), "definiciones XML"),
    ("entidades.xlsx", _book(_ENTITIES.encode("utf-16")), "definiciones XML"),
    ("roto.docx", _word("esto no es xml"), "incompleto o dañado"),
    ("archivo.zip", _zip({"a.txt": "hola"}), "archivo comprimido (ZIP)"),
    ("charla.pptx", _zip({"[Content_Types].xml": _TYPES, "ppt/presentation.xml": "<p/>"}), "PowerPoint"),
    ("libre.odt", _zip({"mimetype": "x", "content.xml": "<o/>"}), "LibreOffice"),
    ("binario.xlsb", _zip({"[Content_Types].xml": _TYPES, "xl/workbook.bin": b"\x00"}), "XLSB"),
    ("reporte.xls", b"<html><table><tr><td>1</td></tr></table></html>", "página web (HTML)"),
    ("carta.rtf", b"{\\rtf1\\ansi hola}", "RTF"),
    ("datos.json", b'{"a": 1}', "tipo que no se lee (.json)"),
]


@pytest.mark.parametrize(("name", "data", "says"), BAD)
def test_bad_input_gets_one_spanish_line(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReadError) as caught:
        check_file(path)
    message = str(caught.value)
    assert says in message
    assert f"«{name}»" in message
    assert "\n" not in message
    assert message.endswith(".")


def test_encrypted_parts_of_a_zip_are_told(tmp_path: Path) -> None:
    data = bytearray(_word())
    at = data.find(b"PK\x01\x02")
    while at >= 0:  # the flag of each entry of the directory says "encrypted"
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    path = tmp_path / "clave.docx"
    path.write_bytes(bytes(data))
    with pytest.raises(ReadError, match=r"contraseña|dañado"):
        check_file(path)


def test_size_limit_names_both_sizes(tmp_path: Path) -> None:
    path = tmp_path / "grande.txt"
    path.write_bytes(b"a" * (3 * 1024 * 1024))
    with pytest.raises(ReadError, match="pesa 3 MB y el límite es 2 MB"):
        check_file(path, limit=2 * 1024 * 1024)


def test_default_limit_is_200_mb(tmp_path: Path) -> None:
    path = tmp_path / "enorme.pdf"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024 + 1)  # a sparse file
    with pytest.raises(ReadError, match="pesa 209,715,201 bytes y el límite es 209,715,200 bytes"):
        check_file(path)


@pytest.mark.parametrize("name", ["no_existe.pdf", "."])
def test_missing_file_and_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ReadError, match=r"No existe|no es un archivo"):
        check_file(tmp_path / name)


@pytest.mark.parametrize("target", ["informe.txt", "borrado.txt"])
def test_a_link_that_leads_nowhere_is_told(tmp_path: Path, target: str) -> None:
    link = tmp_path / "informe.txt"
    link.symlink_to(target)
    with pytest.raises(ReadError, match=r"«informe\.txt» es un enlace que no lleva a ningún archivo"):
        check_file(link)


def test_every_truncation_of_an_office_file_is_refused(tmp_path: Path) -> None:
    whole = _word("<w>" + "texto " * 2000 + "</w>")
    for cut in range(10, len(whole) - 1, 37):
        path = tmp_path / "cortado.docx"
        path.write_bytes(whole[:cut])
        with pytest.raises(ReadError):
            check_file(path)


def test_a_damaged_part_of_an_office_file_is_one_spanish_line(tmp_path: Path) -> None:
    """Found by fuzzing: a directory that names its types in a stream that does not unpack, a code nobody knows."""
    sound = tmp_path / "sano.zip"
    with zipfile.ZipFile(sound, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types>" + "wordprocessingml spreadsheetml " * 40 + "</Types>")
    data = bytearray(sound.read_bytes())
    start = 30 + len("[Content_Types].xml")
    data[start : start + 8] = b"\xff" * 8
    broken = tmp_path / "roto.docx"
    broken.write_bytes(bytes(data))
    with pytest.raises(ReadError, match="dañado"):
        check_file(broken)
    coded = tmp_path / "clave.xlsx"
    with zipfile.ZipFile(coded, "w") as package:
        package.writestr("[Content_Types].xml", '<?xml version="1.0" encoding="yes"?><Types>spreadsheetml</Types>')
        package.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(ReadError):
        check_file(coded)
