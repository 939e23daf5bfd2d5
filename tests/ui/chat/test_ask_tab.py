"""The events of the conversation without a browser: what is told while one waits, and when something breaks."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest

from assistant.model import Answer
from index.ingest import read_report
from tests.assistant.made_store import made_store
from ui.chat.remembered import remembered
from ui.chat.service import ChatService
from ui.chat.turns import Turn

FIGURE = "¿Cuánto ejecutó Punta Alta?"


class Slow(ChatService):
    """Answers only once it is let go; its narrative index is never ready."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.go = threading.Event()

    def ask(self, text: str, history: Sequence[str] = (), documents: Sequence[str] = ()) -> Answer:
        self.go.wait(30)
        return super().ask(text, history, documents)

    def narrative_ready(self) -> bool:
        return False


@pytest.fixture
def request_() -> Any:
    return SimpleNamespace(session_hash="una sesión")


def teller(service: ChatService) -> Any:
    from ui.chat.teller import Teller

    return Teller(service)


def test_a_question_that_comes_before_the_narrative_index_says_so(tmp_path: Path, request_: Any) -> None:
    service = Slow(made_store(tmp_path))
    steps = teller(service).ask("¿Cuál es la misión?", (), [], request_)
    assert "Buscando en 1 informe…" in next(steps)[2]
    assert "Preparando la búsqueda en el texto de 1 informe" in next(steps)[2]
    service.go.set()
    turns = [turns for turns, *_ in steps if isinstance(turns, tuple)][-1]
    assert "encendidos los faros" in turns[-1].answer.text


def test_a_stopped_answer_leaves_its_question(tmp_path: Path, request_: Any) -> None:
    """What was stopped is not waited for, and the next question does not lean on it."""
    service = Slow(made_store(tmp_path))
    talk = teller(service)
    steps = talk.ask(FIGURE, (), [], request_)
    next(steps)
    next(steps)
    talk.stop(request_)
    (last,) = list(steps)[-1:]
    assert last[0][-1].answer is None
    assert last[1] == gr.skip()  # no evidence to show
    assert "Detenida" in last[2]
    service.go.set()


def test_another_session_is_not_stopped(tmp_path: Path, request_: Any) -> None:
    service = Slow(made_store(tmp_path))
    talk = teller(service)
    steps = talk.ask(FIGURE, (), [], request_)
    next(steps)
    next(steps)
    talk.stop(SimpleNamespace(session_hash="otra"))
    service.go.set()
    turns = [turns for turns, *_ in steps if isinstance(turns, tuple)][-1]
    assert "600" in turns[-1].answer.text


def test_evidence_that_breaks_leaves_the_answer(
    tmp_path: Path, request_: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The answer stands; in place of its evidence there is a number, and the traceback is in the log."""
    monkeypatch.setattr("ui.chat.teller.evidence_html", lambda *_: 1 // 0)
    talk = teller(ChatService(made_store(tmp_path)))
    *_, (turns, place, *_rest) = talk.ask(FIGURE, (), [], request_)
    assert "600" in turns[-1].answer.text
    assert "incidente" in talk.prove(turns, place, request_)
    assert "ZeroDivisionError" in caplog.text


def test_a_report_that_was_removed_meanwhile_is_told(tmp_path: Path, request_: Any) -> None:
    service = ChatService(made_store(tmp_path))
    talk = teller(service)
    *_, answer = talk.ask(FIGURE, (), [], request_)
    service.store.remove(service.documents()[0].id)
    event = SimpleNamespace(_data={"turn": 0, "source": 0})
    assert "ya no está cargado" in talk.prove(answer[0], talk.look(answer[0], event, request_), request_)


def test_the_evidence_pressed_last_is_shown(tmp_path: Path, request_: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Presses that overtake one another, and evidence that is ready late, never take the place of what is wanted."""
    talk = teller(ChatService(made_store(tmp_path)))
    turns: Any = ()
    for question in (FIGURE, "¿Cuánto ejecutó Punta Baja?"):
        *_, (turns, *_rest) = talk.ask(question, turns, [], request_)

    def pressed(number: int, turn: int, who: Any = request_) -> Any:
        return talk.look(turns, SimpleNamespace(_data={"turn": turn, "source": 0, "press": number}), who)

    first, second = pressed(1, 0), pressed(2, 1)
    assert talk.prove(turns, first, request_) == gr.skip()
    assert "400" in talk.prove(turns, second, request_)
    assert pressed(4, 0).turn == 0
    assert pressed(3, 1) == gr.skip()  # it arrived after a later one
    assert pressed(1, 1, SimpleNamespace(session_hash="otra")).turn == 1  # another session counts its own

    drawn = talk._proof

    def interrupted(*given: Any) -> Any:  # while it is drawn, something else is pressed
        pressed(6, 1)
        return drawn(*given)

    late = pressed(5, 0)
    monkeypatch.setattr(talk, "_proof", interrupted)
    assert talk.prove(turns, late, request_) == gr.skip()
    monkeypatch.setattr(talk, "_proof", drawn)
    last = pressed(7, 0)
    talk.restart([], request_)
    assert talk.prove(turns, last, request_) == gr.skip()  # the conversation it belongs to is gone


def test_the_list_of_reports_does_not_undo_what_was_chosen(tmp_path: Path) -> None:
    """The list is brought up to date while a person chooses from it; only reports that are gone are taken away."""
    service = ChatService(made_store(tmp_path))
    ident = service.documents()[0].id
    talk = teller(service)
    for chosen in ([], [ident]):
        update = talk.choices(chosen)
        assert [value for _, value in update["choices"]] == [ident]
        assert "value" not in update
    assert talk.choices([ident, "retirado"])["value"] == [ident]


@pytest.mark.parametrize("data", [None, {}, {"turn": "0"}, {"turn": -1}, {"turn": 99}, {"turn": True}, {"turn": 1e9}])
def test_what_a_browser_sends_is_not_trusted(tmp_path: Path, request_: Any, data: Any) -> None:
    """An event without its numbers, or with others, changes nothing."""
    talk = teller(ChatService(made_store(tmp_path)))
    *_, answer = talk.ask(FIGURE, (), [], request_)
    event = SimpleNamespace(_data=data)
    assert talk.edit(answer[0], event)[0] == answer[0]
    assert talk.look(answer[0], event, request_) == gr.skip()
    assert list(talk.again("", answer[0], [], event, request_)) == []


def test_a_store_that_fails_is_told(tmp_path: Path, request_: Any) -> None:
    """The conversation on the screen stays; the answer says what is wrong with the store."""
    made_store(tmp_path)
    service = ChatService.open(tmp_path / "almacen")
    service.store.add(read_report(tmp_path / "faros.txt"))
    talk = teller(service)
    *_, (turns, *_rest) = talk.ask(FIGURE, (), [], request_)
    shutil.rmtree(tmp_path / "almacen")
    *_, (turns, _, shown, *_rest) = talk.ask("¿Cuánto ejecutó Punta Baja?", turns, [], request_)
    assert turns[0].answer is not None
    assert "600" in shown
    assert "se borró o se cambió" in shown
    (opened,) = talk.opened((), "", request_)
    assert "se borró o se cambió" in opened[2]
    service.close()


def test_what_a_page_remembers_is_asked_again(tmp_path: Path, request_: Any) -> None:
    """Nobody can write meanwhile; what is not answered any more is told in its place."""
    talk = teller(ChatService(made_store(tmp_path)))
    gone = Turn(question="¿Cuánto ejecutó Isla Negra?", documents=("no",))
    asked = remembered([Turn(question=FIGURE), Turn(question="¿y Punta Baja?"), gone])
    waiting, last = talk.opened((), asked, request_)
    assert "Recuperando su conversación" in waiting[2]
    assert not waiting[3]["interactive"]
    turns, place, shown, text, _, send, _ = last
    assert [turn.answer.values[0].value for turn in turns[:2]] == [600, 400]
    assert "No está cargado «no»" in shown
    assert place.turn == 1  # the last whose evidence there is
    assert text["interactive"]
    assert send["interactive"]


def test_a_question_that_was_faster_than_what_is_remembered_stays(tmp_path: Path, request_: Any) -> None:
    talk = teller(ChatService(made_store(tmp_path)))
    turns = (Turn(question=FIGURE),)
    (opened,) = talk.opened(turns, remembered([Turn(question="¿y?")]), request_)
    assert opened[:3] == (gr.skip(),) * 3
