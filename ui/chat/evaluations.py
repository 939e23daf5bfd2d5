"""Golden sets of the chat: read what was uploaded, ask it, compare with the run before, tell it in tables."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.evaluation import (
    Case,
    CaseResult,
    Comparison,
    EarlierReportError,
    EvaluationReport,
    GoldenSetError,
    compare,
    evaluate,
    read_golden_set,
    read_report,
)
from index.errors import ReadError
from index.files import clean_name
from index.readers.guard import check_file
from ui.chat.limits import Limits
from ui.chat.saving import Saved
from ui.chat.service import ChatService

KINDS = (".jsonl", ".csv", ".xlsx")
FAILURE_HEADINGS = ("pregunta", "tipo", "resultado", "se esperaba", "se obtuvo", "por qué", "ruta")
_LONGEST = 400  # characters of an answer in the table of failures
_LONGEST_NAME = 80


_KIND_NAMES = {
    "figure": "cifra", "percentage": "porcentaje", "undefined": "no calculable", "total": "total", "follow-up": "repregunta",
    "ranking": "orden", "list": "lista", "metadata": "datos del informe", "audit": "comprobación", "share": "participación",
    "variance": "desviación", "count": "conteo", "definition": "definición", "difference": "diferencia",
    "average": "promedio", "multiple": "varias preguntas", "growth": "crecimiento", "comparison": "comparación",
    "unanswerable": "no consta", "ask-back": "hay que precisar", "narrative": "texto",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """An evaluation and what changed since the last one of the same golden set, None when it is the first."""

    report: EvaluationReport
    comparison: Comparison | None = None


def read_cases(name: str, data: bytes, limits: Limits) -> tuple[Case, ...]:
    """The cases of a golden set given as bytes. name: its file name, which is never used as a path.

    Raises GoldenSetError, in Spanish, when it cannot be used or holds too many questions.
    """
    safe = safe_name(name)
    with tempfile.TemporaryDirectory(prefix="consta-") as folder:
        path = Path(folder) / safe
        path.write_bytes(data)
        if path.suffix.lower() == ".xlsx":  # a workbook is a package: it may be a bomb
            try:
                check_file(path, limit=limits.file_bytes)
            except ReadError as error:
                raise GoldenSetError(str(error)) from error
        cases = read_golden_set(path)
    if len(cases) > limits.cases:
        raise GoldenSetError(f"{safe}: tiene {len(cases)} preguntas y el límite es {limits.cases}; divídalo.")
    return cases


def run_cases(
    service: ChatService, cases: Sequence[Case], golden: str, progress: Callable[[CaseResult], None] | None = None
) -> EvaluationReport:
    """Ask all cases through the assistant that answers in the chat."""
    return evaluate(
        cases,
        lambda q: service.ask(q.text, history=q.history, documents=q.documents),
        golden=(golden,),
        progress=progress,
    )


def run_and_keep(
    service: ChatService,
    saved: Saved,
    name: str,
    cases: Sequence[Case],
    progress: Callable[[CaseResult], None] | None = None,
) -> Run:
    """Run a golden set, compare it with its last run, and keep it as the last one."""
    before = _last(saved, name)
    report = run_cases(service, cases, name, progress)
    saved.add_evaluation(name, report.to_json())
    return Run(report=report, comparison=compare(before, report) if before is not None else None)


def failure_rows(report: EvaluationReport) -> Iterator[tuple[str, ...]]:
    """One row for each case that a person should look at, under FAILURE_HEADINGS."""
    for result in report.failures():
        outcome = result.outcome.value + (" sin la evidencia" if result.evidence is False else "")
        before = "".join(f"{text} → " for text in result.history)
        got, route = _got(result.answer)
        why = "; ".join(_line(reason) for reason in result.reasons)
        yield (before + result.question, kind_name(result.kind), outcome, result.expected, got, why, route)


def kind_name(kind: str) -> str:
    """What a kind of question is called on the page; a kind of somebody's own is called as they call it."""
    return _KIND_NAMES.get(kind, kind)


def safe_name(name: str) -> str:
    """The last part of a file name that came from outside: no folders, no control characters, not too long."""
    last = clean_name(name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in last if c.isprintable() and c not in '<>:"|?*').strip(" .")
    stem, dot, ending = kept.rpartition(".")
    return f"{stem[:_LONGEST_NAME]}{dot}{ending[:10]}" if dot else (kept[:_LONGEST_NAME] or "archivo")


def _last(saved: Saved, name: str) -> EvaluationReport | None:
    text = saved.last_evaluation(name)
    if text is None:
        return None
    with tempfile.TemporaryDirectory(prefix="consta-") as folder:
        path = Path(folder) / "evaluacion.json"
        path.write_text(text, encoding="utf-8")
        try:
            return read_report(path)
        except EarlierReportError:  # written by another version: there is nothing to compare with
            return None


def _got(answer: dict[str, Any] | None) -> tuple[str, str]:
    """What was answered and by which route, each in one line."""
    if answer is None:
        return "el programa falló", "—"
    route = answer["route"]
    parts = (route["name"], route["tool"], route["reason"])
    return _line(answer["text"]), " · ".join(part for part in parts if part)


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
