"""The narrative questions of the shared golden set, over the two real reports."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.narrative import answer_narrative
from index.ingest import read_report
from index.search import PassageIndex
from index.text import words

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def index(shared: Path) -> PassageIndex:
    return PassageIndex.build(read_report(path) for path in sorted((shared / "reports").glob("*.txt")))


def _cases(shared: Path, kinds: set[str]) -> list[dict]:
    lines = (shared / "golden" / "seed_reports.jsonl").read_text(encoding="utf-8").splitlines()
    return [case for line in lines if (case := json.loads(line))["kind"] in kinds]


def test_seed_questions_are_answered(shared: Path, index: PassageIndex) -> None:
    """Every mention stands in the answer, which comes from the right report and leaves no word unexplained."""
    wrong = []
    for case in _cases(shared, {"narrative", "definition"}):
        found = answer_narrative(case["question"], index)
        said = f" {' '.join(words(found.text))} " if found else ""
        mentions = [m if isinstance(m, list) else [m] for m in case["expected"]["mentions"]]
        told = all(any(f" {' '.join(words(one))} " in said for one in any_of) for any_of in mentions)
        if not (found and told and not found.unexplained and case["evidence"]["document"] in found.citations[0].file):
            wrong.append(case["id"])
    assert wrong == []


def test_unanswerable_questions_are_not(shared: Path, index: PassageIndex) -> None:
    answered = [
        case["id"]
        for case in _cases(shared, {"unanswerable"})
        if (found := answer_narrative(case["question"], index)) is not None and not found.unexplained
    ]
    assert answered == []
