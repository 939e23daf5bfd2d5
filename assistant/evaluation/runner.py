"""Asks a golden set and judges every answer."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from assistant.evaluation.cases import Case, Expected
from assistant.evaluation.judge import Outcome, judge
from assistant.evaluation.report import CaseResult, EvaluationReport
from assistant.model import Answer, Question

_LOG = logging.getLogger(__name__)

# A defect of ours on one question: it is written down with its traceback and the other questions still count.
# What concerns every question (the store is gone, memory, a key pressed) goes up to the caller.
_DEFECTS = (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)


def evaluate(
    cases: Iterable[Case],
    ask: Callable[[Question], Answer],
    *,
    golden: tuple[str, ...] = (),
    progress: Callable[[CaseResult], None] | None = None,
) -> EvaluationReport:
    """Asks every case in order and judges the answers.

    golden: names of the sets, for the report. progress: told each result as it comes.
    """
    results: list[CaseResult] = []
    for case in cases:
        result = _run(case, ask)
        results.append(result)
        if progress is not None:
            progress(result)
    when = datetime.now(UTC).isoformat(timespec="seconds")
    return EvaluationReport(results=tuple(results), golden=golden, when=when)


def _run(case: Case, ask: Callable[[Question], Answer]) -> CaseResult:
    question = Question(text=case.question, history=case.history, documents=case.documents)
    expected = describe_expected(case.expected)
    started = time.perf_counter()
    try:
        answer = ask(question)
    except _DEFECTS as error:
        _LOG.exception("the question %s failed: %r", case.id, case.question)
        return CaseResult(
            id=case.id,
            kind=case.kind,
            question=case.question,
            history=case.history,
            outcome=Outcome.FAILED,
            reasons=(f"{type(error).__name__}: {error}", traceback.format_exc(limit=-3)),
            expected=expected,
            answer=None,
            milliseconds=(time.perf_counter() - started) * 1000,
        )
    elapsed = (time.perf_counter() - started) * 1000
    told = answer.to_dict()
    verdict = judge(case, told)
    return CaseResult(
        id=case.id,
        kind=case.kind,
        question=case.question,
        history=case.history,
        outcome=verdict.outcome,
        reasons=verdict.reasons,
        expected=expected,
        answer=told,
        milliseconds=elapsed,
        evidence=verdict.evidence,
        first=verdict.first,
    )


def describe_expected(expected: Expected) -> str:
    """What was expected, in one Spanish line."""
    if expected.abstains:
        return "que diga que no consta"
    parts = ["que pregunte a cuál se refiere"] if expected.asks_back else []
    parts += [" o ".join(f"{option:f}" for option in options) for options in expected.values]
    parts += ["«" + "» o «".join(options) + "»" for options in expected.mentions]
    parts += [f"sin {value:f}" for value in expected.forbidden_values]
    parts += [f"sin «{text}»" for text in expected.forbidden_mentions]
    return "; ".join(parts)
