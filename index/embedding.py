"""Sentence vectors: the model that ships, by numpy and tokenizers alone, and the seam for any other.

Our model (`index/spanish_model`) gives each piece of a word a vector; a text is their mean, at unit length.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from index.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from tokenizers import Tokenizer

    Vectors = npt.NDArray[np.float32]

OWN_MODEL = Path(__file__).parent / "spanish_model"
_WEIGHTS, _TOKENIZER = "weights.npz", "tokenizer.json"
_FEW = 16  # texts that are read one by one
_LONGEST = 200_000  # tokens gathered at once: two hundred megabytes


class Embedder(Protocol):
    """A model of sentence vectors. All rows have unit length; a text that says nothing has zeros."""

    @property
    def id(self) -> str:
        """Tells vectors of this model from those of any other: what an index remembers."""
        ...

    @property
    def dimensions(self) -> int:
        """Numbers in a vector."""
        ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts to be found."""
        ...

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions."""
        ...


def is_static(folder: Path) -> bool:
    """Whether a folder holds a model in our own form."""
    return (folder / _WEIGHTS).is_file() and (folder / _TOKENIZER).is_file()


@lru_cache(maxsize=8)
def _hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in (_WEIGHTS, _TOKENIZER):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:16]


@lru_cache(maxsize=4)
def _loaded(folder: Path) -> tuple[npt.NDArray[np.int8], Vectors]:
    import numpy as np  # noqa: PLC0415 - a figure question does without

    with np.load(folder / _WEIGHTS) as data:
        return data["q"], data["s"].astype(np.float32)


@lru_cache(maxsize=4)
def _tokenizer(folder: Path) -> Tokenizer:
    from tokenizers import Tokenizer  # noqa: PLC0415 - only a question by meaning cuts text into pieces

    return Tokenizer.from_file(str(folder / _TOKENIZER))


class StaticEmbedder:
    """A model in our own form: int8 rows with a scale each, and a tokenizer. Loads in a fifth of a second, once."""

    def __init__(self, folder: Path = OWN_MODEL) -> None:
        self._folder = folder
        if not is_static(folder):
            raise ModelError(f"No hay un modelo de vectores en «{folder}»: faltan {_WEIGHTS} o {_TOKENIZER}.")

    @property
    def id(self) -> str:
        """The hash of its files."""
        return f"static-{_hash(self._folder)}"

    @property
    def dimensions(self) -> int:
        """Numbers in a vector."""
        return int(_loaded(self._folder)[0].shape[1])

    def table(self) -> Vectors:
        """The vector of every piece."""
        import numpy as np  # noqa: PLC0415 - a figure question embeds nothing

        numbers, scales = _loaded(self._folder)
        return np.asarray(numbers.astype(np.float32) * scales)

    def means(self, pieces: npt.NDArray[np.integer], offsets: npt.NDArray[np.int64]) -> Vectors:
        """The mean of each run of pieces, at unit length; zeros for an empty run. offsets: where runs begin and end."""
        import numpy as np  # noqa: PLC0415 - a figure question embeds nothing

        numbers, scales = _loaded(self._folder)
        lengths = np.diff(offsets)
        found = np.zeros((len(lengths), numbers.shape[1]), dtype=np.float32)
        some = lengths > 0
        if some.any():
            different, back = np.unique(pieces, return_inverse=True)
            rows = (numbers[different].astype(np.float32) * scales[different])[back]
            mean = rows if len(rows) == len(lengths) else np.add.reduceat(rows, offsets[:-1][some], axis=0)
            mean /= np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-12)
            found[some] = mean
        return found

    def nearness(self, query: Vectors, pieces: npt.NDArray[np.integer], offsets: npt.NDArray[np.int64]) -> Vectors:
        """(runs, rows of query): the cosine of each run of pieces, as `means` would give its vector, to each query row.

        Sums of products are products of sums: only the lengths of runs of several pieces need their vectors.
        """
        import numpy as np  # noqa: PLC0415 - a figure question embeds nothing

        numbers, scales = _loaded(self._folder)
        lengths = np.diff(offsets)
        found = np.zeros((len(lengths), len(query)), dtype=np.float32)
        if not len(pieces):
            return found
        different, back = np.unique(pieces, return_inverse=True)
        rows = numbers[different].astype(np.float32) * scales[different]
        products, lone = rows @ query.T, np.linalg.norm(rows, axis=1)
        norms = np.ones(len(lengths), dtype=np.float32)
        one = np.flatnonzero(lengths == 1)
        first = back[offsets[one]]
        found[one], norms[one] = products[first], lone[first]
        several = np.flatnonzero(lengths > 1)
        if len(several):
            bounds = np.concatenate([[0], np.cumsum(lengths[several])])
            inside = back[np.arange(bounds[-1]) + np.repeat(offsets[several] - bounds[:-1], lengths[several])]
            found[several] = np.add.reduceat(products[inside], bounds[:-1], axis=0)
            norms[several] = np.linalg.norm(np.add.reduceat(rows[inside], bounds[:-1], axis=0), axis=1)
        return np.asarray(found / np.maximum(norms, 1e-12)[:, None])

    def pieces(self, texts: Sequence[str]) -> list[list[int]]:
        """The pieces of some texts."""
        if len(texts) < _FEW:  # the threads of a batch take longer to wake
            return [self.tokenizer.encode(text, add_special_tokens=False).ids for text in texts]
        return [e.ids for e in self.tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]

    @property
    def tokenizer(self) -> Tokenizer:
        """Text to pieces."""
        return _tokenizer(self._folder)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts."""
        import numpy as np  # noqa: PLC0415 - a figure question embeds nothing

        ids = self.pieces(texts)
        offsets = np.cumsum([0, *map(len, ids)])
        flat = np.fromiter((i for one in ids for i in one), dtype=np.int64, count=int(offsets[-1]))
        parts = []
        start = 0
        while start < len(ids):  # as many texts at once as fit
            end = max(start + 1, int(np.searchsorted(offsets, offsets[start] + _LONGEST, side="right")) - 1)
            parts.append(self.means(flat[offsets[start] : offsets[end]], offsets[start : end + 1] - offsets[start]))
            start = end
        return np.concatenate(parts) if parts else np.zeros((0, self.dimensions), dtype=np.float32)

    def queries(self, texts: Sequence[str]) -> Vectors:
        """As `passages`: the model has no prefixes."""
        return self.passages(texts)
