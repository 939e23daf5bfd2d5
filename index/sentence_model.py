"""Models of sentence-transformers. The one file that imports it: six seconds, only when such a model is asked for."""

from __future__ import annotations

from typing import Any


def open_sentence_model(name: str, *, half: bool = False) -> Any:
    """A SentenceTransformer from a local folder or the local copy of a hub model; the network is never tried.

    half: bfloat16 weights. Raises OSError when it is not there.
    """
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - heavy

    model = SentenceTransformer(name, device="cpu", local_files_only=True)
    return model.bfloat16() if half else model
