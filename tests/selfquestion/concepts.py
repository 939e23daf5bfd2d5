"""What a header is about, and how people name it. Written apart from the lexicon of the program."""

from __future__ import annotations

import re

from index.text import fold

PHYSICAL, FINANCIAL = "fisica", "financiera"

# First hit wins: the last word of the header path is tried before the whole path.
_HEADERS = (
    ("porcentaje", r"%|\bporcentaje|\bporcentual|\bavance|\bgrado de|\brelativ|\bratio|\bindice"),
    ("diferencia", r"\bdiferencia|\bvariacion|\bdesviacion|\bbrecha"),
    ("saldo", r"\bsaldo|\bdisponible|\bsubejercicio|\bpor (?:devengar|comprometer|ejecutar|pagar)"),
    ("modificaciones", r"\bampliacion|\bmodificaciones|\breducciones|\breformas|\btransferencias"),
    ("vigente", r"\bvigente|\bcodificad|\bmodificado|\bactualizad|\bdefinitiv"),
    ("asignado", r"\basignad|\baprobad|\boriginal|\binicial|\bautorizad"),
    ("solicitado", r"\bsolicitad"),
    ("comprometido", r"\bcomprom"),
    ("devengado", r"\bdevengad|\bobligad[oa]s?\b|\bobligaciones"),
    ("pagado", r"\bpagad|\bpagos?\b|\bgirad"),
    ("recaudado", r"\brecaudad|\brecaudo|\bpercibid|\bcobrad"),
    ("evaluado", r"\breal(?:es)?\b|\bevaluad|\balcanzad|\brealizad|\blograd|\bcumplid"),
    ("programado", r"\bprog\b|\bprogramad|\bmetas?\b|\bplanificad|\bprevist|\bplanead"),
    ("ejecutado", r"\bejecu|\bejec\b|^gastos?(?: (?:del mes|mensual|realizad[oa]|total|acumulad[oa]))?$"),
)
# "Devengado no pagado", "Vigente - Devengado": neither the one nor the other
_NEITHER = re.compile(r"\bno (?:pagad|deveng|ejecut|comprom|recaud)|\w\.? [-–/] \w")
MONEY = frozenset({"asignado", "vigente", "comprometido", "devengado", "pagado", "recaudado", "saldo", "solicitado"})

# concept → phrases with their article. A phrase may name more than one concept: see `named_by`.
PHRASES = {
    "programado": ("lo programado", "la meta", "lo previsto", "lo planificado"),
    "evaluado": ("lo evaluado", "lo realizado", "lo alcanzado", "lo logrado", "lo ejecutado"),
    "asignado": (
        "el presupuesto asignado",
        "lo asignado",
        "el monto asignado",
        "el presupuesto aprobado",
        "el presupuesto inicial",
    ),
    "vigente": ("el presupuesto vigente", "lo vigente", "el monto vigente"),
    "solicitado": ("lo solicitado", "el monto solicitado"),
    "comprometido": ("lo comprometido", "el monto comprometido"),
    "devengado": ("lo devengado", "el devengado", "el gasto devengado"),
    "pagado": ("lo pagado", "el monto pagado", "lo que se pagó"),
    "recaudado": ("lo recaudado", "la recaudación", "lo que se recaudó"),
    "ejecutado": ("lo ejecutado", "el gasto", "el monto ejecutado", "lo gastado"),
    "saldo": ("el saldo", "el saldo disponible", "lo que queda disponible"),
}
_ALSO = {  # other concepts that a phrase may well mean
    "lo ejecutado": {"ejecutado", "evaluado", "devengado"},
    "el gasto": {"ejecutado", "devengado"},
    "lo gastado": {"ejecutado", "devengado"},
    "el monto ejecutado": {"ejecutado", "devengado"},
}
_ONLY_WHERE = (  # words of a phrase → what the table must speak of for the phrase to be fair
    ("lo evaluado", r"evaluad"),
    ("presupuesto inicial", r"inicial|original"),
    ("presupuesto aprobado", r"aprobad|original"),
    ("presupuesto", r"presupuest"),
    ("monto", r"^(?!.*(?:\bn[°º]|\bnumero de|\bcantidad de|\bmetas\b))"),
    ("la meta", r"\bmeta|^(?!.*(?:\(|presupuest|en miles|en millones))"),
    ("gast", r"^(?!.*(?:\bingreso|\brecaud))"),
)


def concept_of(path: tuple[str, ...]) -> str | None:
    """The concept of a header path, None when nothing in it is known."""
    if path and _NEITHER.search(fold(path[-1])):
        return None
    for part in (path[-1:], path):
        text = fold(" ".join(part))
        for concept, pattern in _HEADERS:
            if re.search(pattern, text):
                return concept
    return None


def loosely_named(concept: str | None) -> set[str]:
    """The concepts that a bare word for `concept` may be taken for."""
    if concept in {"ejecutado", "evaluado"}:
        return _ALSO["lo ejecutado"]
    return {concept} if concept in PHRASES else set()


def fair_phrases(concept: str, about: str) -> list[str]:
    """The phrases for a concept that suit a table; `about` is its header path, caption and title."""
    told = fold(about)
    return [
        phrase
        for phrase in PHRASES.get(concept, ())
        if all(re.search(pattern, told) for words, pattern in _ONLY_WHERE if words in phrase)
    ]


def named_by(phrase: str, concept: str) -> set[str]:
    """The concepts that a phrase chosen for `concept` may be taken for."""
    return _ALSO.get(phrase, set()) | {concept}


# Things no accountability report of the kind at hand speaks of; each is checked against the store before use.
FOREIGN_NOUNS = (
    "astilleros", "apicultura", "ferrocarriles", "teleféricos", "petroquímica", "esgrima", "glaciares", "acuarios",
    "satélites", "orquestas", "ballenas", "viñedos", "catedrales", "submarinos", "trufas", "velódromos", "camellos",
    "planetarios", "cerámica", "hipódromos", "bonsáis", "faros", "zoológicos", "tranvías",
)  # fmt: skip
FOREIGN_MEASURES = (
    "el salario promedio", "la prima de riesgo", "el kilometraje recorrido", "la huella de carbono", "la tasa de natalidad",
    "el consumo de combustible", "la cantidad de vacunas", "el número de accidentes", "los viáticos pagados",
    "la matrícula escolar", "el rendimiento por hectárea",
)  # fmt: skip
FOREIGN_INSTITUTIONS = (
    "la Superintendencia de Telecomunicaciones", "el Ministerio de Pesca", "la Policía Nacional Civil",
    "el Instituto Nacional de Bosques", "la Defensoría del Pueblo", "el Cuerpo de Bomberos", "la Universidad Autónoma",
    "el Servicio Meteorológico", "la Casa de la Moneda", "el Instituto de Aeronáutica",
)  # fmt: skip
