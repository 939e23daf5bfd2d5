"""What is answered rightly, wrongly and refused over reports, as the least chance of an answer grows.

python -m tests.benchmarks.abstention_reports --over STORE FILE [FILE ...] [--over ...] [--point X ...] [--told X]

STORE is a folder of loaded reports, FILE a golden set over them. Asked are the questions that expect words of the
report, or that nothing is found; counted are the answers in prose, for the tables have chances of their own. An answer
"in part" tells one of two things asked, and says that the other is not there. --point:
the least chance of sentences under a heading that say the whole question; the other limits stay as they are shipped.
--told: the point whose wrong answers are printed. The questions are split in two halves by their text, so that what is
chosen on one can be seen on the other.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from dataclasses import replace
from pathlib import Path

from assistant import chance
from assistant.assistant import Assistant
from assistant.evaluation import evaluate
from assistant.evaluation.cases import Case
from assistant.evaluation.golden import read_golden_set
from assistant.evaluation.judge import Outcome
from assistant.evaluation.report import CaseResult

_LACKS = "No consta en los informes cargados"  # of one question of two, which the answer names
SHIPPED = chance.LIMITS
POINTS = (0.40, 0.50, 0.56, 0.62, 0.66, 0.70, 0.74, 0.78, 0.82)
KEYS = ("right", "wrong", "in part", "refused, though there", "refused, rightly", "from tables")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--over", nargs="+", type=Path, action="append", required=True, metavar="STORE FILE")
    parser.add_argument("--point", nargs="+", type=float, default=POINTS)
    parser.add_argument("--told", type=float, default=None)
    arguments = parser.parse_args()
    sets = [(over[0], [case for file in over[1:] for case in read_golden_set(file) if _of_prose(case)])
            for over in arguments.over]  # fmt: skip
    for point in arguments.point:
        chance.LIMITS = replace(SHIPPED, headed=point)
        halves = (Counter[str](), Counter[str]())
        for store, cases in sets:
            assistant = Assistant.open(store)
            report = evaluate(cases, lambda q, a=assistant: a.ask(q.text, q.history, q.documents))  # type: ignore[misc]
            for case, result in zip(cases, report.results, strict=True):
                outcome = _outcome(case, result)
                halves[_half(case)][outcome] += 1
                if outcome == "wrong" and point == arguments.told:
                    _tell(store, result)
        for name, counts in zip(("first half", "other half", "both"), (*halves, halves[0] + halves[1]), strict=True):
            _print(f"{point:.2f} {name}", counts)


def _of_prose(case: Case) -> bool:
    expected = case.expected
    return not expected.asks_back and (expected.abstains or bool(expected.mentions and not expected.values))


def _half(case: Case) -> int:
    return hashlib.sha256(case.question.encode()).digest()[0] % 2


def _outcome(case: Case, result: CaseResult) -> str:
    answer = result.answer or {}
    if answer.get("status") != "answered":
        return "refused, rightly" if case.expected.abstains else "refused, though there"
    if (answer.get("route") or {}).get("name") != "narrative":
        return "from tables"
    if result.outcome is Outcome.RIGHT:
        return "right"
    return "in part" if _LACKS in str(answer.get("text")) else "wrong"


def _tell(store: Path, result: CaseResult) -> None:
    said = " ".join(str((result.answer or {}).get("text", "")).split())[:300]
    print(f"{store.name} {result.id}: {result.question}\n    {said}\n    {'; '.join(result.reasons)[:300]}")  # noqa: T201


def _print(name: str, counts: Counter[str]) -> None:
    total = counts.total() - counts["from tables"]
    shares = ", ".join(f"{key} {counts[key]} ({100 * counts[key] / max(total, 1):.1f} %)" for key in KEYS[:-1])
    print(f"{name}: {total} questions, {shares}; {counts['from tables']} more from tables", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
