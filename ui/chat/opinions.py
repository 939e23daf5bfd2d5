"""Opinions on answers as candidates for a golden set, in the format that `consta evaluar` reads."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ui.chat.saving import Opinion

_LONGEST_MENTION = 100  # characters of a narrative answer that must be there again


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidates:
    """JSON lines. ready: what an approved answer said is expected again. open: a person has to write what is."""

    ready: tuple[str, ...]
    open: tuple[str, ...]


def candidates(opinions: Sequence[Opinion]) -> Candidates:
    """Approved answers as cases that can be asked; rejected ones with an empty `expected`.

    What is wrong in a rejected answer only its comment says, so nothing is guessed: `consta evaluar` refuses such a
    line until `expected` is filled in. Of several opinions on the same question only the last counts.
    """
    last = {(o.question, o.history, o.documents): o for o in opinions}
    numbered = list(enumerate(last.values(), 1))
    return Candidates(
        ready=tuple(_line(n, o) for n, o in numbered if o.good),
        open=tuple(_line(n, o) for n, o in numbered if not o.good),
    )


def opinion_lines(opinions: Sequence[Opinion]) -> Iterator[str]:
    """Each opinion as a line for people."""
    for opinion in opinions:
        mark = "a favor" if opinion.good else "en contra"
        who = f" · {opinion.owner}" if opinion.owner else ""
        yield f"{opinion.when} · {mark}{who} · {opinion.question}" + (
            f" — {opinion.comment}" if opinion.comment else ""
        )


def _line(number: int, opinion: Opinion) -> str:
    case: dict[str, Any] = {
        "id": f"opinion-{number:04}",
        "question": opinion.question,
        "kind": "opinión a favor" if opinion.good else "opinión en contra",
        "expected": _expected(opinion.answer) if opinion.good else {},
    }
    if opinion.history:
        case["history"] = list(opinion.history)
    if opinion.documents:
        case["documents"] = list(opinion.documents)
    evidence = _evidence(opinion.answer) if opinion.good else None
    if evidence:
        case["evidence"] = evidence
    if opinion.comment:
        case["comment"] = opinion.comment
    if not opinion.good:
        case["answer"] = opinion.answer["text"]
    return json.dumps(case, ensure_ascii=False)


def _expected(answer: dict[str, Any]) -> dict[str, Any]:
    if answer["status"] == "not_found":
        return {"abstains": True}
    values = [v["value"] for v in answer["values"] if v["value"] is not None]
    expected: dict[str, Any] = {"values": values} if values else {"mentions": [_mention(answer["text"])]}
    return {"asks_back": True, **expected} if answer["status"] == "ambiguous" else expected


def _mention(text: str) -> str:
    """The start of a text, by whole words."""
    line = text.split("\n", 1)[0].strip()
    return line if len(line) <= _LONGEST_MENTION else line[:_LONGEST_MENTION].rsplit(" ", 1)[0]


def _evidence(answer: dict[str, Any]) -> dict[str, Any] | None:
    if answer["status"] != "answered" or not answer["citations"]:
        return None
    first = answer["citations"][0]
    wanted = {key: first[key] for key in ("table", "row", "column") if first[key]}
    if not wanted and first["section"]:
        wanted = {"section": first["section"]}
    return {"document": first["file"], **wanted}
