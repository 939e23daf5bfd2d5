"""Golden sets: read them, ask them, judge the answers, report, compare with an earlier run."""

from __future__ import annotations

from assistant.evaluation.cases import Case, Expected, WantedEvidence
from assistant.evaluation.compare import Comparison, compare
from assistant.evaluation.errors import EarlierReportError, EvaluationError, GoldenSetError
from assistant.evaluation.golden import read_golden_set, read_golden_sets
from assistant.evaluation.judge import Outcome, Verdict, judge
from assistant.evaluation.markdown import to_markdown
from assistant.evaluation.report import CaseResult, EvaluationReport, read_report
from assistant.evaluation.runner import evaluate

__all__ = [
    "Case",
    "CaseResult",
    "Comparison",
    "EarlierReportError",
    "EvaluationError",
    "EvaluationReport",
    "Expected",
    "GoldenSetError",
    "Outcome",
    "Verdict",
    "WantedEvidence",
    "compare",
    "evaluate",
    "judge",
    "read_golden_set",
    "read_golden_sets",
    "read_report",
    "to_markdown",
]
