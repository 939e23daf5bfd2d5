"""«Preguntar»: the conversation on the left, on the right the evidence of the answer that is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from ui.chat.service import ChatService
from ui.chat.teller import AT_ONCE, LONGEST, Teller
from ui.chat.theme import asset
from ui.chat.views import no_evidence_html


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
    teller = Teller(service)
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
                        max_length=LONGEST,
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
    latest: dict[str, Any] = {"concurrency_limit": AT_ONCE, "trigger_mode": "always_last", **private}
    each: dict[str, Any] = {"concurrency_limit": AT_ONCE, "trigger_mode": "multiple", **private}
    inputs, outputs = [text, turns, scope], [turns, looking, talk, proof, send, stop, fresh]
    typed = {"js": _SENT, **latest}
    for on, fn, mode in (
        (text.submit, teller.ask, typed),
        (send.click, teller.ask, typed),
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
_SENT = "(text, ...others) => [window.consta.sent(text), ...others]"
_FOCUS = "() => { document.querySelector('#question textarea')?.focus(); }"
