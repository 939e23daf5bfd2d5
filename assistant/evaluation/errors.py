"""Errors of the evaluation, by who must act.

    EvaluationError
    ├── GoldenSetError     the golden set must be corrected; the message names the file and the line
    └── EarlierReportError the report to compare with is not one of ours

Each message is one Spanish sentence for the evaluator.
"""

from __future__ import annotations


class EvaluationError(Exception):
    """Root of the errors of `assistant.evaluation`. `str(error)` is fit to be shown."""


class GoldenSetError(EvaluationError):
    """A golden set cannot be read; no question was asked."""


class EarlierReportError(EvaluationError):
    """The earlier report cannot be read or has another format."""
