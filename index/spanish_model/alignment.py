"""Which English pieces a Spanish piece translates to: IBM model 1 (Brown et al. 1993), in numpy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_LONGEST = 26  # tokens of a segment; longer ones align badly and cost their square
_ITERATIONS = 6
_LEAST = 0.04  # probability below which a translation is taken for noise
_NULL = 0  # the Spanish piece that English words without a counterpart come from: the padding piece
_SMOOTH = 1e-3  # smooth inverse frequency (Arora et al. 2017)


@dataclass(frozen=True, kw_only=True)
class Translations:
    """probability[i] = t(english[i] | spanish[i])."""

    spanish: npt.NDArray[np.int64]
    english: npt.NDArray[np.int64]
    probability: npt.NDArray[np.float64]


def align(pairs: Sequence[tuple[Sequence[int], Sequence[int]]], english_size: int) -> Translations:
    """Translation probabilities from pairs of (English, Spanish) piece ids."""
    links, slots = [], []
    slot = 0
    for english, spanish in pairs:
        if not english or not spanish or max(len(english), len(spanish)) > _LONGEST:
            continue
        source = np.array([_NULL, *spanish], dtype=np.int64)
        target = np.array(english, dtype=np.int64)
        links.append((source[None, :] * english_size + target[:, None]).ravel())
        slots.append(np.repeat(np.arange(slot, slot + len(target)), len(source)))
        slot += len(target)
    entries, link = np.unique(np.concatenate(links), return_inverse=True)
    place = np.concatenate(slots)
    spanish_of, english_of = np.divmod(entries, english_size)
    probability = np.ones(len(entries))
    for _ in range(_ITERATIONS):
        weight = probability[link]
        weight /= np.bincount(place, weight)[place]
        counts = np.bincount(link, weight, minlength=len(entries))
        probability = counts / np.bincount(spanish_of, counts)[spanish_of]
    kept = (probability >= _LEAST) & (spanish_of != _NULL)
    return Translations(spanish=spanish_of[kept], english=english_of[kept], probability=probability[kept])


def initial_vectors(
    found: Translations, pieces: npt.NDArray[np.float32], frequency: npt.NDArray[np.float64]
) -> npt.NDArray[np.float32]:
    """First vectors of the Spanish pieces: those of their translations, rare pieces weighing more.

    pieces: the teacher's vector of each English piece. frequency: relative frequency of each Spanish piece.
    Pieces that were never aligned get zeros.
    """
    vectors = np.zeros((len(frequency), pieces.shape[1]), dtype=np.float32)
    np.add.at(vectors, found.spanish, (found.probability[:, None] * pieces[found.english]).astype(np.float32))
    return (vectors * (_SMOOTH / (_SMOOTH + frequency))[:, None]).astype(np.float32)
