"""Questions over the institute of refuges (Costa Rica): thousands of colones beside plain colones."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from corpus.questions.model import NOT_COMPUTABLE, ask, in_thousands, thousands
from corpus.questions.oracle import Table, growth, mean, percent

STEM = "inarese-costa-rica-2024-s1-demo"


def questions() -> list[dict[str, Any]]:
    """Budget, visitors, goals, text, conversation."""
    return [*_budget(), *_visitors(), *_goals(), *_text(), *_conversation()]


def _money(question: str, kind: str, value: Decimal) -> dict[str, Any]:
    signs = thousands(value) + (thousands(-value) if value < 0 else [])
    return ask(question, kind, STEM, values=[signs], mentions=[in_thousands(value)])


def _budget() -> list[dict[str, Any]]:
    budget = Table(STEM, "programas")
    school, fires, research = budget.row("04"), budget.row("06"), budget.row("05")
    total = budget.total()
    top = budget.top("ejecutado", 1)[0]
    worst = min(budget.data, key=lambda x: x["ejecutado"] / x["modificado"])
    over = budget.names(lambda x: x["ejecutado"] > x["modificado"])
    return [
        _money("cuanto ejecuto INARESE en la red nacional de senderos", "figure", budget.row("03")["ejecutado"]),
        _money(
            "Presupuesto modificado del programa de conservación de refugios", "figure", budget.row("02")["modificado"]
        ),
        _money("modificacion que recibio atencion de emergencias forestales", "figure", fires["modificacion"]),
        _money("disponible total de INARESE al 30 de junio", "total", total["disponible"]),
        _money(
            "¿Cuánto se excedió el programa de emergencias forestales sobre su presupuesto modificado?",
            "variance",
            fires["disponible"],
        ),
        ask(
            "porcentaje de ejecucion de educacion ambiental INARESE",
            "percentage",
            STEM,
            values=[percent(school["ejecutado"], school["modificado"])],
        ),
        ask(
            "Solicito el porcentaje ejecutado por Atención de emergencias forestales",
            "percentage",
            STEM,
            values=[percent(fires["ejecutado"], fires["modificado"])],
        ),
        ask(
            "¿Qué parte del presupuesto modificado de INARESE es de investigación y monitoreo?",
            "share",
            STEM,
            values=[percent(research["modificado"], total["modificado"])],
        ),
        ask(
            "programa de INARESE que mas plata ejecuto",
            "ranking",
            STEM,
            values=[thousands(top["ejecutado"])],
            mentions=[top.name],
        ),
        ask(
            "¿Qué programa de INARESE tuvo el peor porcentaje de ejecución?",
            "ranking",
            STEM,
            values=[percent(worst["ejecutado"], worst["modificado"])],
            mentions=[worst.name],
        ),
        ask("programas de INARESE que gastaron mas de lo que tenian", "list", STEM, mentions=over),
    ]


def _visitors() -> list[dict[str, Any]]:
    visits = Table(STEM, "visitantes")
    march, april, june = visits.row("Marzo"), visits.row("Abril"), visits.row("Junio")
    return [
        ask(
            "visitantes extranjeros en los refugios en febrero",
            "figure",
            STEM,
            values=[visits.row("Febrero")["extranjeros"]],
        ),
        ask("cuánto ingresó por entradas en junio a los refugios de INARESE", "figure", STEM, values=[june["ingreso"]]),
        ask(
            "promedio mensual de visitantes nacionales INARESE",
            "average",
            STEM,
            values=[mean(x["nacionales"] for x in visits.data)],
        ),
        ask(
            "¿En qué porcentaje bajaron los visitantes nacionales de marzo a abril?",
            "growth",
            STEM,
            values=[
                [growth(march["nacionales"], april["nacionales"]), -growth(march["nacionales"], april["nacionales"])]
            ],
        ),
        ask(
            "¿Cuadra el total de visitantes del semestre con la suma de los meses, INARESE?",
            "audit",
            STEM,
            values=[visits.total()["total"], visits.add("total")],
        ),
        ask(
            "que porcentaje de los visitantes de enero eran extranjeros, INARESE",
            "share",
            STEM,
            values=[percent(visits.row("Enero")["extranjeros"], visits.row("Enero")["total"])],
        ),
    ]


def _goals() -> list[dict[str, Any]]:
    goals = Table(STEM, "indicadores")
    paths, talks = goals.row("sendero rehabilitados"), goals.row("Charlas")
    exceeded = goals.names(lambda x: x.has("meta", "logrado") and x["meta"] > 0 and x["logrado"] > x["meta"])
    idle = goals.names(lambda x: x.has("logrado") and x["meta"] > 0 and x["logrado"] == 0)
    return [
        ask(
            "kilometros de sendero rehabilitados, meta y logrado",
            "figure",
            STEM,
            values=[paths["meta"], paths["logrado"]],
        ),
        ask(
            "¿Qué porcentaje de las charlas en escuelas se cumplió?",
            "percentage",
            STEM,
            values=[percent(talks["logrado"], talks["meta"])],
        ),
        ask(
            "cumplimiento camaras tranpa %",
            "percentage",
            STEM,
            values=[percent(goals.row("trampa")["logrado"], goals.row("trampa")["meta"])],
        ),
        ask(
            "porcentaje de cumplimiento de denuncias tramitadas en INARESE",
            "undefined",
            STEM,
            values=[goals.row("Denuncias")["logrado"]],
            mentions=[NOT_COMPUTABLE],
        ),
        ask(
            "informes de biodiversidad publicados por INARESE: cuantos se lograron",
            "undefined",
            STEM,
            mentions=[["N/D", "no disponible"]],
        ),
        ask("indicadores de INARESE que superaron la meta (con meta mayor que cero)", "list", STEM, mentions=exceeded),
        ask("¿Cuáles indicadores de INARESE quedaron en cero teniendo meta?", "list", STEM, mentions=idle),
    ]


def _text() -> list[dict[str, Any]]:
    return [
        ask("cuantas comunidades vecinas atiende INARESE", "narrative", STEM, values=[214]),
        ask("¿Cuántas hectáreas tuvo el incendio más grande de Cerro Pelón?", "narrative", STEM, values=[418]),
        ask("satisfaccion de los visitantes segun la encuesta de INARESE", "narrative", STEM, values=[Decimal("91.4")]),
        ask("directora ejecutiva de INARESE", "metadata", STEM, mentions=["Marielos Chinchilla"]),
        ask("numero de oficio del informe semestral de INARESE", "metadata", STEM, mentions=["INARESE-DE-0412-2024"]),
        ask("¿Cuál es la visión?", "narrative", STEM, mentions=["sendero accesible y una comunidad"], documents=[STEM]),
        ask("que es SIGER", "definition", STEM, mentions=["Sistema de Gestión de Refugios"]),
        ask(
            "objetivos estratégicos de INARESE",
            "narrative",
            STEM,
            mentions=["hectáreas quemadas", "guías locales"],
        ),
    ]


def _conversation() -> list[dict[str, Any]]:
    budget, visits = Table(STEM, "programas"), Table(STEM, "visitantes")
    return [
        ask(
            "¿y en marzo?",
            "follow-up",
            STEM,
            values=[visits.row("Marzo")["extranjeros"]],
            history=["visitantes extranjeros en los refugios en febrero"],
        ),
        ask(
            "¿y la de conservación de refugios?",
            "follow-up",
            STEM,
            values=[percent(budget.row("02")["ejecutado"], budget.row("02")["modificado"])],
            history=["porcentaje de ejecucion de educacion ambiental INARESE"],
        ),
        ask(
            "INARESE: ¿cuántos visitantes nacionales hubo en mayo y cuánto entró por entradas ese mes?",
            "multiple",
            STEM,
            values=[visits.row("Mayo")["nacionales"], visits.row("Mayo")["ingreso"]],
        ),
    ]
