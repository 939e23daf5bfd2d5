"""What is answered rightly, wrongly and refused, as the limits of the answers by meaning grow.

python -m tests.benchmarks.abstention FILE [--limit N]

FILE is as for `tests.benchmarks.retrieval`. Half of its passages are loaded: questions of these should be answered from
their passage, those of the others refused. An answer is right when it cites the question's own passage.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import replace
from pathlib import Path

from assistant import by_meaning
from assistant.narrative import find_narrative
from index.search import PassageIndex
from index.sentences import sentences
from tests.benchmarks.retrieval import build, read

STEPS = (None, 0.66)  # cosine to the best sentence; None: words alone


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--limit", type=int, default=400, help="questions asked, spread over the file")
    arguments = parser.parse_args()
    rows = read(arguments.file)
    index = build([context for context, _ in rows[::2]])
    asked = [(context if i % 2 == 0 else None, q) for i, (context, questions) in enumerate(rows) for q in questions]
    asked = asked[:: max(1, len(asked) // arguments.limit)]
    usual = by_meaning.LIMITS
    for least in STEPS:
        limits = usual if least is None else replace(usual, sentence=least)
        by_meaning.from_meaning.__defaults__ = (limits,)  # one run for each limit
        found = Counter(_outcome(index, context, q, by_meaning=least is not None) for context, q in asked)
        print(least, {name: round(100 * n / len(asked), 1) for name, n in sorted(found.items())}, flush=True)  # noqa: T201


def _outcome(index: PassageIndex, context: str | None, question: str, *, by_meaning: bool) -> str:
    best = find_narrative(question, index, by_meaning=by_meaning).best
    if best is None or best.unexplained or not best.citations:
        return "refused, rightly" if context is None else "refused, though there"
    quoted = [" ".join(s.split()) for line in best.citations[0].text.splitlines() for s in sentences(line)]
    whole = " ".join((context or "").split())
    return "right" if all(quote in whole for quote in quoted) else "wrong"


if __name__ == "__main__":
    main()
