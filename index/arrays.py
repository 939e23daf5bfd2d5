"""Groups of flat arrays: as bytes for the store, joined for several reports, mapped into memory from a folder."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


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
        return cls(**arrays)


def chained(starts: Sequence[Ints]) -> Ints:
    """The `…_starts` of several groups, one after the other."""
    shifts = np.cumsum([0, *(int(s[-1]) for s in starts)])
    return np.concatenate([s[:-1] + shift for s, shift in zip(starts, shifts, strict=False)] + [shifts[-1:]])
