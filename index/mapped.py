"""The arrays of all reports of a large store joined on disk, and mapped into memory instead of read.

A hundred thousand passages open at once and take the memory of what questions touch. The folder lies beside the store
and may be deleted at any time; it is made anew when a report is added, removed or corrected.
"""

from __future__ import annotations

import hashlib
import logging
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from index.vectors import Columns

_log = logging.getLogger(__name__)
LEAST = 5000  # passages; below it, reading the parts that the store keeps is as quick


def mapped_columns(folder: Path, key: Sequence[object], make: Callable[[], Columns]) -> Columns:
    """The joined arrays: those on disk under the same key, or made now and kept there.

    key: what tells one state of the store and one model from any other. Where the folder cannot be written, what was
    made is used from memory.
    """
    name = hashlib.sha256(repr(list(key)).encode()).hexdigest()[:24]
    place = folder / name
    try:
        return _opened(place)
    except (OSError, ValueError):  # not there, or cut short by a full disk
        made = make()
    try:
        _write(made, folder, place)
        return _opened(place)
    except (OSError, ValueError) as error:
        _log.warning("the joined index cannot be kept in %s: %s", folder, error)
        return made


def _opened(place: Path) -> Columns:
    arrays: dict[str, Any] = {f.name: np.load(place / f"{f.name}.npy", mmap_mode="r") for f in fields(Columns)}
    return Columns(**arrays)


def _write(columns: Columns, folder: Path, place: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix="nuevo-", dir=folder))
    try:
        for field in fields(columns):
            np.save(made / f"{field.name}.npy", getattr(columns, field.name), allow_pickle=False)
        if place.exists():
            shutil.rmtree(place)
        made.rename(place)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    for other in folder.iterdir():  # of earlier states; who still maps one keeps it until it lets go
        if other != place and not other.name.startswith("nuevo-"):
            shutil.rmtree(other, ignore_errors=True)
