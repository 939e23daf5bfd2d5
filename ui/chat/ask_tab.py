"""«Preguntar»: the conversation on the left, on the right the evidence of the answer that is looked at."""

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
from ui.chat.theme import asset
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

_LONGEST = 2000  # characters of a question
_AT_ONCE = 16  # answers looked for at the same time, whoever asks
_SOON = 0.12  # seconds within which an answer comes without a word about the search: drawn once, it is there earlier
_LOOK = 0.1  # seconds between two looks whether an answer is there or was stopped
_PATIENCE = 0.6  # seconds between two signs of life while an answer is looked for

Turns = tuple[Turn, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class AskTab:
    """What other parts of the page work with. turns: the conversation of the session; scope: ids it is limited to.

    talk: where the conversation is shown; its buttons send the events of `talk.js` and `desk_talk.js`. notice: a line
    between the conversation and the question, for what has to stay until it is read.
    """

    turns: gr.State
    talk: gr.HTML
    notice: gr.HTML
    scope: gr.Dropdown


def ask_tab(service: ChatService, page: gr.Blocks) -> AskTab:
    """Build the tab; to be called inside the context of `page`."""
    teller = _Teller(service)
    turns, looking = gr.State(()), gr.State(None)
    kept = gr.Textbox(visible=False)  # what the page remembers of a conversation
    with gr.Row(elem_id="ask", equal_height=False):
        with gr.Column(elem_id="talk", scale=5, min_width=320):
            with gr.Column(elem_id="talk-scroll"):
                talk = gr.HTML(
                    value=teller.welcome(()),
                    js_on_load=asset("talk.js") + asset("desk_talk.js"),
                    apply_default_css=False,
                    elem_id="talk-view",
                )
            with gr.Column(elem_id="composer"):
                notice = gr.HTML(js_on_load=asset("notice.js"), apply_default_css=False, elem_id="notice")
                with gr.Row(elem_id="compose", equal_height=True):
                    text = gr.Textbox(
                        label="Su pregunta",
                        placeholder="¿Cuánto se ejecutó en…?",
                        lines=1,
                        max_lines=5,
                        max_length=_LONGEST,
                        autofocus=True,
                        scale=6,
                        elem_id="question",
                    )
                    send = gr.Button("Preguntar", variant="primary", scale=1, min_width=110, elem_id="send")
                    stop = gr.Button("Detener", scale=1, min_width=110, visible=False, elem_id="stop")
                with gr.Row(elem_id="below"):
                    scope = gr.Dropdown(
                        choices=[],
                        multiselect=True,
                        label="Buscar solo en (vacío: en todos los informes)",
                        elem_id="scope",
                    )
                    fresh = gr.Button("Nueva conversación", size="sm", elem_id="fresh", min_width=160)
        with gr.Column(elem_id="proof", scale=6, min_width=320):
            proof = gr.HTML(
                value=no_evidence_html(service.documents()),
                js_on_load=asset("evidence.js"),
                apply_default_css=False,
                elem_id="proof-view",
            )

    private: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    # What comes while one is under way waits for its end ("always_last"). The framework then repeats the event it
    # began with: where the event carries data (which button was pressed), each has to be run by itself ("multiple").
    latest: dict[str, Any] = {"concurrency_limit": _AT_ONCE, "trigger_mode": "always_last", **private}
    each: dict[str, Any] = {"concurrency_limit": _AT_ONCE, "trigger_mode": "multiple", **private}
    inputs, outputs = [text, turns, scope], [turns, looking, talk, text, proof, send, stop, fresh]
    for on, fn, mode in (
        (text.submit, teller.ask, latest),
        (send.click, teller.ask, latest),
        (talk.ask, teller.ask_example, each),
        (talk.choose, teller.choose, each),
        (talk.again, teller.again, each),
    ):
        # The evidence is an event of its own: while it is got ready, the next question can be asked.
        on(fn, inputs, outputs, **mode).then(teller.prove, [turns, looking], [proof], **latest)
    stop.click(teller.stop, None, None, queue=False, **private)
    talk.edit(teller.edit, [turns], [turns, talk, text], **private).then(None, js=_FOCUS)
    for pressed in (talk.cite, proof.cite, proof.leaf):
        # First which was pressed, then what is shown: of several presses the last one alone.
        pressed(teller.look, [turns], [looking], trigger_mode="multiple", concurrency_limit=1, **private).then(
            teller.prove, [turns, looking], [proof], **latest
        )
    fresh.click(teller.restart, [scope], [turns, talk, text, proof, notice], **private).then(None, js=_FOCUS)
    # Examples take a while to find. Whether there is a conversation by now is asked only once they are there: a welcome
    # that was under way must not take the place of an answer.
    scope.change(teller.find_examples, [scope], None, **latest).then(teller.limited, [turns, scope], [talk], **latest)
    page.load(teller.find_examples, [scope], None, **latest).then(
        teller.opened, [turns, kept], [turns, looking, talk, text, proof, send, scope], js=_KEPT, **latest
    )
    return AskTab(turns=turns, talk=talk, notice=notice, scope=scope)


_KEPT = "(turns) => [turns, window.consta.keptTalk()]"
_FOCUS = "() => { document.querySelector('#question textarea')?.focus(); }"


class _Teller:
    """The events of the tab. The conversation of a session is not kept here: it comes in and goes out with every event."""

    def __init__(self, service: ChatService) -> None:
        self._service = service
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="consta-ask")
        self._stops: dict[str, threading.Event] = {}  # of the sessions that wait for an answer
        self._wishes = Wishes()
        self._examples = lru_cache(maxsize=8)(lambda _revision, documents: examples(service, documents))

    def ask(self, text: str, turns: Turns, scope: Sequence[str], request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """A question typed in the box."""
        question = " ".join((text or "").split())[:_LONGEST]
        if not question:
            yield (gr.skip(),) * 8
            return
        yield from self._answered(question, turns, tuple(scope or ()), request, box="")

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
        yield from self._answered(question, turns, tuple(scope or ()), request, leans_on=turns[:place])

    def again(
        self, _text: str, turns: Turns, _scope: Sequence[str], event: gr.EventData, request: gr.Request
    ) -> Iterator[Any]:
        """The same question once more, in its place: what followed it stays."""
        place = _number(event, "turn")
        if 0 <= place < len(turns):
            question = turns[place].question
            yield from self._answered(
                question, turns[:place], turns[place].documents, request, after=turns[place + 1 :], soon=0.0
            )

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
        before = () if turns else recalled(kept, _LONGEST)
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

    def _answered(
        self,
        question: str,
        turns: Turns,
        scope: tuple[str, ...],
        request: gr.Request,
        *,
        box: Any = None,
        leans_on: Turns | None = None,
        after: Turns = (),
        soon: float = _SOON,
    ) -> Iterator[tuple[Any, ...]]:
        """The question and what is being done for it, then the answer; the answer alone when it is there soon.

        soon: 0 where an answer like the one before would look as if nothing had been done.
        """
        keep = gr.skip() if box is None else box
        asked = (*turns, Turn(question=question, documents=scope))
        number = len(scope) or len(self._loaded())
        busy: tuple[Any, ...]
        idle: tuple[Any, ...]
        busy, idle = (
            (gr.update(visible=free), gr.update(visible=not free), gr.update(interactive=free))
            for free in (False, True)
        )
        waiting = self._pool.submit(
            self._service.ask, question, history(turns if leans_on is None else leans_on), scope
        )
        session = request.session_hash or ""
        if not soon or not wait([waiting], timeout=soon).done:
            step = first_step(number, loading=False)
            yield (asked, gr.skip(), self._talk(asked, step=step), keep, gr.skip(), *busy)
            keep = gr.skip()
        else:
            idle = (gr.skip(),) * 3  # they never were busy
        stopped = self._stops[session] = threading.Event()
        signs = 0.0
        while not wait([waiting], timeout=_LOOK).done and not stopped.is_set():
            signs += _LOOK
            if signs >= _PATIENCE:
                signs = 0.0
                step = first_step(number, loading=not self._service.narrative_ready())
                yield (asked, gr.skip(), self._talk(asked, step=step), gr.skip(), gr.skip(), *busy)
        if self._stops.get(session) is stopped:
            del self._stops[session]
        if not waiting.done():
            left = (*asked, *after)
            yield (left, gr.skip(), self._talk(left), gr.skip(), gr.skip(), *idle)
            return
        turn = self._turn(asked[-1], waiting)
        place = Place(turn=len(asked) - 1)
        self._wishes.turn_to(session, place)
        told = (*asked[:-1], turn, *after)
        reading = gr.skip() if turn.answer is None else reading_html(turn.answer)
        yield (told, place, self._talk(told, shown=place.turn), keep, reading, *idle)

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
