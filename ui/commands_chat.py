"""`consta chat`: the page in the browser."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from ui.app import Exit, Settings, say

_HOST = "127.0.0.1"


def chat_command(
    context: typer.Context,
    port: Annotated[
        int,
        typer.Option("--puerto", metavar="NÚMERO", min=1, max=65535, help="Puerto en el que se abre, de 1 a 65535."),
    ] = 7860,
    browser: Annotated[
        bool, typer.Option("--navegador/--sin-navegador", help="Abrir la página en el navegador.")
    ] = True,
) -> None:
    """Abre el chat en el navegador: la respuesta y, al lado, la página del informe con las celdas señaladas.

    Solo se puede usar desde esta máquina. Termina con Ctrl-C.
    """
    settings: Settings = context.obj
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # before it is imported: it would call outside
    os.environ.setdefault("GRADIO_TEMP_DIR", str(settings.store / "temporal"))
    from ui.chat.service import ChatService  # noqa: PLC0415 - --help stays light

    service = ChatService(settings.open_store())
    from ui.chat.page import build_page  # noqa: PLC0415 - the framework takes seconds to load
    from ui.chat.theme import look  # noqa: PLC0415

    page = build_page(service)
    try:
        page.launch(
            server_name=_HOST, server_port=port, inbrowser=browser, quiet=True, prevent_thread_lock=True, **look()
        )
    except OSError as error:
        say(f"No se puede abrir el puerto {port}: ya está en uso. Elija otro con --puerto.")
        raise typer.Exit(Exit.FAILURE) from error
    service.warm_up()  # only now: beside the loading of the framework it would make the page wait
    typer.echo(f"El chat está en http://{_HOST}:{port} (Ctrl-C termina).")
    try:
        page.block_thread()
    finally:
        page.close()
        service.close()
