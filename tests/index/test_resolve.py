"""A person names a report by file name, with or without ending, by part of its path or by the start of its id."""

from __future__ import annotations

import pytest

from index.errors import NotLoadedError
from index.memory_store import MemoryStore
from index.resolve import find_document
from tests.index.made_reports import small_report

FILES = {
    "aaaa000000000000": "Informe Educación.pdf",
    "aaab000000000000": "salud.docx",
    "bbbb000000000000": "salud.xlsx",
    "cccc000000000000": "2021/avance.txt",
    "cccd000000000000": "2022/avance.txt",
    "dddd000000000000": "cedula v1.2.pdf",
}


@pytest.fixture(scope="module")
def store() -> MemoryStore:
    made = MemoryStore()
    for ident, file in FILES.items():
        made.add(small_report(ident, file))
    return made


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Informe Educación.pdf", "Informe Educación.pdf"),
        ("informe educacion", "Informe Educación.pdf"),
        ("INFORME  EDUCACIO\u0301N.PDF", "Informe Educación.pdf"),
        ("./descargas/Informe Educación.pdf", "Informe Educación.pdf"),
        ("C:\\informes\\salud.docx", "salud.docx"),
        ("salud.xlsx", "salud.xlsx"),
        ("2021/avance.txt", "2021/avance.txt"),
        ("2022/avance", "2022/avance.txt"),
        ("cedula v1.2", "cedula v1.2.pdf"),
        ("aaaa", "Informe Educación.pdf"),
        ("BBBB0000", "salud.xlsx"),
        ("cccd000000000000", "2022/avance.txt"),
    ],
)
def test_a_name_finds_its_report(store: MemoryStore, name: str, file: str) -> None:
    assert find_document(store, name).file == file


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("salud", r"más de un informe: salud.docx \(aaab.*salud.xlsx \(bbbb"),
        ("avance.txt", "2021/avance.txt.*2022/avance.txt"),
        ("educacion", "¿Quiso decir Informe Educación.pdf"),
        ("aaa", "No está cargado «aaa»"),
        ("hacienda", "Informes cargados: .*cedula"),
        ("", "No está cargado"),
    ],
)
def test_what_fits_none_or_several_is_told_with_the_names(store: MemoryStore, name: str, said: str) -> None:
    """A figure of the wrong report is worse than a question back."""
    with pytest.raises(NotLoadedError, match=said):
        find_document(store, name)


def test_an_empty_store_says_how_to_load() -> None:
    with pytest.raises(NotLoadedError, match="consta cargar"):
        find_document(MemoryStore(), "x")
