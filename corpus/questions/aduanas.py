"""Questions over the customs report (Honduras)."""

from __future__ import annotations

from typing import Any

from corpus.questions.model import NOT_COMPUTABLE, ask, either_sign
from corpus.questions.oracle import Line, Table, mean, percent

STEM = "aduanas-honduras-2021-01-demo"


def questions() -> list[dict[str, Any]]:
    """Figures first, then computed ones, then text, then conversation."""
    return [*_figures(), *_percentages(), *_totals(), *_lists(), *_text(), *_conversation()]


def _done(line: Line) -> bool:
    return line["evaluada"] > line["programada"]


def _figures() -> list[dict[str, Any]]:
    final, inner = Table(STEM, "productos"), Table(STEM, "actividades")
    return [
        ask(
            "cuantas alertas de control en el despacho se gestionaron en enero en las aduanas de honduras",
            "figure",
            STEM,
            values=[inner.row("103")["evaluada"]],
        ),
        ask(
            "Aduanas Honduras, enero 2021: meta de monitoreo de tránsitos con plazo vencido",
            "figure",
            STEM,
            values=[inner.row("58")["programada"]],
        ),
        ask(
            "vigente del programa 11-03 en el cuadro de productos finales (aduanas)",
            "figure",
            STEM,
            values=[final.row("85")["vigente"]],
        ),
        ask(
            "plata asignada a la actividad 11-02-000-003 de aduanas",
            "figure",
            STEM,
            values=[inner.row("69")["asignado"]],
        ),
        ask(
            "Por este medio solicito se me informe cuántos documentos estadísticos aduaneros fueron elaborados.",
            "figure",
            STEM,
            values=[final.row("96")["evaluada"]],
        ),
        ask(
            "el producto 121 de aduanas, cuanto tenia programado y cuanto hicieron?",
            "figure",
            STEM,
            values=[inner.row("121")["programada"], inner.row("121")["evaluada"]],
        ),
        ask(
            "¿Cuánto le faltó al producto 69 de aduanas para llegar a lo programado?",
            "variance",
            STEM,
            values=[either_sign(inner.row("69")["diferencia"])],
        ),
        ask(
            "en cuanto se pasaron con las medidas de control modificadas en el modulo de gestion de riesgo",
            "variance",
            STEM,
            values=[either_sign(inner.row("102")["diferencia"])],
        ),
        ask(
            "Compárame lo evaluado en los productos 51 y 71 de aduanas",
            "comparison",
            STEM,
            values=[final.row("51")["evaluada"], final.row("71")["evaluada"]],
        ),
    ]


def _percentages() -> list[dict[str, Any]]:
    final, inner = Table(STEM, "productos"), Table(STEM, "actividades")

    def physical(table: Table, code: str) -> Any:
        return percent(table.row(code)["evaluada"], table.row(code)["programada"])

    return [
        ask(
            "porcentaje de cumplimiento del producto 22 de aduanas", "percentage", STEM, values=[physical(inner, "22")]
        ),
        ask(
            "que porcentaje de lo programado alcanzo el seguimiento en el SARAH de las empresas con regimenes especiales",
            "percentage",
            STEM,
            values=[physical(inner, "69")],
        ),
        ask(
            "¿Qué tanto se cumplió el producto 60 en las aduanas hondureñas?",
            "percentage",
            STEM,
            values=[physical(inner, "60")],
        ),
        ask("% ejecucion fisica producto 71 aduanas honduras", "percentage", STEM, values=[physical(final, "71")]),
        ask("avanse del producto 9 de aduanas en %", "percentage", STEM, values=[physical(final, "9")]),
        ask(
            "¿Con qué porcentaje cerraron las mesas técnicas de la integración centroamericana?",
            "undefined",
            STEM,
            values=[final.row("17")["evaluada"]],
            mentions=[NOT_COMPUTABLE],
        ),
        ask(
            "porcentaje alcanzado producto 34 aduanas",
            "undefined",
            STEM,
            values=[inner.row("34")["evaluada"]],
            mentions=[NOT_COMPUTABLE],
        ),
        ask(
            "que parte del presupuesto vigente de los productos finales de aduanas se lleva el programa 11-01",
            "share",
            STEM,
            values=[percent(final.row("2")["vigente"], final.add("vigente"))],
        ),
    ]


def _totals() -> list[dict[str, Any]]:
    final, inner = Table(STEM, "productos"), Table(STEM, "actividades")
    programme = inner.add("vigente", lambda x: x.cells["categoria"].startswith("11-03"))
    unsure = inner.row("36")["vigente"]  # printed without category between 11-02-000-001 and 11-02-000-002
    known = inner.add("vigente", lambda x: x.cells["categoria"].startswith("11-02"))
    return [
        ask("aduanas: total del presupuesto vigente, productos finales", "total", STEM, values=[final.add("vigente")]),
        ask(
            "Sumando las actividades de aduanas, ¿cuánto presupuesto vigente tiene el programa 11-02?",
            "total",
            STEM,
            values=[known + unsure],
        ),
        ask(
            "presupuesto vigente de la actividad 11-02-000-001 (aduanas honduras)",
            "total",
            STEM,
            values=[inner.add("vigente", lambda x: x.cells["categoria"] == "11-02-000-001"), unsure],
        ),
        ask(
            "diferencia del presupuesto vigente del programa 11-03 entre el cuadro A y el cuadro B de aduanas",
            "difference",
            STEM,
            values=[either_sign(final.row("85")["vigente"] - programme)],
        ),
        ask(
            "promedio de la cantidad programada de los productos finales de aduanas",
            "average",
            STEM,
            values=[mean(x["programada"] for x in final.data)],
        ),
        ask(
            "los 3 productos intermedios de aduanas con más presupuesto vigente",
            "ranking",
            STEM,
            values=[x["vigente"] for x in inner.top("vigente", 3)],
        ),
        ask(
            "¿Qué producto intermedio de aduanas quedó más lejos de lo programado por debajo?",
            "ranking",
            STEM,
            values=[either_sign(inner.top("diferencia", 1)[0]["diferencia"])],
            mentions=[["69", "SARAH"]],
        ),
        ask(
            "¿Cuadra el total de presupuesto de los productos finales con el de las actividades de aduanas?",
            "audit",
            STEM,
            values=[final.total()["vigente"], inner.total()["vigente"]],
        ),
    ]


def _lists() -> list[dict[str, Any]]:
    final, inner = Table(STEM, "productos"), Table(STEM, "actividades")
    idle = inner.names(lambda x: x["programada"] > 0 and x["evaluada"] == 0)
    unplanned = final.names(lambda x: x["programada"] == 0 and x["evaluada"] > 0)
    short = final.names(lambda x: x["evaluada"] < x["programada"])
    return [
        ask(
            "productos intermedios de aduanas que tenian meta y no hicieron nada",
            "list",
            STEM,
            mentions=[_either(name) for name in idle],
        ),
        ask(
            "¿Cuáles productos finales de aduanas se hicieron sin haberse programado?",
            "list",
            STEM,
            mentions=[_either(name) for name in unplanned],
        ),
        ask(
            "listado de productos finales de aduanas por debajo de lo programado",
            "list",
            STEM,
            mentions=[_either(name) for name in short],
        ),
        ask("cuantos productos finales trae el informe de aduanas", "count", STEM, values=[len(final.data)]),
        ask(
            "¿En cuántos productos intermedios de aduanas lo evaluado fue mayor que lo programado?",
            "count",
            STEM,
            values=[len(inner.names(_done))],
        ),
        ask(
            "¿Cuántos productos finales de aduanas tienen cero en cantidad programada?",
            "count",
            STEM,
            values=[len(final.names(lambda x: x["programada"] == 0))],
        ),
    ]


def _either(name: str) -> list[str]:
    code, _, label = name.partition("-")
    return [f"producto {code}", " ".join(label.split()[:5]).rstrip(",.")]


def _text() -> list[dict[str, Any]]:
    return [
        ask("¿A quién va dirigida la nota de aduanas?", "metadata", STEM, mentions=["Rosaura Pineda"]),
        ask("fecha de la nota DEMO-UPEG-021-2021", "metadata", STEM, mentions=["8 de febrero de 2021"]),
        ask("que usuario saco el reporte R00824984", "metadata", STEM, mentions=["DEMO01"]),
        ask("¿Qué quiere decir CAUCA?", "definition", STEM, mentions=["Código Aduanero Uniforme Centroamericano"]),
        ask("significado de SARAH", "definition", STEM, mentions=["Sistema Automatizado de Rentas Aduaneras"]),
        ask(
            "En los cuadros de aduanas, ¿qué señala un signo negativo en la diferencia?",
            "narrative",
            STEM,
            mentions=["más de lo previsto"],
        ),
        ask("cuando mandan la memoria anual de 2020 de aduanas", "narrative", STEM, mentions=["por separado"]),
    ]


def _conversation() -> list[dict[str, Any]]:
    inner = Table(STEM, "actividades")
    alerts = inner.row("23")
    return [
        ask(
            "y el 69?",
            "follow-up",
            STEM,
            values=[percent(inner.row("69")["evaluada"], inner.row("69")["programada"])],
            history=["porcentaje de cumplimiento del producto 22 de aduanas"],
        ),
        ask(
            "¿y cuánto tenía programado?",
            "follow-up",
            STEM,
            values=[inner.row("103")["programada"]],
            history=["cuantas alertas de control en el despacho se gestionaron en las aduanas de honduras"],
        ),
        ask(
            "¿Cuánto se programó del producto 23 de aduanas? ¿Y qué porcentaje se cumplió?",
            "multiple",
            STEM,
            values=[alerts["programada"], percent(alerts["evaluada"], alerts["programada"])],
        ),
    ]
