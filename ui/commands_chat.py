"""`consta chat`: the page in the browser, the endpoints for programs, saved conversations."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.app import Exit, Settings, say


def chat_command(
    context: typer.Context,
    port: Annotated[
        int,
        typer.Option("--puerto", metavar="NÚMERO", min=1, max=65535, help="Puerto en el que se abre, de 1 a 65535."),
    ] = 7860,
    browser: Annotated[
        bool, typer.Option("--navegador/--sin-navegador", help="Abrir la página en el navegador.")
    ] = True,
    host: Annotated[
        str,
        typer.Option(
            "--direccion", metavar="DIRECCIÓN", help="Dirección en que atiende; con 0.0.0.0, a otras máquinas."
        ),
    ] = "127.0.0.1",
    users: Annotated[
        Path | None,
        typer.Option(
            "--usuarios", metavar="ARCHIVO", help="Pide usuario y clave; las líneas las hace «consta usuario»."
        ),
    ] = None,
    open_to_all: Annotated[
        bool, typer.Option("--sin-clave", help="Atiende a otras máquinas sin pedir clave, solo para consultar.")
    ] = False,
    secure: Annotated[
        bool, typer.Option("--https", help="Delante hay un servidor que pone HTTPS: la sesión solo viaja así.")
    ] = False,
    golden: Annotated[
        Path | None,
        typer.Option("--bancos", metavar="CARPETA", help="Bancos de preguntas que se ofrecen para evaluar."),
    ] = None,
    mcp: Annotated[bool, typer.Option("--mcp", help="También como servidor MCP; necesita el extra «mcp».")] = False,
) -> None:
    """Abre el chat en el navegador: la respuesta y, al lado, la página del informe con las celdas señaladas.

    Solo se puede usar desde esta máquina, salvo con --direccion. Termina con Ctrl-C.
    """
    settings: Settings = context.obj
    from ui.chat import server  # noqa: PLC0415 - --help stays light
    from ui.chat.loading import loading  # noqa: PLC0415
    from ui.chat.service import ChatService  # noqa: PLC0415

    asked = server.ServerSettings(
        host=host, port=port, users=users, open_to_all=open_to_all, golden=golden, mcp=mcp, secure=secure
    )
    try:
        known = server.check_settings(asked)
    except server.ServeError as error:
        say(str(error))
        raise typer.Exit(Exit.WRONG_USE) from error
    try:
        listening = server.listen(host, port)
    except server.ServeError as error:
        say(str(error))
        raise typer.Exit(Exit.FAILURE) from error
    service = ChatService(settings.open_store())
    address = asked.inside.rstrip("/")

    def ready() -> None:
        service.warm_up()  # only now: beside the loading of the framework it would make the page wait
        typer.echo(f"El chat está en {address} (Ctrl-C termina).")
        if browser:
            import webbrowser  # noqa: PLC0415 - only when it is wanted

            webbrowser.open(address)

    with server.put_in_order():
        try:
            with loading():
                app = server.make_app(service, settings.store, asked, known)
            server.serve(app, listening, ready, proxied=secure)
        finally:
            service.close()
            typer.echo("El chat se detuvo.")
