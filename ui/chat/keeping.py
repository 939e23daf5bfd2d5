"""What a user does with an answer afterwards: save it under a link, say whether it was good."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import gradio as gr

from ui.answer_view import answer_lines
from ui.chat.ask_tab import AskTab
from ui.chat.desk import Desk, pressed, refusal, told
from ui.chat.export import talk_markdown
from ui.chat.gate import SAVED, visitor_of
from ui.chat.saving import Opinion, SavedTurn
from ui.chat.service import ChatService
from ui.chat.turns import Turn, history
from ui.chat.views import rendered

_KEPT = "Se guardó tal como está ahora. Desde su enlace se descarga como Markdown, Excel o CSV."
_LONGEST = 1000  # characters of a comment
Given = Mapping[str, int]  # numbers of the opinions of a session, by the answer they are on


def keep_answers(service: ChatService, desk: Desk, asked: AskTab) -> None:
    """Connect the buttons under the answers; called inside the Blocks context."""
    keeper = _Keeper(service, desk)
    given = gr.State({})
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    asked.talk.keep(keeper.keep, asked.turns, asked.notice, **quiet)
    asked.talk.opine(  # one after another: a comment follows the opinion it is on
        keeper.opine, [asked.turns, given], given, trigger_mode="multiple", concurrency_limit=1, **quiet
    )


def saved_turn(turn: Turn) -> SavedTurn:
    """A turn as it is kept: as data, and as it was shown."""
    if turn.answer is None:
        return SavedTurn(question=turn.question, answer=None)
    lines = tuple((line.part.name.lower(), line.text) for line in answer_lines(turn.answer))
    return SavedTurn(question=turn.question, answer=turn.answer.to_dict(), lines=lines)


class _Keeper:
    """The events. Nothing of a session is kept here."""

    def __init__(self, service: ChatService, desk: Desk) -> None:
        self._service = service
        self._desk = desk

    def keep(self, turns: Sequence[Turn], event: gr.EventData, request: gr.Request) -> str:
        """Save one answer, or all when the button names none. The line that tells its link."""
        with told(self._service, "saving a conversation"):
            place = pressed(event, "turn")
            chosen = _at(turns, place) if place else list(turns)
            if not chosen:
                raise refusal("Sin respuestas", "Todavía no hay nada que guardar.")
            ident = self._desk.saved.save(
                [saved_turn(turn) for turn in chosen], talk_markdown(chosen), owner=visitor_of(request).name
            )
        return rendered("kept.html", told=_KEPT, link=f"{SAVED}{ident}")

    def opine(self, turns: Sequence[Turn], given: Given, event: gr.EventData, request: gr.Request) -> Given:
        """Keep an opinion, or the comment on one that was given before."""
        with told(self._service, "keeping an opinion"):
            place = pressed(event, "turn")
            found = _at(turns, place)
            if not found or found[0].answer is None:
                raise refusal("Ya no está", "Esa respuesta ya no está en la conversación.")
            turn, good = found[0], pressed(event, "good") == "yes"
            comment = " ".join(pressed(event, "comment").split())[:_LONGEST]
            key = f"{place}:{good}:{turn.question}"
            if key in given:
                self._desk.saved.comment(given[key], comment)
                gr.Info("Se guardó su comentario.", title="Gracias")
                return given
            assert turn.answer is not None
            number = self._desk.saved.add_opinion(
                Opinion(
                    good=good,
                    question=turn.question,
                    answer=turn.answer.to_dict(),
                    comment=comment,
                    history=history(turns[: int(place)]),
                    documents=turn.documents,
                    owner=visitor_of(request).name,
                )
            )
        return {**given, key: number}


def _at(turns: Sequence[Turn], place: str) -> list[Turn]:
    """The turn at a place that a browser sent, as a list of one or none."""
    return [turns[int(place)]] if place.isdecimal() and int(place) < len(turns) else []
