"""One line a question, over three invented reports: what must be answered, asked back and refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.model import Answer, Status
from tests.assistant.made_answers import made_assistant

ASSISTANT = made_assistant()


def ask(text: str) -> Answer:
    return ASSISTANT.ask(text)


def known(answer: Answer) -> list[Decimal]:
    return [v.value for v in answer.values if v.value is not None]


LOOK_UPS = [
    ("¿Cuánto se ejecutó en canales de riego revestidos?", "750000", "HNL"),
    ("presupuesto vigente de canales", "1000000", "HNL"),
    ("gasto del producto 22", "120500.50", "HNL"),
    ("presupuesto vigente producto 70", "50000", "HNL"),
    ("¿Cuántas compuertas se programaron?", "8", "unidad"),
    ("¿Cuántas compuertas se instalaron?", "0", "unidad"),
    ("¿Cuál es la meta de canales?", "400", "metro"),
    ("cuota asignada en junio", "110000", "HNL"),
    ("¿Cuánto se ejecutó en julio?", "120250", "HNL"),
    ("cuota solicitada de mayo", "100000", "HNL"),
    ("devengado de alumbrado público en 2022", "1000000", "ARS"),
    ("devengado de alumbrado público en 2023", "1250000.50", "ARS"),
    ("¿Cuánto se pagó por barrido de calles?", "280000", "ARS"),
    ("partos atendidos", "150", None),
    ("¿Cuántos partos se atendieron?", "150", None),
    ("¿Cuántas consultas de pediatría se programaron?", "1000", None),
]
TOTALS = [
    ("presupuesto vigente total de la junta", "1550000", "HNL"),
    ("presupuesto vigente de Honduras", "1550000", "HNL"),
    ("¿cuánto ejecutó en total el programa 11-02?", "130500.50", "HNL"),
    ("presupuesto del programa 11-02", "200000", "HNL"),
    ("total pagado en 2023", "1530000.50", "ARS"),
    ("¿cuánto suma el devengado de 2022?", "1400000", "ARS"),
    ("gasto acumulado de mayo a junio", "144500", "HNL"),
]
PERCENTAGES = [
    ("¿Qué porcentaje de ejecución financiera tiene el producto 22?", "60.25", "%"),
    ("porcentaje de avance físico del producto 22", "125.00", "%"),
    ("¿Qué porcentaje de la meta de partos se cumplió?", "75.00", "%"),
    ("porcentaje de ejecución presupuestaria total de la junta de riego", "60.10", "%"),
    ("¿Qué porcentaje de lo devengado se pagó en barrido en 2023?", "93.33", "%"),
    ("¿Qué parte del presupuesto total representa canales de riego?", "64.52", "%"),
    ("¿Qué proporción del gasto devengado de 2023 fue alumbrado?", "76.22", "%"),
]
DIFFERENCES = [
    ("¿Por cuánto se pasó el producto 22 de su meta?", "3", "evento"),
    ("¿cuánto le faltó a partos para llegar a la meta?", "-50", None),
    ("diferencia entre asignado y ejecutado en junio", "-11000", "HNL"),
    ("¿cuánto creció el gasto entre mayo y julio?", "74750", "HNL"),
    ("¿Cuánto cambió el devengado de alumbrado entre 2022 y 2023?", "250000.50", "ARS"),
    ("¿Cuánto queda de canales?", "250000", "HNL"),
    ("saldo de canales de riego", "250000", "HNL"),
    ("¿Cuánto queda por gastar de canales?", "250000", "HNL"),
    ("¿Cuánto quedó sin ejecutar de canales?", "250000", "HNL"),
    ("¿Cuánto presupuesto falta por ejecutar del producto 22?", "79499.50", "HNL"),
]
SELECTIONS = [
    ("¿Qué producto ejecutó más?", "750000", "HNL"),
    ("¿Cuál es el producto con menor presupuesto vigente?", "0", "HNL"),
    ("¿qué mes tuvo el mayor gasto?", "120250", "HNL"),
    ("¿cuál fue el servicio con mejor cumplimiento?", "110", "%"),
    ("¿cuál es el peor servicio?", "75", "%"),
    ("¿Qué productos superaron la meta?", "1", None),
    ("¿cuántos productos superaron la meta?", "1", None),
    ("¿Qué productos no alcanzaron la meta?", "2", None),
    ("¿Cuáles productos no tenían meta?", "1", None),
    ("productos sin meta pero con ejecución", "1", None),
    ("productos que no ejecutaron nada", "1", None),
    ("¿cuántos productos hay?", "5", None),
    ("¿cuántos productos tiene el programa 11-02?", "2", None),
    ("productos con ejecución de más del 70 %", "2", None),
    ("meses con gasto mayor a 50,000", "3", None),
    ("productos con presupuesto de más de 2 millones", "0", None),
    ("promedio de la cuota asignada", "102625", "HNL"),
]


@pytest.mark.parametrize(("text", "value", "unit"), [*LOOK_UPS, *TOTALS, *PERCENTAGES, *DIFFERENCES, *SELECTIONS])
def test_answers(text: str, value: str, unit: str | None) -> None:
    """The figure asked for comes first, with its unit and where it stands."""
    found = ask(text)
    assert found.status is Status.ANSWERED, found.text
    assert (found.values[0].value, found.values[0].unit) == (Decimal(value), unit)
    assert found.citations


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("top 3 de productos por presupuesto vigente", ["1000000", "300000", "200000"]),
        ("compare canales y compuertas en presupuesto vigente", ["1000000", "300000", "700000"]),
        ("compare lo ejecutado en mayo y junio", ["45500", "99000", "-53500"]),
        ("presupuesto del producto 22 y del producto 23", ["200000", "0", "200000"]),
        ("¿Cuánto gastó el producto 21 y cuánto gastó el producto 22?", ["750000", "120500.50"]),
        ("¿Cuánto gastó el producto 21? ¿Y el producto 22?", ["750000", "120500.50"]),
        ("¿Cuánto se programó y cuánto se ejecutó en canales?", ["400", "750000"]),
    ],
)
def test_several_figures(text: str, values: list[str]) -> None:
    found = ask(text)
    assert found.status is Status.ANSWERED, found.text
    assert known(found) == [Decimal(v) for v in values]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "¿Cuánto se ejecutó en canales?",
            ["L750,000.00", "Cuadro 1", "p. 3", "agua-2023.txt", "cuatrimestre de 2023"],
        ),
        ("¿Cuánto se pagó por barrido de calles?", ["$280.000,00", "tres-cerros.xlsx"]),
        ("porcentaje de ejecución financiera del producto 21", ["75.00 %", "L750,000.00", "L1,000,000.00"]),
        ("porcentaje de avance físico del producto 23", ["no se puede calcular"]),
        ("¿Cuánto cambió el devengado de arbolado entre 2022 y 2023?", ["$90.000,00", "no se puede calcular"]),
        ("¿cuál fue el servicio con mejor cumplimiento?", ["Consultas de pediatría", "110.00 %"]),
        ("¿Qué productos superaron la meta?", ["Capacitaciones a juntas"]),
        ("¿qué mes tuvo el mayor gasto?", ["Julio"]),
        ("compare lo ejecutado en mayo y junio", ["Junio supera a Mayo", "L53,500.00"]),
        ("¿Por cuánto se pasó el producto 22 de su meta?", ["3 evento por encima"]),
        ("misión de la junta de riego", ["Llevar agua de riego", "Misión"]),
    ],
)
def test_words_of_an_answer(text: str, words: list[str]) -> None:
    """The figure, how it comes, and where it stands."""
    found = ask(text)
    assert found.status is Status.ANSWERED, found.text
    for word in words:
        assert word in found.text


def test_a_row_that_prints_no_figure_is_told_and_not_answered() -> None:
    """What the report says instead ("N/D"), and where: a silent gap would be taken for an answer."""
    found = ask("¿Cuántas vacunas se aplicaron?")
    assert found.status is Status.NOT_FOUND
    assert "N/D" in found.text
    assert "no es una cifra" in found.text
    assert found.citations


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("porcentaje de ejecución financiera del producto 22", ["imprime 60%", "60.25 %"]),
        ("total ejecutado de los productos de la junta", ["L931,500.50", "L930,500.50", "L1,000.00"]),
        ("total ejecutado de los meses de la junta", ["L324,000.00", "L324,750.00", "L750.00"]),
        ("total ejecutado en la junta de riego", ["Cuadro 1", "Cuadro 2"]),
        ("presupuesto del programa 11-02", ["69 Compuertas", "L300,000.00", "11-03"]),
        ("presupuesto del programa 11-03", ["69 Compuertas", "L300,000.00"]),
        ("diferencia entre asignado y ejecutado en junio", ["imprime 11,000.00", "otro sentido"]),
        ("¿Qué productos superaron la meta?", ["sin meta programada"]),
        ("¿Cuánto se ejecutó en 2023 en canales?", ["el informe cubre segundo cuatrimestre"]),
        ("¿cuánto suma el devengado de 2022?", ["no imprime un total"]),
        ("capasitaciones a juntas presupuesto vigente", ["«capasitaciones» como «capacitaciones»"]),
        ("ejecutado en el segundo cuatrimestre", ["L324,750.00", "L324,000.00"]),
    ],
)
def test_warnings(text: str, words: list[str]) -> None:
    """What a careful reader would want to know beside the figure is in the text."""
    found = ask(text)
    assert found.status is Status.ANSWERED, found.text
    for word in words:
        assert word in found.text


def test_a_figure_of_another_year_is_not_called_of_the_report_s_year() -> None:
    assert "(2023)" not in ask("devengado de alumbrado público en 2022").text


@pytest.mark.parametrize(
    "text",
    [
        "salario del director",
        "gasto en puentes",
        "gasto en canales de cemento",
        "gasto de canales en 2019",
        "gasto de barrido en 2021",
        "cuota asignada en diciembre",
        "cuota asignada en julio de 2022",
        "¿Cuánto se pagó por alumbrado en 2022?",  # paid is printed for 2023 alone
        "presupuesto de canales de riego en julio",  # the months do not speak of canals
        "¿Cuánto se ejecutó en canales en enero de 2023?",
        "ejecutado en el primer cuatrimestre",
        "pagado de canales de riego",
        "comprometido de alumbrado público",
        "gasto del producto 99",
        "presupuesto del programa 11",
        "total del cuadro 9",
        "presupuesto del Ministerio de Salud",
        "presupuesto de la Junta de Agua de Quito",
        "presupuesto vigente en Guatemala",
        "¿quién ganó el mundial?",
        "¿Quién es el director del hospital?",
        "dame el número de teléfono",
        "receta de tamales",
        "asdf qwerty",
    ],
)
def test_refusals(text: str) -> None:
    """An absent row, year, measure or institution is never answered with another one."""
    found = ask(text)
    assert found.status is Status.NOT_FOUND, found.text
    assert found.values == ()
    assert "No consta" in found.text
    assert "Junta de Riego del Valle" in found.text  # what is covered


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("capacitaciones", ["22 Capacitaciones a juntas", "23 Capacitaciones a personal"]),
        ("presupuesto de capacitaciones", ["L200,000.00", "L0.00"]),
        ("¿cuánto se gastó?", ["L324,000.00", "$1.640.000,50"]),
        ("compare alumbrado público con barrido de calles en 2023", ["Devengado", "Pagado"]),
    ],
)
def test_questions_back(text: str, options: list[str]) -> None:
    """Each candidate is shown with its figure, so that the question may already be answered."""
    found = ask(text)
    assert found.status is Status.AMBIGUOUS, found.text
    for option in options:
        assert option in found.text


def test_a_report_that_is_named_is_not_asked_back() -> None:
    assert "Junta de Riego" not in ask("total de metas programadas del hospital").text


@pytest.mark.parametrize("text", ["promedio mensual ejecutado", "promedio mensual de partos"])
def test_a_table_without_months_has_no_monthly_average(text: str) -> None:
    assert made_assistant("ceiba").ask(text).status is not Status.ANSWERED


def test_two_reports_in_two_currencies_are_compared_without_a_difference() -> None:
    found = ask("compare el presupuesto vigente de canales con el devengado de alumbrado en 2023")
    assert found.status is Status.ANSWERED
    assert known(found) == [Decimal(1000000), Decimal("1250000.50")]
    assert "monedas distintas" in found.text


PARAPHRASES = [
    (
        "¿Cuál es el presupuesto vigente de canales de riego revestidos?",
        "presupuesto vigente canales de riego revestidos",
        "CUAL ES EL PRESUPUESTO VIGENTE DE CANALES DE RIEGO REVESTIDOS",
        "cual es el presupuesto vigente de canales de riego revestidos",
        "Buenas tardes, ¿me podría indicar el presupuesto vigente de canales de riego revestidos? Gracias",
        "¿me decís el presupuesto vigente de canales de riego revestidos?",
        "presupuesto vigente del producto 21",
        "presupesto vijente de canales de riego revestidos",
        "presupuesto vigente de los canales de riego revestidos según el informe de la Junta de Riego",
    ),
    (
        "¿Cuánto se gastó en canales de riego?",
        "¿Cuánta plata se gastó en canales de riego?",
        "monto ejecutado de canales de riego",
        "gasto de canales de riego",
        "canales de riego: gasto",
        "¿Cuánto dinero se ejecutó en canales de riego?",
    ),
    (
        "¿Qué porcentaje de ejecución financiera tiene el producto 22?",
        "porcentaje de ejecución financiera del producto 22",
        "% de ejecución presupuestaria producto 22",
        "¿Qué porcentaje de su presupuesto ejecutó el producto 22?",
    ),
    (
        "¿Cuánto se ejecutó en julio?",
        "ejecutado en julio de 2023",
        "gasto de julio",
        "gasto del mes de julio",
        "¿cuánto se gastó durante julio?",
    ),
]


@pytest.mark.parametrize("texts", PARAPHRASES, ids=lambda texts: texts[0])
def test_paraphrases_give_the_same_figure(texts: tuple[str, ...]) -> None:
    found = {text: ask(text) for text in texts}
    assert {t: a.status.value for t, a in found.items()} == dict.fromkeys(texts, "answered")
    assert {t: a.values[0].value for t, a in found.items()} == dict.fromkeys(texts, found[texts[0]].values[0].value)


@pytest.mark.parametrize(
    "text", ["gasto del producto 22", "¿Qué producto ejecutó más?", "capacitaciones", "salario", "misión"]
)
def test_the_same_question_has_the_same_answer(text: str) -> None:
    """Asked again, of another assistant, and whatever the order in which the reports were loaded."""
    assert ask(text).to_dict() == ask(text).to_dict() == made_assistant().ask(text).to_dict()


@pytest.mark.parametrize("texts", PARAPHRASES, ids=lambda texts: texts[0])
def test_another_report_does_not_change_an_answer(texts: tuple[str, ...]) -> None:
    alone = made_assistant("agua")
    assert known(alone.ask(texts[0])) == known(ask(texts[0]))


def test_the_answer_can_be_kept_to_a_report() -> None:
    found = ASSISTANT.ask("¿cuánto se gastó?", documents=["tres-cerros.xlsx"])
    assert {c.file for c in found.citations} == {"tres-cerros.xlsx"}
    assert ASSISTANT.ask("gasto del producto 22", documents=["hospital"]).status is Status.NOT_FOUND


def test_citations_tell_the_cell() -> None:
    (cite,) = ask("cuota asignada en junio").citations
    assert (cite.file, cite.page, cite.table, cite.row, cite.column, cite.text) == (
        "agua-2023.txt",
        3,
        "Cuadro 2: Cuota mensual",
        "Junio",
        "Cuota asignada",
        "110,000.00",
    )


def test_totals_of_two_reports_in_two_currencies_are_not_subtracted() -> None:
    found = ask("compare el total ejecutado de la Junta de Riego con el del Municipio de Tres Cerros")
    assert found.status is Status.ANSWERED
    assert {v.unit for v in found.values} == {"HNL", "ARS"}
    assert "supera" not in found.text
    assert "monedas distintas" in found.text


@pytest.mark.parametrize("text", ["", "   ", "¿?", "hola", "gracias", "🙂", "%", "2023", "x" * 3000])
def test_anything_gets_an_honest_outcome(text: str) -> None:
    assert ask(text).status is not Status.ANSWERED


def test_an_empty_store_says_so() -> None:
    from assistant.assistant import Assistant
    from index.memory_store import MemoryStore

    found = Assistant(MemoryStore()).ask("gasto del producto 22")
    assert found.status is Status.NOT_FOUND
    assert "No hay informes cargados" in found.text
