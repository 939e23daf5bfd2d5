"""A saved conversation as the inside of a web page and as a table. What comes from reports or users is text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from html import escape
from itertools import groupby
from typing import Any

from ui.chat.export import Cell
from ui.chat.saving import SavedTalk, SavedTurn

HEADINGS = (
    "n.º", "pregunta", "resultado", "dato", "valor", "unidad", "impreso en el informe", "respuesta", "cálculo", "fuentes",
)  # fmt: skip
_STATUS = {"answered": "Respuesta", "ambiguous": "Hace falta precisar", "not_found": "No consta"}
_FAILED = "No se pudo responder."
_LISTED = {"option", "cell"}  # parts of an answer that are told as a list


def saved_html(talk: SavedTalk) -> str:
    """The turns as HTML; the frame of the page is put around them by whoever serves it."""
    return "\n".join(_turn_html(turn) for turn in talk.turns)


def talk_rows(turns: Sequence[SavedTurn]) -> list[tuple[Cell, ...]]:
    """One row a figure, or one an answer that has none; HEADINGS first."""
    return [HEADINGS, *(row for number, turn in enumerate(turns, 1) for row in _rows(number, turn))]


def _rows(number: int, turn: SavedTurn) -> Iterator[tuple[Cell, ...]]:
    answer = turn.answer
    if answer is None:
        yield (Decimal(number), turn.question, _FAILED, *[""] * 7)
        return
    head = (Decimal(number), turn.question, _STATUS[answer["status"]])
    tail = (answer["text"], answer["formula"] or "", "\n".join(_source(c) for c in answer["citations"]))
    for value in answer["values"] or [None]:
        yield (*head, *_figure(value), *tail)


def _figure(value: dict[str, Any] | None) -> tuple[Cell, ...]:
    if value is None:
        return ("", "", "", "")
    number: Cell = "" if value["value"] is None else Decimal(str(value["value"]))
    return (value["label"], number, value["unit"] or "", "sí" if value["printed"] else "no")


def _source(cited: dict[str, Any]) -> str:
    page = f", p. {cited['page']}" if cited["page"] is not None else ""
    places = (cited["table"] or cited["section"], cited["row"], cited["column"])
    return f"{cited['file']}{page}: {' · '.join(place for place in places if place)}: {cited['text']}"


def _turn_html(turn: SavedTurn) -> str:
    if turn.answer is None:
        return f'<article><h2>{escape(turn.question)}</h2><p class="status failed">{_FAILED}</p></article>'
    status = turn.answer["status"]
    body = f'<p class="status {escape(status)}">{_STATUS[status]}</p>'
    for listed, lines in groupby(turn.lines, key=lambda line: line[0] in _LISTED):
        if listed:
            body += f"<ul>{''.join(f'<li>{escape(text)}</li>' for _, text in lines)}</ul>"
        else:
            body += "".join(f'<p class="{escape(part)}">{escape(text)}</p>' for part, text in lines)
    return f"<article><h2>{escape(turn.question)}</h2>{body}</article>"
