"""Groups of flat arrays: as bytes for the store, joined for several reports, mapped into memory from a folder."""

from __future__ import annotations

import io
import mmap
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
_CAN_LET_GO = hasattr(mmap.mmap, "madvise")  # not on Windows, where the system does it when it must


@dataclass(frozen=True, kw_only=True)
class Arrays:
    """A dataclass of arrays. A field `…_starts` tells where each thing begins among others, and where the last ends."""

    def to_bytes(self) -> bytes:
        """The form that the store keeps."""
        out = io.BytesIO()
        np.savez(out, allow_pickle=False, **{f.name: getattr(self, f.name) for f in fields(self)})
        return out.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read the form that the store keeps."""
        with np.load(io.BytesIO(data), allow_pickle=False) as found:
            return cls(**{f.name: found[f.name] for f in fields(cls)})

    def save(self, folder: Path) -> None:
        """Write a file for each array."""
        for field in fields(self):
            np.save(folder / f"{field.name}.npy", getattr(self, field.name), allow_pickle=False)

    @classmethod
    def mapped(cls, folder: Path) -> Self:
        """The arrays of a folder, read as they are touched. Raises OSError or ValueError when one is not whole."""
        arrays: dict[str, Any] = {f.name: np.load(folder / f"{f.name}.npy", mmap_mode="r") for f in fields(cls)}
        return cls(**{name: array.view(np.ndarray) for name, array in arrays.items()})  # a memmap is slow to cut

    def let_go(self) -> None:
        """Give back the memory of what was read of mapped arrays; the system reads it again when it is touched."""
        for field in fields(self):
            array = getattr(self, field.name)
            while isinstance(array, np.ndarray):
                array = array.base
            if isinstance(array, mmap.mmap) and _CAN_LET_GO:
                array.madvise(mmap.MADV_DONTNEED)


def chained(starts: Sequence[Ints]) -> Ints:
    """The `…_starts` of several groups, one after the other."""
    shifts = np.cumsum([0, *(int(s[-1]) for s in starts)])
    return np.concatenate([s[:-1] + shift for s, shift in zip(starts, shifts, strict=False)] + [shifts[-1:]])
