"""Groups of flat arrays: as bytes for the store, joined for several reports, mapped into memory from a file."""

from __future__ import annotations

import io
import json
import math
import mmap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, BinaryIO, Self

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
_CAN_LET_GO = hasattr(mmap.mmap, "madvise")  # not on Windows, where the system does it when it must
_WRITTEN = 16_384  # bytes at once: Linux keeps, and maps again, what was written together
_ALIGNED = 64  # bytes: where arrays begin, so that a processor reads them at full speed


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

    def save(self, out: BinaryIO, documents: Sequence[str] = ()) -> None:
        """Write one file: a line of JSON that tells the reports it is of and where each array lies, then the arrays.

        documents: ids of the reports, so that what came from one of them can be found and deleted.
        """
        arrays = {f.name: np.ascontiguousarray(getattr(self, f.name)) for f in fields(self)}
        end, places = 0, {}
        for name, array in arrays.items():
            places[name] = (array.dtype.str, array.shape, end)
            end = _aligned(end + array.nbytes)
        head = json.dumps({"documents": list(documents), "arrays": places, "bytes": end}).encode()
        out.write(head.ljust(_aligned(len(head) + 1) - 1) + b"\n")
        for array in arrays.values():
            data = array.tobytes().ljust(_aligned(array.nbytes), b"\0")
            out.writelines(data[start : start + _WRITTEN] for start in range(0, len(data), _WRITTEN))

    @classmethod
    def mapped(cls, file: Path) -> Self:
        """The arrays of a file, read as they are touched. Raises OSError, ValueError or KeyError when it is not whole."""
        with file.open("rb") as opened:
            line = opened.readline()
            head = json.loads(line)
            data = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        if len(data) != len(line) + head["bytes"]:
            msg = f"{file} is not whole"
            raise ValueError(msg)
        arrays: dict[str, Any] = {}
        for name, (kind, shape, start) in head["arrays"].items():
            count = math.prod(shape)
            flat = (
                np.frombuffer(data, dtype=kind, count=count, offset=len(line) + start) if count else np.empty(0, kind)
            )
            arrays[name] = flat.reshape(shape)
        return cls(**{f.name: arrays[f.name] for f in fields(cls)})


class Maps:
    """The files that some arrays are mapped from."""

    def __init__(self, groups: Iterable[Arrays]) -> None:
        found: dict[int, mmap.mmap] = {}
        for group in groups:
            for field in fields(group):
                array = getattr(group, field.name)
                while isinstance(array, np.ndarray | memoryview):
                    array = array.base if isinstance(array, np.ndarray) else array.obj
                if isinstance(array, mmap.mmap):
                    found[id(array)] = array
        self._files = tuple(found.values()) if _CAN_LET_GO else ()

    def let_go(self) -> None:
        """Give back the memory of what was read of them; the system reads it again when it is touched."""
        for file in self._files:
            file.madvise(mmap.MADV_DONTNEED)


def _aligned(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED


def chained(starts: Sequence[Ints]) -> Ints:
    """The `…_starts` of several groups, one after the other."""
    shifts = np.cumsum([0, *(int(s[-1]) for s in starts)])
    return np.concatenate([s[:-1] + shift for s, shift in zip(starts, shifts, strict=False)] + [shifts[-1:]])
