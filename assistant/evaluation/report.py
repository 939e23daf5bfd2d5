"""What an evaluation found: every case with its verdict, and the scores by kind."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.evaluation.errors import EarlierReportError
from assistant.evaluation.judge import Outcome

_FORMAT = 1
ALL_KINDS = "total"


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseResult:
    """One case as it went. `expected` is told in Spanish; `answer` is `Answer.to_dict()`, None when it failed.

    first: whether the first value shown is an expected one (see `Verdict`). milliseconds: time of the answer alone.
    """

    id: str
    kind: str
    question: str
    outcome: Outcome
    expected: str
    answer: dict[str, Any] | None
    milliseconds: float
    reasons: tuple[str, ...] = ()
    evidence: bool | None = None
    first: bool | None = None
    history: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether a person should look at it: not right, or right without the evidence asked for."""
        return self.outcome is not Outcome.RIGHT or self.evidence is False


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """The counts of one kind. p50 and p95 are milliseconds (nearest rank)."""

    kind: str
    asked: int
    counts: dict[Outcome, int]
    evidence_right: int
    evidence_wanted: int
    not_first: int
    p50: float
    p95: float

    @property
    def right(self) -> int:
        return self.counts[Outcome.RIGHT]

    @property
    def share(self) -> float:
        """Right answers, 0 to 1."""
        return self.right / self.asked if self.asked else 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class EvaluationReport:
    """The results in the order of the golden set."""

    results: tuple[CaseResult, ...]
    golden: tuple[str, ...] = ()
    when: str = ""

    def total(self) -> Score:
        return _score(ALL_KINDS, self.results)

    def scores(self) -> tuple[Score, ...]:
        """One score a kind, in order of first appearance, then the total."""
        kinds = dict.fromkeys(result.kind for result in self.results)
        by_kind = (_score(kind, [r for r in self.results if r.kind == kind]) for kind in kinds)
        return (*by_kind, self.total())

    def failures(self) -> tuple[CaseResult, ...]:
        return tuple(result for result in self.results if result.failed)

    def to_dict(self) -> dict[str, Any]:
        return {
            "format": _FORMAT,
            "when": self.when,
            "golden": list(self.golden),
            "scores": [_score_dict(score) for score in self.scores()],
            "results": [_result_dict(result) for result in self.results],
        }

    def to_json(self) -> str:
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=1) + "\n"


def read_report(path: Path) -> EvaluationReport:
    """An earlier report, as `to_json` wrote it. Raises EarlierReportError when it is not one."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        if raw["format"] != _FORMAT:
            raise EarlierReportError(f"{path.name}: el informe es de otra versión; vuelva a evaluar para compararlo.")
        results = tuple(_result(entry) for entry in raw["results"])
        return EvaluationReport(results=results, golden=tuple(raw["golden"]), when=raw["when"])
    except OSError as error:
        raise EarlierReportError(f"{path}: no se puede leer el informe anterior.") from error
    except (KeyError, TypeError, ValueError) as error:
        raise EarlierReportError(f"{path.name}: no es un informe JSON de «consta evaluar».") from error


def _score(kind: str, results: Sequence[CaseResult]) -> Score:
    times = sorted(result.milliseconds for result in results)
    return Score(
        kind=kind,
        asked=len(results),
        counts={outcome: sum(r.outcome is outcome for r in results) for outcome in Outcome},
        evidence_right=sum(r.evidence is True for r in results),
        evidence_wanted=sum(r.evidence is not None for r in results),
        not_first=sum(r.outcome is Outcome.RIGHT and r.first is False for r in results),
        p50=_percentile(times, 0.50),
        p95=_percentile(times, 0.95),
    )


def _percentile(times: Sequence[float], share: float) -> float:
    return times[max(0, math.ceil(share * len(times)) - 1)] if times else 0.0


def _score_dict(score: Score) -> dict[str, Any]:
    return {
        "kind": score.kind,
        "asked": score.asked,
        "share": round(score.share, 4),
        "counts": {outcome.value: count for outcome, count in score.counts.items()},
        "evidence_right": score.evidence_right,
        "evidence_wanted": score.evidence_wanted,
        "not_first": score.not_first,
        "p50_ms": round(score.p50, 2),
        "p95_ms": round(score.p95, 2),
    }


def _result_dict(result: CaseResult) -> dict[str, Any]:
    return {
        "id": result.id,
        "kind": result.kind,
        "question": result.question,
        "history": list(result.history),
        "outcome": result.outcome.value,
        "reasons": list(result.reasons),
        "expected": result.expected,
        "evidence": result.evidence,
        "first": result.first,
        "milliseconds": round(result.milliseconds, 2),
        "answer": result.answer,
    }


def _result(raw: dict[str, Any]) -> CaseResult:
    return CaseResult(
        id=raw["id"],
        kind=raw["kind"],
        question=raw["question"],
        history=tuple(raw["history"]),
        outcome=Outcome(raw["outcome"]),
        reasons=tuple(raw["reasons"]),
        expected=raw["expected"],
        evidence=raw["evidence"],
        first=raw["first"],
        milliseconds=raw["milliseconds"],
        answer=raw["answer"],
    )
