"""Lines on the screen: whole words wrapped under their own margin on a terminal, one line a part in a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


def new_console(*, stderr: bool = False) -> Console:
    """A console for the output of a command; made late, because `--help` must not load rich."""
    from rich.console import Console  # noqa: PLC0415 - --help stays light

    return Console(stderr=stderr)


def print_line(console: Console, text: str, *, style: str = "", indent: int = 0) -> None:
    """Print a text `indent` columns to the right.

    On a terminal it is wrapped between words and its later lines keep the margin; elsewhere it stays one line, so
    that `grep` finds whole sentences.
    """
    from rich.text import Text  # noqa: PLC0415 - --help stays light

    lines = [Text(text)]
    if console.is_terminal:
        lines = list(lines[0].wrap(console, max(console.width - indent, 20), overflow="fold"))
    for line in lines:
        line.rstrip()
        console.print(Text(" " * indent) + line, style=style or None, soft_wrap=True, highlight=False)
