"""`consta usuario` and `consta opiniones`: what whoever runs the chat for others needs beside it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ui.app import Exit, Settings, say


def user_command(
    name: Annotated[str, typer.Argument(metavar="NOMBRE", help="Nombre con que se entra.")],
    role: Annotated[
        str,
        typer.Option("--rol", metavar="ROL", help="«consulta» pregunta y mira; «carga» también sube, corrige y quita."),
    ] = "consulta",
    file: Annotated[
        Path | None, typer.Option("--archivo", metavar="ARCHIVO", help="Pone la línea en este archivo de usuarios.")
    ] = None,
) -> None:
    """Hace la línea de un usuario del chat, con la clave cifrada.

    Pregunta la clave sin mostrarla, o la lee de la entrada. Sin --archivo, muestra la línea. Si el usuario ya está en el archivo, cambia su clave y su rol.
    """
    from ui.chat.auth import Role, UsersFileError, new_user, with_user  # noqa: PLC0415 - --help stays light

    if role not in list(Role):
        raise typer.BadParameter(f"el rol es {' o '.join(Role)}.", param_hint="--rol")
    try:
        user = new_user(name, Role(role), _password())
    except UsersFileError as error:
        say(str(error))
        raise typer.Exit(Exit.WRONG_USE) from error
    if file is None:
        typer.echo(user.line)
        return
    try:
        before = file.read_text(encoding="utf-8") if file.exists() else ""
        _write_private(file, with_user(before, user))
    except (OSError, UnicodeDecodeError) as error:
        say(f"No se puede leer o escribir «{file}»; revise los permisos o indique otro con --archivo.")
        raise typer.Exit(Exit.FAILURE) from error
    typer.echo(f"«{user.name}» ({user.role.value}) quedó en {file}.")


def opinions_command(
    context: typer.Context,
    export: Annotated[
        Path | None,
        typer.Option("--exportar", metavar="ARCHIVO", help="Escribe un banco de preguntas (.jsonl) con las aprobadas."),
    ] = None,
) -> None:
    """Muestra las opiniones que se dieron en el chat sobre sus respuestas.

    Con --exportar, las respuestas aprobadas quedan como banco para «consta evaluar», y las rechazadas en otro archivo, para completar a mano lo que se esperaba.
    """
    from ui.chat.opinions import candidates, opinion_lines  # noqa: PLC0415 - --help stays light
    from ui.chat.saving import Saved  # noqa: PLC0415

    settings: Settings = context.obj
    opinions = Saved(settings.store).opinions()
    if not opinions:
        typer.echo("Todavía no hay opiniones.")
        return
    if export is None:
        for line in opinion_lines(opinions):
            typer.echo(line)
        return
    found = candidates(opinions)
    rest = export.with_name(f"{export.stem}-por-completar.jsonl")
    try:
        for path, lines in ((export, found.ready), (rest, found.open)):
            if lines:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as error:
        say(f"No se puede escribir en «{export.parent}» ({error.strerror}); indique otro archivo con --exportar.")
        raise typer.Exit(Exit.FAILURE) from error
    if found.ready:
        typer.echo(f"Aprobadas: {len(found.ready)} preguntas en {export}")
    if found.open:
        typer.echo(f"Rechazadas: {len(found.open)} en {rest}; escriba en «expected» lo que se esperaba.")


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    from getpass import getpass  # noqa: PLC0415 - only where it is asked

    password = getpass("Clave: ")
    if getpass("Otra vez: ") != password:
        say("Las dos claves no son iguales.")
        raise typer.Exit(Exit.WRONG_USE)
    return password


def _write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.nuevo")
    new.touch(mode=0o600)
    new.chmod(0o600)
    new.write_text(text, encoding="utf-8")
    new.replace(path)
