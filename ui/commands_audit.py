"""`consta auditar`: what a report's own arithmetic confirms, contradicts, or leaves open."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from index.errors import NotLoadedError
from ui.app import Exit, Settings, say

if TYPE_CHECKING:
    from index.model import Report
    from index.store import Store


def audit_command(
    context: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="INFORME", help="Informes cargados; sin nombres, todos.")
    ] = None,
    detail: Annotated[bool, typer.Option("--detalle", help="También cada comprobación que cuadra.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="En JSON, para otros programas.")] = False,
) -> None:
    """Comprueba si los cuadros de un informe cuadran.

    Totales con sus filas, columnas con las columnas de que salen, y la misma cifra en dos cuadros: VERIFICADO, NO CUADRA o NO VERIFICABLE. Termina con estado 0 aunque haya cifras que no cuadran, y con 2 si un informe no está cargado.
    """
    settings: Settings = context.obj
    if not settings.has_store():
        say(f"Todavía no hay informes cargados en «{settings.store}». Cárguelos con: consta cargar RUTA")
        raise typer.Exit(Exit.FAILURE)
    with closing(settings.open_store()) as store:
        try:
            reports = _chosen(store, names or [])
        except NotLoadedError as error:
            say(str(error))
            raise typer.Exit(Exit.WRONG_USE) from error
    if as_json:
        _print_json(reports)
    else:
        _print_tables(reports, detail=detail)


def _chosen(store: Store, names: list[str]) -> list[Report]:
    from index.resolve import find_document  # noqa: PLC0415 - --help stays light

    if not names:
        return list(store.reports())
    idents = dict.fromkeys(find_document(store, name).id for name in names)
    return [store.report(ident) for ident in idents]


def _print_json(reports: list[Report]) -> None:
    from tools.reconcile import reconcile_report  # noqa: PLC0415 - --help stays light
    from ui.audit_view import audit_dict  # noqa: PLC0415

    found = [audit_dict(report.document, reconcile_report(report)) for report in reports]
    typer.echo(json.dumps(found, ensure_ascii=False, indent=2))


def _print_tables(reports: list[Report], *, detail: bool) -> None:
    from tools.reconcile import reconcile_report  # noqa: PLC0415 - --help stays light
    from ui.audit_view import audit_lines, summary_line  # noqa: PLC0415
    from ui.printing import new_console, print_line  # noqa: PLC0415

    console = new_console()
    for position, report in enumerate(reports):
        if position:
            console.print()
        checks = reconcile_report(report)
        print_line(console, report.document.file, style="bold")
        print_line(console, summary_line(checks))
        for line in audit_lines(checks, detail=detail):
            print_line(console, line.text, style=line.style, indent=line.indent)
