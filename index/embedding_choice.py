"""Which model of sentence vectors is used: ours, or the one that CONSTA_MODELO names."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from index.embedding import Embedder, StaticEmbedder, is_static

VARIABLE = "CONSTA_MODELO"


def chosen_embedder() -> Embedder:
    """The model to use. Raises ModelError, in Spanish, when the one that was asked for is not there."""
    return open_embedder(os.environ.get(VARIABLE, "").strip())


@lru_cache(maxsize=4)
def open_embedder(name: str) -> Embedder:
    """A model by the name of a folder or of a hub; ours for an empty name."""
    if not name:
        return StaticEmbedder()
    if is_static(Path(name)):
        return StaticEmbedder(Path(name))
    from index.sentence_model import SentenceEmbedder  # noqa: PLC0415 - heavy

    return SentenceEmbedder(name)
