"""Evener lengths, fewer dimensions and one byte a number: what makes 60 MB of vectors ten."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

_MOST = 127  # largest int8


def even_lengths(
    vectors: npt.NDArray[np.float32], frequency: npt.NDArray[np.float64], power: float, smooth: float
) -> npt.NDArray[np.float32]:
    """Vectors of less unequal length, frequent pieces weighing less. frequency: relative, of each piece.

    Training lets some pieces grow long: a text then says little but those.
    """
    lengths = np.maximum(np.linalg.norm(vectors, axis=1), 1e-9)
    weights = (lengths**-power * smooth / (smooth + frequency)).astype(np.float32)
    return np.asarray(vectors * weights[:, None], dtype=np.float32)


def reduce_dimensions(
    vectors: npt.NDArray[np.float32], sentences: npt.NDArray[np.float32], dimensions: int
) -> npt.NDArray[np.float32]:
    """Vectors turned to the directions in which some sentence vectors differ most, the rest cut off."""
    if dimensions >= vectors.shape[1]:
        return vectors
    values, directions = np.linalg.eigh((sentences.T @ sentences).astype(np.float64))
    kept = directions[:, np.argsort(-values)[:dimensions]]
    kept *= np.sign(kept[np.abs(kept).argmax(axis=0), np.arange(dimensions)])  # one sign for one direction
    return np.asarray(vectors @ kept, dtype=np.float32)


def quantise(vectors: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float16]]:
    """(q, s) with q * s near the vectors: whole numbers from -127 to 127 and a scale for each row."""
    scale = (np.abs(vectors).max(axis=1, keepdims=True) / _MOST).astype(np.float16)
    scale[scale == 0] = 1
    return np.clip(np.rint(vectors / scale.astype(np.float32)), -_MOST, _MOST).astype(np.int8), scale
