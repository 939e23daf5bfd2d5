"""Models of sentence-transformers. The one file that imports it: six seconds, only when such a model is asked for.

The network is never tried: a model is a folder, or a name of the hub whose files were fetched before.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Sequence
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import ModelError

if TYPE_CHECKING:
    from index.embedding import Vectors


def open_sentence_model(name: str, *, half: bool = False) -> Any:
    """A SentenceTransformer from a local folder or the local copy of a hub model. half: bfloat16 weights.

    Raises OSError or ValueError when it is not there or is no such model.
    """
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # a name that is not there would hang for a minute
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - heavy

    model = SentenceTransformer(name, device="cpu", local_files_only=True)
    return model.bfloat16() if half else model


def static_as_sentence_model(folder: Path) -> Any:
    """A model in our own form (`index.embedding.StaticEmbedder`) as a SentenceTransformer: the same vectors."""
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - heavy
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding  # noqa: PLC0415 - loads torch

    from index.embedding import StaticEmbedder  # noqa: PLC0415 - only here

    model = StaticEmbedder(folder)
    return SentenceTransformer(
        modules=[StaticEmbedding(model.tokenizer, embedding_weights=model.table()), Normalize()], device="cpu"
    )


@lru_cache(maxsize=1)
def _families() -> tuple[dict[str, str], ...]:
    data = tomllib.loads((files("index") / "data" / "models.toml").read_text(encoding="utf-8"))
    return tuple(data["family"])


class SentenceEmbedder:
    """Any model of sentence-transformers, with the prefixes that its family was trained with.

    Raises ModelError, in Spanish and at once, when the model is not on this machine.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        family = next((f for f in _families() if f["names"] in name.lower()), {})
        self._query, self._passage = family.get("query", ""), family.get("passage", "")
        if not Path(name).exists() and not _fetched(name):
            raise ModelError(
                f"El modelo de vectores «{name}» no está en este equipo: indique en CONSTA_MODELO una carpeta con el "
                "modelo, descárguelo antes, o quite la variable para usar el que trae Consta."
            )
        try:
            self._model = open_sentence_model(name)
        except (OSError, ValueError) as error:
            raise ModelError(
                f"El modelo de vectores «{name}» no se puede abrir ({type(error).__name__}): compruebe que es un modelo "
                "de sentence-transformers completo, o quite CONSTA_MODELO para usar el que trae Consta."
            ) from error

    @cached_property
    def id(self) -> str:
        """Its name, prefixes and the vector of a sentence: a folder whose files change is another model."""
        probe = self.passages(["La institución rinde cuentas de su presupuesto."])
        digest = hashlib.sha256(probe.round(3).tobytes()).hexdigest()[:12]
        return f"{self._name}|{self._query}|{self._passage}|{digest}"

    @property
    def dimensions(self) -> int:
        """Numbers in a vector."""
        return int(self._model.get_sentence_embedding_dimension())

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts to be found."""
        return self._vectors([self._passage + text for text in texts])

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions."""
        return self._vectors([self._query + text for text in texts])

    def _vectors(self, texts: list[str]) -> Vectors:
        found: Vectors = self._model.encode(texts, normalize_embeddings=True, show_progress_bar=False).astype("float32")
        return found


def _fetched(name: str) -> bool:
    """Whether the files of a hub model are on this machine, told without asking the hub or loading the model."""
    from huggingface_hub import try_to_load_from_cache  # noqa: PLC0415 - only for a model of a hub
    from huggingface_hub.errors import HFValidationError  # noqa: PLC0415 - only a name of a hub can fail so

    try:
        return isinstance(try_to_load_from_cache(name, "config.json"), str)
    except HFValidationError:
        return False
