"""Rebuild the model: `python -m index.spanish_model.train SOURCES --work FOLDER`.

Needs the extra `train`. On two cores of their own: ten minutes for the teacher's vectors (kept in the work folder, and
used again), then six for the rest. The weights replace those of this package unless --out says where else.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from index.spanish_model.alignment import align, initial_vectors
from index.spanish_model.compress import even_lengths, quantise, reduce_dimensions
from index.spanish_model.recipe import Recipe
from index.spanish_model.sources import Sources, read_sources
from index.spanish_model.student import Bags, Lessons, train
from index.spanish_model.teacher import MiniLm, Teacher, remembered_vectors
from index.spanish_model.vocabulary import train_tokenizer

_log = logging.getLogger(__name__)
WEIGHTS = "weights.npz"
TOKENIZER = "tokenizer.json"


@dataclass(frozen=True, kw_only=True)
class Model:
    """A trained model before it is written. vectors: one row a piece."""

    tokenizer: Tokenizer
    vectors: npt.NDArray[np.float32]


def build(sources: Sources, teacher: Teacher, recipe: Recipe, work: Path, tokenizer: Tokenizer | None = None) -> Model:
    """All steps, from texts to vectors of the recipe's dimensions. tokenizer: the vocabulary, made anew when None.

    The trainer of tokenizers breaks ties by the order of a hash table, another one in each run: the same vectors need
    the same vocabulary.
    """
    tokenizer = tokenizer or train_tokenizer(sources.spanish(), recipe.pieces)
    _log.info("vocabulary: %d pieces", tokenizer.get_vocab_size())
    lessons = _lessons(sources, teacher, tokenizer, work)
    first = _first_vectors(sources, teacher, tokenizer, lessons, work)
    trained = train(first, lessons, recipe)
    read = (lessons.distilled, lessons.sections[1], lessons.splits[1])
    counts = np.bincount(np.concatenate([bags.ids for bags in read]), minlength=len(trained)) + 1.0
    trained = even_lengths(trained, counts / counts.sum(), recipe.evened, recipe.smooth)
    sample = np.random.default_rng(recipe.seed).permutation(len(lessons.distilled))[: recipe.reduced_over]
    sentences = mean_vectors(trained, lessons.distilled, sample)
    return Model(tokenizer=tokenizer, vectors=reduce_dimensions(trained, sentences, recipe.dimensions))


def write(model: Model, folder: Path) -> None:
    """The files that answers read: the same vectors always give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    q, s = quantise(model.vectors)
    np.savez_compressed(folder / WEIGHTS, q=q, s=s)
    model.tokenizer.save(str(folder / TOKENIZER), pretty=False)


def mean_vectors(vectors: npt.NDArray[np.float32], bags: Bags, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    """Sentence vectors of unit length for some texts."""
    ids, offsets = bags.take(rows)
    total = np.add.reduceat(vectors[ids], offsets, axis=0)
    lengths = np.linalg.norm(total, axis=1, keepdims=True)
    return np.asarray(total / np.maximum(lengths, 1e-9), dtype=np.float32)


def _ids(tokenizer: Tokenizer, texts: Sequence[str]) -> list[list[int]]:
    return [e.ids or [1] for e in tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]


def _bags(tokenizer: Tokenizer, pairs: Sequence[tuple[str, str]]) -> tuple[Bags, Bags]:
    return Bags.of(_ids(tokenizer, [a for a, _ in pairs])), Bags.of(_ids(tokenizer, [b for _, b in pairs]))


def _lessons(sources: Sources, teacher: Teacher, tokenizer: Tokenizer, work: Path) -> Lessons:
    groups = (sources.pairs, sources.passages, sources.terms)
    taught = np.concatenate([remembered_vectors(teacher, [en for en, _ in g], work / "teacher") for g in groups if g])
    return Lessons(
        distilled=Bags.of(_ids(tokenizer, [es for g in groups for _, es in g])),
        taught=taught,
        sections=_bags(tokenizer, sources.sections),
        splits=_bags(tokenizer, sources.splits),
    )


def _first_vectors(
    sources: Sources, teacher: Teacher, tokenizer: Tokenizer, lessons: Lessons, work: Path
) -> npt.NDArray[np.float32]:
    english = teacher.tokenise([en for en, _ in (*sources.pairs, *sources.terms)])
    spanish = _ids(tokenizer, [es for _, es in (*sources.pairs, *sources.terms)])
    found = align(list(zip(english, spanish, strict=True)), len(teacher.pieces))
    pieces = remembered_vectors(teacher, [p.removeprefix("##") for p in teacher.pieces], work / "teacher")
    counts = np.bincount(lessons.distilled.ids, minlength=tokenizer.get_vocab_size())
    return initial_vectors(found, pieces, counts / counts.sum())


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", type=Path, help="folder of the training texts")
    parser.add_argument("--work", type=Path, required=True, help="folder where the teacher's vectors are kept")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="folder to write the model to")
    parser.add_argument(
        "--new-vocabulary", action="store_true", help="train another tokenizer, not that of this package"
    )
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    kept = None if arguments.new_vocabulary else Tokenizer.from_file(str(Path(__file__).parent / TOKENIZER))
    write(build(read_sources(arguments.sources), MiniLm(), Recipe(), arguments.work, kept), arguments.out)


if __name__ == "__main__":
    main()
