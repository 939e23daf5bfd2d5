"""What an answer told, for the question after it: the rows it counted, the one that came first, the turn itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.attributes import asked_attributes, deed_words, same_things
from assistant.numerals import Token
from assistant.plan import Plan
from assistant.question import Analysis, analyse
from assistant.reports_named import reports_named
from assistant.slots import SPANS
from index.text import fold
from tools.catalogue import Catalogue, content_stems


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """What is kept of an answered question: its complete text, its plan when it went to the tables, its documents."""

    text: str
    analysis: Analysis
    plan: Plan | None = None
    documents: frozenset[str] = frozenset()
    top: str = ""  # the row that a ranking named, for "¿y cuánto devengó?" after it
    before: Turn | None = None  # the turn before, without its own
    told: bool = True  # whether anything was answered, so that "eso" can be it


def unanswered(text: str, catalogue: Catalogue) -> Turn:
    """The turn of a question that nothing answered: the one report that it named is that of the talk all the same."""
    read = analyse(text)
    named = reports_named(catalogue, read)
    return Turn(text=text, analysis=read, documents=frozenset(named) if len(named) == 1 else frozenset(), told=False)


POINTED = re.compile(
    r"\b(?:(?:es[ea]s?|esos|dich[oa]s?|aquell?[oa]s?)(?: mism[oa]s?)? (?P<any>(?!mism|ano\b|mes\b)[a-z]{4,})|"
    r"(?:es[eao]s?|dich[oa]s?|aquell?[oa]s?)(?: mism[oa]s?)? (?P<span>mes|ano))\b"
)
SUMMED = frozenset(
    "suma sumaba suman sumaron sumarian totaliza totalizan monto montos valor importe total conjunto cuesta cuestan costaron vale valen".split()
)


def before_state(old: Analysis, plan: Plan, row: frozenset[int]) -> frozenset[int]:
    """ "Siguen en ejecución": a state is told with its "en"."""
    if not fold(plan.row.label).startswith("en "):
        return frozenset()
    return frozenset(i - 1 for i in row if i and old.tokens[i - 1].text == "en")


def sums_those(new: Analysis, plan: Plan) -> bool:
    """ "¿Qué obras tiene el consorcio? ¿Y cuánto suman?": those, where several were told, and not all of the table."""
    several = not plan.row.whole and len({r for m in plan.rows for r in m.rows}) > 1
    told = {i for m in new.mentions for i in m.tokens}
    told |= {t.position for t in heading_words(new, plan)}
    said = [t for t in new.tokens if t.content and t.text not in SUMMED and t.position not in told]
    summing = new.has("total") or any(t.text in SUMMED for t in new.tokens)
    pointing = POINTED.search(fold(new.text)) is not None and all(calls(plan, t) for t in said)
    alone = not said and (not new.has("total") or _chosen(plan) or _adds(new))
    return several and summing and not new.orders and (pointing or alone)


def heading_words(new: Analysis, plan: Plan) -> list[Token]:
    """Words of headings over figures: "el monto de contrato"."""
    heads = {s for c in plan.view.numbers for part in c.path for s in content_stems(part)}
    return [t for t in new.tokens if t.content and t.stem in heads]


def _chosen(plan: Plan) -> bool:
    """Whether the rows told were counted, or chosen by what a column of words says of them."""
    entity = plan.row.entity
    return plan.analysis.has("count_only") or (entity is not None and entity.column >= 0)


def _adds(new: Analysis) -> bool:
    return any(t.text.startswith("suma") for t in new.tokens)


def calls(plan: Plan, token: Token) -> bool:
    return token.stem in plan.view.nouns or token.stem in plan.view.title or same_things(plan.view, token.stem)


_OF_ITSELF = frozenset(
    "eso ese esa ello esto aquello representa representan es son era equivale significa cuanto".split()
)


def asks_share_alone(new: Analysis) -> bool:
    """Whether the share of the whole is asked for, of what only the question before says: "¿y qué % representa?"."""
    if not new.has("share", "percentage") or new.orders or new.codes or new.tables or new.periods:
        return False
    if {m.measure for m in new.mentions} - {"porcentaje"}:
        return False
    told = {i for used in new.cues.values() for i in used} | {i for m in new.mentions for i in m.tokens}
    left = [t for t in new.tokens if t.content and t.position not in told and t.text not in _OF_ITSELF]
    said = " ".join(t.text for t in new.tokens)
    says_of = re.search(r"\b(?:represent|equival|signific)|\bdel total\b", said) is not None
    return says_of and not left


_WON = frozenset("llevo gano obtuvo tiene ejecuta hizo fue".split())


def of_the_first(new: Analysis, turn: Turn) -> str | None:
    """ "¿Qué mes gastó más?" … "¿y cuánto recaudó ese mes?", "¿qué empresa se lo llevó?": of the row that came first."""
    if not turn.top or turn.plan is None or new.orders or new.periods or new.codes:
        return None
    if asks_share_alone(new):
        measure = {i for m in turn.analysis.mentions for i in m.tokens} | turn.plan.heading | turn.plan.named
        return f"qué porcentaje del total de {' '.join(turn.analysis.words(measure))} es {turn.top}".replace(
            " de  ", " "
        )
    in_words, asking = asked_attributes(turn.plan.view, new, frozenset(), joined=False)
    if in_words and not new.mentions:
        deeds = asking | deed_words(turn.plan.view, new)
        alone = all(t.position in deeds or t.text in _WON for t in new.tokens if t.content)
        return f"{' '.join(new.words(asking))} de {turn.top}" if alone else None
    if not new.mentions:
        return None
    told = {i for m in new.mentions for i in m.tokens} | {i for used in new.cues.values() for i in used}
    left = [t for t in new.tokens if t.content and t.position not in told]
    pointing = re.search(r"\b(?:es[eao]|dich[oa]|aquell?[oa])\b", fold(new.text))
    if any(t.stem not in turn.plan.view.nouns and t.text not in SPANS for t in left) or (left and not pointing):
        return None
    kept = " ".join(
        t.text for t in new.tokens if t not in left and t.text not in ("ese", "esa", "eso", "dicho", "dicha")
    )
    return f"{kept} de {turn.top}"
