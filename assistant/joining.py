"""Follow-ups on the two questions before: "¿y los dos juntos?", "¿cuál fue la diferencia?", "¿cuál es mayor?"."""

from __future__ import annotations

import re

from assistant.question import analyse
from assistant.slots import slots_of
from assistant.those_told import Turn
from index.text import fold

_BOTH = (
    (  # first: "la diferencia entre las dos" names both and adds up nothing
        "difference",
        re.compile(
            r"\bdiferencia\b|\bcuanto (?:mas|menos)\b|\bcuanto (?:crecio|aumento|subio|bajo|cayo|cambio|vario|disminuyo)\b"
        ),
    ),
    ("ratio", re.compile(r"^\W*(?:y )?(?:eso |esto )?(?:a )?(?:que|cual|cuanto) (?:es el |es )?(?:porcentaje|por ciento) (?:es|son|representa|da|equivale|fue)(?: eso| esto)?\W*$|^\W*(?:y )?eso (?:en|que) porcentaje\W*$")),
    ("sum", re.compile(r"\b(?:los|las) dos\b|\bamb[oa]s\b|\bsum(?:a|an|arian|ados|adas)\b|\bjunt[oa]s\b|\bentre (?:los|las) dos\b")),
    ("most", re.compile(r"\b(?:cual|quien) (?:\w+ ){0,3}?(?:mayor|mas|mejor)\b|\b(?:cual|quien) (?:\w+ ){0,3}?(?:menor|menos|peor)\b")),
)  # fmt: skip
_OWN = frozenset(
    "suma suman juntos juntas ambos ambas dos entre hubo fue es seria tiene tuvo total un uno una otro otra mes meses trimestre "
    "periodo cifra cifras".split()
)


def joins(text: str) -> str | None:
    """How a question that names nothing itself puts two earlier answers together: "sum", "difference", "most".

    >>> joins("¿y los dos juntos?"), joins("¿y la suma de becas y talleres?")
    ('sum', None)
    """
    folded = fold(text)
    kind = next((name for name, pattern in _BOTH if pattern.search(folded)), None)
    if kind is None:
        return None
    read = analyse(text)
    told = {i for group in (read.cues, read.orders) for used in group.values() for i in used}
    told |= {i for m in read.mentions if m.measure in ("diferencia", "porcentaje") for i in m.tokens}
    left = [t for t in read.tokens if t.content and t.position not in told and t.text not in _OWN]
    return None if left or read.periods or read.codes else kind


def joined(kind: str, turn: Turn) -> str | None:
    """The question over both turns in full words; None when they do not differ in just one thing of one table."""
    first, second = turn.before, turn
    if first is None or first.plan is None or second.plan is None:
        return None
    if first.plan.view.table.id != second.plan.view.table.id or {first.plan.operation, second.plan.operation} - {
        "look_up",
        "total",
    }:
        return None
    one, two = _words(first), _words(second)
    differ = [name for name in ("row", "measure", "period") if one[name] != two[name]]
    if len(differ) != 1 or not one[differ[0]] or not two[differ[0]]:
        return None
    parts = one[differ[0]], two[differ[0]]
    if kind == "ratio":
        row = "" if second.plan.row.whole else second.plan.row.label
        told = " ".join(w for w in (row, two["period"]) if w)
        return f"porcentaje de ejecucion de {told}" if differ == ["measure"] and told else None
    rest = {name: two[name] for name in ("measure", "row", "period") if name != differ[0]}
    measure = f"{rest['measure']} " if rest.get("measure") else ""
    row = f" de {rest['row']}" if rest.get("row") else ""
    period = f" {rest['period']}" if rest.get("period") else ""
    if kind == "most":
        return f"cuál tiene mayor {measure}: {parts[0]} o {parts[1]}{row}{period}" if differ == ["row"] else None
    lead = "suma de" if kind == "sum" else "diferencia de"
    if differ == ["measure"]:
        return f"diferencia entre {parts[0]} y {parts[1]}{row}{period}" if kind == "difference" else None
    link = "de" if kind == "sum" else "entre"
    return f"{lead} {measure}{link} {parts[0]} y {parts[1]}{row}{period}"


def _words(turn: Turn) -> dict[str, str]:
    """What a turn said of its row, its measure and its period."""
    assert turn.plan is not None
    slots = slots_of(turn.analysis, turn.plan)
    return {
        name: " ".join(turn.analysis.tokens[i].text for i in sorted(slots[name]))
        for name in ("row", "measure", "period")
    }
