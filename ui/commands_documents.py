"""`consta cargar`, `consta documentos`, `consta quitar`: which reports the store holds."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.app import Exit, Settings, say

if TYPE_CHECKING:
    from index.files import FoundFiles
    from index.ingest import Outcome
    from index.store import Store

_NOTHING = "Todavía no hay informes cargados en «{}». Cárguelos con: consta cargar RUTA"


def add_command(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="RUTA", help="Archivos o carpetas con informes.")],
    again: Annotated[bool, typer.Option("--releer", help="Lee otra vez aunque el contenido ya esté cargado.")] = False,
    password: Annotated[
        str | None,
        typer.Option("--clave", metavar="CLAVE", envvar="CONSTA_CLAVE", help="Contraseña de los PDF que la pidan."),
    ] = None,
) -> None:
    """Lee informes y los guarda en el almacén.

    Lee TXT, MD, DOCX, XLSX, CSV y PDF, también escaneado si Tesseract está instalado. Un archivo con el nombre de un informe ya cargado lo reemplaza. Termina con estado 1 si alguno falló.
    """
    from index.files import find_files  # noqa: PLC0415 - --help stays light
    from index.ingest import Status  # noqa: PLC0415
    from ui.documents_view import ignored_line, outcome_lines, outcome_totals  # noqa: PLC0415
    from ui.printing import new_console, print_line  # noqa: PLC0415

    found = find_files(paths)
    if not found.files:
        say("No se encontró ningún informe en " + ", ".join(f"«{path}»" for path in paths) + ".")
        if found.ignored:
            say(ignored_line(found.ignored))
        raise typer.Exit(Exit.FAILURE)
    outcomes = _load_with_progress(context.obj, found, again=again, password=password)
    console = new_console()
    for text, style in outcome_lines(outcomes):
        line = text.lstrip()
        print_line(console, line, style=style, indent=len(text) - len(line))
    print_line(console, f"{outcome_totals(outcomes)}.", style="bold")
    if found.ignored:
        say(ignored_line(found.ignored))
    if any(outcome.status is Status.FAILED for outcome in outcomes):
        raise typer.Exit(Exit.FAILURE)


def list_command(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="DOC", help="Solo este informe: nombre de archivo o identificador.")
    ] = None,
    detail: Annotated[bool, typer.Option("--detalle", help="Tablas, secciones, datos y lo que quedó fuera.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="En JSON, para otros programas.")] = False,
    edit: Annotated[
        str | None, typer.Option("--editar", metavar="DOC", help="Corrige lo que se dedujo de este informe.")
    ] = None,
    title: Annotated[str | None, typer.Option("--titulo", metavar="TEXTO", help="Con --editar: el título.")] = None,
    institution: Annotated[
        str | None, typer.Option("--institucion", metavar="TEXTO", help="Con --editar: la institución.")
    ] = None,
    aliases: Annotated[
        str | None, typer.Option("--siglas", metavar="TEXTO", help="Con --editar: siglas, separadas por comas.")
    ] = None,
    country: Annotated[
        str | None, typer.Option("--pais", metavar="PAÍS", help="Con --editar: nombre o código (HN).")
    ] = None,
    period: Annotated[
        str | None, typer.Option("--periodo", metavar="TEXTO", help="Con --editar: 2023, enero 2021, I trimestre 2024.")
    ] = None,
    currency: Annotated[
        str | None, typer.Option("--moneda", metavar="MONEDA", help="Con --editar: nombre o código (GTQ).")
    ] = None,
) -> None:
    """Muestra o corrige los informes cargados.

    Dice qué se reconoció en cada uno y qué quedó fuera. Al editar, un guion (-) dice que el dato no se conoce.
    """
    settings: Settings = context.obj
    given = {
        "title": title,
        "institution": institution,
        "aliases": aliases,
        "country": country,
        "period": period,
        "currency": currency,
    }
    values = {field: value for field, value in given.items() if value is not None}
    if edit is None and values:
        raise typer.BadParameter("falta --editar DOC: diga qué informe se corrige.")
    if edit is not None and not values:
        raise typer.BadParameter(
            "diga qué se corrige: --titulo, --institucion, --siglas, --pais, --periodo o --moneda."
        )
    if edit is not None:
        name = _edit(settings, edit, values)
    elif not settings.has_store():
        typer.echo("[]" if as_json else _NOTHING.format(settings.store))
        return
    with closing(settings.open_store()) as store:
        _show(settings, store, name, detail=detail, as_json=as_json)


def remove_command(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="DOC", help="Nombre de archivo (con o sin extensión) o comienzo del identificador.")
    ],
    yes: Annotated[bool, typer.Option("--si", "--sí", help="Sin preguntar.")] = False,
) -> None:
    """Quita un informe del almacén.

    Se va todo lo que se leyó de él; el archivo no se toca.
    """
    from index.resolve import find_document  # noqa: PLC0415 - --help stays light

    settings: Settings = context.obj
    if not settings.has_store():
        say(_NOTHING.format(settings.store))
        raise typer.Exit(Exit.FAILURE)
    with closing(settings.open_store()) as store:
        document = find_document(store, name)
        if not yes and not _confirmed(f"¿Quitar «{document.file}» ({document.title})? [s/N] "):
            say("No se quitó nada.")
            raise typer.Exit(Exit.FAILURE)
        store.remove(document.id)
    typer.echo(f"Se quitó «{document.file}».")


def _load_with_progress(
    settings: Settings, found: FoundFiles, *, again: bool, password: str | None
) -> tuple[Outcome, ...]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415 - --help stays light

    from index.ingest import load  # noqa: PLC0415
    from ui.printing import new_console  # noqa: PLC0415

    columns = (TextColumn("Leyendo {task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    console = new_console(stderr=True)
    with (
        closing(settings.open_store()) as store,
        Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress,
    ):
        task = progress.add_task("", total=len(found.files))

        def advance(done: int, _total: int, path: Path) -> None:
            progress.update(task, completed=done, description=path.name)

        def turn(page: int, pages: int) -> None:
            name = found.files[min(int(progress.tasks[0].completed), len(found.files) - 1)].path.name
            progress.update(task, description=f"{name} (página {page} de {pages})")

        paths = [file.path for file in found.files]
        return load(paths, store, advance, again=again, password=password, on_page=turn)


def _edit(settings: Settings, name: str, values: dict[str, str]) -> str:
    """Correct a document and return its id."""
    from index.resolve import find_document  # noqa: PLC0415 - --help stays light
    from ui.fields import parsed  # noqa: PLC0415

    changes = parsed(values)
    with closing(settings.open_store()) as store:
        return store.edit(find_document(store, name).id, **changes).id


def _show(settings: Settings, store: Store, name: str | None, *, detail: bool, as_json: bool) -> None:
    from index.resolve import find_document  # noqa: PLC0415 - --help stays light
    from ui.documents_view import detail_lines, document_dict, document_lines  # noqa: PLC0415
    from ui.printing import new_console, print_line  # noqa: PLC0415

    documents = store.documents() if name is None else (find_document(store, name),)
    sizes = store.sizes()
    if as_json:
        listed = [document_dict(document, sizes[document.id]) for document in documents]
        typer.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    if not documents:
        typer.echo(_NOTHING.format(settings.store))
        return
    console = new_console()
    for position, document in enumerate(documents):
        if position:
            console.print()
        lines = [*document_lines(document, sizes[document.id])]
        if detail:
            lines.extend(detail_lines(store.report(document.id)))
        for text, style in lines:
            line = text.lstrip()
            print_line(console, line, style=style, indent=len(text) - len(line))


def _confirmed(question: str) -> bool:
    try:
        return input(question).strip().lower() in {"s", "si", "sí"}
    except EOFError:
        typer.echo()
        return False
