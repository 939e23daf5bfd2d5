"""Follow-ups: a question that leans on the one before it is completed with the words it leaves out."""

from __future__ import annotations

import re

from assistant.asking import content_terms
from assistant.attributes import deed_words
from assistant.leaning import CORRESPONDING, ITS, WHOLE_SPAN, without_lead
from assistant.letters import of_the_cited
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
    SUMMED,
    Turn,
    before_state,
    calls,
    heading_words,
    of_the_first,
    sums_those,
)
from assistant.tokens import light_words
from index.lexicon import lexicon
from index.model import Level
from index.periods import MONTHS
from index.text import STOPWORDS, fold
from tools.catalogue import content_stems

_SPEAKS = ("percentage", "share", "difference", "average", "growth", "compare", "audit")
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
    whole = WHOLE_SPAN.search(fold(text))
    if whole is not None and turn.plan is not None:  # "¿y en todo el semestre?": the same, of all the months
        had = slots_of(old, turn.plan)
        said = sorted((had["measure"] | had["row"]) - had["period"])
        return " ".join([*(old.tokens[i].text for i in said), "total"])
    text = _LAST_TOLD.sub("", _of_that(CORRESPONDING.sub("el de ", text), old))
    new = analyse(_deed_said(_with_noun(without_lead(text), old), turn))
    if turn.plan is None:  # prose: a question that says nothing of its own ("¿cada cuánto los elabora?") is on the same
        own = [t for t in content_terms(new.text) if not t.light and t.stem not in naming]
        other, tail = _OF_ANOTHER.match(fold(new.text)), _LAST_OF.match(old.text)
        if other and tail:  # "¿qué avance tiene el plan de auditoría?" … "¿y el de capacitación?"
            return f"{tail['head']}{other['what']}"
        pointing = ITS.search(fold(new.text)) is not None  # "¿y el monto de ese contrato?": of what the prose told
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
