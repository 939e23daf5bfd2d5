"""`consta preguntar`: one question, a question a line, a conversation; what is printed and the exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from index.ingest import read_report
from index.sqlite_store import SqliteStore
from tests.assistant.made_store import FILE, REPORT
from tests.conftest import ROOT
from ui import commands_ask
from ui.cli import app

FIGURE = "¿Cuánto ejecutó Punta Alta?"
ABSENT = "¿Cuánto ejecutó Punta Luna?"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with one report."""
    (tmp_path / FILE).write_text(REPORT, encoding="utf-8")
    with closing(SqliteStore(tmp_path / "almacen")) as opened:
        opened.add(read_report(tmp_path / FILE))
    return tmp_path / "almacen"


def ask(store: Path, *words: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(app, ["--almacen", str(store), "preguntar", *words], input=typed)


def asked(store: Path, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ask(store, *words, "--json").stdout)
    return found


def test_the_figure_comes_first_then_calculation_and_source(store: Path) -> None:
    done = ask(store, "porcentaje de ejecución de Punta Alta")
    first, *rest = done.stdout.splitlines()
    assert (done.exit_code, done.stderr) == (0, "")
    assert "50.00 %" in first
    assert "Fuente" not in first
    assert "Cálculo" not in first
    said = done.stdout
    assert said.count("Cálculo: ") == said.count("Fuente: ") == 1
    assert said.index("Cálculo: ") < said.index("Fuente: ")
    assert any("600.00" in line for line in rest)


def test_nothing_is_cut_nor_coloured_when_nobody_looks(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe gets whole words in lines as long as they are, whatever the width of the terminal."""
    monkeypatch.setenv("COLUMNS", "40")
    said = ask(store, "total vigente").stdout
    assert "\x1b" not in said
    assert "…" not in said
    assert any("Cuadro 1: Gasto por faro (En quetzales)" in line and FILE in line for line in said.splitlines())


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ([FIGURE], 0),
        (["Cuánto", "ejecutó", "Punta", "Alta"], 0),  # without quotation marks
        ([ABSENT], 3),
        (["ejecutado de punta"], 3),  # asked back
        (["   "], 2),
        ([FIGURE, "--informe", "otro.txt"], 2),
        ([FIGURE, "--nada"], 2),
        ([FIGURE, "--informe", "faros"], 0),
    ],
)
def test_exit_status(store: Path, words: list[str], status: int) -> None:
    done = ask(store, *words)
    assert done.exit_code == status, done.output


def test_json_is_the_answer_exactly(store: Path) -> None:
    from assistant.assistant import Assistant

    with closing(SqliteStore(store)) as opened:
        assert asked(store, FIGURE) == Assistant(opened).ask(FIGURE).to_dict()
    refused = ask(store, ABSENT, "--json")
    assert (refused.exit_code, json.loads(refused.stdout)["status"]) == (3, "not_found")


def test_earlier_questions_complete_a_short_one(store: Path) -> None:
    answer = asked(store, "¿y el de Isla Negra?", "--historial", "vigente de Punta Baja", "--historial", FIGURE)
    assert [v["value"] for v in answer["values"]] == [125]


def test_a_question_a_line(store: Path) -> None:
    """Each may lean on the ones before; the status says whether all were answered."""
    done = ask(store, typed=f"{FIGURE}\n\n¿y el de Isla Negra?\n")
    assert done.exit_code == 0
    assert done.stdout.index(f"> {FIGURE}") < done.stdout.index("Q600.00") < done.stdout.index("Q125.00")
    assert ask(store, typed=f"{FIGURE}\n{ABSENT}\n").exit_code == 3


def test_a_question_a_line_in_json_is_an_answer_a_line(store: Path) -> None:
    done = ask(store, "--json", typed=f"{FIGURE}\n{ABSENT}\nsalir\n{FIGURE}\n")
    assert [json.loads(line)["status"] for line in done.stdout.splitlines()] == ["answered", "not_found"]


def test_no_question_at_all_is_told(store: Path) -> None:
    done = ask(store, typed="")
    assert (done.stdout, "ninguna pregunta" in done.stderr) == ("", True)


@pytest.mark.parametrize("made", [False, True])
def test_a_store_without_reports_says_how_to_load_them(tmp_path: Path, made: bool) -> None:
    if made:
        SqliteStore(tmp_path / "almacen").close()
    done = ask(tmp_path / "almacen", FIGURE)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "consta cargar" in done.stderr
    assert (tmp_path / "almacen").exists() == made


def talk(store: Path, monkeypatch: pytest.MonkeyPatch, typed: list[str | type[BaseException]]) -> Result:
    """A conversation on a terminal; an exception is a key (Ctrl-D, Ctrl-C)."""
    turns = iter(typed)

    def typing(prompt: str) -> str:
        turn = next(turns)
        if isinstance(turn, str):
            print(prompt)  # noqa: T201 - as a terminal does
            return turn
        raise turn

    monkeypatch.setattr("builtins.input", typing)
    monkeypatch.setattr(commands_ask, "sys", _Terminal)
    return ask(store)


class _Terminal:
    """`sys` of a process at a terminal."""

    class stdin:  # noqa: N801 - named as in `sys`
        @staticmethod
        def isatty() -> bool:
            return True


@pytest.mark.parametrize("end", ["salir", "Salir.", EOFError, KeyboardInterrupt])
def test_a_conversation_goes_on_until_it_is_left(
    store: Path, monkeypatch: pytest.MonkeyPatch, end: str | type[BaseException]
) -> None:
    done = talk(store, monkeypatch, [FIGURE, "", ABSENT, "¿y el de Isla Negra?", end])
    assert (done.exit_code, done.stderr) == (0, "")
    assert "salir" in done.stdout
    assert done.stdout.index("Q600.00") < done.stdout.index("No consta") < done.stdout.index("Q125.00")


def test_a_report_that_goes_away_does_not_end_the_conversation(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant.assistant import Assistant
    from index.errors import StoreError

    answers = Assistant.ask
    failures = iter([StoreError("El almacén está ocupado."), None])

    def sometimes(self: Assistant, *words: Any, **options: Any) -> Any:
        failure = next(failures)
        if failure is not None:
            raise failure
        return answers(self, *words, **options)

    monkeypatch.setattr(Assistant, "ask", sometimes)
    done = talk(store, monkeypatch, [FIGURE, FIGURE, "salir"])
    assert (done.exit_code, "ocupado" in done.stderr, "Q600.00" in done.stdout) == (0, True, True)


def test_as_a_process(store: Path) -> None:
    """As a user runs it: the store from the environment, accents whole, the status of a refusal."""
    environment = os.environ | {"CONSTA_ALMACEN": str(store), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", "from ui.cli import main; main()", "preguntar"]

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command, *words], cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False
        )

    done = run(FIGURE)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Q600.00" in done.stdout.splitlines()[0]
    assert run(ABSENT).returncode == 3
