"""Questions that fit two rows, two tables or two reports, or that name no measure: the answer is another question."""

from __future__ import annotations

from typing import Any

from corpus.questions.model import ask

_UNCLEAR = (
    # two reports or more
    "cuál es el porcentaje de ejecución",
    "¿Cuál es la misión de la institución?",
    "quien firma el informe",
    "total pagado",
    "¿Cuánto se pagó en mantenimiento y reparaciones?",
    "remuneraciones basicas, cuanto se pagó",
    "presupuesto de servicios básicos",
    "¿Cuánto se gastó en junio?",
    "vision",
    "cual es la poblacion",
    "total de ingresos recaudados",
    "objetivos",
    "¿Cuál es el presupuesto vigente total?",
    "fecha del informe",
    "quien es la directora",
    "porcentaje de recaudacion de ingresos",
    "¿Cuánto se ejecutó en educación?",
    "base legal",
    "total devengado",
    # two groups of one report
    "¿Cuánto devengó Rioverde Alto en remuneraciones temporales?",
    "mantenimiento preventivo alcanzado en el año, piedraclara",
    "visitas domiciliarias del HRY en el cuarto trimestre",
    # rows that begin alike
    "contingente arancelario ingresado, aduanas honduras",
    "evaluado en fortalecimiento de capacidades a los usuarios, aduanas",
    "mesas técnicas de aduanas, cuántas se hicieron",
    "¿Cuántos monitoreos de tránsitos hicieron las aduanas de Honduras?",
    "generacion de alertas en aduanas, cuantas se evaluaron",
    # no measure
    "dame el dato de piedraclara",
    "saneamiento rural de quebrada alta",
    "necesito información de INARESE",
)


def questions() -> list[dict[str, Any]]:
    """All of them are unclear with every demonstration report in one store."""
    return [ask(question, "ask-back") for question in _UNCLEAR]
