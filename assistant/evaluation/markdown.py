"""The evaluation as a Spanish Markdown text: scores, what changed, every failure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.evaluation.compare import Change, Comparison
from assistant.evaluation.judge import Outcome
from assistant.evaluation.report import CaseResult, EvaluationReport, Score

_LONGEST = 600  # characters of an answer's text in the list of failures


def to_markdown(report: EvaluationReport, comparison: Comparison | None = None) -> str:
    """The whole report. With a comparison, what changed comes right after the scores."""
    golden = ", ".join(report.golden) or "sin nombre"
    lines = ["# Evaluación", "", f"Banco de preguntas: {golden}. Fecha: {report.when or 'sin fecha'}.", ""]
    lines += _score_table(report.scores())
    not_first = report.total().not_first
    if not_first:
        lines += ["", f"En {not_first} aciertos la cifra esperada está en la respuesta, pero no es la primera."]
    if comparison is not None:
        lines += ["", *_changes(comparison)]
    failures = report.failures()
    lines += ["", f"## Fallas ({len(failures)})", ""]
    for result in failures:
        lines += [*_failure(result), ""]
    if not failures:
        lines += ["Ninguna.", ""]
    return "\n".join(lines)


def score_rows(scores: Sequence[Score]) -> list[tuple[str, ...]]:
    """Heading and rows of the score table, as texts, for Markdown and for the terminal."""
    heading = ("tipo", "preguntas", "aciertos", "equivocadas", "rechazo indebido", "respuesta indebida", "repregunta",
               "fallas", "evidencia", "p50 ms", "p95 ms")  # fmt: skip
    rows: list[tuple[str, ...]] = [heading]
    for score in scores:
        counts = score.counts
        evidence = f"{score.evidence_right}/{score.evidence_wanted}" if score.evidence_wanted else "—"
        rows.append(
            (
                score.kind,
                str(score.asked),
                f"{score.right} ({score.share:.1%})",
                str(counts[Outcome.WRONG]),
                str(counts[Outcome.WRONGLY_REFUSED]),
                str(counts[Outcome.WRONGLY_ANSWERED]),
                str(counts[Outcome.ASKED_BACK]),
                str(counts[Outcome.FAILED]),
                evidence,
                f"{score.p50:.0f}",
                f"{score.p95:.0f}",
            )
        )
    return rows


def change_lines(comparison: Comparison) -> list[str]:
    """What changed, one Spanish line each."""
    before, after = f"{comparison.share_before:.1%}", f"{comparison.share_after:.1%}"
    lines = [f"Aciertos en las {comparison.common} preguntas comunes: {before} antes, {after} ahora."]
    for title, changes in (
        ("Arreglada", comparison.fixed),
        ("Rota", comparison.broken),
        ("Cambió", comparison.moved),
    ):
        lines += [f"{title}: {_change(change)}" for change in changes]
    if comparison.added:
        lines.append(f"Preguntas nuevas: {', '.join(comparison.added)}.")
    if comparison.removed:
        lines.append(f"Preguntas que ya no están: {', '.join(comparison.removed)}.")
    return lines


def _change(change: Change) -> str:
    old, new = change.old, change.new
    return f"{new.id} «{new.question}»: {_state(old)} → {_state(new)}"


def _state(result: CaseResult) -> str:
    state = result.outcome.value + (" sin la evidencia" if result.evidence is False else "")
    values = [str(value["value"]) for value in (result.answer or {}).get("values", ())][:4]
    return f"{state} ({', '.join(values)})" if values else state


def _changes(comparison: Comparison) -> list[str]:
    return ["## Qué cambió", "", *(f"- {line}" for line in change_lines(comparison))]


def _score_table(scores: Sequence[Score]) -> list[str]:
    heading, *rows = score_rows(scores)
    lines = [_row(heading), "|" + "---|" * len(heading)]
    return lines + [_row(row) for row in rows]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _failure(result: CaseResult) -> list[str]:
    lines = [f"### {result.id} · {result.outcome.value} · {result.kind}", "", f"- Pregunta: {result.question}"]
    if result.history:
        lines.append("- Antes: " + " / ".join(result.history))
    lines.append(f"- Esperado: {result.expected}")
    lines += [f"- Por qué: {_one_line(reason)}" for reason in result.reasons]
    if result.answer is None:
        return lines
    answer = result.answer
    route = answer["route"]
    lines += [
        f"- Obtenido ({answer['status']}): {_one_line(answer['text'])}",
        "- Valores: " + ("; ".join(_value(v) for v in answer["values"]) or "ninguno"),
        f"- Ruta: {_route(route)}",
    ]
    return (
        lines
        + [f"- Evidencia: {_citation(c)}" for c in answer["citations"]]
        + [f"- Advertencia: {_one_line(warning)}" for warning in answer["warnings"]]
    )


def _value(value: dict[str, Any]) -> str:
    unit = f" {value['unit']}" if value.get("unit") else ""
    return f"{value['value']}{unit} ({value['label']})"


def _route(route: dict[str, Any]) -> str:
    arguments = ", ".join(f"{key}={value}" for key, value in route["arguments"].items())
    text = f"{route['name']} · {route['tool'] or 'sin herramienta'} · {arguments or 'sin argumentos'}"
    if route["reason"]:
        text += f" · {_one_line(route['reason'])}"
    return text + (f" · alternativa: {route['runner_up']}" if route["runner_up"] else "")


def _citation(citation: dict[str, Any]) -> str:
    places = (("página", citation["page"]), ("tabla", citation["table"]), ("sección", citation["section"]),
              ("fila", citation["row"]), ("columna", citation["column"]))  # fmt: skip
    parts = [citation["file"], *(f"{name} {place}" for name, place in places if place is not None)]
    return _one_line(", ".join(parts) + f": «{citation['text']}»")


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
