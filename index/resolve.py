"""From the name a person gives a report to the one loaded document it means."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePath

from index.errors import NotLoadedError
from index.model import Document
from index.store import Store
from index.text import fold

_SHORTEST_PREFIX = 4  # hexadecimal digits of an id; fewer would meet file names by chance
_SHOWN = 6  # names listed in a message


def find_document(store: Store, name: str) -> Document:
    """The document with that file name (with or without ending, accents and case ignored), or id or start of an id.

    A path counts by its last parts. Raises NotLoadedError, in Spanish with the names there are, when none or several
    fit.
    """
    documents = store.documents()
    found = match_documents(documents, name)
    if len(found) == 1:
        return found[0]
    if found:
        raise NotLoadedError(f"«{name}» puede ser más de un informe: {_listed(found)}. Indique el identificador.")
    if not documents:
        raise NotLoadedError(f"No está cargado «{name}»: todavía no hay informes. Use «consta cargar RUTA».")
    near = tuple(d for d in documents if _folded(name) in _folded(d.file))
    if near:
        raise NotLoadedError(f"No está cargado «{name}». ¿Quiso decir {_listed(near)}?")
    raise NotLoadedError(f"No está cargado «{name}». Informes cargados: {_listed(documents)}.")


def match_documents(documents: tuple[Document, ...], name: str) -> tuple[Document, ...]:
    """All documents that a name fits equally well: whole names before names without ending, ids last."""
    wanted = _folded(name)
    if not wanted:
        return ()
    last = PurePath(wanted).name
    tests: tuple[Callable[[Document], bool], ...] = (
        lambda d: d.id == wanted or _folded(d.file) == wanted,
        lambda d: _without_ending(_folded(d.file)) == wanted,
        lambda d: _last(d.file) in {wanted, last},
        lambda d: _without_ending(_last(d.file)) == last,
        lambda d: len(wanted) >= _SHORTEST_PREFIX and d.id.startswith(wanted),
    )
    for fits in tests:
        found = tuple(d for d in documents if fits(d))
        if found:
            return found
    return ()


def _folded(name: str) -> str:
    return fold(name.replace("\\", "/"))


def _last(file: str) -> str:
    return PurePath(_folded(file)).name


def _without_ending(name: str) -> str:
    return re.sub(r"\.[a-z]{2,8}$", "", name)


def _listed(documents: tuple[Document, ...]) -> str:
    names = [f"{d.file} ({d.id})" for d in documents[:_SHOWN]]
    more = len(documents) - len(names)
    return ", ".join(names) + (f" y {more} más" if more > 0 else "")
