"""Which operation a question asks for, once it is known which of its words name rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from assistant.named_measures import Mention
from assistant.question import Analysis, level_of
from index.model import Level, Period
from index.once import once
from index.periods import MONTHS


def live(
    cues: Mapping[str, frozenset[int]], content: frozenset[int], absorbed: frozenset[int]
) -> dict[str, frozenset[int]]:
    """The cues whose content words are not part of the row's own label."""
    kept = {}
    for name, used in cues.items():
        inside = used & content
        if not used <= absorbed and (not inside or not inside <= absorbed):
            kept[name] = used
    return kept


def operation(
    analysis: Analysis, absorbed: frozenset[int], *, whole: bool, several: bool = False
) -> tuple[str, frozenset[int]]:
    """The operation and the words it accounts for.

    absorbed: words that belong to the label of the rows matched. whole: no particular row was named.
    """
    return _operation(analysis, absorbed, whole, several)


@once
def _operation(
    analysis: Analysis,
    absorbed: frozenset[int],
    whole: bool,
    several: bool,
) -> tuple[str, frozenset[int]]:
    content = analysis.content
    cues = live(analysis.cues, content, absorbed)
    if _names_progress(analysis, cues):
        cues = {name: used for name, used in cues.items() if name != "percentage"}
    if any(analysis.tokens[i].text == "bajo" and i + 1 in absorbed for i in cues.get("growth", ())):
        cues = {name: used for name, used in cues.items() if name != "growth"}  # "hectáreas bajo riego"
    if _wants_names(analysis, cues):
        cues = {name: used for name, used in cues.items() if name != "difference"}
    if _names_balance(analysis, cues):
        cues = {name: used for name, used in cues.items() if name != "difference"}
    stages = {m.measure for m in analysis.mentions if m.measure in ("asignado", "vigente", "solicitado")}
    if (
        len(stages) > 1 and "growth" in cues and "percentage" not in cues and not analysis.periods
    ):  # "cuánto subió del inicial al vigente"
        cues = {name: used for name, used in cues.items() if name != "growth"} | {"difference": cues["growth"]}
    changed = frozenset[int]()
    grown = cues.get("growth", frozenset())
    if any(m.measure == "modificacion" and not m.tokens & grown for m in analysis.mentions):
        changed = grown  # "cuánto se reformó (aumentó)"
        cues = {name: used for name, used in cues.items() if name != "growth"}
    asking = cues.get("count_only", frozenset()) | cues.get("list_only", frozenset()) | changed
    orders = live(analysis.orders, content, absorbed)
    conditions = live(analysis.conditions, content, absorbed)
    if not (whole and asking):  # "cuánto le recortaron a salud" asks for the change of one row
        conditions = {name: used for name, used in conditions.items() if name not in ("cut", "raised")}
    lists = (
        analysis.tokens[0].text in ("que", "cual", "cuales", "cuantos", "cuantas", "en", "a")
        if analysis.tokens
        else False
    )
    if not lists and any(m.measure in ("por_pagar", "por_recaudar") for m in analysis.mentions):
        conditions.pop("none_done", None)  # "la deuda flotante: lo obligado que no se pagó"
    passing = "exceeded" in conditions and passes_another(analysis)
    if (
        passing and len({p for p, _ in analysis.periods}) > 1 and not several
    ):  # "en cuánto supera lo de agosto a lo de mayo"
        return "growth", conditions["exceeded"] | cues.get("difference", frozenset()) | asking
    if several and passing:
        used = conditions["exceeded"] | cues.get("difference", frozenset())
        return "compare", used | asking  # "¿en cuánto supera el gasto de A al de B?"
    tested = frozenset(i for v in conditions.values() for i in v)
    degree = frozenset(  # "se hizo más de lo previsto"
        t.position
        for t, after in pairwise(analysis.tokens)
        if t.position in tested and t.text in ("mas", "menos") and after.text in ("de", "que")
    )
    orders = {name: used for name, used in orders.items() if used - tested and not used & degree}
    limits = frozenset(i for t in analysis.thresholds for i in t.tokens)
    if "audit" in cues and not (analysis.has("percentage") and not whole):
        return "audit", cues["audit"] | cues.get("total", frozenset()) | asking
    if analysis.thresholds and whole and not conditions:
        return ("count" if "count_only" in cues else "list"), limits | asking | cues.get("percentage", frozenset())
    ranked = _ranked(analysis, cues, orders)
    by_how_much = any(t.text in ("cuanto", "cuanta", "cuantos", "cuantas") for t in analysis.tokens)
    told_in_order = analysis.place is not None or any(
        analysis.tokens[i].text.startswith("orden") for used in orders.values() for i in used
    )
    if (
        several
        and ranked
        and by_how_much
        and not told_in_order
        and cues.keys() <= {"difference", "list_only", "count_only", "total", "compare"}
    ):
        used = frozenset(i for s in orders.values() for i in s) | cues.get("difference", frozenset())
        used |= cues.get("compare", frozenset())
        return "compare", used | asking | cues.get("total", frozenset())  # "¿a cuál más, a uno o a otro, y por cuánto?"
    summed = any(t.text.startswith(("suma", "junt")) for t in analysis.tokens)
    added = summed and "total" in cues and "difference" not in cues  # "junio más julio, ¿cuánto suma…?"
    timed = [i for _, used in analysis.periods for i in used]
    between = analysis.tokens[min(timed) : max(timed)] if timed else ()
    spans = len({p for p, _ in analysis.periods}) > 1 and any(t.text in ("mas", "menos", "que") for t in between)
    spans = spans and any(t.text in ("mas", "menos") for t in analysis.tokens)
    spans = spans and not added
    spanning = len(_set_apart(analysis)) > 1 or any(
        p.last_year is not None or told_by_ends(analysis, used) for p, used in analysis.periods
    )
    if spanning and {"total", "difference"} <= cues.keys() and any(t.text == "suma" for t in analysis.tokens):
        return "look_up", cues["total"] | asking  # "la suma de las diferencias de mayo y junio": of the printed ones
    comparing = "compare" in cues and any(analysis.tokens[i].text.startswith("compar") for i in cues["compare"])
    measured = {m.measure for m in analysis.mentions} - {"diferencia", "porcentaje", "presupuesto"}
    two = len(measured) == 2 and len({p for p, _ in analysis.periods}) == 1
    against = two and not spans and "difference" in cues  # "entre lo asignado y lo solicitado de mayo a agosto"
    if spanning and (spans or "difference" in cues) and "growth" not in cues and not comparing and not against:
        used = (
            cues.get("difference", frozenset()) | cues.get("percentage", frozenset()) | cues.get("total", frozenset())
        )
        return "growth", used | asking | _bare(analysis) | cues.get("compare", frozenset())
    listing = asking or not (cues.get("difference", frozenset()) - frozenset(i for v in conditions.values() for i in v))
    far = any(t.text == "lejos" for t in analysis.tokens)
    texts = [t.text for t in analysis.tokens]
    margin = any(a == "por" and b in ("mas", "mayor") for a, b in pairwise(texts))  # "la que rebasó por más unidades"
    far = far or margin
    apart = (
        cues.get("difference", frozenset()) - tested
    )  # "se pasó de" is of the condition, and no difference asked for
    by_how_far = all(analysis.tokens[i].text in ("por", "en", "de", "cuanto", "cuantos") for i in apart)
    placed = ranked and (by_how_far or analysis.place is not None or far)
    shares = any(
        analysis.tokens[i].text.startswith(("%", "porcent", "ciento", "propor", "relativ"))
        for i in cues.get("percentage", ())
    )
    shared = shares and "percentage" in cues and not analysis.thresholds and "count_only" not in cues
    amount = any(t.text == "cuanto" for t in analysis.tokens) and not asking - changed
    if conditions and whole and listing and not placed and not shared and not amount:
        used = frozenset(i for s in conditions.values() for i in s)
        return ("count" if "count_only" in cues else "list"), used | limits | asking | cues.get(
            "difference", frozenset()
        )
    if ranked and (whole or several) and ("difference" not in _pure(cues, orders) or analysis.place is not None or far):
        used = frozenset(i for s in orders.values() for i in s) | analysis.count_tokens | asking
        for name in ("percentage", "difference", "growth", "total", "compare"):
            used |= cues.get(name, frozenset())
        parts = cues.get("share", frozenset())
        used |= frozenset(i for i in parts if analysis.tokens[i].text.startswith(("propor", "participac")))
        for name in ("missed", "exceeded"):  # "más unidades sin cumplir", "la segunda que más se pasó"
            used |= conditions.get(name, frozenset())
        return "rank", used
    versus = "compare" in cues and not any(
        analysis.tokens[i].text.startswith(("compar", "cotej")) for i in cues["compare"]
    )
    for name in ("average", "compare", "growth", "share"):
        spent = _spent_of_budget(analysis) or _executed(analysis, cues)
        if (
            name == "share"
            and "percentage" in cues
            and "total" not in cues
            and _OF_GOAL.search(" ".join(t.text for t in analysis.tokens))
        ):
            continue  # "qué por ciento de la meta representa": what was done of it
        if name == "share" and "percentage" in cues and _left_of_base(analysis):
            continue  # "qué porcentaje de su vigente representa el saldo"
        if name == "share" and ((spent and not _part_of_total(analysis, cues)) or _bare_share(analysis, cues)):
            continue  # "qué porcentaje de ejecución corresponde a…"
        if (
            name == "compare"
            and versus
            and ("percentage" in cues or ("difference" in cues and not whole and not several))
        ):
            continue  # "porcentaje de lo entregado contra lo programado"
        since = versus and not several and "growth" in cues and bool(analysis.periods)
        if name == "compare" and since:
            continue  # "¿cuánto cambió frente a 2022?"
        if name in cues:
            said = cues["compare"] if since and name == "growth" else frozenset()
            return name, cues[name] | cues.get("difference", frozenset()) | asking | said | cues.get(
                "percentage", frozenset()
            ) | cues.get("total", frozenset())
    if "percentage" in cues and (_of_the_total(analysis, cues) or _out_of_all(analysis, cues)):
        return "share", cues["percentage"] | cues.get("total", frozenset()) | asking
    if "percentage" in cues:
        said = cues.get("total", frozenset()) | cues.get("share", frozenset())
        return "percentage", cues.get("compare", frozenset()) | cues["percentage"] | said | asking
    if "difference" in cues or (conditions and not whole):
        used = cues.get("difference", frozenset()) | frozenset(i for s in conditions.values() for i in s)
        return "difference", used | asking | cues.get("total", frozenset())
    total = cues.get("total", frozenset())
    return ("total" if total and whole else "look_up"), total | asking


def _set_apart(analysis: Analysis) -> set[Period]:
    """The periods asked without the year that only holds another ("al 31 de diciembre de 2013, … de la Junta, 2013")."""
    found = {p for p, _ in analysis.periods}
    years = {p for p in found if (p.first, p.last) == (1, 12) and p.last_year is None}
    return {p for p in found if p not in years or not any(o.year == p.year and o not in years for o in found)}


def passes_another(analysis: Analysis) -> bool:
    """Whether one row or month is said to pass another, and not its goal: "en cuánto supera el gasto de A al de B"."""
    texts = [t.text for t in analysis.tokens]
    passing = next((i for i, t in enumerate(texts) if t.startswith("supera") and not t.startswith("superav")), None)
    if passing is None or "exceeded" not in analysis.conditions:
        return False
    for i in range(passing + 1, len(texts) - 1):
        if texts[i] == "al":
            return _GOALS.match(texts[i + 1]) is None
        if texts[i] == "a" and texts[i + 1] in ("la", "los", "las", "lo"):
            return _GOALS.match(" ".join(texts[i + 2 : i + 3])) is None
    return False


_GOALS = re.compile(
    r"(?:metas?$|programad|programacion|previst|planificad|planead|presupuest|codificad|vigente|asignad|100)"
)


def _wants_names(analysis: Analysis, cues: Mapping[str, frozenset[int]]) -> bool:
    """ "¿Qué medicamentos faltaron?": which they are, and by how much is not asked."""
    used = cues.get("difference", frozenset())
    texts = [t.text for t in analysis.tokens]
    missing = bool(used) and all(texts[i].startswith("falt") for i in used)
    how_much = {"cuanto", "cuanta", "cuantos", "cuantas"} & set(texts)
    return missing and texts[:1] in (["que"], ["cuales"], ["quienes"]) and not how_much


def told_by_ends(analysis: Analysis, used: frozenset[int]) -> bool:
    """A span told by its two ends: "entre mayo y agosto", "de 2022 a 2024"."""
    told = [t.text for t in analysis.tokens if t.position in used]
    ends = [
        w for w in told if w in MONTHS or (w.isdigit() and len(w) == len("2023"))
    ]  # no day: "31 de diciembre de 2013"
    years = [w for w in ends if w.isdigit()]
    return len(ends) - len(years) > 1 or len(years) > 1


def _names_progress(analysis: Analysis, cues: Mapping[str, frozenset[int]]) -> bool:
    """Whether "avance financiero" is but a heading: another measure is asked for and no percentage is named."""
    used = cues.get("percentage", frozenset())
    said = {analysis.tokens[i].text for i in used}
    other = [m for m in analysis.mentions if not m.tokens & used and m.measure not in ("porcentaje", "presupuesto")]
    return bool(other) and said <= {"avance", "financiero", "fisico", "financiera", "fisica"} and len(said) > 1


def _names_balance(analysis: Analysis, cues: Mapping[str, frozenset[int]]) -> bool:
    """ "cuánto le falta por gastar" asks for the balance, which tables print, not for a subtraction."""
    used = cues.get("difference", frozenset())
    if "missed" in analysis.conditions:  # "quedó corto"
        return False
    return any(m.measure in ("saldo", "por_pagar", "por_recaudar") and m.tokens & used for m in analysis.mentions)


def _executed(analysis: Analysis, cues: Mapping[str, frozenset[int]]) -> bool:
    said = {analysis.tokens[i].text for i in cues.get("percentage", frozenset())}
    return bool(said & {"ejecucion", "cumplimiento", "avance"})


def _of_the_total(analysis: Analysis, cues: Mapping[str, frozenset[int]]) -> bool:
    """ "Del total de documentos, ¿qué porcentaje eran informes?": a part of the total, and no execution."""
    if "total" not in cues or _executed(analysis, cues):
        return False
    texts = [t.text for t in analysis.tokens]
    first = min(cues["percentage"])
    base = any(texts[i] == "total" and texts[i - 1 : i] == ["del"] for i in sorted(cues["total"]))
    return base and any(t in ("eran", "son", "fueron", "es", "era", "fue") for t in texts[first:])


def _out_of_all(analysis: Analysis, cues: Mapping[str, frozenset[int]]) -> bool:
    """ "De los documentos que se produjeron, ¿qué porcentaje eran informes?": a part of all of them."""
    if _executed(analysis, cues):
        return False
    texts = [t.text for t in analysis.tokens]
    first = min(cues["percentage"])
    after = next(
        (i for i in range(first + 1, min(first + 4, len(texts))) if texts[i] in ("eran", "son", "fueron")), None
    )
    whole = first > 2 and texts[0] in ("de", "entre") and texts[1] in ("los", "las", "todos", "todas")
    done = after is not None and any(m.tokens & {after + 1} for m in analysis.mentions)  # "¿… son ejecutados?"
    return whole and after is not None and not done


def _left_of_base(analysis: Analysis) -> bool:
    named = {m.measure for m in analysis.mentions}
    return "saldo" in named and bool(named & {"vigente", "asignado"})


_BUDGETED = re.compile(r"(presupuestad|programad|vigent|asignad|codificad|aprobad|modificad|previst)")
_SPENT = frozenset({"ejecutado", "devengado", "pagado", "recaudado", "comprometido", "alcanzado"})


def _spent_of_budget(analysis: Analysis) -> bool:
    """ "Qué porcentaje del total de gastos presupuestados ejecutó": spent out of the budget, and no part of a total."""
    base = [t.position for t in analysis.tokens if _BUDGETED.match(t.text)]
    texts = [t.text for t in analysis.tokens]
    verbs = [i for m in analysis.mentions if m.measure in _SPENT for i in m.tokens if _VERB.search(texts[i])]
    return bool(base and verbs) and any(t in ("porcentaje", "%", "ciento") for t in texts)


_VERB = re.compile(r"(?<!d)o$|(?:ar|er)on$")


_OF_GOAL = re.compile(
    r"(?<!\S)(?:porcentaje|ciento|%|proporcion|parte) de (?:la |su |lo )?(?:metas?|programad\w+|previst\w+|planificad\w+)(?!\S)"
)


def _part_of_total(analysis: Analysis, cues: Mapping[str, frozenset[int]]) -> bool:
    """ "Qué porcentaje de la ejecución mensual total representa agosto": a part of the total, whatever the measure."""
    said = [analysis.tokens[i].text for i in cues.get("share", frozenset())]
    return "total" in cues and any(w.startswith(("represent", "particip", "peso", "pesa", "parte")) for w in said)


def _bare_share(analysis: Analysis, cues: Mapping[str, frozenset[int]]) -> bool:
    """ "El presupuesto de toda la institución" asks for no part: nothing but "de toda la" would say so."""
    small = {"de", "todo", "toda", "todos", "todas", "la", "lo", "el", "los", "las", "totalidad"}
    said = {analysis.tokens[i].text for i in cues.get("share", ())}
    return "percentage" not in cues and said <= small


def _bare(analysis: Analysis) -> frozenset[int]:
    return frozenset(t.position for t in analysis.tokens if t.text in ("mas", "menos"))


def _pure(cues: Mapping[str, frozenset[int]], orders: Mapping[str, frozenset[int]]) -> set[str]:
    """Cues none of whose words also order ("cuánto más" is a difference, "mayor diferencia" a ranking)."""
    ordering = frozenset(i for s in orders.values() for i in s)
    return {name for name, used in cues.items() if used and used <= ordering}


def _ranked(analysis: Analysis, cues: Mapping[str, frozenset[int]], orders: Mapping[str, frozenset[int]]) -> bool:
    """Whether the order words rank rows; a bare "más" or "menos" only does next to a "qué" or "cuál"."""
    if not orders:
        return False
    used = {analysis.tokens[i].text for s in orders.values() for i in s}
    if used <= {"mas", "menos"} and any(t.text in ("cual", "que", "quien") for t in analysis.tokens):
        return True
    if used <= {"mas", "menos"} and analysis.count is None:
        return "list_only" in cues or any(t.text in ("quien", "quienes", "donde", "adonde") for t in analysis.tokens)
    return True


def asked_level(
    analysis: Analysis, mentions: Sequence[Mention], operation_name: str, absorbed: frozenset[int]
) -> Level | None:
    """Physical or financial, when the words tell: "presupuesto" is money, "cuántas" with a deed is a count.

    mentions: the measures that remain once the operation and the row have taken their words (absorbed).
    """
    if operation_name == "count":  # "cantidad de productos con asignado mayor a…": the rows are counted
        absorbed |= analysis.cues.get("count_only", frozenset())
    told = level_of(tuple(t.stem for t in analysis.tokens if t.position not in absorbed))
    if told is not None:
        return told
    if any(t.text in ("rubro", "rubros", "partida", "partidas", "renglon", "renglones") for t in analysis.tokens):
        return Level.FINANCIAL
    measures = {m.measure for m in mentions}
    if measures & MONEY and operation_name not in ("difference", "percentage"):
        return Level.FINANCIAL
    if measures & {"alcanzado", "programado"} and not measures & MONEY:
        return Level.PHYSICAL
    return None


MONEY = frozenset(
    {"vigente", "asignado", "pagado", "saldo", "presupuesto", "devengado", "comprometido", "recaudado", "modificacion"}
)
