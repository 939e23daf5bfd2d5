"""Which files a load means, what each is called in the store, and what identifies its content."""

from __future__ import annotations

import hashlib
import os.path
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.errors import ReadError
from index.readers.guard import KIND_OF_EXTENSION

_ID_LENGTH = 16  # hexadecimal digits: a meeting by chance needs billions of reports
_SCRATCH = ("~$", ".")  # lock files of word processors, hidden files


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundFile:
    """A file to load. `name` is its file name, with as many folders in front as tell it from the others found."""

    path: Path
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundFiles:
    """What a search found: the files to load, and those of folders that are of no kind that is read."""

    files: tuple[FoundFile, ...]
    ignored: tuple[Path, ...] = ()


def find_files(paths: Iterable[Path]) -> FoundFiles:
    """Files as given, and the files of known extensions below folders, sorted; each once.

    A path that does not exist and a link that leads nowhere stay among the files: reading them tells what is wrong.
    """
    chosen: dict[Path, Path] = {}
    ignored: list[Path] = []
    for path in paths:
        for file in _below(path) if path.is_dir() else (path,):
            if path.is_dir() and file.suffix.lower() not in KIND_OF_EXTENSION:
                ignored.append(file)
            else:
                whole = Path(os.path.realpath(file))  # Path.resolve fails on links that go round in a circle
                chosen.setdefault(whole, file)
    names = _names(tuple(chosen))
    files = tuple(FoundFile(path=path, name=names[whole]) for whole, path in chosen.items())
    return FoundFiles(files=files, ignored=tuple(ignored))


def content_id(path: Path) -> str:
    """The id of a document: the start of the SHA-256 of its bytes. Raises ReadError when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:_ID_LENGTH]
    except OSError as error:
        raise ReadError(f"No se pudo abrir «{path.name}» ({error.strerror}): revise la ruta y los permisos.") from error


def id_of(data: bytes) -> str:
    """The id of a document with these bytes."""
    return hashlib.sha256(data).hexdigest()[:_ID_LENGTH]


def clean_name(name: str) -> str:
    """A file name as text: composed accents, bytes that are no text replaced."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return unicodedata.normalize("NFC", text)


def _below(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.rglob("*")):
        hidden = any(part.startswith(_SCRATCH) for part in file.relative_to(folder).parts)
        lost = file.is_symlink() and not file.exists()
        if not hidden and (lost or file.is_file()):
            yield file


def _names(paths: tuple[Path, ...]) -> dict[Path, str]:
    """The shortest tail of each path that no other has."""
    names: dict[Path, str] = {}
    left, length = list(paths), 1
    while left:
        shared = Counter(path.parts[-length:] for path in left)
        for path in left:
            tail = path.parts[-length:]
            if shared[tail] == 1 or length >= len(path.parts):
                names[path] = clean_name("/".join(tail))
        left = [path for path in left if path not in names]
        length += 1
    return names
