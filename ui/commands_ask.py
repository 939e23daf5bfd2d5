"""`consta preguntar`: one question, a conversation on a terminal, or a question a line from a file or a pipe."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterable, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from index.errors import ConstaIndexError, NotLoadedError
from ui.app import Exit, Settings, say

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.model import Answer
    from index.store import Store

_NOTHING = "Todavía no hay informes cargados en «{}». Cárguelos con: consta cargar RUTA"
_WELCOME = "Escriba su pregunta y pulse Entrar; «salir» termina."
_PROMPT = "\nPregunta> "
_LEAVE = {"salir", "fin", "exit", "quit"}
_NAMED = 4  # reports named in the welcome


def ask_command(
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PREGUNTA", help="La pregunta, entre comillas. Sin ella, se conversa.", show_default=False
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="La respuesta en JSON, para otros programas.")] = False,
    documents: Annotated[
        list[str] | None,
        typer.Option("--informe", metavar="NOMBRE", help="Solo en este informe; puede repetirse.", show_default=False),
    ] = None,
    history: Annotated[
        list[str] | None,
        typer.Option(
            "--historial", metavar="PREGUNTA", help="Pregunta anterior; puede repetirse, en orden.", show_default=False
        ),
    ] = None,
) -> None:
    """Responde con la cifra exacta, cómo sale y dónde consta.

    Sin PREGUNTA conversa en la terminal, o lee una pregunta por línea de la entrada. Termina con estado 3 si no consta o si hace falta precisar.
    """
    settings: Settings = context.obj
    text = None if words is None else " ".join(" ".join(words).split())
    if text == "":
        raise typer.BadParameter("la pregunta está vacía.")
    if not settings.has_store():
        say(_NOTHING.format(settings.store))
        raise typer.Exit(Exit.FAILURE)
    from assistant.assistant import Assistant  # noqa: PLC0415 - --help stays light

    with closing(settings.open_store()) as store:
        loaded = store.documents()
        if not loaded:
            say(_NOTHING.format(settings.store))
            raise typer.Exit(Exit.FAILURE)
        _check_named(store, documents or ())
        talk = Conversation(Assistant(store), documents=documents or (), history=history or (), as_json=as_json)
        if text is not None:
            status = talk.once(text)
        elif sys.stdin is None:  # closed by who started the command
            status = talk.lines(())
        elif sys.stdin.isatty():
            status = talk.on_terminal([document.institution or document.title for document in loaded])
        else:
            status = talk.lines(sys.stdin)
    raise typer.Exit(status)


class Conversation:
    """Questions asked one after another; each may lean on those before."""

    def __init__(
        self, assistant: Assistant, *, documents: Sequence[str], history: Sequence[str], as_json: bool
    ) -> None:
        self._assistant = assistant
        self._documents = tuple(documents)
        self._history = list(history)
        self._as_json = as_json

    def once(self, text: str) -> Exit:
        """Answer one question."""
        from assistant.model import Status  # noqa: PLC0415 - --help stays light

        answer = self._ask(text)
        if self._as_json:
            typer.echo(json.dumps(answer.to_dict(), ensure_ascii=False, indent=2))
        else:
            _print(answer)
        return Exit.DONE if answer.status is Status.ANSWERED else Exit.NO_ANSWER

    def lines(self, source: Iterable[str]) -> Exit:
        """Answer a question a line; with JSON, an answer a line. Not all answered is NO_ANSWER; none asked is DONE."""
        from assistant.model import Status  # noqa: PLC0415 - --help stays light

        statuses: set[Status] = set()
        for text in (line.strip() for line in source):
            if not text:
                continue
            if text.lower() in _LEAVE:
                break
            if not self._as_json:
                typer.echo(("\n" if statuses else "") + f"> {text}")
            answer = self._ask(text)
            statuses.add(answer.status)
            if self._as_json:
                typer.echo(json.dumps(answer.to_dict(), ensure_ascii=False))
            else:
                _print(answer)
        if not statuses:
            say("No llegó ninguna pregunta. Escríbala entre comillas o de a una por línea.")
            return Exit.DONE
        return Exit.DONE if statuses == {Status.ANSWERED} else Exit.NO_ANSWER

    def on_terminal(self, names: Sequence[str]) -> Exit:
        """Ask for questions until "salir", Ctrl-D or Ctrl-C."""
        with contextlib.suppress(ImportError):
            import readline  # noqa: F401, PLC0415 - arrow keys and recall, where the system has it

        from ui.printing import new_console, print_line  # noqa: PLC0415 - --help stays light

        more = f" y {len(names) - _NAMED} más" if len(names) > _NAMED else ""
        console = new_console()
        print_line(console, f"Informes: {', '.join(names[:_NAMED])}{more}.")
        print_line(console, _WELCOME, style="bold")
        while True:
            try:
                text = input(_PROMPT).strip()
                if text.lower().strip(".") in _LEAVE:
                    return Exit.DONE
                if text:
                    self._told(text)
            except (EOFError, KeyboardInterrupt):
                typer.echo()
                return Exit.DONE

    def _told(self, text: str) -> None:
        try:
            self.once(text)
        except ConstaIndexError as error:  # another process writes, a report was removed: the talk goes on
            say(str(error))

    def _ask(self, text: str) -> Answer:
        answer = self._assistant.ask(text, history=tuple(self._history), documents=self._documents)
        self._history.append(text)
        return answer


def _check_named(store: Store, names: Sequence[str]) -> None:
    """Naming a report that is not there is wrong use, told before anything is asked."""
    from index.resolve import find_document  # noqa: PLC0415 - --help stays light

    try:
        for name in names:
            find_document(store, name)
    except NotLoadedError as error:
        say(str(error))
        raise typer.Exit(Exit.WRONG_USE) from error


def _print(answer: Answer) -> None:
    from rich.console import Console  # noqa: PLC0415 - --help stays light

    from ui.answer_view import print_answer  # noqa: PLC0415

    print_answer(answer, Console())
