"""Questions over the hospital of Ybyraty (Paraguay): guaraníes, obligado and pagado, quarterly goals."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from corpus.questions.model import NOT_COMPUTABLE, ask, either_sign
from corpus.questions.oracle import Table, growth, mean, percent

STEM = "hospital-ybyraty-paraguay-2024-demo"


def questions() -> list[dict[str, Any]]:
    """Budget, goals, staff, text, conversation."""
    return [*_budget(), *_goals(), *_staff(), *_text(), *_conversation()]


def _budget() -> list[dict[str, Any]]:
    budget = Table(STEM, "presupuesto")
    drugs, machines, total = budget.row("350"), budget.row("530"), budget.total()
    basics, goods = budget.row("210"), budget.row("300")
    idle = budget.names(lambda x: x["vigente"] > 0 and x["obligado"] == 0)
    top = budget.top("saldo", 1)[0]
    return [
        ask("vigente para medicamentos e insumos medicos HRY", "figure", STEM, values=[drugs["vigente"]]),
        ask(
            "¿Cuánto pagó el hospital de Ybyraty en combustibles?", "figure", STEM, values=[budget.row("360")["pagado"]]
        ),
        ask("obligado rubro 530 hospital ybyraty", "figure", STEM, values=[machines["obligado"]]),
        ask(
            "presupuesto del hospital de Ybyraty para pasajes y viáticos",
            "figure",
            STEM,
            values=[budget.row("230")["vigente"]],
        ),
        ask(
            "porcentage de ejecucion de maquinarias y equipos mayores HRY",
            "percentage",
            STEM,
            values=[percent(machines["obligado"], machines["vigente"])],
        ),
        ask(
            "Solicito saber qué porcentaje ejecutó el Hospital Regional de Ybyraty en servicios básicos.",
            "percentage",
            STEM,
            values=[percent(basics["obligado"], basics["vigente"])],
        ),
        ask(
            "qué porcentaje de lo obligado en medicamentos ya se pagó en el HRY",
            "percentage",
            STEM,
            values=[percent(drugs["pagado"], drugs["obligado"])],
        ),
        ask(
            "en cuanto se pasó el hospital ybyraty en servicios basicos",
            "variance",
            STEM,
            values=[either_sign(basics["saldo"])],
        ),
        ask("presupuesto vigente total del HRY", "total", STEM, values=[total["vigente"]]),
        ask("total obligado en bienes de consumo hospital de ybyraty", "total", STEM, values=[goods["obligado"]]),
        ask(
            "¿El total obligado que imprime el HRY es igual a la suma de los objetos del gasto?",
            "audit",
            STEM,
            values=[total["obligado"], budget.add("obligado")],
        ),
        ask(
            "peso de los servicios personales en el vigente del HRY",
            "share",
            STEM,
            values=[percent(budget.row("100")["vigente"], total["vigente"])],
        ),
        ask("objeto del gasto del HRY con presupuesto y sin nada obligado", "list", STEM, mentions=idle),
        ask(
            "¿Qué objeto del gasto del hospital de Ybyraty dejó el saldo más grande?",
            "ranking",
            STEM,
            values=[top["saldo"]],
            mentions=["Maquinarias"],
        ),
        ask(
            "diferencia entre lo obligado y lo pagado en medicamentos, HRY",
            "difference",
            STEM,
            values=[drugs["obligado"] - drugs["pagado"]],
        ),
    ]


def _goals() -> list[dict[str, Any]]:
    goals = Table(STEM, "metas")
    surgery, births, scans = goals.row("Cirugías programadas"), goals.row("Partos"), goals.row("Tomografías")
    clinic, homes = goals.row("clínica médica"), goals.row("Visitas domiciliarias", "ambulatoria")
    real = sum((clinic[f"t{n}_alc"] for n in range(1, 5)), Decimal(0))
    pediatrics = [goals.row("pediatría")[f"t{n}_alc"] for n in range(1, 5)]
    return [
        ask("partos atendidos en el primer trimestre HRY", "figure", STEM, values=[births["t1_alc"]]),
        ask(
            "¿Me decís cuántas ecografías se hicieron en el 4to trimestre en Ybyraty?",
            "figure",
            STEM,
            values=[goals.row("Ecografías")["t4_alc"]],
        ),
        ask("cuantas tomografias hizo el hospital en el año", "figure", STEM, values=[scans["anual_alc"]]),
        ask(
            "% de cirugias programadas cumplidas en el año, hospital ybyraty",
            "percentage",
            STEM,
            values=[percent(surgery["anual_alc"], surgery["anual_prog"])],
        ),
        ask(
            "cumplimiento de consultas de salud mental en el tercer trimestre (%)",
            "percentage",
            STEM,
            values=[percent(goals.row("salud mental")["t3_alc"], goals.row("salud mental")["t3_prog"])],
        ),
        ask(
            "porcentaje anual de las visitas domiciliarias de atención ambulatoria, HRY",
            "undefined",
            STEM,
            values=[homes["anual_alc"]],
            mentions=[NOT_COMPUTABLE],
        ),
        ask("mamografias del segundo trimestre en el HRY", "undefined", STEM, mentions=[["N/D", "no disponible"]]),
        ask(
            "¿El total anual de consultas de clínica médica cuadra con sus trimestres?",
            "audit",
            STEM,
            values=[clinic["anual_alc"], real],
        ),
        ask("promedio trimestral de consultas de pediatria", "average", STEM, values=[mean(pediatrics)]),
        ask(
            "cirugías del HRY en el primer trimestre",
            "total",
            STEM,
            values=[surgery["t1_alc"] + goals.row("Cirugías de urgencia")["t1_alc"]],
        ),
        ask(
            "cirugías de urgencia: primer trimestre contra cuarto trimestre, Ybyraty",
            "comparison",
            STEM,
            values=[goals.row("Cirugías de urgencia")["t1_alc"], goals.row("Cirugías de urgencia")["t4_alc"]],
        ),
    ]


def _staff() -> list[dict[str, Any]]:
    staff = Table(STEM, "personal")
    doctors, nurses = staff.row("Médicos"), staff.row("Enfermería")
    return [
        ask("cuantos medicos tenia el hospital de ybyraty en 2023", "figure", STEM, values=[doctors["p2023"]]),
        ask(
            "¿En qué porcentaje creció enfermería en el HRY de 2022 a 2024?",
            "growth",
            STEM,
            values=[growth(nurses["p2022"], nurses["p2024"])],
        ),
        ask(
            "cuantos funcionarios mas hay en 2024 que en 2022, total HRY",
            "difference",
            STEM,
            values=[staff.add("p2024") - staff.add("p2022")],
        ),
    ]


def _text() -> list[dict[str, Any]]:
    return [
        ask("a cuanto bajo la espera de cirugia programada en el HRY", "narrative", STEM, values=[97]),
        ask("¿Cuántos reclamos recibió el buzón del hospital de Ybyraty?", "narrative", STEM, values=[327]),
        ask(
            "misión",
            "narrative",
            STEM,
            mentions=["Curar y acompañar a la gente"],
            documents=[f"{STEM}.docx"],
        ),
        ask("tasa de cesareas HRY", "narrative", STEM, values=[Decimal("38.6")]),
        ask("por que no hubo compra de textiles en el hospital", "narrative", STEM, mentions=["desierto"]),
        ask("ley que aprobó el presupuesto que ejecuta el HRY", "narrative", STEM, mentions=["7228"]),
        ask("nombre de la directora del hospital de ybyraty", "metadata", STEM, mentions=["Celsa Ayala"]),
        ask("¿Qué significan las siglas MSPBS?", "definition", STEM, mentions=["Salud Pública y Bienestar Social"]),
    ]


def _conversation() -> list[dict[str, Any]]:
    budget, goals = Table(STEM, "presupuesto"), Table(STEM, "metas")
    births = goals.row("Partos")
    return [
        ask(
            "¿y en el segundo?",
            "follow-up",
            STEM,
            values=[births["t2_alc"]],
            history=["partos atendidos en el primer trimestre HRY"],
        ),
        ask(
            "y cuanto esta obligado?",
            "follow-up",
            STEM,
            values=[budget.row("350")["obligado"]],
            history=["vigente para medicamentos e insumos medicos HRY"],
        ),
        ask(
            "Hospital de Ybyraty, equipos de oficina y computación: ¿cuánto es el vigente? ¿cuánto se pagó?",
            "multiple",
            STEM,
            values=[budget.row("540")["vigente"], budget.row("540")["pagado"]],
        ),
    ]
