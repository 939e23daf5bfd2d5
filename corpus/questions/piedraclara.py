"""Questions over the municipality of Piedraclara (Colombia): thousands of pesos, quarterly goals."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from corpus.questions.model import NOT_COMPUTABLE, ask, either_sign, in_thousands, thousands
from corpus.questions.oracle import Line, Table, growth, mean, percent

STEM = "piedraclara-colombia-2024-demo"


def questions() -> list[dict[str, Any]]:
    """Money, goals, text, conversation."""
    return [*_spending(), *_ratios(), *_revenue(), *_goals(), *_places(), *_text(), *_conversation()]


def _money(question: str, kind: str, value: Decimal, *, history: tuple[str, ...] = ()) -> dict[str, Any]:
    return ask(
        question,
        kind,
        STEM,
        values=[_either(value)],
        mentions=[in_thousands(value)],
        history=history,
    )


def _either(value: Decimal) -> list[Decimal]:
    return thousands(value) + (thousands(-value) if value < 0 else [])


def _is_sector(line: Line) -> bool:
    return line.cells["codigo"].startswith("3.")


def _spending() -> list[dict[str, Any]]:
    spending = Table(STEM, "gastos")
    total = spending.total()
    top = spending.top("obligaciones", 3, _is_sector)
    return [
        _money("obligaciones del sector salud en piedraclara", "figure", spending.row("3.2")["obligaciones"]),
        _money("cuánta plata pagó la alcaldía de Piedraclara en agua potable", "figure", spending.row("3.3")["pagos"]),
        _money(
            "Apropiación definitiva de gestión del riesgo, municipio de Piedraclara",
            "figure",
            spending.row("3.7")["definitivo"],
        ),
        _money("piedraclara compromisos en educacion", "figure", spending.row("3.1")["compromisos"]),
        _money(
            "¿Cuánto le recortaron a cultura, deporte y recreación en Piedraclara?",
            "variance",
            spending.row("3.5")["modificaciones"],
        ),
        _money("total de la apropiasion definitiva de piedraclara", "total", total["definitivo"]),
        _money("cuanto obligo piedraclara en todo el grupo de inversion", "total", spending.row("3")["obligaciones"]),
        ask(
            "¿Cuadra el total de pagos que imprime la tabla de gastos de Piedraclara?",
            "audit",
            STEM,
            values=[thousands(total["pagos"]), thousands(spending.add("pagos"))],
        ),
        ask(
            "los tres sectores de inversion con mas obligaciones, piedraclara",
            "ranking",
            STEM,
            values=[thousands(x["obligaciones"]) for x in top],
            mentions=["salud", "educación", "agua potable"],
        ),
        ask(
            "sectores de inversión de Piedraclara sin ningún gasto obligado",
            "list",
            STEM,
            mentions=spending.names(lambda x: _is_sector(x) and x["obligaciones"] == 0),
        ),
        _money(
            "¿Cuánto quedó comprometido sin obligar en vías y transporte de Piedraclara?",
            "difference",
            spending.row("3.4")["compromisos"] - spending.row("3.4")["obligaciones"],
        ),
    ]


def _ratios() -> list[dict[str, Any]]:
    spending = Table(STEM, "gastos")
    roads, water, total = spending.row("3.4"), spending.row("3.3"), spending.total()
    invest = spending.row("3")
    return [
        ask(
            "que porcentaje ejecuto vias y transporte en piedraclara",
            "percentage",
            STEM,
            values=[percent(roads["obligaciones"], roads["definitivo"])],
        ),
        ask(
            "Porcentaje de ejecución de la inversión, Alcaldía de Piedraclara",
            "percentage",
            STEM,
            values=[percent(invest["obligaciones"], invest["definitivo"])],
        ),
        ask(
            "porcentaje comprometido de agua potable y saneamiento (compromisos sobre apropiacion definitiva) piedraclara",
            "percentage",
            STEM,
            values=[percent(water["compromisos"], water["definitivo"])],
        ),
        ask(
            "¿Qué parte de las obligaciones totales de Piedraclara fue para educación?",
            "share",
            STEM,
            values=[percent(spending.row("3.1")["obligaciones"], total["obligaciones"])],
        ),
    ]


def _revenue() -> list[dict[str, Any]]:
    revenue = Table(STEM, "ingresos")
    royalties, fines = revenue.row("Regalías"), revenue.row("Multas")
    best = revenue.top("recaudo", 1)[0]
    return [
        _money(
            "cuánto menos de lo presupuestado recaudó Piedraclara por regalías", "variance", royalties["diferencia"]
        ),
        ask(
            "¿Qué porcentaje de recaudo lograron las multas y sanciones en Piedraclara?",
            "undefined",
            STEM,
            values=[thousands(fines["recaudo"])],
            mentions=[NOT_COMPUTABLE],
        ),
        ask(
            "ingreso que más recaudó piedraclara",
            "ranking",
            STEM,
            values=[thousands(best["recaudo"])],
            mentions=[best.name],
        ),
        ask(
            "% de recaudo del predial en piedraclara",
            "percentage",
            STEM,
            values=[percent(revenue.row("predial")["recaudo"], revenue.row("predial")["definitivo"])],
        ),
    ]


def _goals() -> list[dict[str, Any]]:
    goals = Table(STEM, "metas")
    doses, water = goals.row("Dosis"), goals.row("Conexiones")
    brigades, cameras = goals.row("Brigadas"), goals.row("Cámaras")
    met = goals.names(
        lambda x: x.has("anual_prog", "anual_alc") and x["anual_prog"] > 0 and x["anual_alc"] >= x["anual_prog"]
    )
    idle = goals.names(lambda x: x.has("anual_alc") and x["anual_prog"] > 0 and x["anual_alc"] == 0)
    quarters = [doses[f"t{n}_alc"] for n in range(1, 5)]
    return [
        ask(
            "dosis de vacunacion aplicadas en el tercer trimestre",
            "figure",
            STEM,
            values=[doses["t3_alc"]],
        ),
        ask(
            "Piedraclara: kilómetros de vías terciarias con mantenimiento rutinario en el trimestre 2",
            "figure",
            STEM,
            values=[goals.row("terciarias")["t2_alc"]],
        ),
        ask(
            "¿Cuánto mantenimiento preventivo de infraestructura vial se alcanzó en el año en Piedraclara?",
            "figure",
            STEM,
            values=[goals.row("preventivo", "vial")["anual_alc"]],
        ),
        ask(
            "porcentaje de vacunacion menores de seis años, segundo trimestre, piedraclara",
            "percentage",
            STEM,
            values=[percent(doses["t2_alc"], doses["t2_prog"])],
        ),
        ask(
            "¿Qué porcentaje de las conexiones de acueducto rural del año se cumplió?",
            "percentage",
            STEM,
            values=[percent(water["anual_alc"], water["anual_prog"])],
        ),
        ask(
            "avance en % de las camaras de vigilancia de piedraclara en el año",
            "percentage",
            STEM,
            values=[percent(cameras["anual_alc"], cameras["anual_prog"])],
        ),
        ask(
            "cumplimiento porcentual anual de las brigadas extramurales",
            "undefined",
            STEM,
            values=[brigades["anual_alc"]],
            mentions=[NOT_COMPUTABLE],
        ),
        ask(
            "encuestas de percepción ciudadana alcanzadas en el cuarto trimestre en Piedraclara",
            "undefined",
            STEM,
            mentions=[["N/D", "no disponible"]],
        ),
        ask(
            "de las metas programadas de piedraclara, cuantas llegaron al 100% o mas en el año",
            "count",
            STEM,
            values=[len(met)],
        ),
        ask("metas de piedraclara con programación y cero avance en el año", "list", STEM, mentions=idle),
        ask("promedio trimestral de dosis aplicadas en Piedraclara", "average", STEM, values=[mean(quarters)]),
        ask(
            "¿Cuánto faltó para la meta anual de conexiones nuevas de acueducto rural?",
            "variance",
            STEM,
            values=[either_sign(water["anual_prog"] - water["anual_alc"])],
        ),
    ]


def _places() -> list[dict[str, Any]]:
    places = Table(STEM, "territorios")
    village, high, new = places.row("Guayacán"), places.row("San Isidro"), places.row("Almendros")
    return [
        ask(
            "cuanto crecio en porcentaje el gasto en obras de El Guayacán de 2022 a 2024",
            "growth",
            STEM,
            values=[growth(village["g2022"], village["g2024"])],
        ),
        ask(
            "Variación porcentual del gasto en obras de Los Almendros entre 2022 y 2023",
            "undefined",
            STEM,
            values=[thousands(new["g2023"])],
            mentions=[NOT_COMPUTABLE],
        ),
        ask(
            "compará el gasto en obras de San Isidro Alto en 2023 y 2024",
            "comparison",
            STEM,
            values=[thousands(high["g2023"]), thousands(high["g2024"])],
        ),
        ask("habitantes de llano grande", "figure", STEM, values=[places.row("Llano")["habitantes"]]),
    ]


def _text() -> list[dict[str, Any]]:
    return [
        ask("cuantas familias sirve el acueducto de Quebradanegra", "narrative", STEM, values=[312]),
        ask("a donde quiere llegar piedraclara en 2035, vision", "narrative", STEM, mentions=["agua potable en todas"]),
        ask(
            "¿En cuántos días responde ahora las peticiones la Alcaldía de Piedraclara?",
            "narrative",
            STEM,
            values=[11],
        ),
        ask("acuerdo que aprobó el presupuesto de Piedraclara", "narrative", STEM, mentions=["014 de 2023"]),
        ask("poblacion total del municipio de piedraclara", "narrative", STEM, values=[62170]),
        ask("quienes firman el informe", "metadata", STEM, mentions=["Yolanda Restrepo"], documents=[STEM]),
        ask("número de radicado del informe de Piedraclara", "metadata", STEM, mentions=["PC-SH-2025-0118"]),
        ask("quien es el secretario de hacienda de piedraclara", "metadata", STEM, mentions=["Buitrago"]),
        ask("¿Qué significa CMGRD?", "definition", STEM, mentions=["Gestión del Riesgo de Desastres"]),
    ]


def _conversation() -> list[dict[str, Any]]:
    spending, goals = Table(STEM, "gastos"), Table(STEM, "metas")
    reading = goals.row("lectura")
    return [
        ask(
            "¿y el de escenarios deportivos y culturales?",
            "follow-up",
            STEM,
            values=[goals.row("preventivo", "Escenarios")["anual_alc"]],
            history=["¿Cuánto mantenimiento preventivo de infraestructura vial se alcanzó en el año en Piedraclara?"],
        ),
        _money(
            "¿y cuánto se pagó?",
            "follow-up",
            spending.row("3.2")["pagos"],
            history=("obligaciones del sector salud en piedraclara",),
        ),
        ask(
            "Jornadas de lectura en veredas de Piedraclara: ¿cuántas se programaron en el año y cuántas se hicieron?",
            "multiple",
            STEM,
            values=[reading["anual_prog"], reading["anual_alc"]],
        ),
    ]
