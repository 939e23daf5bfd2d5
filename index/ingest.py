"""Files into the store: guard, reader, metadata, tables, chunks; one outcome a file, whatever happens to it."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import cast

from index.apart.limits import DEFAULT, Limits
from index.at_load import keep_derived
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

_APART = frozenset({"pdf", "docx", "xlsx"})
OnPage = Callable[[int, int], None]  # number of the page at hand, pages in all
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
class _How:
    password: str | None = None
    limits: Limits = DEFAULT
    on_page: OnPage | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What became of one file. document: as stored, None when it failed. message: one Spanish sentence or nothing."""

    path: Path
    status: Status
    document: Document | None = None
    message: str = ""


def load(
    paths: Iterable[Path],
    store: Store,
    on_progress: OnProgress | None = None,
    *,
    again: bool = False,
    password: str | None = None,
    limits: Limits = DEFAULT,
    on_page: OnPage | None = None,
) -> tuple[Outcome, ...]:
    """Load files and folders, one outcome a file, in order. A file that fails does not stop the others.

    Content that is already loaded is recognised; `again` reads it anew. A file with the name of a loaded document
    and other content replaces it. password: of PDFs that ask for one. limits: time and memory that reading may take.
    on_page: told the pages of a long PDF as they are read. Raises StoreError when the store fails: what was added before stays.
    """
    files = find_files(paths).files
    documents = {document.id: document for document in store.documents()}
    outcomes = []
    how = _How(password=password, limits=limits, on_page=on_page)
    for done, file in enumerate(files):
        if on_progress is not None:
            on_progress(done, len(files), file.path)
        outcomes.append(_load_one(file, store, documents, how, again=again))
    if on_progress is not None and files:
        on_progress(len(files), len(files), files[-1].path)
    return tuple(outcomes)


def read_report(
    path: Path,
    *,
    name: str | None = None,
    password: str | None = None,
    spool: Path | None = None,
    skip: Mapping[int, str] | None = None,
    at_page: OnPage | None = None,
) -> Report:
    """All that can be read from one file, read in this very process. `name` is what the document is called.

    password: of a PDF that asks for one. spool: folder of pages that are read already. skip: pages of a PDF to leave
    out, with why. at_page: told each page it is at. Raises ReadError, in Spanish, when the file is unfit.
    """
    kind = check_file(path)
    ident = content_id(path)
    if kind == "pdf":
        reading = _reader(kind)(path, password=password, spool=spool, skip=skip or {}, at_page=at_page)
    else:
        reading = _reader(kind)(path)
    if content_id(path) != ident:
        raise ReadError(
            f"«{path.name}» cambió mientras se leía: espere a que termine de escribirse y cárguelo de nuevo."
        )
    from index.assemble import assemble  # noqa: PLC0415 - heavy, and not needed by who only names an outcome

    return assemble(reading, ident=ident, file=name or clean_name(path.name), kind=kind)


def _load_one(file: FoundFile, store: Store, documents: dict[str, Document], how: _How, *, again: bool) -> Outcome:
    try:
        return _try_one(file, store, documents, how, again=again)
    except StoreError:
        raise
    except ReadError as error:
        return Outcome(path=file.path, status=Status.FAILED, message=str(error))
    except Exception as error:  # noqa: BLE001 - outermost edge of a file: a strange one must not stop the others
        _log.exception("unexpected failure on %s\n%s", file.path, getattr(error, "trace", ""))
        message = (
            f"«{file.name}» no se pudo leer por un fallo inesperado ({error_name(error)}): guárdelo de nuevo con el "
            "programa que lo creó, o avise a quien mantiene Consta."
        )
        return Outcome(path=file.path, status=Status.FAILED, message=message)


def error_name(error: Exception) -> str:
    """What the error is called; that of a process apart as it was called there."""
    return str(getattr(error, "name", "") or type(error).__name__)


def _try_one(file: FoundFile, store: Store, documents: dict[str, Document], how: _How, *, again: bool) -> Outcome:
    kind = check_file(file.path)
    ident = content_id(file.path)
    known = documents.get(ident)
    older = next((d for d in documents.values() if d.file == file.name and d.id != ident), None)
    if known is not None and not again:
        return Outcome(path=file.path, status=Status.KNOWN, document=known, message=_about_copy(file, known, older))
    report = _report(file, kind, ident, how)
    if report.document.id != ident:
        raise _changed(file.path)
    kept = {} if older is None else {field: getattr(older, field) for field in older.edited if field in _KEPT}
    if kept:
        report = correct(report, kept)
    store.add(report, replaces=None if older is None else older.id, original=_bytes(file.path, ident))
    document = report.document if known is None else store.report(ident).document
    documents[ident] = document
    keep_derived(store, report)
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


def _report(file: FoundFile, kind: str, ident: str, how: _How) -> Report:
    """The report of a file; kinds whose libraries a hostile file may break are read in a process apart."""
    if kind not in _APART:
        return read_report(file.path, name=file.name)
    from index.apart.reading import read_apart  # noqa: PLC0415 - only such files need processes

    return read_apart(
        file.path,
        name=file.name,
        kind=kind,
        ident=ident,
        password=how.password,
        limits=how.limits,
        on_page=how.on_page,
    )


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


def _reader(kind: str) -> Callable[..., Reading]:
    """The reader of a kind; its libraries are loaded only when a file of that kind comes."""
    module, name = _READERS[kind]
    return cast("Callable[..., Reading]", getattr(importlib.import_module(module), name))
