"""How often the passage that answers is found: words alone, vectors alone, and both as answers use them.

python -m tests.benchmarks.retrieval FILE [--limit N] [--way NAME]

FILE holds JSON lines {"context", "questions"}, plain or gzip: each context is a passage, the answer to its questions.
Prints R@1, R@5, MRR@10 and milliseconds a query. The questions go the whole way of `assistant.narrative.find_passages`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from assistant.narrative import find_passages
from index.embedding_choice import chosen_embedder
from index.hybrid import LEXICAL, VECTORS, Weights
from index.meaning import open_meaning
from index.model import Chunk, ChunkKind, Document, Report
from index.search import PassageIndex

WAYS = {"BM25": LEXICAL, "vectores": VECTORS, "fusión": Weights()}


def read(path: Path) -> list[tuple[str, list[str]]]:
    """(passage, its questions) of a file."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8")
    return [(row["context"], row["questions"]) for row in map(json.loads, filter(None, text.splitlines()))]


def build(contexts: Sequence[str]) -> PassageIndex:
    """An index with one report whose passages are the contexts."""
    document = Document(id="corpus", file="corpus.txt", title="", kind="txt")
    chunks = tuple(
        Chunk(id=f"corpus:c{i}", document="corpus", kind=ChunkKind.PARAGRAPH, section=(), text=text, order=i)
        for i, text in enumerate(contexts)
    )
    meaning = partial(open_meaning, embedder=chosen_embedder())
    return PassageIndex.build([Report(document=document, tables=(), chunks=chunks)], meaning=meaning)


def scores(ranks: Sequence[int | None]) -> tuple[float, float, float]:
    """(R@1, R@5, MRR@10) in percent. ranks: 1 for the first; None when it was not found."""
    share = [
        sum(r is not None and r <= 1 for r in ranks),
        sum(r is not None and r <= 5 for r in ranks),
        sum(1 / r for r in ranks if r is not None and r <= 10),
    ]
    return tuple(100 * s / len(ranks) for s in share)  # type: ignore[return-value]  # three of them


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--limit", type=int, default=None, help="questions asked, spread over the file")
    parser.add_argument("--way", choices=WAYS, action="append", help="only this way of searching")
    arguments = parser.parse_args()
    rows = read(arguments.file)
    asked = [(place, question) for place, (_, questions) in enumerate(rows) for question in questions]
    if arguments.limit is not None:
        asked = asked[:: max(1, len(asked) // arguments.limit)]
    started = time.perf_counter()
    index = build([context for context, _ in rows])
    assert index.meaning is not None
    print(f"{len(rows)} pasajes, {len(asked)} preguntas; índice en {time.perf_counter() - started:.1f} s")  # noqa: T201
    print(f"modelo: {index.meaning.model}")  # noqa: T201
    find_passages(asked[0][1], index)
    for name, weights in WAYS.items():
        if arguments.way and name not in arguments.way:
            continue
        ranks: list[int | None] = []
        started = time.perf_counter()
        for place, question in asked:
            hits = find_passages(question, index, search=partial(index.search, weights=weights))
            ranks.append(next((n for n, hit in enumerate(hits, 1) if hit.passage.place == place), None))
        each = (time.perf_counter() - started) / len(asked) * 1000
        first, five, reciprocal = scores(ranks)
        line = f"{name:10} R@1 {first:5.1f}  R@5 {five:5.1f}  MRR@10 {reciprocal:5.1f}  {each:6.2f} ms a question"
        print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
