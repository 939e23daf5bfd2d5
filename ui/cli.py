"""`consta`: reads the words of the command line and hands them to a command. Imports nothing heavy."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.app import App, Group, Settings, default_store, log_to
from ui.commands_ask import ask_command
from ui.commands_audit import audit_command
from ui.commands_chat import chat_command
from ui.commands_documents import add_command, list_command, remove_command
from ui.commands_evaluate import evaluate_command
from ui.commands_users import opinions_command, user_command

app = App(
    name="consta",
    cls=Group,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)
app.command("chat")(chat_command)
app.command("usuario")(user_command)
app.command("opiniones")(opinions_command)
app.command("preguntar")(ask_command)
app.command("cargar")(add_command)
app.command("documentos")(list_command)
app.command("quitar")(remove_command)
app.command("auditar")(audit_command)
app.command("evaluar")(evaluate_command)


def _show_version(value: bool) -> None:
    if value:
        from importlib.metadata import version  # noqa: PLC0415 - only when it is asked for

        typer.echo(f"consta {version('consta')}")
        raise typer.Exit


@app.callback()
def settings(
    context: typer.Context,
    store: Annotated[
        str | None,
        typer.Option(
            "--almacen",
            metavar="CARPETA",
            envvar="CONSTA_ALMACEN",
            show_envvar=False,  # the library would say it in English
            help="Carpeta donde se guardan los informes leídos; si falta, la de la variable CONSTA_ALMACEN.",
        ),
    ] = None,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Muestra la versión y termina.")
    ] = False,
) -> None:
    """Pregunte a los informes de rendición de cuentas: la cifra exacta, cómo sale y dónde consta."""
    folder = Path(store).expanduser() if store else default_store()
    context.obj = Settings(store=folder)
    log_to(folder)


def main() -> None:
    """Entry point of the `consta` command."""
    app(prog_name="consta")


if __name__ == "__main__":
    main()
