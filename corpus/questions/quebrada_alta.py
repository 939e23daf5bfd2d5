"""Questions over the district of Quebrada Alta (Peru): PIA, PIM, devengado, girado."""

from __future__ import annotations

from typing import Any

from corpus.questions.model import NOT_COMPUTABLE, ask
from corpus.questions.oracle import Table, growth, percent

STEM = "quebrada-alta-peru-2024-demo"


def questions() -> list[dict[str, Any]]:
    """All over one table."""
    spending = Table(STEM, "gasto")
    water, waste, risk = spending.row("0083"), spending.row("0036"), spending.row("0068")
    justice, total = spending.row("0148"), spending.total()
    low = spending.names(lambda x: x["pim"] > 0 and x["devengado"] / x["pim"] * 100 < 60)
    top = spending.top("pim", 3)
    return [
        ask("PIM de saneamiento rural, Quebrada Alta", "figure", STEM, values=[water["pim"]]),
        ask("cuanto se giro en reciduos solidos en quebrada alta", "figure", STEM, values=[waste["girado"]]),
        ask("devengado categoria 9001 quebrada alta", "figure", STEM, values=[spending.row("9001")["devengado"]]),
        ask(
            "¿Qué porcentaje del PIM devengó la reducción de vulnerabilidad por desastres en Quebrada Alta?",
            "percentage",
            STEM,
            values=[percent(risk["devengado"], risk["pim"])],
        ),
        ask(
            "avance de ejecucion total de la municipalidad de quebrada alta en %",
            "percentage",
            STEM,
            values=[percent(total["devengado"], total["pim"])],
        ),
        ask(
            "¿Cuánto subió el PIM respecto del PIA en el tiempo de acceso a la justicia, en porcentaje? Quebrada Alta",
            "undefined",
            STEM,
            values=[justice["pim"]],
            mentions=[NOT_COMPUTABLE],
        ),
        ask(
            "crecimiento porcentual de PIA a PIM en saneamiento rural, quebrada alta",
            "growth",
            STEM,
            values=[growth(water["pia"], water["pim"])],
        ),
        ask(
            "top 3 categorias con mayor PIM en Quebrada Alta",
            "ranking",
            STEM,
            values=[x["pim"] for x in top],
        ),
        ask("categorías de Quebrada Alta con devengado por debajo del 60 % del PIM", "list", STEM, mentions=low),
        ask("cuantas categorias presupuestales lista quebrada alta", "count", STEM, values=[len(spending.data)]),
        ask(
            "y el girado?",
            "follow-up",
            STEM,
            values=[water["girado"]],
            history=["PIM de saneamiento rural, Quebrada Alta"],
        ),
        ask(
            "¿Se gastó algo en tiempo de acceso a la justicia en Quebrada Alta?",
            "figure",
            STEM,
            values=[justice["devengado"]],
        ),
    ]
