"""Whether a question says by its form that it goes on from the one before, and what it leaves out."""

from __future__ import annotations

import re

from assistant.numerals import Token
from assistant.question import analyse
from assistant.slots import SPANS
from assistant.those_told import POINTED, asks_share_alone
from index.periods import find_periods
from index.text import fold

_LEAN = re.compile(
    r"^[\s¿]*(y|e|pero|entonces|ahora|tambien|asi mismo|en cambio|mientras que)\b|"
    r"\b(es[eoa]s?|aquell?[oa]s?|dich[oa]s?|ahi|alli|el mismo|la misma|los mismos|las mismas|lo mismo|el|la|los|las) "
    r"(de|del)\b(?=.{0,60}$)|\b(es[eoa]s?|dich[oa]s?|ell[oa]s)\b|^[\s¿]*(cual|cuales) es (el|la) (peor|mejor|mayor|menor)"
)
CORRESPONDING = re.compile(
    r"\b(?:el|la|los|las)?\s*(?:dato|valor|monto|cifra|cantidad|importe|mism[oa]\s+(?:dato|valor|monto|cifra))s?\s+(?:correspondiente|relativ[oa]|referente|respectiv[oa])s?\s+(?:al?|del?)(?P<the>l?)\s+",
    re.IGNORECASE,
)


def pointed_at(text: str) -> str | None:
    """What a question points at without naming it ("ese mes"): only an earlier question can tell which.

    >>> pointed_at("¿Cuánto se ejecutó en ese mes?")
    'mes'
    """
    folded = fold(text)
    found = POINTED.search(folded)
    if found is None:
        return "cifra" if _THAT_ALONE.match(folded) else None
    noun = found["any"] or found["span"]
    if re.search(rf"\b{noun}\b", folded[: found.start()]):
        return None  # "el programa 11-02 y los productos de ese programa"
    if noun in SPANS and find_periods(text[: found.start()]):
        return None  # "en mayo… en ese mismo mes"
    return noun


_THAT_ALONE = re.compile(r"^[\s¿]*(?:y\s+)?(?:eso|ello|esto)\b")
_GOES_ON = re.compile(r"^[\s¿]*(y|e|entonces|tambien|asi mismo)\b")


_NO_NOUN = re.compile(
    r"^[\s¿]*(?:y|e)\s+(?:el|la|los|las|lo)\s+(?:de|del)\s+(?:la |el |los |las )?(?:ano|mes|trimestre|semestre|cuatrimestre|periodo|ejercicio)\s+(?:anterior|pasado|siguiente|previo)"
)


def hangs(text: str) -> bool:
    """Whether a first question goes on from none and names nothing: "¿y cuál fue la cantidad evaluada?".

    >>> hangs("¿Y cuánto se ejecutó?"), hangs("¿Y cuánto se ejecutó en becas?")
    (True, False)
    """
    if not _GOES_ON.search(fold(text)):
        return False
    if _NO_NOUN.match(fold(text)):
        return True  # "¿y el del año anterior?"
    read = analyse(without_lead(text))
    told = {i for group in (read.cues, read.orders, read.conditions) for used in group.values() for i in used}
    told |= {i for m in read.mentions for i in m.tokens}
    told |= {
        t.position for t in read.tokens if t.text in ("cantidad", "monto", "cifra", "valor", "fisica", "financiera")
    }
    return bool(read.mentions or read.has("percentage", "difference")) and not (read.content - told or read.periods)


ITS = re.compile(r"\b(?:su|sus|dich[oa]s?|es[eao]s?)\b")


def hangs_on_the_first(text: str) -> bool:
    """Whether a later part of a message says nothing of whose figure it asks: "y cuánto cobró", "el monto de su contrato".

    >>> hangs_on_the_first("cuánto cobró efectivamente"), hangs_on_the_first("cuánto cobró en total")
    (True, False)
    """
    read = analyse(text)
    if ITS.search(fold(text)):
        return True
    told = {i for group in (read.cues, read.orders, read.conditions) for used in group.values() for i in used}
    told |= {i for m in read.mentions for i in m.tokens}
    own = read.content - told or read.periods or read.codes or read.orders or read.conditions or read.has("total")
    return bool(read.mentions or read.has("percentage", "difference")) and not own


def tells_of_it(text: str) -> bool:
    """Whether a part of a message ends in what something is of the whole, and says not what: "y qué porción representa".

    >>> tells_of_it("qué porción del total de documentos representa"), tells_of_it("qué parte representa el riego")
    (True, False)
    """
    return re.search(r"\b(?:represent|signific|equival)\w+[\s?.]*$", fold(text)) is not None


def asks_share_of_it(text: str) -> bool:
    """Whether a percentage is asked for of nothing that is named: "¿Qué porcentaje sería en realidad?".

    >>> asks_share_of_it("¿Qué porcentaje sería en realidad?"), asks_share_of_it("¿Qué porcentaje se ejecutó?")
    (True, False)
    """
    read = analyse(text)
    return (
        read.has("percentage")
        and {m.measure for m in read.mentions} <= {"porcentaje"}
        and not (
            read.content
            - {i for used in read.cues.values() for i in used}
            - {i for m in read.mentions for i in m.tokens}
        )
        and not re.search(r"ejecut|cumpl|avan", fold(text))
        and not read.periods
    )


def leans(text: str) -> bool:
    """Whether a question says by its form that it goes on from the one before."""
    return (
        bool(_LEAN.search(fold(text)))
        or CORRESPONDING.search(text) is not None
        or _of_its(text)
        or asks_share_alone(analyse(text))
    )


def _of_its(text: str) -> bool:
    """ "¿Qué porcentaje de su presupuesto vigente representa?": of whose, only the question before says."""
    if not re.search(r"\bsus?\b", fold(text)):
        return False
    read = analyse(text)
    told = {i for group in (read.cues, read.conditions) for used in group.values() for i in used}
    told |= {i for m in read.mentions for i in m.tokens} | read.generic
    asks = bool(read.mentions or read.has("percentage", "share", "difference"))
    return asks and not (read.content - told or read.codes or read.orders or read.periods or read.tables)


def leaves_out_who(text: str) -> bool:
    """Whether a verb of the third person has no subject of its own: "¿qué % ejecutó?", where "se ejecutó" is anyone's.

    >>> leaves_out_who("¿qué % ejecutó?"), leaves_out_who("¿qué % se ejecutó?"), leaves_out_who("¿cuánto ejecutó Becas?")
    (True, False, False)
    """
    read = analyse(text)
    measured = {i for m in read.mentions for i in m.tokens}

    def verb(token: Token) -> bool:
        if token.position and read.tokens[token.position - 1].text == "se":
            return False
        own = token.position in measured and _DID.fullmatch(read.text[token.start : token.end]) is not None
        return own or token.text in _HAD

    return any(verb(t) for t in read.tokens) and hangs_on_the_first(text)


_HAD = frozenset("tenia tiene tuvo recibio dejo lleva llevaba le".split())
_DID = re.compile(r"[a-zñ]+ó|(?:ejecut|deveng|recaud|program|alcanz|logr|evalu)o", re.IGNORECASE)


def lacks_row(text: str) -> bool:
    """Whether a question asks by how much something was passed, missed or grew, and of nothing: "¿en cuánto se pasó?"."""
    read = analyse(text)
    wanting = any(t.text.startswith(("falto", "faltaron", "faltaba", "resto", "restaron")) for t in read.tokens)
    tested = {"exceeded", "missed"} & read.conditions.keys()
    grown = read.has("growth") and (read.has("percentage") or any(t.text == "cuanto" for t in read.tokens))
    if (
        (read.has("list_only") and not grown)
        or read.orders
        or not (wanting or grown or (tested and not read.has("count_only")))
    ):
        return False
    told = {i for group in (read.cues, read.conditions) for used in group.values() for i in used}
    told |= {i for m in read.mentions for i in m.tokens} | {i for _, used in read.periods for i in used}
    return not read.content - told


WHOLE_SPAN = re.compile(
    r"^[\s¿]*(?:y )?(?:en |de |durante )?tod[oa] (?:el|la|ese) (?:ano|semestre|trimestre|cuatrimestre|periodo|ejercicio|gestion)[\s?]*$"
)


def asks_of_all(text: str) -> bool:
    """Whether a follow-up only widens the span: "¿y en todo el año?"."""
    return WHOLE_SPAN.search(fold(text)) is not None


def without_lead(text: str) -> str:
    """ "¿Y en el caso de becas?" without what only ties it to the question before."""
    text = re.sub(r"^[\s¿]*(y|e|pero|entonces|ahora|también|tambien)\b[\s,]*", "", text, flags=re.IGNORECASE)
    return re.sub(
        r"^(?:(?:en|para) el caso de|en cuanto a|(?:con )?respecto (?:a|de)|en lo (?:tocante|relativo|referente) a)(l?)\s+",
        lambda m: "el " if m[1] else "",
        text,
        flags=re.IGNORECASE,
    )
