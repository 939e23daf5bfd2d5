"""The demonstration reports question themselves: a small run of what `python -m tests.selfquestion` does at length."""

from __future__ import annotations

import pytest

from tests.selfquestion.grids import world_of
from tests.selfquestion.run import questions, run, summary
from tests.selfquestion.verdict import Result


@pytest.fixture(scope="module")
def tally(demonstration):
    from assistant.assistant import Assistant
    from index.sqlite_store import SqliteStore

    world = world_of(SqliteStore(demonstration).reports())
    assistant = Assistant.open(demonstration)
    asked = questions(world, 150, seed=1)
    return run(asked, lambda q: assistant.ask(q.text, history=list(q.history), documents=list(q.documents)))


def told(tally, *results):
    return [(f["question"], f["why"]) for f in tally.failures if f["result"] in {r.value for r in results}]


def test_nothing_fails(tally):
    assert not told(tally, Result.CRASHED)


def test_questions_without_answer_are_refused(tally):
    assert not told(tally, Result.TWIN_ANSWERED)


def test_no_wrong_figure_and_nearly_all_right(tally):
    assert not told(tally, Result.WRONG, Result.SILENT_TIE), summary(tally)
    assert tally.share({Result.RIGHT, Result.ASKED_RIGHTLY}) >= 0.95, summary(tally)
