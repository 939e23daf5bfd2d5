"""What every command shares: where the store is, Spanish words, errors as exit statuses, a log of failures.

Exit statuses: 0 done or answered, 1 failure, 2 wrong use, 3 refused or asked back, 130 stopped with Ctrl-C.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from index.errors import ConstaIndexError
from index.sqlite_store import SqliteStore, exists
from ui.spanish import in_spanish

_LOG_NAME = "registro.log"
_LOG_LIMIT = 1_000_000  # bytes; a longer log starts afresh
_log = logging.getLogger(__name__)


class Exit(IntEnum):
    """Exit statuses of `consta`."""

    DONE = 0
    FAILURE = 1
    WRONG_USE = 2
    NO_ANSWER = 3
    STOPPED = 130


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """`typer.Context.obj` of every command. store: the folder of the store, which may not exist yet."""

    store: Path

    def open_store(self) -> SqliteStore:
        """The store, made when missing. Raises StoreError."""
        return SqliteStore(self.store)

    def has_store(self) -> bool:
        """Whether anything was ever loaded there: commands that only look must not make folders."""
        return exists(self.store)


def default_store() -> Path:
    """The folder of the store when neither option nor environment names one."""
    from platformdirs import user_data_path  # noqa: PLC0415 - only when it is needed

    return user_data_path("consta", appauthor=False) / "almacen"


class Command(TyperCommand):
    """A command whose help speaks Spanish."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]  # the library's Context, seen as typer's
        return in_spanish(super().get_help(ctx))


class Group(TyperGroup):
    """All commands: Spanish help, every error one Spanish line on stderr and an exit status."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]  # the library's Context, seen as typer's
        return in_spanish(super().get_help(ctx))

    def main(self, *args: Any, **options: Any) -> Any:
        standalone = options.pop("standalone_mode", True)
        options["standalone_mode"] = False  # the library would print and exit in its own words
        status = self._guarded(lambda: super(Group, self).main(*args, **options))
        if standalone:
            sys.exit(status)
        return status

    def _guarded(self, run: Callable[[], Any]) -> int:
        try:
            status = run()
        except typer.TyperException as error:
            return self._wrong_use(error)
        except (typer.Abort, KeyboardInterrupt):
            say("Interrumpido.")
            return Exit.STOPPED
        except BrokenPipeError:  # `consta documentos | head`: nobody reads on
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return Exit.DONE
        except ConstaIndexError as error:
            say(str(error))
            return Exit.FAILURE
        except Exception as error:  # noqa: BLE001 - outermost edge: logged with its traceback, told in one line
            _log.exception("unexpected failure")
            say(f"Fallo inesperado de Consta ({type(error).__name__}: {error}). El detalle quedó en «{_LOG_NAME}», en la "
                "carpeta del almacén.")  # fmt: skip
            return Exit.FAILURE
        return status if isinstance(status, int) else Exit.DONE

    @staticmethod
    def _wrong_use(error: typer.TyperException) -> int:
        context = getattr(error, "ctx", None)
        message = in_spanish(error.format_message())
        say(message)
        if context is not None and not message.startswith("Uso: "):
            say(in_spanish(context.get_usage()))
            say(f"Pruebe «{context.command_path} --help».")
        return int(error.exit_code)


class App(typer.Typer):
    """A Typer whose commands speak Spanish without being told."""

    def command(self, name: str | None = None, **options: Any) -> Any:
        options.setdefault("cls", Command)
        return super().command(name, **options)


def say(line: str) -> None:
    """One line on stderr."""
    typer.echo(line, err=True)


class _LogFile(logging.FileHandler):
    """A log that is made when there is something to say, and never grows without end."""

    def _open(self) -> TextIOWrapper:
        path = Path(self.baseFilename)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file() and path.stat().st_size > _LOG_LIMIT:
            path.unlink()
        return path.open("a", encoding="utf-8", errors="backslashreplace")


def log_to(folder: Path) -> None:
    """Send warnings and failures of all rooms to a file in the folder instead of the user's screen."""
    logging.raiseExceptions = False  # a log that cannot be written must not hide the message to the user
    handler = _LogFile(folder / _LOG_NAME, delay=True)
    logging.basicConfig(
        handlers=[handler], level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
