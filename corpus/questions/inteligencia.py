"""Questions over the intelligence secretariat's report (Guatemala)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from corpus.questions.model import ask, either_sign
from corpus.questions.oracle import Table, growth, mean, percent

STEM = "inteligencia-guatemala-2023-c2-demo"


def questions() -> list[dict[str, Any]]:
    """Figures first, then computed ones, then text, then conversation."""
    return [*_figures(), *_computed(), *_goals(), *_text(), *_conversation()]


def _figures() -> list[dict[str, Any]]:
    budget, quotas, months = Table(STEM, "cuadro1"), Table(STEM, "cuadro2"), Table(STEM, "cuadro3")
    goals, parts = Table(STEM, "cuadro5"), Table(STEM, "cuadro6")
    return [
        ask(
            "cuanto le queda por gastar a Servicios de Inteligencia Estratégica",
            "figure",
            STEM,
            values=[budget.row("Servicios")["saldo"]],
        ),
        ask("cuota pedida en mayo por la SIE", "figure", STEM, values=[quotas.row("Mayo")["solicitada"]]),
        ask(
            "SIE Guatemala gasto acumulado al cierre de junio",
            "figure",
            STEM,
            values=[months.row("Junio")["acumulada"]],
        ),
        ask(
            "¿Cuántos documentos de la ANRA se entregaron en el I cuatrimestre?",
            "figure",
            STEM,
            values=[parts.row("ANRA")["c1_eje"]],
        ),
        ask(
            "meta del año para el producto inteligencia estratégica para el presidente y el CNS",
            "figure",
            STEM,
            values=[goals.row("Inteligencia")["meta"]],
        ),
        ask(
            "¿Cuánto dinero le aprobó el Congreso a la SIE para 2023?",
            "figure",
            STEM,
            values=[[budget.total()["asignado"], 40]],
        ),
        ask(
            "la SIE tenia previstas cuantas reuniones del CONCIBER",
            "figure",
            STEM,
            values=[Table(STEM, "reuniones").row("CONCIBER")["programadas"]],
        ),
        ask("total de cuotas asignadas a la SIE", "total", STEM, values=[quotas.add("asignada")]),
        ask(
            "en total cuantas reuniones de coordinacion hizo la SIE",
            "total",
            STEM,
            values=[Table(STEM, "reuniones").add("ejecucion")],
        ),
    ]


def _computed() -> list[dict[str, Any]]:
    budget, quotas, months = Table(STEM, "cuadro1"), Table(STEM, "cuadro2"), Table(STEM, "cuadro3")
    services, management = budget.row("Servicios"), budget.row("Dirección")
    june, july, may = months.row("Junio"), months.row("Julio"), months.row("Mayo")
    top = months.top("mensual", 1)[0]
    return [
        ask(
            "que % del presupuesto ejecuto servicios de inteligencia estrategica",
            "percentage",
            STEM,
            values=[percent(services["ejecutado"], services["vigente"])],
        ),
        ask(
            "¿En qué porcentaje usó la SIE la cuota asignada de mayo?",
            "percentage",
            STEM,
            values=[percent(quotas.row("Mayo")["ejecutada"], quotas.row("Mayo")["asignada"])],
        ),
        ask(
            "cuanto le aumentaron el presupuesto a Direccion y Coordinacion de la SIE, del asignado al vigente",
            "difference",
            STEM,
            values=[management["vigente"] - management["asignado"]],
        ),
        ask(
            "¿Qué proporción del presupuesto vigente de la SIE corresponde a Dirección y Coordinación?",
            "share",
            STEM,
            values=[percent(management["vigente"], budget.total()["vigente"])],
        ),
        ask(
            "promedio mensual del gasto de la SIE según el cuadro 3",
            "average",
            STEM,
            values=[mean(x["mensual"] for x in months.data)],
        ),
        ask(
            "SIE: ¿cuánto subió el gasto del mes entre junio y julio, cuadro 3?",
            "growth",
            STEM,
            values=[[july["mensual"] - june["mensual"], growth(june["mensual"], july["mensual"])]],
        ),
        ask(
            "en que mes gasto mas la SIE",
            "ranking",
            STEM,
            values=[[top["mensual"], quotas.row(top.name)["ejecutada"]]],
            mentions=[top.name.lower()],
        ),
        ask(
            "compara la cuota ejecutada y el gasto del mes de mayo en la SIE",
            "comparison",
            STEM,
            values=[quotas.row("Mayo")["ejecutada"], may["mensual"]],
        ),
        ask(
            "¿El gasto de mayo de la SIE es el mismo en el cuadro 2 y en el cuadro 3?",
            "audit",
            STEM,
            values=[quotas.row("Mayo")["ejecutada"], may["mensual"]],
        ),
    ]


def _goals() -> list[dict[str, Any]]:
    goals, parts = Table(STEM, "cuadro5"), Table(STEM, "cuadro6")
    papers, meetings = Table(STEM, "documentos"), Table(STEM, "reuniones")
    report = goals.row("Inteligencia")
    parts_sum = sum((report[key] for key in ("c1_meta", "c2_meta", "c3_meta")), Decimal(0))
    over = papers.names(lambda x: x["ejecucion"] > x["programadas"])
    most = papers.top("ejecucion", 1)[0]
    sni = meetings.row("SNI")
    return [
        ask(
            "¿Qué porcentaje de las reuniones del SNI previstas se llevó a cabo?",
            "percentage",
            STEM,
            values=[percent(sni["ejecucion"], sni["programadas"])],
        ),
        ask(
            "porcentaje de documentos entregados contra lo programado en la SIE, mayo-agosto",
            "percentage",
            STEM,
            values=[percent(papers.add("ejecucion"), papers.add("programadas"))],
        ),
        ask(
            "cumplimento en % de los informes de situasion de la SIE",
            "percentage",
            STEM,
            values=[
                percent(
                    papers.row("Informes de Situación")["ejecucion"], papers.row("Informes de Situación")["programadas"]
                )
            ],
        ),
        ask(
            "cuantas reuniones del SNI se hicieron de más",
            "variance",
            STEM,
            values=[sni["ejecucion"] - sni["programadas"]],
        ),
        ask(
            "de la tabla de documentos de la SIE, cual producto tuvo mas ejecucion",
            "ranking",
            STEM,
            values=[most["ejecucion"]],
            mentions=["Informe diario"],
        ),
        ask(
            "En la tabla de documentos entregados por la SIE, ¿cuáles pasaron de lo programado?",
            "list",
            STEM,
            mentions=over,
        ),
        ask("cuantos subproductos tiene la SIE en el cuadro 6", "count", STEM, values=[len(parts.data)]),
        ask(
            "¿El acumulado de Dirección y Coordinación coincide en los cuadros 5 y 6 de la SIE?",
            "audit",
            STEM,
            values=[goals.row("Dirección")["acumulado"], parts.row("Dirección")["acumulado"]],
        ),
        ask(
            "La meta anual de inteligencia estratégica del cuadro 5, ¿cuadra con la suma de los cuatrimestres?",
            "audit",
            STEM,
            values=[report["meta"], parts_sum],
        ),
    ]


def _text() -> list[dict[str, Any]]:
    return [
        ask("ahorro de la SIE en compra de suministros", "narrative", STEM, values=[11792]),
        ask("como va la auditoria interna de la SIE", "narrative", STEM, values=[50]),
        ask("¿Cuántos años cumplió la Secretaría de Inteligencia Estratégica?", "narrative", STEM, values=[15]),
        ask("base legal de la SIE, que decreto la crea", "narrative", STEM, mentions=["114-97"]),
        ask(
            "¿Qué productos entregó la SIE para el traspaso de gobierno?",
            "narrative",
            STEM,
            mentions=["plataforma del traspaso", "logros de 2020 a 2023"],
        ),
        ask("mision SIE guatemala", "narrative", STEM, mentions=["adviertan a tiempo los peligros"]),
        ask("a quien sirve la SIE, destinatarios", "narrative", STEM, mentions=["Presidencia", "CNS"]),
        ask("por que el PNI no tuvo meta en el primer cuatrimestre", "narrative", STEM, mentions=["seis meses"]),
        ask(
            "¿Qué es la DIEMDN?", "definition", STEM, mentions=["Inteligencia del Estado Mayor de la Defensa Nacional"]
        ),
        ask("SNS que significa", "definition", STEM, mentions=["Sistema Nacional de Seguridad"]),
    ]


def _conversation() -> list[dict[str, Any]]:
    quotas, months = Table(STEM, "cuadro2"), Table(STEM, "cuadro3")
    management = Table(STEM, "cuadro1").row("Dirección")
    least = min(months.data, key=lambda x: x["mensual"])
    return [
        ask(
            "¿y en agosto?",
            "follow-up",
            STEM,
            values=[quotas.row("Agosto")["solicitada"]],
            history=["cuota pedida en mayo por la SIE"],
        ),
        ask(
            "y la ejecutada?",
            "follow-up",
            STEM,
            values=[quotas.row("Mayo")["ejecutada"]],
            history=["cuota pedida en mayo por la SIE"],
        ),
        ask(
            "¿y en cuál gastó menos?",
            "follow-up",
            STEM,
            values=[[least["mensual"], quotas.row(least.name)["ejecutada"]]],
            mentions=[least.name.lower()],
            history=["en que mes gasto mas la SIE"],
        ),
        ask(
            "Ruego indicar el saldo de Dirección y Coordinación de la SIE y el porcentaje que ejecutó",
            "multiple",
            STEM,
            values=[management["saldo"], percent(management["ejecutado"], management["vigente"])],
        ),
        ask(
            "¿En qué mes fue mayor la diferencia entre cuota solicitada y asignada en la SIE?",
            "ranking",
            STEM,
            values=[either_sign(quotas.top("diferencia", 1)[0]["diferencia"])],
            mentions=[quotas.top("diferencia", 1)[0].name.lower()],
        ),
    ]
