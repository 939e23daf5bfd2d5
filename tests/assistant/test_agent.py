"""The agent is a workflow whose answers are those of its steps, from plain and from asynchronous code."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import agent as agent_module
from assistant.agent import Agent, AgentWorkflow, AskedEvent
from assistant.agent_tools import AgentTools
from assistant.assistant import Assistant
from assistant.model import Status
from assistant.routes import Choice, Library, Reading, Tool, answer_plainly
from assistant.shortlist import Scope
from index.ingest import read_report
from index.labels import open_labels
from index.retrievers import search_through
from index.search import PassageIndex
from index.sqlite_store import SqliteStore
from tests.assistant.made_store import FILE, QUESTIONS, made_store
from tests.conftest import ROOT
from tools.cataloguing import build


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    return Assistant(made_store(tmp_path))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    reports = tuple(made_store(tmp_path).reports())
    passages = PassageIndex.build(reports)
    return Library(
        catalogue=build(reports), reports=reports, passages=lambda: passages, labels=lambda: open_labels(reports)
    )


class Reworded:
    """A seat taken by someone who says the question in other words."""

    def __init__(self, tool: Tool, text: str) -> None:
        self.choice = Choice(tool=tool, text=text)

    async def select(self, reading: Reading) -> Choice:
        return self.choice


def test_the_workflow_answers_as_its_steps_do(library: Library) -> None:
    for question in QUESTIONS:
        assert Agent().answer(question, Scope(), library) == answer_plainly(question, Scope(), library), question


def test_the_assistant_goes_through_the_workflow(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []
    run = AgentWorkflow.run

    def watched(self: AgentWorkflow, *, start_event: AskedEvent) -> object:
        started.append(start_event.asking.text)
        return run(self, start_event=start_event)

    monkeypatch.setattr(AgentWorkflow, "run", watched)
    assert assistant.ask("¿Cuánto ejecutó Punta Alta?").status is Status.ANSWERED
    assert started == ["¿Cuánto ejecutó Punta Alta?"]


def test_it_answers_inside_a_running_event_loop(assistant: Assistant) -> None:
    """A notebook and a web server have a loop of their own running."""

    async def cell() -> str:
        return assistant.ask("¿Cuánto ejecutó Punta Alta?").text

    assert "Q600.00" in asyncio.run(cell())


def test_asynchronous_code_may_wait_for_it(library: Library) -> None:
    answer, _ = asyncio.run(Agent().answer_async("total vigente", Scope(), library))
    assert [f.value for f in answer.values] == [2500]


def test_the_loop_of_the_thread_is_left_alone(assistant: Assistant) -> None:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        assistant.ask("total vigente")
        assert asyncio.get_event_loop_policy().get_event_loop() is loop
        assert not loop.is_closed()
    finally:
        asyncio.set_event_loop(None)
        loop.close()


def test_many_threads_may_ask_at_once(assistant: Assistant) -> None:
    alone = [assistant.ask(q) for q in QUESTIONS]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(assistant.ask, QUESTIONS * 3)) == alone * 3


def test_a_failure_in_a_step_reaches_the_caller(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agent_module, "run_tool", lambda *_: {}["nada"])
    with pytest.raises(KeyError, match="nada"):
        Agent().answer("total vigente", Scope(), library)


def test_events_do_not_write_tables_out(library: Library) -> None:
    """The engine takes the `repr` of every event for its traces: of a whole table it would cost more than the answer."""
    reading = Reading("total vigente", Scope(), library)
    assert len(repr(agent_module.ReadEvent(reading=reading))) < 200
    choice = Choice(tool=Tool.FIGURES)
    assert len(repr(agent_module.SelectedEvent(reading=reading, choice=choice))) < 300


@pytest.mark.parametrize(
    ("tool", "text", "status"),
    [
        (Tool.FIGURES, "ejecutado de Punta Alta", Status.ANSWERED),
        (Tool.FIGURES, "ejecutado de Punta Luna", Status.NOT_FOUND),  # the check stays, whoever chose
        (Tool.NARRATIVE, "misión", Status.ANSWERED),
        (Tool.NARRATIVE, "ejecutado de Punta Luna", Status.NOT_FOUND),
        (Tool.NONE, "ejecutado de Punta Alta", Status.NOT_FOUND),
    ],
)
def test_another_selector_may_sit_in_the_seat(library: Library, tool: Tool, text: str, status: Status) -> None:
    answer, turn = Agent(Reworded(tool, text)).answer("¿cómo le fue a la de arriba?", Scope(), library)
    assert answer.status is status
    assert (turn is None) == (status is Status.NOT_FOUND)


@pytest.mark.parametrize(
    ("tool", "arguments", "values"),
    [
        ("consultar", {"pregunta": "¿Cuánto ejecutó Punta Baja?"}, [400]),
        ("cifra", {"fila": "Punta Baja", "medida": "vigente", "cuadro": "1", "informe": FILE}, [800]),
        ("porcentaje_de_ejecucion", {"fila": "Isla Negra", "medida": "financiera"}, [25]),
        ("total", {"medida": "ejecutado"}, [1125]),
        ("participacion", {"fila": "Isla Negra", "medida": "vigente"}, [20]),
        ("promedio", {"medida": "ejecutado", "cuadro": "Cuadro 1"}, [375]),
        ("mayores", {"medida": "vigente", "cuantos": 1}, [1200]),
        ("mayores", {"medida": "vigente", "cuantos": 1, "menores": True}, [500]),
        ("cifra", {"fila": "Punta Luna", "medida": "vigente"}, []),
    ],
)
def test_tools_answer_in_canonical_words(
    assistant: Assistant, tool: str, arguments: dict[str, object], values: list[int]
) -> None:
    reply = getattr(AgentTools(assistant), tool)(**arguments)
    assert reply["status"] == ("answered" if values else "not_found"), reply["text"]
    assert [v["value"] for v in reply["values"]][: len(values)] == values


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("diferencia", {"medida": "vigente", "otra_medida": "ejecutado", "fila": "Punta Alta"}, ["600"]),
        ("comparar", {"fila": "Punta Alta", "otra_fila": "Punta Baja", "medida": "ejecutado"}, ["600", "400", "200"]),
    ],
)
def test_tools_over_two_figures_show_both(
    assistant: Assistant, tool: str, arguments: dict[str, str], words: list[str]
) -> None:
    text = getattr(AgentTools(assistant), tool)(**arguments)["text"]
    assert all(word in text for word in words), text


def test_llamaindex_sees_every_tool_with_its_description(assistant: Assistant) -> None:
    tools = AgentTools(assistant)
    dressed = {tool.metadata.name: tool for tool in tools.function_tools()}
    assert set(dressed) == {function.__name__ for function in tools.all()}
    assert all(tool.metadata.description for tool in dressed.values())
    assert dressed["informes"].call().raw_output == [FILE]
    assert dressed["total"].call(medida="vigente").raw_output["values"][0]["value"] == 2500
    assert dressed["cifra"].metadata.get_parameters_dict()["required"] == ["fila"]


def test_the_retriever_finds_what_the_search_finds(library: Library) -> None:
    """Two equal paragraphs of a page included, which LlamaIndex would take for one."""
    (report,) = library.reports
    twin = replace(report.chunks[-1], id="copia", order=99)
    passages = PassageIndex.build([replace(report, chunks=(*report.chunks, twin))])
    for stems in (["far"], ["nav", "pierd"], ["unicornio"], []):
        assert search_through(passages)(stems, k=5) == passages.search(stems, k=5)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("¿Cuánto ejecutó Punta Alta?", "Q600.00"),
        ("¿Cuánto presupuesto ejecutó Punta Luna?", "No consta"),
        ("¿Cuál es la misión?", "ninguna nave"),
        ("¿Qué función cumple en el Estado?", "ninguna nave"),
    ],
)
def test_a_cold_question_loads_nothing_heavy(tmp_path: Path, question: str, said: str) -> None:
    """Seconds of imports are for those who use what they bring; a figure that is not there does not need them either.

    A question about prose does with numpy and tokenizers.
    """
    made_store(tmp_path)
    heavy = "torch transformers gradio llama_index.core sentence_transformers sklearn scipy"
    code = (
        "import sys\nfrom ui.cli import app\n"
        f"app(['--almacen', {str(tmp_path / 's')!r}, 'preguntar', sys.argv[1]], standalone_mode=False)\n"
        f"print([m for m in '{heavy}'.split() if m in sys.modules], 'workflows' in sys.modules)"
    )
    with closing(SqliteStore(tmp_path / "s")) as store:
        store.add(read_report(tmp_path / FILE))
    command = [sys.executable, "-c", code, question]
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert said in done.stdout, done.stderr
    assert done.stdout.splitlines()[-1] == "[] True"
