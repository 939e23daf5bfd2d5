"""What an answer was worth, against the oracle."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any

from assistant.evaluation.judge import answer_numbers, answer_values
from index.text import fold
from tests.selfquestion.questions import TOLERANCE, Asked, Reading

_UNDEFINED = re.compile(
    r"no (?:se puede|es posible|puede) calcular|sin meta|no (?:se |estaba |fue )?program|division (?:entre|por) cero|es 0\b|es cero"
)
_UP, _DOWN = (
    re.compile(r"\baument|\bcrec|\bsub|\bincrement"),
    re.compile(r"\bdisminu|\bbaj|\bca[yi]|\breduj|\bdecre|\bmenos\b"),
)


class Result(StrEnum):
    RIGHT = "bien"
    ASKED_RIGHTLY = "preguntó bien"
    ASKED_WRONGLY = "preguntó de más"
    REFUSED = "se negó de más"
    SILENT_TIE = "empate callado"
    PROSE = "prosa sin cifra"  # sentences of the report where a figure was asked for
    WRONG = "CIFRA MALA"
    TWIN_ANSWERED = "INVENTÓ"
    CRASHED = "FALLÓ"


def verdict(asked: Asked, answer: Mapping[str, Any]) -> tuple[Result, str]:
    """The result and, when it is not right, why."""
    status = answer["status"]
    if asked.twin is not None:
        return _twin(answer)
    if status == "not_found":
        return Result.REFUSED, ""
    if status == "ambiguous":
        return _asking(asked, answer)
    problems = [_problem(reading, answer) for reading in asked.readings]
    if all(problems):
        prose = answer["route"]["name"] == "narrative" and not answer_values(answer)
        return (Result.PROSE if prose else Result.WRONG), problems[0]
    if asked.tied and not asked.follows and not _tells_both(asked, answer):
        return Result.SILENT_TIE, "otra celda cabe igual y no se dice"
    return Result.RIGHT, ""


def _twin(answer: Mapping[str, Any]) -> tuple[Result, str]:
    if answer["status"] == "answered":
        return Result.TWIN_ANSWERED, "respondió lo que ningún informe dice"
    if answer["status"] == "ambiguous":
        return Result.ASKED_WRONGLY, "preguntó en vez de negarse"
    return Result.RIGHT, ""


def _asking(asked: Asked, answer: Mapping[str, Any]) -> tuple[Result, str]:
    numbers = answer_numbers(answer)
    shown = any(
        reading.undefined or not reading.figures or _has(reading.figures[0], numbers) for reading in asked.readings
    )
    if not asked.tied and not asked.near:
        return Result.ASKED_WRONGLY, "una sola celda cabe"
    return (Result.ASKED_RIGHTLY, "") if shown else (Result.ASKED_WRONGLY, "no muestra ninguna cifra que cabe")


def _problem(reading: Reading, answer: Mapping[str, Any]) -> str:
    """Why an answer does not serve a reading; empty when it does."""
    text = fold("\n".join((answer["text"], *answer["warnings"])))
    if reading.undefined:
        return "" if _UNDEFINED.search(text) else "no dice que no se puede calcular"
    values = answer_values(answer) or answer_numbers(answer)
    for options in reading.figures:
        if not _has(options, answer_numbers(answer)):
            return f"falta {_shown(options)}"
    # a change may be told as an amount first and as a percentage then
    if reading.rises is None and reading.figures and not any(_has(options, values[:1]) for options in reading.figures):
        return f"la primera cifra no es {_shown(reading.figures[0])}"
    told = fold("\n".join((answer["text"], *(str(v["label"]) for v in answer["values"]))))
    for label in reading.labels:
        if not _names(told, label):
            return f"falta «{label}»"
    for label in reading.others:
        if _names(told, label) and not any(_names(fold(right), label) for right in reading.labels):
            return f"sobra «{label}»"
    return _direction(reading, text)


def _direction(reading: Reading, text: str) -> str:
    if reading.rises is None:
        return ""
    up, down = bool(_UP.search(text)), bool(_DOWN.search(text))
    wrong = (down and not up) if reading.rises else (up and not down)
    return "dice al revés si sube o baja" if wrong else ""


def _names(text: str, label: str) -> bool:
    """Long names may be cut: their first forty letters are enough."""
    start = fold(label)[:40].rstrip(" .,;")
    return re.search(rf"(?<!\w){re.escape(start)}", text) is not None


def _tells_both(asked: Asked, answer: Mapping[str, Any]) -> bool:
    told = {**answer, "text": "\n".join((answer["text"], *answer["warnings"]))}
    numbers = answer_numbers(told)
    served = [r for r in asked.readings if not _problem(r, answer)]
    others = [r for r in asked.readings if not any(r.same_as(mine) for mine in served)]
    return not others or any(r.undefined or not r.figures or _has(r.figures[0], numbers) for r in others)


def _has(options: tuple[Decimal, ...], numbers: tuple[Decimal, ...]) -> bool:
    return any(abs(option - number) <= TOLERANCE for option in options for number in numbers)


def _shown(options: tuple[Decimal, ...]) -> str:
    return " o ".join(f"{option:.4f}".rstrip("0").rstrip(".") for option in options)
