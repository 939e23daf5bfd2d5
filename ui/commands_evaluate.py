"""`consta evaluar`: asks a golden set, prints the scores, writes the reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.app import Exit, say

if TYPE_CHECKING:
    from assistant.evaluation import Case, Comparison, EvaluationReport

_JSON, _MARKDOWN = "evaluacion.json", "evaluacion.md"


def evaluate_command(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="ARCHIVO", help="Bancos de preguntas: .jsonl, .csv o .xlsx.")],
    output: Annotated[Path, typer.Option("--salida", help="Carpeta donde quedan los informes.")] = Path("evaluacion"),
    earlier: Annotated[Path | None, typer.Option("--comparar", help="Informe JSON de una evaluación anterior.")] = None,
    minimum: Annotated[
        float, typer.Option("--minimo", min=0.0, max=1.0, help="Parte de aciertos, de 0 a 1, que hace falta.")
    ] = 0.95,
) -> None:
    """Hace las preguntas de un banco y cuenta los aciertos.

    Termina con estado 1 si la parte de aciertos queda bajo el mínimo, y con 2 si un archivo no se puede usar.
    """
    from assistant.evaluation import (  # noqa: PLC0415 - --help stays light
        EvaluationError,
        compare,
        read_golden_sets,
        read_report,
    )

    try:
        cases = read_golden_sets(files)
        before = read_report(earlier) if earlier is not None else None  # before it may be written over
    except EvaluationError as error:
        say(str(error))
        raise typer.Exit(Exit.WRONG_USE) from error
    if not context.obj.has_store():
        say(f"Todavía no hay informes cargados en «{context.obj.store}». Cárguelos con: consta cargar RUTA")
        raise typer.Exit(Exit.FAILURE)
    report = _run(context, cases, files)
    comparison = compare(before, report) if before is not None else None
    _show(report, comparison)
    _write(report, comparison, output)
    share = report.total().share
    if share < minimum:
        say(f"Bajo el mínimo: {share:.2%} de aciertos, se pedía {minimum:.2%}.")
        raise typer.Exit(Exit.FAILURE)


def _run(context: typer.Context, cases: tuple[Case, ...], files: list[Path]) -> EvaluationReport:
    from rich.progress import Progress  # noqa: PLC0415 - --help stays light

    from assistant.assistant import Assistant  # noqa: PLC0415
    from assistant.evaluation import evaluate  # noqa: PLC0415
    from ui.printing import new_console  # noqa: PLC0415

    assistant = Assistant.open(context.obj.store)
    console = new_console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("Preguntando", total=len(cases))
        return evaluate(
            cases,
            lambda q: assistant.ask(q.text, history=list(q.history), documents=list(q.documents)),
            golden=tuple(file.name for file in files),
            progress=lambda _: progress.advance(task),
        )


def _show(report: EvaluationReport, comparison: Comparison | None) -> None:
    from rich.table import Table  # noqa: PLC0415 - --help stays light

    from assistant.evaluation import Outcome  # noqa: PLC0415
    from assistant.evaluation.markdown import change_lines  # noqa: PLC0415
    from assistant.evaluation.report import ALL_KINDS  # noqa: PLC0415
    from ui.printing import new_console, print_line  # noqa: PLC0415

    # short headings: the table has to fit in eighty columns
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("tipo", overflow="fold")
    for heading in ("n", "bien", "%", "mal", "rechazo", "indebida", "repreg.", "falla", "evid."):
        table.add_column(heading, justify="right", no_wrap=True)
    for score in report.scores():
        named = (Outcome.WRONG, Outcome.WRONGLY_REFUSED, Outcome.WRONGLY_ANSWERED, Outcome.ASKED_BACK, Outcome.FAILED)
        counts = (str(score.counts[outcome] or "·") for outcome in named)
        evidence = f"{score.evidence_right}/{score.evidence_wanted}" if score.evidence_wanted else "—"
        style = "bold" if score.kind == ALL_KINDS else None
        cells = (score.kind, str(score.asked), str(score.right), f"{score.share:.1%}", *counts, evidence)
        table.add_row(*cells, style=style)
    console = new_console()
    console.print(table)
    total = report.total()
    print_line(console, f"Tiempo por pregunta: mediana {total.p50:.0f} ms, percentil 95 {total.p95:.0f} ms.")
    for result in report.failures():
        print_line(console, f"{result.id} · {result.outcome.value} · {result.question}")
    for line in change_lines(comparison) if comparison is not None else ():
        print_line(console, line)


def _write(report: EvaluationReport, comparison: Comparison | None, folder: Path) -> None:
    from assistant.evaluation import to_markdown  # noqa: PLC0415 - --help stays light

    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _JSON).write_text(report.to_json(), encoding="utf-8")
        (folder / _MARKDOWN).write_text(to_markdown(report, comparison), encoding="utf-8")
    except OSError as error:
        say(f"No se pueden escribir los informes en «{folder}» ({error.strerror}); indique otra carpeta con --salida.")
        raise typer.Exit(Exit.FAILURE) from error
    typer.echo(f"Informes: {folder / _JSON} y {folder / _MARKDOWN}")
