"""Follow-ups: a question that leans on the one before it is completed with the words it leaves out."""

from __future__ import annotations

import re

from assistant.asking import content_terms
from assistant.attributes import deed_words
from assistant.letters import of_the_cited
from assistant.numerals import Token
from assistant.question import Analysis, analyse
from assistant.slots import (
    SPANS,
    asks_total,
    label_stems,
    names_column,
    names_group,
    names_measure,
    names_row,
    says_header,
    says_undated,
    sibling,
    slots_of,
    total_column,
)
from assistant.those_told import (
    POINTED,
    SUMMED,
    Turn,
    asks_share_alone,
    before_state,
    calls,
    heading_words,
    of_the_first,
    sums_those,
)
from assistant.tokens import light_words
from index.lexicon import lexicon
from index.model import Level
from index.periods import MONTHS, find_periods
from index.text import STOPWORDS, fold
from tools.catalogue import content_stems

_LEAN = re.compile(
    r"^[\s¿]*(y|e|pero|entonces|ahora|tambien|asi mismo|en cambio|mientras que)\b|"
    r"\b(es[eoa]s?|aquell?[oa]s?|dich[oa]s?|ahi|alli|el mismo|la misma|los mismos|las mismas|lo mismo|el|la|los|las) "
    r"(de|del)\b(?=.{0,60}$)|\b(es[eoa]s?|dich[oa]s?|ell[oa]s)\b|^[\s¿]*(cual|cuales) es (el|la) (peor|mejor|mayor|menor)"
)
_CORRESPONDING = re.compile(
    r"\b(?:el|la|los|las)?\s*(?:dato|valor|monto|cifra|cantidad|importe|mism[oa]\s+(?:dato|valor|monto|cifra))s?\s+(?:correspondiente|relativ[oa]|referente|respectiv[oa])s?\s+(?:al?|del?)(?P<the>l?)\s+",
    re.IGNORECASE,
)
_SPEAKS = ("percentage", "share", "difference", "average", "growth", "compare", "audit")


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
    read = analyse(_without_lead(text))
    told = {i for group in (read.cues, read.orders, read.conditions) for used in group.values() for i in used}
    told |= {i for m in read.mentions for i in m.tokens}
    told |= {
        t.position for t in read.tokens if t.text in ("cantidad", "monto", "cifra", "valor", "fisica", "financiera")
    }
    return bool(read.mentions or read.has("percentage", "difference")) and not (read.content - told or read.periods)


_ITS = re.compile(r"\b(?:su|sus|dich[oa]s?|es[eao]s?)\b")


def hangs_on_the_first(text: str) -> bool:
    """Whether a later part of a message says nothing of whose figure it asks: "y cuánto cobró", "el monto de su contrato".

    >>> hangs_on_the_first("cuánto cobró efectivamente"), hangs_on_the_first("cuánto cobró en total")
    (True, False)
    """
    read = analyse(text)
    if _ITS.search(fold(text)):
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


def leans(text: str) -> bool:
    """Whether a question says by its form that it goes on from the one before."""
    return (
        bool(_LEAN.search(fold(text)))
        or _CORRESPONDING.search(text) is not None
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


_WHOLE_SPAN = re.compile(
    r"^[\s¿]*(?:y )?(?:en |de |durante )?tod[oa] (?:el|la|ese) (?:ano|semestre|trimestre|cuatrimestre|periodo|ejercicio|gestion)[\s?]*$"
)


def asks_of_all(text: str) -> bool:
    """Whether a follow-up only widens the span: "¿y en todo el año?"."""
    return _WHOLE_SPAN.search(fold(text)) is not None


_LAST_TOLD = re.compile(
    r"\s+(?:(?:a|de|en|por|para)\s+)?(?:es[ea]|est[ea])\s+[uú]ltim[oa]\b", re.IGNORECASE
)  # "esa última": the row told last
_OF_ANOTHER = re.compile(
    r"^(?:el|la|los|las) (?:de|del) (?P<what>[^?]+?)(?:,? (?:(?:y )?cuanto|que|como) (?:lleva|va|tiene|fue|es|avance lleva|avance tiene|anda|tal|tal va))?[\s?]*$"
)
_LAST_OF = re.compile(r"^(?P<head>.*\b(?:del|de la|de los|de las|de)\s+)[^,?]+[\s?]*$", re.IGNORECASE)


def complete(text: str, turn: Turn, naming: frozenset[str] = frozenset()) -> str:
    """The question with the row, measure, period and operation it inherits; the slots it names itself win.


    naming: stems that name reports; they choose a report and leave the row as it was.
    """
    old = turn.analysis
    cited = of_the_cited(text, turn.text)
    if cited is not None:
        return cited
    whole = _WHOLE_SPAN.search(fold(text))
    if whole is not None and turn.plan is not None:  # "¿y en todo el semestre?": the same, of all the months
        had = slots_of(old, turn.plan)
        said = sorted((had["measure"] | had["row"]) - had["period"])
        return " ".join([*(old.tokens[i].text for i in said), "total"])
    text = _LAST_TOLD.sub("", _of_that(_CORRESPONDING.sub("el de ", text), old))
    new = analyse(_deed_said(_with_noun(_without_lead(text), old), turn))
    if turn.plan is None:  # prose: a question that says nothing of its own ("¿cada cuánto los elabora?") is on the same
        own = [t for t in content_terms(new.text) if not t.light and t.stem not in naming]
        other, tail = _OF_ANOTHER.match(fold(new.text)), _LAST_OF.match(old.text)
        if other and tail:  # "¿qué avance tiene el plan de auditoría?" … "¿y el de capacitación?"
            return f"{tail['head']}{other['what']}"
        pointing = _ITS.search(fold(new.text)) is not None  # "¿y el monto de ese contrato?": of what the prose told
        subject = (
            ""
            if (own or new.generic) and not pointing  # "fecha del informe" says whose it is
            else " ".join(t.word for t in content_terms(old.text) if not t.light and t.word not in light_words())
        )
        return f"{new.text.rstrip('? ')} {subject}".strip()
    added = _ADDED.match(fold(new.text))
    if added is not None and turn.plan.operation in ("look_up", "total"):  # "¿y sumando las del otro centro?"
        had = slots_of(old, turn.plan)
        return " ".join(
            [
                "total",
                *(old.tokens[i].text for i in sorted(had["measure"] | had["row"] | had["period"])),
                "y",
                added["what"],
            ]
        )
    if sums_those(new, turn.plan):
        had = slots_of(old, turn.plan)
        told = {i for m in new.mentions for i in m.tokens if new.tokens[i].text not in SUMMED}
        told |= {t.position for t in heading_words(new, turn.plan)}
        measure = [new.tokens[i].text for i in sorted(told)]
        called = frozenset(t.position for t in old.tokens if t.content and calls(turn.plan, t))
        those = called | had["row"] | had["period"] | before_state(old, turn.plan, had["row"])
        return " ".join(["cuánto suman", *measure, *(old.tokens[i].text for i in sorted(those))])
    ranked = of_the_first(new, turn)
    if ranked is not None:
        return ranked
    slots = slots_of(old, turn.plan)
    kept: list[frozenset[int]] = []  # said before the new words: what is asked
    after: list[frozenset[int]] = []  # said after them: of what, and when
    summing = total_column(new, turn.plan)
    label = frozenset() if summing else label_stems(new, turn.plan)
    done = {new.tokens[i].stem for i in deed_words(turn.plan.view, new)}  # "¿cuántas familias se benefician ahí?"
    header = turn.plan.view.header | done
    columns = frozenset(s for c in turn.plan.view.numbers for part in c.path for s in content_stems(part))
    named = any(
        t.stem in columns for t in new.tokens if t.text not in STOPWORDS
    )  # "el reporte de productos" names no figure
    timed = {i for _, used in new.periods for i in used}
    timed |= {t.position for t in new.tokens if t.text in SPANS and t.position + 2 in timed}  # "en el mes de junio"
    other_column = any(
        t.stem in columns - label and t.content and t.position not in timed for t in new.tokens
    )  # "¿y el de crédito externo?" beside "Crédito vigente": a row
    deed = ""
    headed = says_header(new, turn.plan)
    if _counts_another(new, old, header | naming):
        return new.text
    if not (names_measure(new, label) or headed) and not (named and names_column(new, header - label - naming)):
        kept.append(slots["measure"] - (turn.plan.named if other_column else frozenset()))
        deed = "realizados" if turn.plan.deed and not slots["measure"] else ""  # "se realizaron" was in the label
        if not any(new.has(n) for n in _SPEAKS):
            operation = slots["operation"]
            kept.append(operation - slots["order"] if new.orders else operation)
        elif new.orders and turn.plan.operation == "rank":  # "el menor avance…" … "¿y cuál tuvo el mayor?"
            kept.append(slots["operation"] - slots["order"])
    elif (
        new.has("growth") and len(new.mentions) == 1 and {m.measure for m in old.mentions} != {new.mentions[0].measure}
    ):
        kept.append(slots["measure"])  # "¿y cuánto cambió respecto al asignado?": of the measure told before
    elif new.has("percentage", "share") and {m.measure for m in new.mentions} <= {"porcentaje", "vigente", "asignado"}:
        kept.append(slots["measure"])  # "eso qué porcentaje es del vigente": the last figure is the numerator
    brother = sibling(new, turn.plan) if not label else None  # "otros informes" is a row of its own
    if brother is not None:
        after.append(slots["row"] - brother)
    elif names_group(new, turn.plan) and turn.plan.row.entity is not None:  # the same row, asked of another group
        stems = set(turn.plan.row.entity.stems)
        after.append(frozenset(i for i in slots["row"] if old.tokens[i].stem in stems))
    elif headed or (not names_row(new, header | naming) and not label):
        after.append(slots["row"])
    if asks_total(new) and not summing:
        after = [a - slots["row"] for a in after]
    if new.orders and turn.plan.operation in ("rank", "list"):
        after.append(slots["kind"])
    by_row = any(fit.rows for fit in turn.plan.fits)  # "¿y el acumulado?" of a month that is a row is that month's
    spans = any(t.text in ("anual", "total", "acumulado") and t.stem in header for t in new.tokens)
    if not new.periods and (by_row or not spans) and not says_undated(new, turn.plan):
        after.append(slots["period"])
    if by_row and new.periods and all((p.first, p.last) == (1, 12) for p, _ in new.periods):
        # "¿y frente a 2022?" of a month: the month stays
        after.append(frozenset(i for i in slots["period"] if old.tokens[i].text in MONTHS))
    if not new.tables:
        after.append(frozenset(i for t in old.tables for i in t.tokens))
    first, last = frozenset().union(*kept), frozenset().union(*after)
    last |= before_state(old, turn.plan, last)
    last -= turn.plan.heading & first  # "P del trimestre IV" is one heading, and is said together
    words = [*([deed] if deed else []), *(old.tokens[i].text for i in sorted(first - last))]
    where = ["en"] if last and any(min(last) in t.tokens for t in old.tables) else []  # "el concepto A, en la tabla 1"
    return " ".join([*words, new.text.strip("¿? "), *where, *(old.tokens[i].text for i in sorted(last))])


_THAT = re.compile(
    r"\bde(?:l mismo| eso| ello| es[ea] (?:monto|presupuesto|total|dinero|cantidad|suma))\b", re.IGNORECASE
)


def _counts_another(new: Analysis, old: Analysis, header: frozenset[str]) -> bool:
    """ "¿Cuánto presupuesto tiene A y cuántos perfiles se elaboraron?": the second half counts, whatever the first asked."""
    money = any(lexicon().measures[m.measure].level is Level.FINANCIAL for m in old.mentions)
    return money and new.has("count_only") and names_row(new, header)


_ADDED = re.compile(
    r"^(?:si\s+(?:le\s+|les\s+)?)?(?:sum(?:ando|amos|o|ad[oa]s|andole|andoles)|agregando(?:le|les)?|anadiendo(?:le)?|junto con|juntando(?:las|los)? con|"
    r"incluyendo|mas)\s+(?:a\s+|con\s+)?(?P<what>(?:(?:el|la|los|las|lo)\s+|del\s+|(?<=con )|(?<=sumando )).+?)[\s,?]*(?:cuant[oa]s?\b.*|(?:y\s+)?en total.*|que da.*)?$"
)
_BASES = frozenset({"vigente", "asignado", "programado", "presupuesto"})


def _of_that(text: str, old: Analysis) -> str:
    """ "¿Qué porcentaje de eso ya se gastó?" after a budget: "that" is the measure told."""
    said = [m for m in old.mentions if m.measure in _BASES]
    if not said or not analyse(text).has("percentage", "share"):
        return text
    words = " ".join(old.tokens[i].text for i in sorted(said[-1].tokens))
    return _THAT.sub(f"del {words}", text)


def _deed_said(text: str, turn: Turn) -> str:
    """ "¿Cuántos títulos se programó incorporar y cuántos se incorporaron?": what the row's own label says was done."""
    entity = turn.plan.row.entity if turn.plan is not None else None
    read = analyse(text)
    if entity is None or read.mentions:
        return text
    for token in read.tokens:
        if token.stem in entity.stems and re.search(r"(?:aron|ieron)$", token.text):
            return re.sub(rf"\b(?:se )?{token.text}\b", "se realizaron", fold(text))
    return text


def _without_lead(text: str) -> str:
    """ "¿Y en el caso de becas?" without what only ties it to the question before."""
    text = re.sub(r"^[\s¿]*(y|e|pero|entonces|ahora|también|tambien)\b[\s,]*", "", text, flags=re.IGNORECASE)
    return re.sub(
        r"^(?:(?:en|para) el caso de|en cuanto a|(?:con )?respecto (?:a|de)|en lo (?:tocante|relativo|referente) a)(l?)\s+",
        lambda m: "el " if m[1] else "",
        text,
        flags=re.IGNORECASE,
    )


def _with_noun(text: str, old: Analysis) -> str:
    """ "el 69" after a question on "producto 22" is "producto 69"."""
    ordinal = re.match(
        r"^(?:en |del |de )?(?:el |la )?(primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|[uú]ltim[oa])\s*\??$",
        text.strip(),
        re.IGNORECASE,
    )
    span = next((t.text for t in old.tokens if re.fullmatch(r"(bi|tri|cuatri)mestre|semestre", t.text)), "")
    if ordinal and span:
        return f"{text.strip(' ?')} {span}"
    noun = next((c.noun for c in old.codes if c.noun), "")
    return (
        re.sub(
            r"^(?:(?:el|la|los|las)(?:\s+(?:del?|de la))?|del|de la|con el)?\s*(?=\d[\d.\-]*\s*\??$)", f"{noun} ", text
        )
        if noun
        else text
    )
