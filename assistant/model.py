"""A question and its answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from index.model import Citation
from tools.model import Figure


class Status(StrEnum):
    """The three honest outcomes."""

    ANSWERED = "answered"
    AMBIGUOUS = "ambiguous"  # asked back, each candidate shown with its figure
    NOT_FOUND = "not_found"  # "no consta", with what is covered


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """What was asked. history: earlier questions of the conversation, oldest first. documents: names or ids."""

    text: str
    history: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """Which way the question went, and why. name: "figures", "narrative", "audit", "metadata" or "none"."""

    name: str
    tool: str | None = None
    arguments: dict[str, str] = field(default_factory=dict)
    reason: str = ""
    runner_up: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """What a route found, the same for figures and narrative.

    explained: share (0 to 1) of the question's content, weighted by rarity, that this evidence accounts for.
    unexplained: the content words of the question that nothing in it accounts for.
    options: sentences that answer equally well, each of another thing; the question does not say which.
    """

    text: str
    figures: tuple[Figure, ...] = ()
    citations: tuple[Citation, ...] = ()
    formula: str | None = None
    warnings: tuple[str, ...] = ()
    explained: float = 0.0
    unexplained: tuple[str, ...] = ()
    options: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What the user gets. `answered` implies at least one citation."""

    status: Status
    text: str
    route: Route
    values: tuple[Figure, ...] = ()
    citations: tuple[Citation, ...] = ()
    formula: str | None = None
    warnings: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.status is Status.ANSWERED and not self.citations:
            msg = "an answered question needs a citation"
            raise ValueError(msg)

    def to_dict(self) -> dict[str, Any]:
        """The one JSON shape shared by the command line, the HTTP API and the evaluation."""
        return {
            "status": self.status.value,
            "text": self.text,
            "values": [
                {"value": plain_number(f.value), "unit": f.unit, "label": f.label, "printed": f.printed}
                for f in self.values
            ],
            "route": {
                "name": self.route.name,
                "tool": self.route.tool,
                "arguments": dict(self.route.arguments),
                "reason": self.route.reason,
                "runner_up": self.route.runner_up,
            },
            "citations": [
                {
                    "document": c.title,
                    "file": c.file,
                    "page": c.page,
                    "table": c.table,
                    "section": c.section,
                    "row": c.row,
                    "column": c.column,
                    "text": c.text,
                }
                for c in self.citations
            ],
            "formula": self.formula,
            "warnings": list(self.warnings),
            "suggestions": list(self.suggestions),
        }


def plain_number(value: Decimal | None) -> int | float | None:
    """A Decimal as a JSON number: an integer when it is one, else the shortest float that reads back the same."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
