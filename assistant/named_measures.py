"""Which words of a question name a measure of the lexicon, and which only look so: names of things, of states, of plans."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.numerals import Token
from index.lexicon import Phrase, lexicon
from index.text import STOPWORDS


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """Words that name a measure of the lexicon."""

    measure: str
    tokens: frozenset[int]


def mentions_of(tokens: tuple[Token, ...], blocked: frozenset[int]) -> tuple[Mention, ...]:
    """Measures named, longest phrase first. Small words between the words of a phrase do not matter."""
    kept = [t for t in tokens if t.text not in _SMALL and t.position not in blocked]
    found = _left_over(tokens, blocked)
    taken: set[int] = {i for m in found for i in m.tokens}
    for size in range(4, 0, -1):
        for start in range(len(kept) - size + 1):
            window = kept[start : start + size]
            positions = frozenset(t.position for t in window)
            if positions & taken or window[-1].position - window[0].position > size + 2:
                continue
            if size == 1 and window[0].text in STOPWORDS:
                continue  # "sobre" is not what is left over ("sobra")
            measure = _ask_table().get(tuple(t.stem for t in window))
            if window[-1].text.startswith("total") and any(min(positions) < i < max(positions) for i in blocked):
                continue  # "en el presupuesto 2025 total": the total of the budget of that year
            if measure == "presupuesto" and window[0].text == "creditos":
                continue  # loans, and no appropriation
            if size == 1 and _KIND_OF_BUDGET.fullmatch(window[0].text) and _qualifies(tokens, window[0]):
                continue  # "¿qué programas presupuestarios…?": a kind of programme
            if measure == "alcanzado" and size == 1 and _ends_with(tokens, window[0]):
                continue  # "terminaron con un presupuesto mayor"
            if size > 1 and window[0].text.startswith("presupuestad"):
                continue  # "los gastos presupuestados, ¿ejecutó…?": a participle, and not the noun of "presupuesto ejecutado"
            if (
                measure == "modificacion"
                and size == 1
                and window[0].text in ("modificada", "modificados", "modificadas")
            ):
                continue  # "medidas modificadas": what was done with them
            if measure == "modificacion" and size == 1 and window[0].text == "modificado":
                measure = "vigente"  # "el modificado" is the budget after its changes, where the table has no other
            if measure == "saldo" and size == 1 and _is_left_in_a_state(tokens, window[0]):
                continue  # "quedaron concluidas": how they are, and no balance
            if measure == "programado" and size == 1 and window[0].text in _NAMES_OF_PLANS:
                continue  # "la lista de espera", "la propuesta": names of things
            if measure == "alcanzado" and size == 1 and not _is_deed(tokens, window[0]):
                continue  # "registro de puestos", "entrega de becas": names of things
            if measure is not None:
                found.append(Mention(measure=measure, tokens=positions))
                taken |= positions
    return tuple(sorted(found, key=lambda m: min(m.tokens)))


_KIND_OF_BUDGET = re.compile(r"presupuestari[oa]s?|presupuestal(?:es)?")
_KINDS = re.compile(
    r"programas?|actividad(?:es)?|unidad(?:es)?|categorias?|proyectos?|rubros?|renglon(?:es)?|partidas?|grupos?|lineas?"
)


def _qualifies(tokens: tuple[Token, ...], token: Token) -> bool:
    return token.position > 0 and _KINDS.fullmatch(tokens[token.position - 1].text) is not None


def _ends_with(tokens: tuple[Token, ...], token: Token) -> bool:
    after = tokens[token.position + 1 : token.position + 2]
    return token.text.startswith(("termin", "cerra", "acab", "conclu")) and bool(after) and after[0].text == "con"


_LEFT = {
    "por_pagar": ("pagar", "girar", "cancelar"),
    "por_recaudar": ("cobrar", "recaudar", "percibir"),
    "saldo": ("devengar", "ejecutar", "gastar", "ejercer", "comprometer", "obligar"),
}
_STAGES = ("asignado", "vigente", "comprometido", "devengado", "presupuesto", "ejecutado", "recaudado")
_LEFT_BY = {verb: measure for measure, verbs in _LEFT.items() for verb in verbs}
_LEFT_BEFORE = frozenset(
    "saldo saldos falta faltan falto faltaba queda quedan quedo quedaron quedaba resta restan pendiente".split()
)


def _left_over(tokens: tuple[Token, ...], blocked: frozenset[int]) -> list[Mention]:
    """ "Por pagar", "quedó sin cobrar": what is left of a stage, and not the stage."""
    found = []
    for before, token in pairwise(tokens):
        if before.text not in ("por", "sin") or token.text not in _LEFT_BY or token.position in blocked:
            continue
        verb = tokens[before.position - 1] if before.position else None
        staged = verb is not None and verb.text.endswith(("ado", "ido", "ados", "idos"))
        if before.text == "sin" and staged and verb is not None and _ask_table().get((verb.stem,)) in _STAGES:
            continue  # "comprometido sin obligar": the one less the other
        used = {token.position} | ({verb.position} if verb is not None and verb.text in _LEFT_BEFORE else set())
        used |= {before.position} if before.text == "sin" else set()
        found.append(Mention(measure=_LEFT_BY[token.text], tokens=frozenset(used)))
    return found


def _is_left_in_a_state(tokens: tuple[Token, ...], token: Token) -> bool:
    after = [t.text for t in tokens[token.position + 1 : token.position + 2]]
    participle = re.compile(r"\w+(?:[ai]d|iert|uest|ech|elt)[oa]s?$")
    return token.text.startswith("qued") and any(participle.fullmatch(w) and not _SPENT.match(w) for w in after)


_SPENT = re.compile(r"ejecut|deveng|gast|pagad|ejercid|comprometid|asignad|usad|utilizad|disponib")
_NAMES_OF_PLANS = frozenset("espera esperas propuesta propuestas promesa promesas proyecto proyectos".split())


_DEED = re.compile(r"(aron|ieron|[ai]d[oa]s?|io|jo|zo|ech[oa]s?|adas|to)$")


def _is_deed(tokens: tuple[Token, ...], token: Token) -> bool:
    """Whether a word for something done is a verb or participle, or a header word, rather than the name of a thing."""
    if _DEED.search(token.text) or token.text in ("avance", "avances", "logro", "logros", "resultado", "resultados"):
        return True
    before = tokens[token.position - 1].text if token.position else ""
    after = tokens[token.position + 1].text if token.position + 1 < len(tokens) else ""
    if token.text.endswith(("ar", "er", "ir")):  # "se llegó a cumplir", "lograron entregar"; not "al terminar agosto"
        leading = tokens[token.position - 2].text if before == "a" and token.position > 1 else before
        return leading.startswith(("lleg", "logr", "pud", "pod", "consig", "alcanz"))
    if token.text.endswith("o") and (before in ("cual", "que", "quien") or after in ("mas", "menos")):
        return True
    return before in ("se", "lo") or (token.text.endswith("o") and after in ("la", "el", "los", "las"))


_SMALL = frozenset("de del la el los las a al por en su para se".split())


@lru_cache(maxsize=1)
def _ask_table() -> dict[Phrase, str]:
    table: dict[Phrase, str] = {}
    for measure in lexicon().measures.values():
        for option in measure.ask:
            table.setdefault(option, measure.id)
    return table
