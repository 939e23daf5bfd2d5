"""Is this answer right? One case and one answer (`Answer.to_dict()`) in, one verdict out.

Figures are compared as numbers, at the precision the expected one is written with: 130.198 is 130.2, but 33.2366 is
not 33.23, and an expected whole number takes nothing but that whole number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum
from pathlib import PurePath
from typing import Any

from assistant.evaluation.cases import Case, WantedEvidence
from assistant.evaluation.figures import figures_in
from index.text import fold

_FLOAT_NOISE = Decimal("1e-9")  # a Decimal that went through a JSON float and back


class Outcome(StrEnum):
    RIGHT = "acierto"
    WRONG = "respuesta equivocada"
    ASKED_BACK = "repregunta"  # an answer was due; the right figure stands among the candidates shown
    WRONGLY_REFUSED = "rechazo indebido"
    WRONGLY_ANSWERED = "respuesta indebida"
    FAILED = "falla del programa"


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """outcome, and in Spanish what was missing or too much.

    evidence: whether every wanted citation is there; None when none is wanted or nothing was answered.
    first: whether the first of the answer's values is an expected one; None when no value is expected or given.
    """

    outcome: Outcome
    reasons: tuple[str, ...] = ()
    evidence: bool | None = None
    first: bool | None = None


def judge(case: Case, answer: Mapping[str, Any]) -> Verdict:
    """The verdict on an answer given as `Answer.to_dict()`."""
    expected, status = case.expected, answer["status"]
    if expected.abstains:
        return _judge_refusal(case, answer)
    if expected.asks_back:
        return _judge_asking(case, answer)
    reasons = (*missing(case, answer), *forbidden(case, answer))
    told_blank = status == "not_found" and answer["citations"] and not expected.values and not reasons
    if status == "not_found" and not told_blank:  # a row that prints "N/D" is refused, and what it prints is told
        return Verdict(outcome=Outcome.WRONGLY_REFUSED, reasons=("se negó a responder una pregunta con respuesta",))
    if status == "ambiguous":
        if reasons:
            return Verdict(outcome=Outcome.WRONGLY_REFUSED, reasons=("repreguntó sin mostrar lo esperado", *reasons))
        return Verdict(outcome=Outcome.ASKED_BACK, reasons=("repreguntó, aunque mostró lo esperado",))
    lacking = _lacking_evidence(case.evidence, answer["citations"])
    return Verdict(
        outcome=Outcome.WRONG if reasons else Outcome.RIGHT,
        reasons=(*reasons, *lacking),
        evidence=not lacking if case.evidence else None,
        first=_first_is_expected(case, answer),
    )


def _judge_refusal(case: Case, answer: Mapping[str, Any]) -> Verdict:
    status = answer["status"]
    if status == "answered":
        return Verdict(outcome=Outcome.WRONGLY_ANSWERED, reasons=("respondió lo que ningún informe dice",))
    reasons = forbidden(case, answer)
    if reasons:
        return Verdict(outcome=Outcome.WRONGLY_ANSWERED, reasons=reasons)
    if status == "ambiguous":
        return Verdict(outcome=Outcome.ASKED_BACK, reasons=("repreguntó en vez de decir que no consta",))
    return Verdict(outcome=Outcome.RIGHT)


def _judge_asking(case: Case, answer: Mapping[str, Any]) -> Verdict:
    status = answer["status"]
    if status == "answered":
        return Verdict(outcome=Outcome.WRONGLY_ANSWERED, reasons=("respondió sin preguntar a cuál se refiere",))
    if status == "not_found":
        return Verdict(outcome=Outcome.WRONGLY_REFUSED, reasons=("se negó en vez de preguntar a cuál se refiere",))
    reasons = (*missing(case, answer), *forbidden(case, answer))
    return Verdict(outcome=Outcome.WRONG if reasons else Outcome.RIGHT, reasons=reasons)


def missing(case: Case, answer: Mapping[str, Any]) -> tuple[str, ...]:
    """What the answer should hold and does not, in Spanish."""
    numbers = answer_numbers(answer)
    text = said(answer)
    lacking = [
        f"falta la cifra {_options(options)}"
        for options in case.expected.values
        if not any(same_number(option, number) for option in options for number in numbers)
    ]
    lacking += [
        f"falta mencionar «{' | '.join(options)}»"
        for options in case.expected.mentions
        if not any(mentions(text, option, cut_short=True) for option in options)
    ]
    return tuple(lacking)


def forbidden(case: Case, answer: Mapping[str, Any]) -> tuple[str, ...]:
    """What the answer holds and must not, in Spanish."""
    numbers = answer_numbers(answer)
    found = [
        f"da la cifra prohibida {value}"
        for value in case.expected.forbidden_values
        if any(same_number(value, number) for number in numbers)
    ]
    text = said(answer)
    found += [f"menciona «{m}», que no debe" for m in case.expected.forbidden_mentions if mentions(text, m)]
    return tuple(found)


def same_number(expected: Decimal, got: Decimal) -> bool:
    """Whether `got`, rounded half up to the decimals `expected` is written with, is `expected`.

    A whole number is a count or an amount, not a rounding: 60 is met by 60 and 60.00, never by 60.33.

    >>> same_number(Decimal("130.2"), Decimal("130.198")), same_number(Decimal("33.23"), Decimal("33.2366"))
    (True, False)
    """
    decimals = max(0, -int(expected.as_tuple().exponent))
    if decimals == 0:
        return abs(got - expected) <= _FLOAT_NOISE
    step = Decimal(1).scaleb(-decimals)
    try:
        return got.quantize(step, rounding=ROUND_HALF_UP) == expected
    except InvalidOperation:  # more digits than the arithmetic holds: no figure of a report
        return False


def answer_values(answer: Mapping[str, Any]) -> tuple[Decimal, ...]:
    """The numbers of the answer's `values`, in order, blanks left out."""
    return tuple(Decimal(str(v["value"])) for v in answer["values"] if v.get("value") is not None)


def answer_numbers(answer: Mapping[str, Any]) -> tuple[Decimal, ...]:
    """The numbers of `values`, then those of the text, read in the convention of the answer's units."""
    units = frozenset(str(v["unit"]) for v in answer["values"] if v.get("unit"))
    return (*answer_values(answer), *figures_in(answer["text"], units))


def said(answer: Mapping[str, Any]) -> str:
    """All that the reader is told: text and warnings."""
    return "\n".join((answer["text"], *answer["warnings"]))


_CUT = 8  # letters from which a phrase may stop within its last word


def mentions(text: str, wanted: str, *, cut_short: bool = False) -> bool:
    """Whether a text says something, whatever its accents and capitals, as whole words: "9" is not in "109".

    cut_short: a phrase may stop within its last word, as sets write where a report is misspelt ("Fiscalizaci").
    """
    words = _spelled(wanted)
    edge = r"(?<!\w)(?<!\d[.,/-]){}(?!\w)(?![.,/-]\d)" if words.isdigit() else r"(?<!\w){}(?!\w)"
    if cut_short and len(words) >= _CUT and words[-1].isalpha():
        edge = r"(?<!\w){}"
    return re.search(edge.format(re.escape(words)), _spelled(text)) is not None


def _spelled(text: str) -> str:
    return " ".join(re.sub(r"[*_«»\"“”]", " ", fold(text)).split())


def _first_is_expected(case: Case, answer: Mapping[str, Any]) -> bool | None:
    values = answer_values(answer)
    if not values or not case.expected.values:
        return None
    return any(same_number(option, values[0]) for options in case.expected.values for option in options)


def _lacking_evidence(wanted: Sequence[WantedEvidence], citations: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(
        f"falta la cita {_describe(evidence)}"
        for evidence in wanted
        if not any(_cites(citation, evidence) for citation in citations)
    )


def _cites(citation: Mapping[str, Any], wanted: WantedEvidence) -> bool:
    """One citation must meet every field asked for."""
    if wanted.document and not any(_same_file(citation["file"], name) for name in wanted.document):
        return False
    if wanted.page and str(citation.get("page")) not in wanted.page:
        return False
    for field in ("table", "section", "row", "column", "text"):
        options = getattr(wanted, field)
        if options and not any(mentions(citation.get(field) or "", option) for option in options):
            return False
    return True


def _same_file(file: str, wanted: str) -> bool:
    name = PurePath(file.replace("\\", "/")).name
    return fold(wanted) in {fold(name), fold(PurePath(name).stem)}


def _describe(evidence: WantedEvidence) -> str:
    names = {"document": "documento", "page": "página", "table": "tabla", "section": "sección", "row": "fila",
             "column": "columna", "text": "texto"}  # fmt: skip
    fields = ((names[key], getattr(evidence, key)) for key in names)
    return ", ".join(f"{name} «{' | '.join(options)}»" for name, options in fields if options)


def _options(options: Sequence[Decimal]) -> str:
    return " o ".join(f"{option:f}" for option in options)
