"""Sentence vectors: the same by numpy and by sentence-transformers, light to load, and any other model or a clear refusal."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.embedding import OWN_MODEL, StaticEmbedder
from index.embedding_choice import VARIABLE, chosen_embedder
from index.errors import ModelError

TEXTS = (
    "¿A quién sirve la institución?",
    "Población objetivo: los beneficiarios del programa, año 2023.",
    "Ñandú",
    "palabrainexistentísima 123,45 % Q5",
)


def test_both_loaders_give_the_same_vectors() -> None:
    """The model is a real SentenceTransformer, and numpy with tokenizers alone does the same."""
    from index.sentence_model import static_as_sentence_model

    theirs = static_as_sentence_model(OWN_MODEL).encode(list(TEXTS))
    assert np.abs(theirs - StaticEmbedder().passages(TEXTS)).max() < 1e-6


def test_vectors_have_unit_length_and_nothing_has_none() -> None:
    found = StaticEmbedder().passages([*TEXTS, "", "   "])
    assert np.allclose(np.linalg.norm(found[: len(TEXTS)], axis=1), 1, atol=1e-5)
    assert not found[len(TEXTS) :].any()
    assert StaticEmbedder().passages([]).shape == (0, StaticEmbedder().dimensions)


def test_many_texts_are_the_same_as_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many are gathered at once."""
    monkeypatch.setattr("index.embedding._LONGEST", 200)
    many = StaticEmbedder().passages(["el presupuesto vigente de la institución"] * 300)
    assert len(many) == 300
    assert np.abs(many - many[0]).max() < 1e-6


@pytest.mark.parametrize(
    ("near", "far"),
    [
        (("los beneficiarios", "quienes reciben el servicio"), ("los beneficiarios", "el precio del combustible")),
        (("qué se logró", "resultados de la gestión"), ("qué se logró", "base legal")),
        (("dinero disponible", "recursos financieros"), ("dinero disponible", "recursos humanos")),
    ],
)
def test_what_means_the_same_is_near(near: tuple[str, str], far: tuple[str, str]) -> None:
    one, two = StaticEmbedder().passages(near), StaticEmbedder().passages(far)
    assert one[0] @ one[1] > two[0] @ two[1]


def test_the_model_is_small_and_loads_with_numpy_and_tokenizers_alone() -> None:
    assert (OWN_MODEL / "weights.npz").stat().st_size <= 12_000_000
    code = (
        "import sys; from index.embedding import StaticEmbedder; StaticEmbedder().queries(['hola']); "
        "assert not {'torch', 'transformers', 'sentence_transformers', 'llama_index'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("name", ["/no/hay/tal/carpeta", "intfloat/multilingual-e5-small", "no/hay:tal*modelo"])
def test_a_missing_model_is_one_clear_line_at_once(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Never a silent fall back to ours, never a minute of waiting for a hub."""
    monkeypatch.setenv(VARIABLE, name)
    monkeypatch.setenv("HF_HOME", "/no/hay")
    with pytest.raises(ModelError) as caught:
        chosen_embedder()
    assert name in str(caught.value)
    assert VARIABLE in str(caught.value)
    assert "\n" not in str(caught.value)


def test_another_folder_is_another_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder in our own form, and a folder of sentence-transformers with the prefixes of its family."""
    from index.sentence_model import static_as_sentence_model

    folder = tmp_path / "mi-e5"
    static_as_sentence_model(OWN_MODEL).save(str(folder))
    monkeypatch.setenv(VARIABLE, str(folder))
    other = chosen_embedder()
    assert other.id != StaticEmbedder().id
    assert other.dimensions == StaticEmbedder().dimensions
    told = StaticEmbedder().passages(["query: faros", "passage: faros"])
    assert np.abs(other.queries(["faros"])[0] - told[0]).max() < 1e-5
    assert np.abs(other.passages(["faros"])[0] - told[1]).max() < 1e-5
