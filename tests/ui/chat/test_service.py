"""Many sessions, one assistant: changes are seen, answers under way are not disturbed, failures get a number."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.model import Answer, Status
from index.errors import NotLoadedError
from index.ingest import read_report
from index.model import Report
from tests.assistant.made_store import made_store
from ui.chat.service import ChatService
from ui.chat.shelf import Shelf
from ui.chat.talks import Talks


def test_a_report_that_is_loaded_is_found_at_the_next_question(tmp_path: Path) -> None:
    """Nobody restarts a server because a file came."""
    service = ChatService(made_store(tmp_path))
    assert service.ask("¿Cuánto ejecutó Muelle Viejo?").status is Status.NOT_FOUND
    other = tmp_path / "muelles.txt"
    other.write_text(
        "INSTITUTO DE MUELLES\n\nCuadro 1: Gasto por muelle (En quetzales)\n\nMuelle\tVigente\tEjecutado\n"
        "Muelle Viejo\t10.00\t5.00\nMuelle Nuevo\t20.00\t8.00\n",
        encoding="utf-8",
    )
    service.store.add(read_report(other), original=other.read_bytes())
    answer = service.ask("¿Cuánto ejecutó Muelle Viejo?")
    assert answer.status is Status.ANSWERED
    assert answer.values[0].value == 5
    assert len(service.documents()) == 2


def test_a_report_that_is_removed_is_gone(tmp_path: Path) -> None:
    """What was removed is neither answered from nor shown."""
    service = ChatService(made_store(tmp_path))
    ident = service.documents()[0].id
    assert service.ask("¿Cuánto ejecutó Punta Alta?").status is Status.ANSWERED
    service.store.remove(ident)
    assert service.ask("¿Cuánto ejecutó Punta Alta?").status is Status.NOT_FOUND
    with pytest.raises(NotLoadedError):
        service.report(ident)


def test_who_asks_does_not_wait_for_a_long_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a report that was added is made ready, answers go on without it; what is removed is never answered from."""
    service = ChatService(made_store(tmp_path))
    first = service.documents()[0].id
    assert service.ask("¿Cuánto ejecutó Punta Alta?").values[0].value == 600
    go, prepare = threading.Event(), Assistant.prepare

    def slow(self: Assistant) -> None:
        go.wait(60)
        prepare(self)

    monkeypatch.setattr(Assistant, "prepare", slow)
    other = tmp_path / "muelles.txt"
    other.write_text("Cuadro 1: Gasto (En quetzales)\n\nMuelle\tEjecutado\nMuelle Viejo\t5.00\nMuelle Nuevo\t8.00\n")
    service.store.add(read_report(other), original=other.read_bytes())
    assert service.ask("¿Cuánto ejecutó Punta Alta?").values[0].value == 600
    assert service.ask("¿Cuánto ejecutó Muelle Viejo?").status is Status.NOT_FOUND
    go.set()
    service.catch_up()
    assert len(service.documents()) == 2
    assert service.ask("¿Cuánto ejecutó Muelle Viejo?").values[0].value == 5
    go.clear()
    service.store.remove(first)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(service.ask, "¿Cuánto ejecutó Punta Alta?")
        with pytest.raises(TimeoutError):
            waiting.result(timeout=1.5)
        go.set()
        assert waiting.result().status is Status.NOT_FOUND


def test_who_asks_does_not_wait_for_a_removal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a report is being removed it still answers; once it is gone, the others answer at once, and are not read anew."""
    service = ChatService(made_store(tmp_path))
    service.store.add(other_report(tmp_path))
    service.catch_up()
    first = next(document.id for document in service.documents() if document.file != "muelles.txt")
    go, prepare = threading.Event(), Assistant.prepare

    def slow(self: Assistant) -> None:
        go.wait(60)
        prepare(self)

    monkeypatch.setattr(Assistant, "prepare", slow)
    monkeypatch.setattr(Shelf, "read", None)
    with ThreadPoolExecutor(1) as pool:
        removing = pool.submit(service.remove, first)
        assert service.ask("¿Cuánto ejecutó Punta Alta?").values[0].value == 600
        assert not removing.done()
        go.set()
        removing.result(timeout=30)
    assert service.ask("¿Cuánto ejecutó Punta Alta?").status is Status.NOT_FOUND
    assert service.ask("¿Cuánto ejecutó Muelle Viejo?").values[0].value == 5
    with pytest.raises(NotLoadedError):
        service.remove(first)


def test_a_conversation_goes_on_where_it_was_with_the_next_reports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What its next question leans on is found before the next reports take over: nobody waits for it."""
    service = ChatService(made_store(tmp_path))
    first, then = "¿Cuánto ejecutó Punta Alta?", "¿y Punta Baja?"
    service.ask(first)
    assert service.ask(then, [first]).values[0].value == 400
    heard: list[tuple[tuple[str, ...], int]] = []
    ask = Assistant.ask

    def listening(self: Assistant, text: str, history: Sequence[str] = (), documents: Sequence[str] = ()) -> Answer:
        heard.append((tuple(history), len(service._shelf.store.documents()) if service._shelf else 0))
        return ask(self, text, history, documents)

    monkeypatch.setattr(Assistant, "ask", listening)
    service.store.add(other_report(tmp_path))
    service.catch_up()
    assert heard == [((first, then), 1)]  # asked of the new reports while the others still stood
    assert service.narrative_ready()
    assert service.ask("¿y Isla Negra?", [first, then]).values[0].value == 125


def test_nobody_is_answered_from_a_report_removed_while_another_is_made_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was begun before the removal is neither waited out in full nor taken for the end."""
    service = ChatService(made_store(tmp_path))
    question = "¿Cuánto ejecutó Punta Alta?"
    first = service.documents()[0].id
    service.ask("¿y Punta Baja?", [question])
    began, recall = threading.Event(), Shelf.recall

    def slow(self: Shelf, talks: Talks, enough: Callable[[], bool]) -> None:
        began.set()
        for _ in range(3000):
            if enough():
                break
            time.sleep(0.01)
        recall(self, talks, enough)

    monkeypatch.setattr(Shelf, "recall", slow)
    service.store.add(other_report(tmp_path))
    assert service.ask(question).values[0].value == 600  # the new report is on its way
    assert began.wait(20)
    service.store.remove(first)
    assert service.ask(question).status is Status.NOT_FOUND
    assert [document.file for document in service.documents()] == ["muelles.txt"]


def other_report(folder: Path) -> Report:
    path = folder / "muelles.txt"
    path.write_text("Cuadro 1: Gasto (En quetzales)\n\nMuelle\tEjecutado\nMuelle Viejo\t5.00\nMuelle Nuevo\t8.00\n")
    return read_report(path)


def test_conversations_are_kept_in_mind_for_a_while() -> None:
    """The last one first, each as it stands now; old ones and those beyond a few dozen are forgotten."""
    now = [0.0]
    talks = Talks(lambda: now[0])
    talks.note("a", [], [])
    assert talks.recent() == []
    talks.note("b", ["a"], [])
    talks.note("x", ["w"], ["doc"])
    talks.note("c", ["a", "b"], [])
    assert talks.recent() == [(("a", "b", "c"), ()), (("w", "x"), ("doc",))]
    assert talks.recent({(("a", "b", "c"), ())}) == [(("w", "x"), ("doc",))]
    now[0] = 590.0
    talks.note("y", ["w", "x"], ["doc"])
    now[0] = 610.0
    assert talks.recent() == [(("w", "x", "y"), ("doc",))]
    for number in range(100):
        talks.note("z", [str(number)], [])
    assert len(talks.recent()) == 64


def test_sessions_that_ask_at_once_get_their_own_answers(tmp_path: Path) -> None:
    """Twelve threads, text and figures mixed, while the narrative index is being built."""
    service = ChatService(made_store(tmp_path))
    asked = {
        "¿Cuánto ejecutó Punta Alta?": "600",
        "¿Cuánto ejecutó Punta Baja?": "400",
        "¿Cuánto ejecutó Isla Negra?": "125",
        "¿Cuál es la misión?": "encendidos los faros",
    }
    service.warm_up()
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(service.ask, [*asked] * 12))
    for question, answer in zip([*asked] * 12, answers, strict=True):
        assert asked[question] in answer.text


def test_the_narrative_index_is_built_behind(tmp_path: Path) -> None:
    """`warm_up` returns at once, and the page knows when the index is there."""
    service = ChatService(made_store(tmp_path))
    assert not service.narrative_ready()
    service.warm_up()
    for thread in threading.enumerate():
        if thread.name == "consta-warm-up":
            thread.join(120)
    assert service.narrative_ready()


def test_a_failure_is_logged_under_the_number_that_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Who maintains Consta finds the traceback by what the user reads out."""
    service = ChatService(made_store(tmp_path))
    with caplog.at_level(logging.ERROR):
        try:
            raise ZeroDivisionError("inside")  # noqa: TRY301 - a failure like any other
        except ZeroDivisionError as error:
            incident = service.incident(error, "answering")
    assert incident.number in incident.message
    assert "inside" not in incident.message
    assert incident.number in caplog.text
    assert "ZeroDivisionError: inside" in caplog.text
