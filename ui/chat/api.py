"""Named endpoints for programs (`preguntar`, `documentos`, `evaluar`): the same over HTTP and, where asked for, MCP.

They return what the command line prints with `--json`. Errors are `gr.Error` with a Spanish message; a failure that is
nobody's mistake carries an incident number.
"""

from __future__ import annotations

from typing import Any

from gradio.events import api

from ui.chat.desk import refusal, told
from ui.chat.evaluations import read_cases, run_cases
from ui.chat.limits import Limits
from ui.chat.service import ChatService
from ui.documents_view import document_dict

_NAME = "banco.jsonl"


def publish(service: ChatService, limits: Limits) -> None:
    """Add the endpoints to the page; called inside its Blocks context."""

    def preguntar(pregunta: str, historial: list[str] | None = None, informes: list[str] | None = None) -> dict:  # type: ignore[type-arg]  # the type is read at run time
        """Answer a question in Spanish about the loaded reports: figures with formula and cells, or "no consta".

        Args:
            pregunta: the question, in Spanish.
            historial: earlier questions of the conversation, oldest first; a follow-up may lean on them.
            informes: names or ids of reports to stay within; none for all.

        """
        with told(service, "answering a program"):
            earlier = historial or []
            check_question(pregunta, earlier, limits)
            return service.ask(pregunta, history=earlier, documents=informes or ()).to_dict()

    def documentos() -> list:  # type: ignore[type-arg]  # the type is read at run time
        """List the loaded reports: file, institution, country, period, pages, tables, what was left out."""
        with told(service, "listing for a program"):
            sizes = service.store.sizes()
            found = [document_dict(d, sizes[d.id]) for d in service.store.documents() if d.id in sizes]
            return [plain(document) for document in found]

    def evaluar(banco: str) -> dict:  # type: ignore[type-arg]  # the type is read at run time
        """Ask a golden set and judge the answers.

        Args:
            banco: the golden set as JSON lines, as `consta evaluar` reads them.

        """
        with told(service, "evaluating for a program"):
            cases = read_cases(_NAME, banco.encode("utf-8", "replace"), limits)
            return run_cases(service, cases, _NAME).to_dict()

    api(preguntar, api_name="preguntar", concurrency_limit=8, concurrency_id="programs")
    api(documentos, api_name="documentos", concurrency_limit=8, concurrency_id="programs")
    api(evaluar, api_name="evaluar", concurrency_limit=1, concurrency_id="evaluation")


def check_question(question: str, history: list[str], limits: Limits) -> None:
    """Raise gr.Error for a question that is none or is too long, or a history that is too long."""
    texts = [question, *history]
    if not all(isinstance(text, str) for text in texts) or not question.strip():
        raise refusal("Falta la pregunta", "Falta la pregunta: un texto en español.")
    if len(history) > limits.history or any(len(text) > limits.question for text in texts):
        raise refusal(
            "Demasiado largo",
            f"Una pregunta puede tener {limits.question} caracteres, y el historial {limits.history} preguntas.",
        )


def plain(value: Any) -> Any:
    """A value of dataclasses as JSON would have it: tuples as lists."""
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return value
