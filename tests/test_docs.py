"""What the documents show and promise is what the program does."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from assistant.assistant import Assistant
from assistant.model import Answer, Status
from tests.conftest import ROOT
from tests.docs_session import DOCUMENTS, Outcome, Step, run, steps
from ui.cli import app

TEXTS = {name: (ROOT / name).read_text(encoding="utf-8") for name in DOCUMENTS}
SESSIONS = {name: tuple(steps(text)) for name, text in TEXTS.items()}
SHOWN = [(name, place) for name, session in SESSIONS.items() for place in range(len(session))]
COMMANDS = typer.main.get_command(app).commands
HELP = {"--help", "-h"}

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MENTION = re.compile(r"^(?:\$ )?(consta (?:-|[a-z]).*)$", re.MULTILINE)
_OPTION = re.compile(r"(?<![\w-])--[a-záéíóú][a-záéíóú-]*")
_NUMBER = re.compile(r"\d+(?:[.,\u00a0 ]\d+)*")
_AFTER_THE_ANSWER = ("Cálculo: ", "Fuente: ", "Aviso: ", "Informes cargados: ")
_EXAMPLE = re.compile(r"^\| [^|]+ \| (?P<question>[^|]+) \| (?P<told>[^|]+) \|$", re.MULTILINE)


def options(command: str) -> set[str]:
    """The options of a command."""
    return {name for parameter in COMMANDS[command].params for name in (*parameter.opts, *parameter.secondary_opts)}


def mentions(text: str) -> Iterator[str]:
    """Every command line in the fenced blocks and between backticks."""
    for _, block in _FENCE.findall(text):
        yield from _MENTION.findall(block)
    yield from re.findall(r"`(consta [^`]+)`", _FENCE.sub("", text))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_named_commands_and_options_exist(name: str) -> None:
    lines = [*mentions(TEXTS[name])]
    assert len(lines) > 10
    for line in lines:
        words = re.sub(r"\"[^\"]*\"", "", line).split()[1:]
        if words[0] == "--almacen":
            words = words[2:]
        if words[0] in {"…", *HELP}:
            continue
        assert words[0] in COMMANDS, line
        assert {word for word in words if word.startswith("--")} <= options(words[0]) | HELP, line


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_and_option_is_told(name: str) -> None:
    told = set(_OPTION.findall(TEXTS[name]))
    for command in COMMANDS:
        assert f"consta {command}" in TEXTS[name]
        missing = {option for option in options(command) if option.startswith("--")} - told - HELP - {"--sí"}
        assert not missing, command


def test_every_variable_is_told_and_read() -> None:
    code = [*ROOT.glob("*/**/*.py"), ROOT / "Makefile"]
    own = [path for path in code if not any(part.startswith(".") for part in path.relative_to(ROOT).parts)]
    read = {name for path in own for name in re.findall(r"\bCONSTA_[A-Z]+\b", path.read_text(encoding="utf-8"))}
    assert set(re.findall(r"\bCONSTA_[A-Z]+\b", TEXTS["README.md"])) == read
    assert "CONSTA_ALMACEN" in TEXTS["docs/guia.md"]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Outcome, ...]]:
    """The session of each document, run from its first command to its last over a store of its own."""
    found = {}
    for name, session in SESSIONS.items():
        folder = tmp_path_factory.mktemp("docs")
        found[name] = tuple(run(step, folder / "almacen", folder / "evaluacion") for step in session)
    return found


@pytest.mark.parametrize(("name", "place"), SHOWN, ids=str)
def test_sessions_end_as_shown(outcomes: dict[str, tuple[Outcome, ...]], name: str, place: int) -> None:
    """Status, and the figures of every answer and audit; after a change of wording: python -m tests.docs_session."""
    step, now = SESSIONS[name][place], outcomes[name][place]
    assert now.lines, step.command
    refused = step.printed[0].startswith(("No consta", "¿"))
    assert now.status == (3 if refused else 0), "\n".join(now.lines)
    if step.words[1] in {"preguntar", "auditar"}:
        assert [*figures(now.lines)] == [*figures(step.printed)], "\n".join(now.lines)
    elif step.words[1] in {"cargar", "quitar"}:
        assert now.lines[-1] == step.printed[-1]


def figures(lines: tuple[str, ...]) -> Iterator[str]:
    """The numbers of the answers, without those of sources and cells."""
    telling = True
    for line in lines:
        telling = (telling and not line.startswith(_AFTER_THE_ANSWER)) or line.startswith("Pregunta> ")
        if telling:
            yield from _NUMBER.findall(line)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store loaded as the README shows."""
    folder = tmp_path_factory.mktemp("docs") / "almacen"
    first: Step = SESSIONS["README.md"][0]
    assert run(first, folder, folder).status == 0
    return folder


@pytest.fixture(scope="module")
def assistant(store: Path) -> Assistant:
    return Assistant.open(store)


def examples() -> list[tuple[str, str]]:
    """Questions of the guide and what their answer must hold."""
    start = TEXTS["docs/guia.md"].index("| clase | pregunta | respuesta |")
    table = TEXTS["docs/guia.md"][start:].split("\n\n")[0].split("\n", 2)[2]
    return [(match["question"], match["told"]) for match in _EXAMPLE.finditer(table + "\n")]


@pytest.mark.parametrize(("question", "told"), examples())
def test_example_questions_are_answered(assistant: Assistant, question: str, told: str) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.ANSWERED, answer.text
    assert told in answer.text


def test_the_examples_are_found() -> None:
    assert len(examples()) > 15


def test_the_python_of_the_readme_runs(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = next(block for kind, block in _FENCE.findall(TEXTS["README.md"]) if kind == "python")
    names: dict[str, object] = {}
    exec(code.replace('"almacen"', repr(str(store))), names)
    answer = names["answer"]
    assert isinstance(answer, Answer)
    assert answer.status is Status.ANSWERED
    assert capsys.readouterr().out


def test_the_json_of_the_readme_has_its_shape(assistant: Assistant) -> None:
    shown = json.loads(next(block for kind, block in _FENCE.findall(TEXTS["README.md"]) if kind == "json"))
    real = assistant.ask("¿y en julio?", history=["¿Cuánto gastó la SIE en mayo?"]).to_dict()
    assert shown.keys() == real.keys()
    for name in ("values", "citations"):
        assert shown[name][0].keys() == real[name][0].keys()
    assert shown["route"].keys() == real["route"].keys()
    assert shown["values"] == real["values"]


def test_the_golden_lines_of_the_readme_can_be_run(store: Path, tmp_path: Path) -> None:
    lines = next(block for kind, block in _FENCE.findall(TEXTS["README.md"]) if kind == "jsonl")
    golden = tmp_path / "banco.jsonl"
    golden.write_text(lines, encoding="utf-8")
    done = run(Step(command=f"consta evaluar {golden} --minimo 1", printed=()), store, tmp_path)
    assert done.status == 0, "\n".join(done.lines)


def test_the_map_and_the_release_are_those_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages <= set(re.findall(r"^\| `(\w+)/` \|", TEXTS["README.md"], re.MULTILINE))
    assert f"## {project['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith(f"{project['license']} License")
