"""Uploaded files into the store, one outcome a file, as `consta cargar` does it; and corrections, as it reads them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

from index.errors import ReadError
from index.ingest import Outcome, Status, load
from index.readers.guard import check_file
from index.store import Store
from ui.chat.evaluations import safe_name
from ui.chat.limits import Limits
from ui.documents_view import outcome_details

_LOOK = 1.0  # seconds between two looks at the page that is being read
_KINDS = {Status.NEW: "bien", Status.REPLACED: "bien", Status.KNOWN: "", Status.FAILED: "mal"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A file of an upload as it stands. kind: class of the style sheet. document: id once it is loaded."""

    name: str
    kind: str
    told: str
    document: str | None = None


def uploaded(files: Sequence[str], folder: str) -> tuple[Path, ...]:
    """The files that are in the folder of uploads, whatever else an event names.

    Raises ReadError for any other path: the framework checks it too, but not in every way of serving a page.
    """
    paths = tuple(Path(file).resolve() for file in files)
    if any(not path.is_relative_to(Path(folder).resolve()) for path in paths):
        raise ReadError("Ese archivo no se subió por esta página.")
    return paths


def load_uploads(paths: Sequence[Path], store: Store, limits: Limits) -> Iterator[tuple[Step, ...]]:
    """Load the files one after another; all steps as they stand, each time one of them goes on.

    The files are moved away first, under names of their own, and are gone at the end whatever happens. Raises
    StoreError when the store fails: what was loaded before stays.
    """
    with tempfile.TemporaryDirectory(prefix="consta-") as folder:
        files = [_taken(path, Path(folder) / str(number)) for number, path in enumerate(paths)]
        steps = [Step(name=file.name, kind="espera", told="en espera") for file in files]
        for place, file in enumerate(files):
            if place >= limits.files:
                told = f"no se leyó: se cargan hasta {limits.files} archivos de una vez; súbalo después"
                steps[place] = Step(name=file.name, kind="mal", told=told)
                continue
            for at in (loading := _Loading(file, store, limits)):
                steps[place] = Step(name=file.name, kind="ahora", told=at)
                yield tuple(steps)
            steps[place] = _step(file.name, loading.outcome())
            file.unlink(missing_ok=True)
        yield tuple(steps)


class _Loading:
    """One file on its way into the store. Iterated over, it says where it is until it is there."""

    def __init__(self, file: Path, store: Store, limits: Limits) -> None:
        self._given = file, store, limits
        self._page = ""
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="consta-upload")
        self._doing: Future[Outcome] = self._pool.submit(self._load)
        self._pool.shutdown(wait=False)

    def __iter__(self) -> Iterator[str]:
        told = ""
        while not told or not self._doing.done():
            if told != (now := f"leyendo{self._page}…"):
                told = now
                yield told
            wait([self._doing], timeout=_LOOK)

    def outcome(self) -> Outcome:
        """What became of it. Raises StoreError when the store failed."""
        return self._doing.result()

    def _load(self) -> Outcome:
        """The guard is asked first, because the limit of an upload is lower than that of a load."""
        file, store, limits = self._given
        try:
            check_file(file, limit=limits.file_bytes)
        except ReadError as error:
            return Outcome(path=file, status=Status.FAILED, message=str(error))
        return load([file], store, on_page=self._at)[0]

    def _at(self, page: int, pages: int) -> None:
        self._page = f", página {page} de {pages}"


def _taken(path: Path, folder: Path) -> Path:
    folder.mkdir()
    return Path(shutil.move(path, folder / safe_name(path.name)))


def _step(name: str, outcome: Outcome) -> Step:
    details = ". ".join(part.rstrip(".") for part in outcome_details(outcome))
    return Step(
        name=name,
        kind=_KINDS[outcome.status],
        told=f"{outcome.status.value}{': ' if details else ''}{details}",
        document=outcome.document.id if outcome.document is not None else None,
    )
