"""The steps that rebuild the model, on a tiny sample with a made teacher: the same input gives the same bytes."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.embedding import StaticEmbedder
from index.spanish_model.alignment import align
from index.spanish_model.compress import even_lengths, quantise, reduce_dimensions
from index.spanish_model.recipe import Recipe
from index.spanish_model.sources import DICTIONARY, HEADINGS, PARAGRAPHS, PARALLEL, Sources, read_sources
from index.spanish_model.train import build, write
from index.spanish_model.vocabulary import train_tokenizer

PAIRS = [
    ("the dog", "el perro"),
    ("the cat", "el gato"),
    ("the red house", "la casa roja"),
    ("a red dog", "un perro rojo"),
]
TINY = replace(
    Recipe(), pieces=300, dimensions=8, epochs=2, batch=4, warm_up=1, mixed_steps=2, mixed_distilled=4, mixed_sections=2
)


class MadeTeacher:
    """A vector for each word by its hash, a text is their mean."""

    def __init__(self) -> None:
        self._words = sorted({w for en, _ in PAIRS for w in en.split()})
        self.asked = 0

    @property
    def pieces(self) -> Sequence[str]:
        return self._words

    def tokenise(self, texts: Sequence[str]) -> list[list[int]]:
        return [[self._words.index(w) for w in text.split() if w in self._words] for text in texts]

    def vectors(self, texts: Sequence[str]) -> np.ndarray:
        self.asked += len(texts)
        found = np.array([np.mean([_vector(w) for w in text.split()], axis=0) for text in texts], dtype=np.float32)
        return found / np.linalg.norm(found, axis=1, keepdims=True)


def _vector(word: str) -> np.ndarray:
    seed = int(hashlib.sha256(word.encode()).hexdigest()[:8], 16)
    return np.random.default_rng(seed).standard_normal(16)


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    folder = tmp_path / "textos"
    folder.mkdir()
    body = "El objeto de esta ley es regular la pesca. Se aplica en todo el país. La autoridad dicta las normas."
    for name, lines in (
        (PARALLEL, [*(f"ntrex\t{en}\t{es}" for en, es in PAIRS * 3), "laser\tthe moon\tla luna"]),
        (DICTIONARY, ["dog\tperro", "to\t", "cat\tgato"]),
        (HEADINGS, [json.dumps(["Objeto de la ley", body]), json.dumps(["Ámbito de aplicación", body[::1]])]),
        (PARAGRAPHS, [body, "x1 y2 z3 ::: --- 99"]),
    ):
        (folder / name).write_bytes(gzip.compress("\n".join(lines).encode()))
    return read_sources(folder)


def test_sources_are_read_clean(sources: Sources) -> None:
    """Each pair once, no empty entry, no scanned rubbish, nothing whose licence is not clear."""
    assert sources.pairs == tuple(PAIRS)
    assert sources.terms == (("dog", "perro"), ("cat", "gato"))
    assert len(sources.paragraphs) == 1
    assert sources.splits
    assert all(sentence not in rest for sentence, rest in sources.splits)


def test_the_same_sources_give_the_same_bytes(sources: Sources, tmp_path: Path) -> None:
    """With the vocabulary that is kept: its trainer alone does not repeat itself."""
    teacher = MadeTeacher()
    kept = train_tokenizer(sources.spanish(), TINY.pieces)
    for name in ("uno", "dos"):
        write(build(sources, teacher, TINY, tmp_path / "work", kept), tmp_path / name)
        asked = teacher.asked
    for file in ("weights.npz", "tokenizer.json"):
        assert (tmp_path / "uno" / file).read_bytes() == (tmp_path / "dos" / file).read_bytes()
    write(build(sources, teacher, TINY, tmp_path / "work"), tmp_path / "tres")
    assert teacher.asked == asked  # what the teacher said is remembered on disk
    made = StaticEmbedder(tmp_path / "uno")
    assert made.dimensions == 8
    assert np.isfinite(made.passages(["el perro rojo", "casa"])).all()


def test_alignment_finds_the_translation() -> None:
    """IBM model 1: words that come together are each other's translation."""
    pairs = [([0, 1], [2, 3]), ([0, 4], [2, 5]), ([0, 6], [2, 7])] * 3  # 0 = the, 2 = el
    found = align(pairs, 10)
    best = {
        s: e
        for s, e, p in sorted(zip(found.spanish, found.english, found.probability, strict=True), key=lambda t: t[2])
    }
    assert best == {2: 0, 3: 1, 5: 4, 7: 6}


def test_compression_keeps_the_angles() -> None:
    draw = np.random.default_rng(1)
    vectors = (draw.standard_normal((50, 6)) @ draw.standard_normal((6, 32))).astype(np.float32)
    vectors[7] = 0
    kept = reduce_dimensions(vectors, vectors, 6)
    assert np.allclose(kept @ kept.T, vectors @ vectors.T, rtol=1e-3, atol=1e-2)
    q, s = quantise(kept)
    assert np.abs(q * s.astype(np.float32) - kept).max() <= np.abs(kept).max() / 127
    assert np.isfinite(even_lengths(vectors, np.full(50, 0.02), 0.5, 1e-3)).all()
