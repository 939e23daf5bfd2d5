"""The clause that keeps some rows apart: "de los que tienen dinero asignado", "sin contar los que están en cero"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.rephrase import said

_HAS = r"(?:si\s+)?(?:tienen|tenian|tuvieron|tengan?|recibieron|recibian|cuentan\s+con|contaban\s+con|contaron\s+con|llevan|manejan|traen)"
_WHAT = (
    r"(?:algo|algun[oa]?s?|un\s+monto|montos?|dinero|plata|presupuesto|recursos|fondos|asignacion|metas?|programacion|ejecucion|gasto)"
    r"(?:\s+de\s+(?:dinero|plata|presupuesto))?(?:\s+(?:asignad|programad|vigent|ejecutad|aprobad|presupuestad|gastad)[oae]s?)?"
)
_NOT_MORE = r"(?!\s+(?:mas|menos|mayor|menor|alt[oa]|baj[oa]|de|para)\b)"
_MORE_THAN_NOTHING = r"(?:\s+(?:mayor(?:es)?\s+(?:a|que)|distint[oa]s?\s+(?:a|de)|diferentes?\s+(?:a|de))\s+(?:cero|0))"
_APART = r",?\s*(?:\b(?:sin\s+(?:contar|incluir|tomar\s+en\s+cuenta|considerar)|excluyendo|quitando|descontando)\s+)(?:(?:a\s+)?(?:los|las|aquell[oa]s)\s+(?:que\s+)?)"
_CLAUSES = tuple(
    said(p)
    for p in (
        rf",?\s*(?:\b(?:de|entre)\s+(?:los|las|aquell[oa]s)\s+)?\b(?:que|q)\s+{_HAS}\s+(?P<what>{_WHAT})\b{_MORE_THAN_NOTHING}?{_NOT_MORE},?",
        rf",?\s*(?:\b(?:de|entre)\s+(?:los|las|aquell[oa]s)\s+)?\bcon\s+(?P<what>{_WHAT}){_MORE_THAN_NOTHING},?",
        _APART + r"(?:(?:estan|esta|tienen|quedaron|estuvieron)\s+)?(?:en\s+|de\s+|con\s+)?(?P<what>)(?:ceros?|0)\b,?",
        r",?\s*(?:\b(?:de|entre)\s+(?:los|las|aquell[oa]s)\s+)?\bque\s+no\s+(?:sean?|son|estan|esten|estuvieron)\s+(?:en\s+|de\s+)?(?P<what>)(?:ceros?|0)\b,?",
    )
)
_MEASURES = (
    (re.compile(r"vigent"), ("vigente",)),
    (re.compile(r"ejecu|gast"), ("ejecutado", "devengado", "alcanzado")),
    (re.compile(r"met|programa"), ("programado",)),
    (re.compile(r"asign|aprob|presupuest|dinero|plata|recurso|fondo"), ("asignado", "vigente")),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Narrowing:
    """measures: of which the rows must hold more than nothing, the usual one first; none where it is the one asked for."""

    measures: tuple[str, ...] = ()


def without_clause(text: str) -> tuple[str, Narrowing | None]:
    """A question with blanks for the clause that narrows its rows, so that places in it stay, and what that asks of them.

    >>> " ".join(without_clause("¿Cuál producto, de los que tienen algo asignado, recibió menos?")[0].split())
    '¿Cuál producto recibió menos?'
    """
    for pattern in _CLAUSES:
        found = pattern.search(text)
        if found is None:
            continue
        measures = next((m for stem, m in _MEASURES if stem.search(found["what"].lower())), ())
        return text[: found.start()] + " " * len(found[0]) + text[found.end() :], Narrowing(measures=measures)
    return text, None
