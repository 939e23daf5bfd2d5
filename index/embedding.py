"""Sentence vectors: the model that ships, by numpy and tokenizers alone, and the seam for any other.

Our model (`index/spanish_model`) gives each piece of a word a vector; a text is their mean, at unit length.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
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


class StaticEmbedder:
    """A model in our own form: int8 rows with a scale each, and a tokenizer. Loads in a fifth of a second."""

    def __init__(self, folder: Path = OWN_MODEL) -> None:
        self._folder = folder
        if not is_static(folder):
            raise ModelError(f"No hay un modelo de vectores en «{folder}»: faltan {_WEIGHTS} o {_TOKENIZER}.")

    @cached_property
    def id(self) -> str:
        """The hash of its files."""
        digest = hashlib.sha256()
        for name in (_WEIGHTS, _TOKENIZER):
            digest.update((self._folder / name).read_bytes())
        return f"static-{digest.hexdigest()[:16]}"

    @property
    def dimensions(self) -> int:
        """Numbers in a vector."""
        return int(self.weights.shape[1])

    @cached_property
    def weights(self) -> Vectors:
        """One row a piece."""
        import numpy as np  # noqa: PLC0415 - a figure question does without

        with np.load(self._folder / _WEIGHTS) as data:
            return np.asarray(data["q"].astype(np.float32) * data["s"].astype(np.float32))

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """Text to pieces."""
        from tokenizers import Tokenizer  # noqa: PLC0415 - as above

        return Tokenizer.from_file(str(self._folder / _TOKENIZER))

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts."""
        import numpy as np  # noqa: PLC0415 - as above

        found = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        ids = [e.ids for e in self.tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]
        rows: list[int] = []
        held = 0
        for row, pieces in enumerate(ids):
            rows.append(row)
            held += len(pieces)
            if held > _LONGEST or row == len(ids) - 1:
                self._fill(found, [r for r in rows if ids[r]], ids)
                rows, held = [], 0
        return found

    def queries(self, texts: Sequence[str]) -> Vectors:
        """As `passages`: the model has no prefixes."""
        return self.passages(texts)

    def _fill(self, found: Vectors, rows: Sequence[int], ids: Sequence[Sequence[int]]) -> None:
        import numpy as np  # noqa: PLC0415 - as above

        if not rows:
            return
        lengths = np.array([len(ids[r]) for r in rows])
        flat = np.fromiter((i for r in rows for i in ids[r]), dtype=np.int64, count=int(lengths.sum()))
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        mean = np.add.reduceat(self.weights[flat], starts, axis=0) / lengths[:, None]
        found[list(rows)] = mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-12)
