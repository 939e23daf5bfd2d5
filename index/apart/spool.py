"""Pages that are read, kept on disk until their report is done: a load that was cut short goes on from there."""

from __future__ import annotations

import contextlib
import pickle
import shutil
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

if TYPE_CHECKING:
    from index.pdf.values import Ink

FORMAT = "3"  # raise it when `Ink` or the way pages are read changes
OLDEST = 7 * 24 * 3600  # seconds after which pages of an unfinished load are thrown away


class Spool:
    """The pages of one file in one folder, which only its owner can open."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def has(self, number: int) -> bool:
        return self._path(number).exists()

    def load(self, number: int) -> Ink | None:
        """The page as it was kept; None when it is not there or half written."""
        try:
            data = self._path(number).read_bytes()
            return pickle.loads(zlib.decompress(data))  # type: ignore[no-any-return]  # noqa: S301 - our own folder
        except (OSError, zlib.error, pickle.UnpicklingError, EOFError, AttributeError, TypeError):
            return None

    def keep(self, number: int, ink: Ink) -> None:
        """Keep a page, whole or not at all."""
        data = zlib.compress(pickle.dumps(ink, protocol=pickle.HIGHEST_PROTOCOL), 1)
        part = self._path(number).with_suffix(".part")
        part.write_bytes(data)
        part.replace(self._path(number))

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:06d}.ink"


def spool_of(ident: str, *, variant: str = "") -> Path:
    """Where the pages of a document are kept. variant: what changes how pages are read (whether OCR is there)."""
    root = platformdirs.user_cache_path("consta", appauthor=False) / "paginas"
    with contextlib.suppress(OSError):
        for old in root.iterdir() if root.is_dir() else ():
            if time.time() - old.stat().st_mtime > OLDEST:
                shutil.rmtree(old, ignore_errors=True)
    return root / f"{ident}-{FORMAT}{variant}"
