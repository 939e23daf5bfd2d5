"""What the tabs beside the conversation share: where things are saved, the limits, who may change what."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import gradio as gr

from assistant.evaluation import EvaluationError
from index.errors import ConstaIndexError
from ui.chat.gate import visitor_of
from ui.chat.limits import Limits
from ui.chat.saving import Saved
from ui.chat.service import ChatService

_MAY_NOT = "Su usuario solo consulta: para cambiar los informes hace falta el rol «carga»."


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """golden: folder whose golden sets are offered beside the uploaded ones. login: whether users log in."""

    saved: Saved
    limits: Limits = field(default_factory=Limits)
    golden: Path | None = None
    login: bool = False


def refusal(title: str, message: str) -> gr.Error:
    """What a handler raises when it will not do as it is told. The framework's own title would be English."""
    return gr.Error(message, title=title, print_exception=False)


def may_change(request: gr.Request) -> bool:
    """Whether who sends this event may upload, correct and remove."""
    return visitor_of(request).may_change


def check_may_change(request: gr.Request) -> None:
    """Raise gr.Error for who may not. Every handler that changes something begins with this: hiding its button is no
    protection, because a browser may send any event of the page.
    """
    if not may_change(request):
        raise refusal("No permitido", _MAY_NOT)


def pressed(event: gr.EventData, name: str) -> str:
    """What a button of our HTML says under a name, as a text; empty when it says nothing."""
    data = event._data  # noqa: SLF001 - the framework hands custom events over there
    found = data.get(name) if isinstance(data, dict) else None
    return "" if found is None else str(found)


@contextmanager
def told(service: ChatService, doing: str) -> Iterator[None]:
    """Errors as what the user reads: those made for users as they are, any other with an incident number.

    doing: English, for the log.
    """
    try:
        yield
    except gr.Error:
        raise
    except (ConstaIndexError, EvaluationError) as error:
        raise refusal("No se pudo", str(error)) from error
    except Exception as error:  # outermost edge of an event - logged with its traceback, told by number
        raise refusal("Algo falló", service.incident(error, doing).message) from error
