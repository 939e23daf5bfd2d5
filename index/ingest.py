"""Files into the store: guard, reader, metadata, tables, chunks; one outcome a file, whatever happens to it."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import cast

from index.assemble import assemble
from index.blocks import Reading
from index.corrections import correct
from index.errors import ReadError, StoreError
from index.files import FoundFile, clean_name, content_id, find_files, id_of
from index.model import Document, Report
from index.readers.guard import check_file
from index.store import Store

_READERS = {
    "txt": ("index.readers.text", "read_text"),
    "md": ("index.readers.text", "read_text"),
    "csv": ("index.readers.delimited", "read_csv"),
    "docx": ("index.readers.docx", "read_docx"),
    "xlsx": ("index.readers.xlsx", "read_xlsx"),
    "pdf": ("index.pdf.reader", "read_pdf"),
}
_log = logging.getLogger(__name__)

OnProgress = Callable[[int, int, Path], None]  # files done, files in all, the file at hand
_KEPT = {"institution": "institución", "aliases": "siglas", "country": "país", "currency": "moneda"}
_READ_ANEW = {"title": "título", "period": "periodo"}  # they change from version to version


class Status(StrEnum):
    """What became of a file."""

    NEW = "nuevo"
    REPLACED = "reemplazado"
    KNOWN = "ya estaba"
    FAILED = "fallido"


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What became of one file. document: as stored, None when it failed. message: one Spanish sentence or nothing."""

    path: Path
    status: Status
    document: Document | None = None
    message: str = ""


def load(
    paths: Iterable[Path], store: Store, on_progress: OnProgress | None = None, *, again: bool = False
) -> tuple[Outcome, ...]:
    """Load files and folders, one outcome a file, in order. A file that fails does not stop the others.

    Content that is already loaded is recognised; `again` reads it anew. A file with the name of a loaded document
    and other content replaces it. Raises StoreError when the store fails: what was added before stays.
    """
    files = find_files(paths).files
    documents = {document.id: document for document in store.documents()}
    outcomes = []
    for done, file in enumerate(files):
        if on_progress is not None:
            on_progress(done, len(files), file.path)
        outcomes.append(_load_one(file, store, documents, again=again))
    if on_progress is not None and files:
        on_progress(len(files), len(files), files[-1].path)
    return tuple(outcomes)


def read_report(path: Path, *, name: str | None = None) -> Report:
    """All that can be read from one file. `name` is what the document is called (default: the file name).

    Raises ReadError, in Spanish, when the file is unfit.
    """
    kind = check_file(path)
    ident = content_id(path)
    reading = _reader(kind)(path)
    if content_id(path) != ident:
        raise ReadError(
            f"«{path.name}» cambió mientras se leía: espere a que termine de escribirse y cárguelo de nuevo."
        )
    return assemble(reading, ident=ident, file=name or clean_name(path.name), kind=kind)


def _load_one(file: FoundFile, store: Store, documents: dict[str, Document], *, again: bool) -> Outcome:
    try:
        return _try_one(file, store, documents, again=again)
    except StoreError:
        raise
    except ReadError as error:
        return Outcome(path=file.path, status=Status.FAILED, message=str(error))
    except Exception as error:  # noqa: BLE001 - outermost edge of a file: a strange one must not stop the others
        _log.exception("unexpected failure on %s", file.path)
        message = (
            f"«{file.name}» no se pudo leer por un fallo inesperado ({type(error).__name__}): guárdelo de nuevo con el "
            "programa que lo creó, o avise a quien mantiene Consta."
        )
        return Outcome(path=file.path, status=Status.FAILED, message=message)


def _try_one(file: FoundFile, store: Store, documents: dict[str, Document], *, again: bool) -> Outcome:
    check_file(file.path)
    ident = content_id(file.path)
    known = documents.get(ident)
    older = next((d for d in documents.values() if d.file == file.name and d.id != ident), None)
    if known is not None and not again:
        return Outcome(path=file.path, status=Status.KNOWN, document=known, message=_about_copy(file, known, older))
    report = read_report(file.path, name=file.name)
    if report.document.id != ident:
        raise _changed(file.path)
    kept = {} if older is None else {field: getattr(older, field) for field in older.edited if field in _KEPT}
    if kept:
        report = correct(report, kept)
    store.add(report, replaces=None if older is None else older.id, original=_bytes(file.path, ident))
    document = report.document if known is None else store.report(ident).document
    documents[ident] = document
    if older is not None:
        documents.pop(older.id, None)
    status = Status.NEW if older is None and known is None else Status.REPLACED
    return Outcome(path=file.path, status=status, document=document, message=_about_edits(older))


def _bytes(path: Path, ident: str) -> bytes:
    """The bytes of a file as it was read. Raises ReadError when they changed since."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(f"No se pudo abrir «{path.name}» ({error.strerror}): revise la ruta y los permisos.") from error
    if id_of(data) != ident:
        raise _changed(path)
    return data


def _changed(path: Path) -> ReadError:
    return ReadError(f"«{path.name}» cambió mientras se leía: espere a que termine de escribirse y cárguelo de nuevo.")


def _about_copy(file: FoundFile, known: Document, older: Document | None) -> str:
    """Why a file is not loaded when its content stands under another name."""
    if known.file == file.name:
        return ""
    message = f"Es el mismo contenido que «{known.file}»."
    if older is not None:
        message += (
            f" La versión anterior de «{file.name}» sigue cargada: si ya no vale, use «consta quitar {older.id}»."
        )
    return message


def _about_edits(older: Document | None) -> str:
    """What became of the corrections of a version that was replaced."""
    fields = () if older is None else older.edited
    kept = ", ".join(_KEPT[field] for field in fields if field in _KEPT)
    anew = ", ".join(_READ_ANEW[field] for field in fields if field in _READ_ANEW)
    return " ".join(
        part
        for part in (
            f"Se conservó lo corregido a mano: {kept}." if kept else "",
            f"Se leyó de nuevo lo que había corregido a mano, revíselo: {anew}." if anew else "",
        )
        if part
    )


def _reader(kind: str) -> Callable[[Path], Reading]:
    """The reader of a kind; its libraries are loaded only when a file of that kind comes."""
    module, name = _READERS[kind]
    return cast("Callable[[Path], Reading]", getattr(importlib.import_module(module), name))
