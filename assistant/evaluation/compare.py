"""What changed between two evaluations of the same questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant.evaluation.judge import Outcome
from assistant.evaluation.report import CaseResult, EvaluationReport


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A case before and after."""

    old: CaseResult
    new: CaseResult


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """fixed: now right. broken: no longer right. moved: wrong in another way, or other evidence or figures.

    added and removed: ids that only one of the reports has; the shares count the common ids alone.
    """

    fixed: tuple[Change, ...]
    broken: tuple[Change, ...]
    moved: tuple[Change, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    common: int
    share_before: float
    share_after: float


def compare(old: EvaluationReport, new: EvaluationReport) -> Comparison:
    """What changed from `old` to `new`, case by case (by id)."""
    before = {result.id: result for result in old.results}
    after = {result.id: result for result in new.results}
    common = [Change(old=before[key], new=after[key]) for key in after if key in before]
    was = sum(change.old.outcome is Outcome.RIGHT for change in common)
    now = sum(change.new.outcome is Outcome.RIGHT for change in common)
    return Comparison(
        fixed=tuple(c for c in common if c.old.failed and not c.new.failed),
        broken=tuple(c for c in common if not c.old.failed and c.new.failed),
        moved=tuple(c for c in common if c.old.failed == c.new.failed and _shape(c.old) != _shape(c.new)),
        added=tuple(key for key in after if key not in before),
        removed=tuple(key for key in before if key not in after),
        common=len(common),
        share_before=was / len(common) if common else 0.0,
        share_after=now / len(common) if common else 0.0,
    )


def _shape(result: CaseResult) -> tuple[object, ...]:
    """What makes two results differ to an evaluator; wording and time do not."""
    answer: dict[str, Any] = result.answer or {}
    values = tuple(value["value"] for value in answer.get("values", ()))
    return (result.outcome, result.evidence, answer.get("status"), values)
