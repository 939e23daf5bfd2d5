"""Questions over the canton of Rioverde Alto (Ecuador): codificado, devengado, recaudado."""

from __future__ import annotations

from typing import Any

from corpus.questions.model import NOT_COMPUTABLE, ask, either_sign
from corpus.questions.oracle import Table, mean, percent

STEM = "rioverde-alto-ecuador-2023-demo"


def questions() -> list[dict[str, Any]]:
    """Spending, revenue, goals, text, conversation."""
    return [*_spending(), *_revenue(), *_goals(), *_months(), *_text(), *_conversation()]


def _spending() -> list[dict[str, Any]]:
    spending = Table(STEM, "gastos")
    works, care, total = spending.row("75.01"), spending.row("75.05"), spending.total()
    goods, group = spending.row("73.08"), spending.row("7")
    top = spending.top("devengado", 1)[0]
    return [
        ask("codificado de obras de infraestructura en rioverde alto", "figure", STEM, values=[works["codificado"]]),
        ask(
            "Sírvase certificar el devengado en servicios básicos del GAD de Rioverde Alto",
            "figure",
            STEM,
            values=[spending.row("53.01")["devengado"]],
        ),
        ask("partida 84.02 de rioverde, saldo por devengar", "figure", STEM, values=[spending.row("84.02")["saldo"]]),
        ask("presupuesto de la partida 57.02, GADMRA", "figure", STEM, values=[spending.row("57.02")["codificado"]]),
        ask(
            "¿Qué porcentaje de ejecución tienen las obras de infraestructura de Rioverde Alto?",
            "percentage",
            STEM,
            values=[percent(works["devengado"], works["codificado"])],
        ),
        ask(
            "ejecucion en % del grupo gastos de inversion de rioverde alto",
            "percentage",
            STEM,
            values=[percent(group["devengado"], group["codificado"])],
        ),
        ask(
            "porcentaje ejecutado de bienes inmuebles en el GADMRA",
            "percentage",
            STEM,
            values=[percent(spending.row("84.02")["devengado"], spending.row("84.02")["codificado"])],
        ),
        ask(
            "cuanto le recortaron a mantenimiento y reparaciones en rioverde alto",
            "variance",
            STEM,
            values=[either_sign(care["reformas"])],
        ),
        ask("total codificado de gastos, Rioverde Alto", "total", STEM, values=[total["codificado"]]),
        ask(
            "¿El total devengado de gastos de Rioverde Alto coincide con la suma de las partidas?",
            "audit",
            STEM,
            values=[total["devengado"], spending.add("devengado")],
        ),
        ask(
            "en la partida 73.08 de rioverde el codificado cuadra con inicial mas reformas?",
            "audit",
            STEM,
            values=[goods["codificado"], goods["inicial"] + goods["reformas"]],
        ),
        ask(
            "¿En qué partida devengó más el GAD de Rioverde Alto?",
            "ranking",
            STEM,
            values=[top["devengado"]],
            mentions=[top.name],
        ),
        ask(
            "diferencia entre devengado y pagado en consultorias, rioverde alto",
            "difference",
            STEM,
            values=[spending.row("73.06")["devengado"] - spending.row("73.06")["pagado"]],
        ),
    ]


def _revenue() -> list[dict[str, Any]]:
    revenue = Table(STEM, "ingresos")
    gift = revenue.row("Donaciones")
    return [
        ask(
            "recaudado por recolecion de basura rioverde",
            "figure",
            STEM,
            values=[revenue.row("13.01")["recaudado"]],
        ),
        ask(
            "¿Qué porcentaje del codificado se recaudó por contribución especial de mejoras?",
            "percentage",
            STEM,
            values=[percent(revenue.row("13.04")["recaudado"], revenue.row("13.04")["codificado"])],
        ),
        ask(
            "porcentaje de recaudacion de las donaciones de capital en rioverde alto",
            "undefined",
            STEM,
            values=[gift["recaudado"]],
            mentions=[NOT_COMPUTABLE],
        ),
        ask(
            "devengado de saldos en caja y bancos del GADMRA",
            "undefined",
            STEM,
            mentions=[["N/D", "no disponible"]],
        ),
        ask(
            "¿Qué peso tienen las transferencias del gobierno central en lo recaudado por Rioverde Alto?",
            "share",
            STEM,
            values=[percent(revenue.row("18.06")["recaudado"], revenue.total()["recaudado"])],
        ),
    ]


def _goals() -> list[dict[str, Any]]:
    plan = Table(STEM, "poa")
    streets, grants = plan.row("Adoquinado"), plan.row("Becas")
    idle = plan.names(lambda x: x["prog"] > 0 and x["alc"] == 0)
    exceeded = plan.names(lambda x: x["prog"] > 0 and x["alc"] > x["prog"])
    social = plan.add("devengado", lambda x: x.cells["programa"] == "Desarrollo Social")
    return [
        ask(
            "metros cuadrados de adoquinado alcanzados en rioverde alto",
            "figure",
            STEM,
            values=[streets["alc"]],
        ),
        ask(
            "% financiero del adoquinado de calles (devengado sobre codificado)",
            "percentage",
            STEM,
            values=[percent(streets["devengado"], streets["codificado"])],
        ),
        ask(
            "¿Cuál es el avance físico en porcentaje de las hectáreas reforestadas?",
            "percentage",
            STEM,
            values=[percent(plan.row("Hectáreas")["alc"], plan.row("Hectáreas")["prog"])],
        ),
        ask(
            "porcentaje fisico de becas entregadas en rioverde alto",
            "undefined",
            STEM,
            values=[grants["alc"]],
            mentions=[NOT_COMPUTABLE],
        ),
        ask("metas del POA de Rioverde Alto programadas y no hechas", "list", STEM, mentions=idle),
        ask("cuantas metas del POA de rioverde superaron lo programado", "count", STEM, values=[len(exceeded)]),
        ask("devengado del programa Desarrollo Social, POA Rioverde Alto", "total", STEM, values=[social]),
    ]


def _months() -> list[dict[str, Any]]:
    months = Table(STEM, "mensual")
    best = months.top("recaudacion", 1)[0]
    april, march = months.row("Abril"), months.row("Marzo")
    december = months.row("Diciembre")
    first = sum((months.row(name)["gasto"] for name in ("Enero", "Febrero")), march["gasto"])
    return [
        ask(
            "gasto devengado promedio mensual rioverde alto",
            "average",
            STEM,
            values=[mean(x["gasto"] for x in months.data)],
        ),
        ask(
            "¿En qué mes recaudó más Rioverde Alto?",
            "ranking",
            STEM,
            values=[best["recaudacion"]],
            mentions=[best.name.lower()],
        ),
        ask("cuanto devengo rioverde alto de enero a marzo", "total", STEM, values=[first]),
        ask(
            "aumento del gasto devengado de marzo a abril en Rioverde Alto",
            "growth",
            STEM,
            values=[[april["gasto"] - march["gasto"], percent(april["gasto"] - march["gasto"], march["gasto"])]],
        ),
        ask(
            "comparar gasto e ingreso recaudado de diciembre, GADMRA",
            "comparison",
            STEM,
            values=[december["gasto"], december["recaudacion"]],
        ),
    ]


def _text() -> list[dict[str, Any]]:
    return [
        ask("cuanta gente vive en el canton rioverde alto", "narrative", STEM, values=[23480]),
        ask("¿Por qué no se contrató el sitio web turístico?", "narrative", STEM, mentions=["falta de oferentes"]),
        ask("quién aprobó la liquidación de Rioverde Alto", "metadata", STEM, mentions=["Rodrigo Illescas"]),
        ask("fecha de emision de la liquidacion del GADMRA", "metadata", STEM, mentions=["22/01/2024"]),
    ]


def _conversation() -> list[dict[str, Any]]:
    spending, months = Table(STEM, "gastos"), Table(STEM, "mensual")
    return [
        ask(
            "¿y cuánto se pagó?",
            "follow-up",
            STEM,
            values=[spending.row("53.01")["pagado"]],
            history=["devengado en servicios básicos del GAD de Rioverde Alto"],
        ),
        ask(
            "y en septiembre?",
            "follow-up",
            STEM,
            values=[months.row("Septiembre")["gasto"]],
            history=["gasto devengado de agosto en rioverde alto"],
        ),
        ask(
            "Rioverde Alto, patentes comerciales: codificado y recaudado, por favor",
            "multiple",
            STEM,
            values=[
                Table(STEM, "ingresos").row("11.07")["codificado"],
                Table(STEM, "ingresos").row("11.07")["recaudado"],
            ],
        ),
    ]
