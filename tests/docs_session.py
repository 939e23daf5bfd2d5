"""The sessions shown in the documents: read them, run them, or write them anew.

A fenced `console` block holds commands after `$ ` and what they print. `python -m tests.docs_session` runs every
block of README.md and docs/guia.md over a store of its own and writes the output into the document; do it after a
change of wording, and read the difference before committing it.
"""

from __future__ import annotations

import re
import shlex
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from tests.conftest import ROOT
from ui.cli import app

DOCUMENTS = ("README.md", "docs/guia.md")
_BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_PROMPT = "$ "
ASKED = "Pregunta> "  # the prompt of a conversation
_SCREEN = {"TTY_COMPATIBLE": "1", "TERM": "dumb"}  # a terminal of eighty columns without colours


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One command of a block and the lines printed under it in the document."""

    command: str
    printed: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The command as words, without comment, pipe or redirection."""
        return tuple(shlex.split(self.command.partition(" < ")[0], comments=True))

    @property
    def questions(self) -> tuple[str, ...]:
        """What is typed into a conversation."""
        return tuple(line.removeprefix(ASKED) for line in self.printed if line.startswith(ASKED))


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What a command printed (errors first, as on a screen) and its exit status."""

    lines: tuple[str, ...]
    status: int


def steps(text: str) -> Iterator[Step]:
    """The commands of all console blocks of a document, in order."""
    for block in _BLOCK.findall(text):
        yield from _steps(block)


def run(step: Step, store: Path, output: Path) -> Outcome:
    """Run a `consta` command. output: the folder where an evaluation writes its reports."""
    name, *words = step.words
    assert name == "consta", step.command
    words = [str(ROOT / word) if word.startswith("corpus/") else word for word in words]
    if words[0] == "evaluar":
        words += ["--salida", str(output)]
    env = {"CONSTA_ALMACEN": str(store), **_SCREEN}
    typed = "".join(f"{question}\n" for question in step.questions)
    done = CliRunner().invoke(app, words, env=env, input=typed or None)
    shown = (done.stderr + done.stdout).replace(str(output), "evaluacion").strip("\n")
    lines = (line.rstrip() for line in shown.splitlines())
    if step.questions:  # a pipe echoes each question after an angle
        lines = (f"{ASKED}{line[2:]}" if line.startswith("> ") else line for line in lines)
    return Outcome(lines=tuple(lines), status=done.exit_code)


def renewed(text: str, folder: Path) -> str:
    """The document with the output of every command as it is now."""
    return _BLOCK.sub(lambda match: _renewed_block(match.group(), folder), text)


def _renewed_block(block: str, folder: Path) -> str:
    lines: list[str] = []
    for step in _steps(block):
        lines.append(_PROMPT + step.command)
        if step.words[0] != "consta":
            lines.extend(step.printed)
            continue
        lines.extend(run(step, folder / "almacen", folder / "evaluacion").lines)
        lines.append("")
    while lines and not lines[-1]:
        lines.pop()
    return "\n".join(lines) + "\n"


def _steps(block: str) -> Iterator[Step]:
    for part in re.split(rf"^{re.escape(_PROMPT)}", block, flags=re.MULTILINE)[1:]:
        command, *printed = part.rstrip("\n").split("\n")
        yield Step(command=command, printed=tuple(printed))


def main() -> None:
    for name in DOCUMENTS:
        path = ROOT / name
        with tempfile.TemporaryDirectory() as folder:
            path.write_text(renewed(path.read_text(encoding="utf-8"), Path(folder)), encoding="utf-8")


if __name__ == "__main__":
    main()
