"""The events of «Preguntar»: questions and their answers, the evidence that is looked at, what the page remembers."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import gradio as gr

from assistant.model import Answer
from assistant.replies import chosen
from index.errors import NotLoadedError, StoreError
from index.model import Document
from ui.chat.examples import examples
from ui.chat.looking import Wishes
from ui.chat.names import document_name
from ui.chat.remembered import recalled
from ui.chat.service import ChatService
from ui.chat.turns import Turn, history
from ui.chat.views import (
    Place,
    evidence_html,
    failed_html,
    first_step,
    no_evidence_html,
    reading_html,
    talk_html,
    welcome_html,
)

LONGEST = 2000  # characters of a question
AT_ONCE = 16  # answers looked for at the same time, whoever asks
_SOON = 0.12  # seconds within which an answer comes without a word about the search: drawn once, it is there earlier
_LOOK = 0.1  # seconds between two looks whether an answer is there or was stopped
_PATIENCE = 0.6  # seconds between two signs of life while an answer is looked for

Turns = tuple[Turn, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Asked:
    """A question on its way. turns: what it is put after; leans_on: what it is understood by, None for the same.

    after: what stays behind it. soon: seconds within which its answer comes alone; 0 where an answer like the one before
    would look as if nothing had been done.
    """

    question: str
    turns: Turns
    scope: tuple[str, ...]
    leans_on: Turns | None = None
    after: Turns = ()
    soon: float = _SOON


class Teller:
    """The events of the tab. The conversation of a session is not kept here: it comes in and goes out with every event."""

    def __init__(self, service: ChatService) -> None:
        self._service = service
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="consta-ask")
        self._stops: dict[str, threading.Event] = {}  # of the sessions that wait for an answer
        self._wishes = Wishes()
        self._examples = lru_cache(maxsize=8)(lambda _revision, documents: examples(service, documents))

    def ask(self, text: str, turns: Turns, scope: Sequence[str], request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """A question typed in the box."""
        question = " ".join((text or "").split())[:LONGEST]
        if not question:
            yield (gr.skip(),) * 7
            return
        yield from self._answered(_Asked(question=question, turns=turns, scope=tuple(scope or ())), request)

    def ask_example(
        self, _text: str, turns: Turns, scope: Sequence[str], event: gr.EventData, request: gr.Request
    ) -> Iterator[Any]:
        """An example or a suggestion that was clicked."""
        yield from self.ask(_told(event, "text"), turns, scope, request)

    def choose(
        self, _text: str, turns: Turns, scope: Sequence[str], event: gr.EventData, request: gr.Request
    ) -> Iterator[Any]:
        """A candidate of an ask-back that was clicked: the same question, made precise."""
        place, label = _number(event, "turn"), _told(event, "text")
        if not 0 <= place < len(turns):
            yield from self.ask(label, turns, scope, request)
            return
        # what came after the ask-back is not what the question leans on
        question = chosen(turns[place].question, label)
        asked = _Asked(question=question, turns=turns, scope=tuple(scope or ()), leans_on=turns[:place])
        yield from self._answered(asked, request)

    def again(
        self, _text: str, turns: Turns, _scope: Sequence[str], event: gr.EventData, request: gr.Request
    ) -> Iterator[Any]:
        """The same question once more, in its place: what followed it stays."""
        place = _number(event, "turn")
        if 0 <= place < len(turns):
            again = turns[place]
            asked = _Asked(
                question=again.question, turns=turns[:place], scope=again.documents, after=turns[place + 1 :], soon=0.0
            )
            yield from self._answered(asked, request)

    def edit(self, turns: Turns, event: gr.EventData) -> tuple[Any, ...]:
        """Back to a question: it stands in the box again, and the conversation ends before it."""
        place = _number(event, "turn")
        if not 0 <= place < len(turns):
            return turns, gr.skip(), gr.skip()
        kept = turns[:place]
        return kept, self._talk(kept), turns[place].question

    def stop(self, request: gr.Request) -> None:
        """The answer that is being looked for is not waited for any longer."""
        waiting = self._stops.get(request.session_hash or "")
        if waiting is not None:
            waiting.set()

    def look(self, turns: Turns, event: gr.EventData, request: gr.Request) -> Any:
        """Which evidence was pressed: of an answer, by source and page."""
        page = _number(event, "page")
        place = Place(turn=_number(event, "turn"), source=_number(event, "source"), page=page if page > 0 else None)
        if not 0 <= place.turn < len(turns):
            return gr.skip()
        last = self._wishes.press(request.session_hash or "", _number(event, "press"), place)
        return place if last else gr.skip()

    def prove(self, turns: Turns, place: Place | None, request: gr.Request) -> Any:
        """The evidence of the answer that just came, or that was pressed, unless something else is wanted by now."""
        if place is None or place.turn >= len(turns) or turns[place.turn].answer is None:
            return gr.skip()
        proof = self._proof(turns, place)
        return proof if self._wishes.still(request.session_hash or "", place) else gr.skip()

    def restart(self, scope: Sequence[str], request: gr.Request) -> tuple[Any, ...]:
        """A conversation without memory."""
        self._wishes.turn_to(request.session_hash or "", None)
        nothing = no_evidence_html(self._loaded())
        return (), self.welcome(tuple(scope or ()), with_examples=True), "", nothing, ""

    def find_examples(self, scope: Sequence[str]) -> None:
        """Have the examples of the chosen reports at hand for `opened` and `limited`."""
        self.welcome(tuple(scope or ()), with_examples=True)

    def opened(self, turns: Turns, kept: object, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """A page that was just opened: the reports may be others than when the server started.

        kept: the conversation that was there before the page was loaded anew, or the server started anew: it is asked
        again, because what was answered is with the server alone.
        """
        same, choices = gr.skip(), self.choices(())
        before = () if turns else recalled(kept, LONGEST)
        if turns or not before:  # the first question was faster
            talk, proof = (same, same) if turns else (self._talk(()), no_evidence_html(self._loaded()))
            yield same, same, talk, same, proof, same, choices
            return
        told = talk_html(before[-1:], self._loaded(), step="Recuperando su conversación…", kept=False)
        wait, go = gr.update(interactive=False), gr.update(interactive=True)
        yield same, same, told, wait, same, wait, choices
        found: Turns = ()
        for turn in before:
            waiting = self._pool.submit(self._service.ask, turn.question, history(found), turn.documents)
            found = (*found, self._turn(turn, waiting))
        place = Place(turn=max((at for at, turn in enumerate(found) if turn.answer is not None), default=0))
        self._wishes.turn_to(request.session_hash or "", place)
        proof = same if found[place.turn].answer is None else self._proof(found, place)
        yield found, place, self._talk(found, shown=place.turn), go, proof, go, same

    def limited(self, turns: Turns, scope: Sequence[str]) -> Any:
        """Other reports were chosen: the examples are theirs."""
        return gr.skip() if turns else self.welcome(tuple(scope or ()), with_examples=True)

    def choices(self, scope: Sequence[str]) -> Any:
        """The reports as they are loaded now."""
        documents = self._loaded()
        known = {d.id for d in documents}
        kept = [i for i in scope or () if i in known]
        choices = [(document_name(d), d.id) for d in documents]
        # a value that need not change is not sent: it would undo what was chosen while this was on its way
        return gr.update(choices=choices) if kept == list(scope or ()) else gr.update(choices=choices, value=kept)

    def welcome(self, documents: tuple[str, ...], *, with_examples: bool = False) -> str:
        """What stands where the conversation will be; examples are asked before they are shown, so they come later."""
        try:
            loaded = self._service.documents()
            known = tuple(i for i in documents if i in {d.id for d in loaded})
            found = self._examples(self._service.revision(), known) if with_examples else ()
        except StoreError as error:
            told = self._service.incident(error, "beginning a conversation").message
            return failed_html(told, "No se pueden leer los informes")
        return welcome_html(found, loaded)

    def _loaded(self) -> tuple[Document, ...]:
        """The loaded documents; none where the store fails, which the answer itself will tell."""
        try:
            return self._service.documents()
        except StoreError:
            return ()

    def _answered(self, asked: _Asked, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """The question and what is being done for it, then the answer; the answer alone when it is there soon."""
        turns = (*asked.turns, Turn(question=asked.question, documents=asked.scope))
        number = len(asked.scope) or len(self._loaded())
        busy: tuple[Any, ...]
        idle: tuple[Any, ...]
        busy, idle = (
            (gr.update(visible=free), gr.update(visible=not free), gr.update(interactive=free))
            for free in (False, True)
        )
        before = history(asked.turns if asked.leans_on is None else asked.leans_on)
        waiting = self._pool.submit(self._service.ask, asked.question, before, asked.scope)
        session = request.session_hash or ""
        stopped = self._stops[session] = threading.Event()  # before anybody is shown the button
        if not asked.soon or not wait([waiting], timeout=asked.soon).done:
            step = first_step(number, loading=False)
            yield (turns, gr.skip(), self._talk(turns, step=step), gr.skip(), *busy)
        else:
            idle = (gr.skip(),) * 3  # they never were busy
        signs = 0.0
        while not wait([waiting], timeout=_LOOK).done and not stopped.is_set():
            signs += _LOOK
            if signs >= _PATIENCE:
                signs = 0.0
                step = first_step(number, loading=not self._service.narrative_ready())
                yield (turns, gr.skip(), self._talk(turns, step=step), gr.skip(), *busy)
        if self._stops.get(session) is stopped:
            del self._stops[session]
        if not waiting.done():
            left = (*turns, *asked.after)
            yield (left, gr.skip(), self._talk(left), gr.skip(), *idle)
            return
        turn = self._turn(turns[-1], waiting)
        place = Place(turn=len(turns) - 1)
        self._wishes.turn_to(session, place)
        told = (*turns[:-1], turn, *asked.after)
        reading = gr.skip() if turn.answer is None else reading_html(turn.answer)
        yield (told, place, self._talk(told, shown=place.turn), reading, *idle)

    def _turn(self, turn: Turn, waiting: Future[Answer]) -> Turn:
        try:
            return replace(turn, answer=waiting.result())
        except Exception as error:  # noqa: BLE001 - outermost edge of an answer: logged, told, the conversation goes on
            return replace(turn, incident=self._service.incident(error, f"answering {turn.question!r}"))

    def _talk(self, turns: Turns, *, step: str | None = None, shown: int | None = None) -> str:
        if not turns:
            return self.welcome((), with_examples=True)
        return talk_html(turns, self._loaded(), step=step, shown=shown)

    def _proof(self, turns: Turns, place: Place) -> str:
        try:
            return evidence_html(turns[place.turn], place, self._service)
        except NotLoadedError:
            return failed_html("El informe de esta respuesta ya no está cargado.")
        except Exception as error:  # noqa: BLE001 - outermost edge of the evidence: logged and told, the answer stays
            return failed_html(self._service.incident(error, "showing evidence").message)


def _told(event: gr.EventData, name: str) -> str:
    found = (event._data or {}).get(name)  # noqa: SLF001 - the framework hands custom events over there
    return found if isinstance(found, str) else ""


def _number(event: gr.EventData, name: str) -> int:
    found = (event._data or {}).get(name)  # noqa: SLF001 - gradio tells what was clicked nowhere else
    return found if isinstance(found, int) and not isinstance(found, bool) else -1
