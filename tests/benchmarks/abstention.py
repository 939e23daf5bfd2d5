"""What is answered rightly, wrongly and refused, as the least chance of an answer grows.

python -m tests.benchmarks.abstention FILE [--limit N] [--group N] [--point NAME]

FILE is as for `tests.benchmarks.retrieval`. Half of its passages are loaded: questions of these should be answered from
their passage, those of the others refused. An answer is right when it cites the question's own passage. --group: loads
so many neighbouring passages at a time, as a report is, instead of all.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.chance import LIMITS, WORDS, Limits
from assistant.narrative import find_narrative
from index.search import PassageIndex
from index.sentences import sentences
from tests.benchmarks.retrieval import build, read

CURVE = {
    "words, no check": Limits(words=-1.0, sentence=2.0, section=2.0, apart=2.0),
    "words, as shipped": WORDS,
    "0.60 / 0.80": Limits(words=0.60, sentence=0.80),
    "0.75 / 0.85": Limits(words=0.75, sentence=0.85),
    "as shipped": LIMITS,
    "0.86 / 0.93": Limits(words=0.86, sentence=0.93),
    "0.92 / 0.97": Limits(words=0.92, sentence=0.97),
}
Asked = tuple[PassageIndex, str | None, str]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--limit", type=int, default=400, help="questions asked, spread over the file")
    parser.add_argument("--group", type=int, default=None, help="passages at a time, half of them loaded")
    parser.add_argument("--point", choices=CURVE, action="append", help="only this point of the curve")
    arguments = parser.parse_args()
    curve = {name: limits for name, limits in CURVE.items() if not arguments.point or name in arguments.point}
    rows = read(arguments.file)
    size = arguments.group or len(rows)
    found = {name: Counter[str]() for name in curve}
    asked = list(_asked(rows, size))
    for index, context, question in asked[:: max(1, len(asked) // arguments.limit)]:
        for name, limits in curve.items():
            found[name][_outcome(index, context, question, limits)] += 1
    for name, counts in found.items():
        total = sum(counts.values())
        shares = {key: round(100 * n / total, 1) for key, n in sorted(counts.items())}
        print(f"{name:24} {total} questions, in percent: {shares}", flush=True)  # noqa: T201


def _asked(rows: Sequence[tuple[str, list[str]]], size: int) -> Iterator[Asked]:
    for start in range(0, len(rows), size):
        part = rows[start : start + size]
        index = build([context for context, _ in part[::2]])
        for place, (context, questions) in enumerate(part):
            for question in questions:
                yield index, context if place % 2 == 0 else None, question


def _outcome(index: PassageIndex, context: str | None, question: str, limits: Limits) -> str:
    best = find_narrative(question, index, limits=limits).best
    if best is None or best.unexplained or not best.citations:
        return "refused, rightly" if context is None else "refused, though there"
    quoted = [" ".join(s.split()) for line in best.citations[0].text.splitlines() for s in sentences(line)]
    whole = " ".join((context or "").split())
    return "right" if all(quote in whole for quote in quoted) else "wrong"


if __name__ == "__main__":
    main()
