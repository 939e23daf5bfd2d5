"""The search by meaning over a hundred thousand passages: to open, to ask, and how much memory it takes.

python -m tests.benchmarks.many_passages FILE [number of passages]

FILE is as for `tests.benchmarks.retrieval`: its passages are repeated, with other numbers of report and place in them,
until there are enough. The stems of the lexical part are made when a store is opened; the arrays of each report are
kept in the store, and read back.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from assistant.asking import ask
from index.embedding import StaticEmbedder
from index.meaning import Meaning, open_meaning
from index.model import Chunk, ChunkKind, Document, Report
from index.search import PassageIndex
from index.sqlite_store import SqliteStore
from tests.benchmarks.retrieval import read

_EACH = 500  # passages of a report


def main() -> None:
    """Run and print."""
    rows = read(Path(sys.argv[1]))
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    contexts = [context for context, _ in rows]
    with tempfile.TemporaryDirectory() as folder, closing(SqliteStore(Path(folder))) as store:
        reports = [_report(number, contexts) for number in range(count // _EACH)]
        for report in reports:
            store.add(report)
        built = PassageIndex.build(reports)
        opened = partial(open_meaning, embedder=StaticEmbedder(), store=store)
        shelves = list(built.shelves.values())
        _timed("vectors made and kept", lambda: opened(shelves))
        before = _memory()
        meaning = _timed("vectors opened again", lambda: opened(shelves))
        print(f"memory of the vectors: {_memory() - before:.0f} MB more")  # noqa: T201
        index = PassageIndex(
            shelves=built.shelves,
            all_passages=built.all_passages,
            _scorer=built._scorer,
            _open_meaning=lambda _: meaning,
        )
        _ask(index, [question for _, questions in rows[::7] for question in questions[:1]])


def _report(number: int, contexts: list[str]) -> Report:
    name = f"r{number}"
    chunks = tuple(
        Chunk(
            id=f"{name}:c{i}",
            document=name,
            kind=ChunkKind.PARAGRAPH,
            section=(),
            text=f"{contexts[(number * _EACH + i) % len(contexts)]} ({number}-{i})",
            order=i,
        )
        for i in range(_EACH)
    )
    return Report(document=Document(id=name, file=f"{name}.txt", title="", kind="txt"), tables=(), chunks=chunks)


def _timed(name: str, work: partial[Meaning] | object) -> Meaning:
    start = time.perf_counter()
    made = work()  # type: ignore[operator]
    print(f"{name}: {time.perf_counter() - start:.2f} s")  # noqa: T201
    return made


def _memory() -> float:
    """Megabytes that the process held at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _ask(index: PassageIndex, questions: list[str]) -> None:
    times = []
    for question in questions:
        asked = ask(question, frozenset())
        stems = [t.stem for t in asked.terms]
        index.search(stems, text=asked.text) if not times else None
        start = time.perf_counter()
        index.search(stems, text=asked.text, k=40)
        times.append((time.perf_counter() - start) * 1000)
    print(f"{len(index.all_passages)} passages, {len(times)} questions: median {median(times):.1f} ms,", end=" ")  # noqa: T201
    print(f"95th percentile {quantiles(times, n=20)[-1]:.1f} ms")  # noqa: T201


if __name__ == "__main__":
    main()
