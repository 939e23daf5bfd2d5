"""The search over a hundred thousand passages: to make, to open, to ask, and how much memory it takes.

python -m tests.benchmarks.many_passages FILE [--passages N] [--keep FOLDER]

FILE is as for `tests.benchmarks.retrieval`: its passages are repeated, with other numbers of report and place in them,
until there are enough. What opens and asks runs in a process of its own, so that its memory is its own. --keep: a
folder whose store is used again when it holds as many passages.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import TypeVar

from assistant.asking import ask
from index.at_load import keep_derived
from index.embedding import StaticEmbedder
from index.kept import open_prose
from index.meaning import open_meaning
from index.model import Chunk, ChunkKind, Document, Report
from index.search import PassageIndex
from index.sqlite_store import SqliteStore
from tests.benchmarks.retrieval import read

_EACH = 500  # passages of a report
T = TypeVar("T")


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, default=None)
    parser.add_argument("--opened", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.opened:
        _open_and_ask(arguments.keep, arguments.file)
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or Path(temporary)
        contexts = [context for context, _ in read(arguments.file)]
        _fill(folder, contexts, arguments.passages)
        new = _report(arguments.passages, contexts)
        for times, change in (
            ("first, all runs made", None),
            ("again, mapped", None),
            ("one report more", lambda store: _added(store, new)),
            ("that report removed", lambda store: store.remove(new.document.id)),
        ):
            if change is not None:
                with closing(SqliteStore(folder)) as store:
                    change(store)
            print(f"— {times}", flush=True)  # noqa: T201
            call = [sys.executable, "-m", "tests.benchmarks.many_passages", str(arguments.file), "--opened"]
            subprocess.run([*call, "--keep", str(folder)], check=True)


def _fill(folder: Path, contexts: list[str], count: int) -> None:
    with closing(SqliteStore(folder)) as store:
        reports = [_report(number, contexts) for number in range(count // _EACH)]
        if sum(size.chunks for size in store.sizes().values()) != count:
            for report in reports:
                store.add(report)
        _timed(f"words and vectors of {count} passages", lambda: [keep_derived(store, r) for r in reports])


def _added(store: SqliteStore, report: Report) -> None:
    store.add(report)
    _timed(f"words and vectors of one more report ({_EACH} passages)", lambda: keep_derived(store, report))


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


def _open_and_ask(folder: Path, file: Path) -> None:
    questions = [question for _, questions in read(file)[::7] for question in questions[:1]]
    with closing(SqliteStore(folder)) as store:
        index = _timed("index opened", lambda: _opened(store))
        _told("when opened")
        _ask(index, questions)
        _told("after the questions")


def _opened(store: SqliteStore) -> PassageIndex:
    """Words and vectors of all passages, ready to be asked."""
    meaning = partial(open_meaning, embedder=StaticEmbedder(), store=store)
    index = open_prose(store, store.documents(), store.report, meaning=meaning)
    assert index is not None
    assert index.meaning is not None
    return index


def _told(when: str) -> None:
    own, mapped, most = _memory()
    print(  # noqa: T201
        f"memory {when}: {own + mapped:.0f} MB, of it {mapped:.0f} MB mapped files; at most {most:.0f} MB so far",
        flush=True,
    )


def _timed(name: str, work: Callable[[], T]) -> T:
    start, used = time.perf_counter(), time.process_time()
    made = work()
    print(f"{name}: {time.perf_counter() - start:.2f} s ({time.process_time() - used:.2f} s of processor)", flush=True)  # noqa: T201
    return made


def _memory() -> tuple[float, float, float]:
    """Megabytes that the process holds: its own, of files mapped, and the most it ever held. Zeros where not told."""
    status = Path("/proc/self/status")
    said = dict(line.split(":", 1) for line in status.read_text().splitlines()) if status.exists() else {}
    own, mapped, most = (int(said.get(key, "0 kB").split()[0]) / 1024 for key in ("RssAnon", "RssFile", "VmHWM"))
    return own, mapped, most


def _ask(index: PassageIndex, questions: list[str]) -> None:
    clocks: list[tuple[float, float]] = []
    for question in questions:
        asked = ask(question, frozenset())
        stems = [t.stem for t in asked.terms]
        index.search(stems, text=asked.text) if not clocks else None
        start, used = time.perf_counter(), time.process_time()
        index.search(stems, text=asked.text, k=40)
        clocks.append(((time.perf_counter() - start) * 1000, (time.process_time() - used) * 1000))
    for name, times in zip(("on the clock", "of processor"), zip(*clocks, strict=True), strict=True):
        print(  # noqa: T201
            f"{len(index.all_passages)} passages, {len(times)} questions {name}: median {median(times):.1f} ms, "
            f"95th percentile {quantiles(times, n=20)[-1]:.1f} ms"
        )


if __name__ == "__main__":
    main()
