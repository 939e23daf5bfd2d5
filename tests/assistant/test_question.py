"""What the words of a question say before any report is looked at."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.numerals import read_number
from assistant.question import analyse
from assistant.splitting import questions_of, split_questions
from index.model import Level

CUES = [
    ("¿Qué porcentaje de ejecución tiene el canal?", "percentage"),
    ("porcentaje ejecutado del canal", "percentage"),
    ("% de avance del producto 4", "percentage"),
    ("que tanto se cumplió la meta del muro", "percentage"),
    ("grado de cumplimiento del programa 11", "percentage"),
    ("¿Qué parte del total representa el canal?", "share"),
    ("¿Qué proporción del gasto se llevó el muro?", "share"),
    ("¿Cuánto pesa el canal en el presupuesto?", "share"),
    ("¿Qué porcentaje del presupuesto total es del muro?", "share"),
    ("diferencia entre programado y ejecutado del muro", "difference"),
    ("¿por cuánto se pasó el canal?", "difference"),
    ("¿cuánto le faltó al muro para llegar a la meta?", "difference"),
    ("brecha del muro", "difference"),
    ("total del gasto", "total"),
    ("¿cuánto suman los muros?", "total"),
    ("gasto entre todos los productos", "total"),
    ("promedio mensual del gasto", "average"),
    ("¿cuánto se gastó por mes en promedio?", "average"),
    ("¿cuánto creció el gasto entre mayo y julio?", "growth"),
    ("evolución del gasto", "growth"),
    ("¿cómo evolucionó el gasto?", "growth"),
    ("compare el muro con el canal", "compare"),
    ("compará el muro y el canal", "compare"),
    ("muro vs canal", "compare"),
    ("muro frente al canal", "compare"),
    ("¿cuadra el total del cuadro 2?", "audit"),
    ("¿hay inconsistencias en el informe?", "audit"),
    ("¿suman bien los productos?", "audit"),
    ("¿cuántos productos hay?", "count_only"),
    ("número de productos", "count_only"),
    ("¿cuáles productos superaron la meta?", "list_only"),
    ("listado de productos sin ejecución", "list_only"),
]


@pytest.mark.parametrize(("text", "cue"), CUES)
def test_cues(text: str, cue: str) -> None:
    assert analyse(text).has(cue)


@pytest.mark.parametrize("text", ["gasto del muro en mayo", "presupuesto vigente del canal", "muro de contención"])
def test_a_plain_look_up_asks_for_no_operation(text: str) -> None:
    found = analyse(text)
    assert not found.cues
    assert not found.orders
    assert not found.conditions


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("¿cuál fue el mayor gasto?", "top"),
        ("el programa con más presupuesto", "top"),
        ("los 3 productos que más gastaron", "top"),
        ("top 3 de productos por gasto", "top"),
        ("¿qué producto gastó más?", "top"),
        ("la mejor ejecución", "top"),
        ("ordename los programas de mayor a menor", "top"),
        ("¿cuál fue el menor gasto?", "bottom"),
        ("el producto que menos gastó", "bottom"),
        ("la peor ejecución", "bottom"),
        ("¿cuál quedó más lejos de la meta?", "bottom"),
        ("los más rezagados", "bottom"),
        ("los tres más bajos", "bottom"),
    ],
)
def test_orders(text: str, end: str) -> None:
    assert end in analyse(text).orders


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("top 3 de productos por gasto", 3),
        ("los cinco productos con mayor gasto", 5),
        ("las 10 partidas más altas", 10),
        ("los dos más bajos", 2),
        ("tres productos con mayor gasto", 3),
        ("el producto con mayor gasto", None),
        ("producto 22 y su mayor gasto", None),
        ("¿cuál fue el mayor gasto de 2023?", None),
        ("gasto de los 3 productos", None),  # no order, no top
    ],
)
def test_counts(text: str, count: int | None) -> None:
    assert analyse(text).count == count


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("¿qué productos no alcanzaron la meta?", "missed"),
        ("productos que se quedaron cortos", "missed"),
        ("productos por debajo de lo programado", "missed"),
        ("los que incumplieron", "missed"),
        ("¿cuáles superaron la meta?", "exceeded"),
        ("los que se pasaron de lo programado", "exceeded"),
        ("productos con más de lo programado", "exceeded"),
        ("¿cuáles cumplieron la meta?", "met"),
        ("los que llegaron al 100%", "met"),
        ("productos sin ejecución", "none_done"),
        ("¿qué productos no ejecutaron nada?", "none_done"),
        ("los que quedaron en cero", "none_done"),
        ("lo que se hizo sin estar programado", "unplanned"),
        ("productos sin meta", "standing"),
        ("¿cuáles no estaban planificados?", "unplanned"),
        ("los que alcanzaron o superaron la meta", "reached"),
    ],
)
def test_conditions(text: str, condition: str) -> None:
    assert condition in analyse(text).conditions


@pytest.mark.parametrize("text", ["Supervisión de obras", "Superintendencia de Pensiones", "gasto en supervisión"])
def test_supervising_is_not_exceeding(text: str) -> None:
    assert "exceeded" not in analyse(text).conditions


@pytest.mark.parametrize(
    ("text", "comparison", "value", "percent"),
    [
        ("productos con más del 90 %", ">", "90", True),
        ("productos con mas de 90%", ">", "90", True),
        ("más del noventa por ciento", None, "", False),  # noventa is not read: nothing is invented
        ("menos de la mitad", "<", "50", True),
        ("al menos 80 por ciento", ">=", "80", True),
        ("gasto mayor a 1,500", ">", "1500", False),
        ("gasto superior a 1.500", ">", "1500", False),
        ("más de 2 millones", ">", "2000000", False),
        ("más de dos millones", ">", "2000000", False),
        ("menos de 500 mil", "<", "500000", False),
        ("hasta 100", "<=", "100", False),
        ("como mínimo 10", ">=", "10", False),
        ("por encima de 2.5%", ">", "2.5", True),
        ("superaron el 100%", ">", "100", True),
        ("por debajo del 50%", "<", "50", True),
        ("inferiores a 20", "<", "20", False),
        ("no llegaron al 85%", "<", "85", True),
        ("llegaron al 85 %", ">=", "85", True),
        ("no superan el 50 %", "<=", "50", True),
        ("cumplimiento de 100% o más", ">=", "100", True),
        ("avance del 40 % o menos", "<=", "40", True),
    ],
)
def test_thresholds(text: str, comparison: str | None, value: str, percent: bool) -> None:
    found = [(t.comparison, t.value, t.percent) for t in analyse(text).thresholds]
    assert found == ([] if comparison is None else [(comparison, Decimal(value), percent)])


@pytest.mark.parametrize("text", ["más de mayo que de junio", "gasto de 2023", "hasta junio de 2023", "el producto 22"])
def test_dates_and_codes_are_no_thresholds(text: str) -> None:
    assert analyse(text).thresholds == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("90", "90"),
        ("1,500", "1500"),
        ("1.500", "1500"),
        ("2.5", "2.5"),
        ("2,5", "2.5"),
        ("1,234,567", "1234567"),
        ("cinco", "5"),
        ("mitad", "50"),
        ("muro", None),
        ("11-02", None),
    ],
)
def test_numbers_as_people_type_them(text: str, expected: str | None) -> None:
    assert read_number(text) == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("presupuesto vigente del muro", ["vigente"]),
        ("presupuesto asignado del muro", ["presupuesto", "asignado"]),
        ("presupuesto del muro", ["presupuesto"]),
        ("¿cuánto se gastó en el muro?", ["ejecutado"]),
        ("monto devengado del muro", ["devengado"]),
        ("¿cuánto se pagó por el muro?", ["pagado"]),
        ("saldo por ejecutar del muro", ["saldo"]),
        ("¿cuánta plata queda para el muro?", ["ejecutado", "saldo"]),
        ("meta programada del muro", ["programado"]),
        ("¿cuánto se programó y cuánto se ejecutó del muro?", ["programado", "ejecutado"]),
        ("modificaciones al presupuesto del muro", ["modificacion", "presupuesto"]),
        ("el muro", []),
        ("programa 11-02", []),  # a programme is not what was programmed
    ],
)
def test_measures(text: str, measures: list[str]) -> None:
    assert [m.measure for m in analyse(text).mentions] == measures


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("¿cuánto tiene mobiliario y equipo (2.6.1)?", [("equipo", "2.6.1")]),
        ("el vigente de la 2.2.1.01", [("", "2.2.1.01")]),
        ("¿cuánto gastó el producto 22?", [("producto", "22")]),
        ("productos 22 y 23", [("productos", "22"), ("productos", "23")]),
        ("producto número 22", [("producto", "22")]),
        ("programa 11-02", [("programa", "11-02")]),
        ("gasto de la categoría 11-02-000-001", [("categoria", "11-02-000-001")]),
        ("11-02", [("", "11-02")]),
        ("gasto de 2023", []),
        ("más del 90%", []),
        ("top 3 por gasto", []),
    ],
)
def test_codes(text: str, codes: list[tuple[str, str]]) -> None:
    assert [(c.noun, c.code) for c in analyse(text).codes] == codes


@pytest.mark.parametrize(
    ("text", "tables"),
    [
        ("cuadro 3", ["3"]),
        ("total de la tabla 12", ["12"]),
        ("gasto según el Cuadro II", ["ii"]),
        ("cuadros 2 y 3", ["2", "3"]),
        ("producto 3", []),
    ],
)
def test_tables(text: str, tables: list[str]) -> None:
    assert [t.code for t in analyse(text).tables] == tables


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("gasto en julio", [(None, 7, 7)]),
        ("gasto de mayo a agosto de 2023", [(2023, 5, 8)]),
        ("segundo cuatrimestre de 2021", [(2021, 5, 8)]),
        ("primer semestre", [(None, 1, 6)]),
        ("gasto de 2020", [(2020, 1, 12)]),
        ("compare mayo y julio", [(None, 5, 5), (None, 7, 7)]),
        ("producto 2020-4", []),
        ("el muro", []),
    ],
)
def test_periods(text: str, months: list[tuple[int | None, int, int]]) -> None:
    assert [(p.year, p.first, p.last) for p, _ in analyse(text).periods] == months


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("ejecución financiera del muro", Level.FINANCIAL),
        ("monto del muro", Level.FINANCIAL),
        ("ejecución física del muro", Level.PHYSICAL),
        ("meta del muro", Level.PHYSICAL),
        ("ejecución física y financiera del muro", None),
        ("ejecución del muro", None),
    ],
)
def test_levels(text: str, level: Level | None) -> None:
    assert analyse(text).level is level


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("¿Cuánto se programó? ¿Y cuánto se ejecutó?", 2),
        ("¿Cuánto gastó el muro y cuánto gastó el canal?", 2),
        ("¿Cuánto gastó el muro y cuál es su porcentaje?", 2),
        ("¿Cuál es el saldo del muro y el porcentaje de ejecución?", 2),
        ("¿Cuánto gastaron el muro y el canal?", 1),
        ("¿Qué es el manual y quién lo firma?", 2),
        ("gasto del muro\ngasto del canal\ngasto del pozo", 3),
        ("gasto del muro; gasto del canal", 2),
        ("¿Cuánto gastó? Quebrada Alta", 1),
        ("Diferencia entre mayo y junio", 1),
        ("Gasto de Q.1,500.00 del muro", 1),
        ("Misión y visión de la junta", 1),
        ("participación de Dir. Planeación en el devengado total", 1),
        ("cuánto gastó la Subsec. Obras y cuál es el saldo del Inst. Vial", 2),
    ],
)
def test_several_questions_in_one_message(text: str, parts: int) -> None:
    assert len(split_questions(text)) == parts


@pytest.mark.parametrize(
    "text",
    [
        "Buenas tardes, quisiera saber cuánto gastó el muro, según el informe. Gracias.",
        "Estimados señores: por este medio solicito atentamente se sirva informarme cuánto gastó el muro.",
        "Hola, ¿me podés decir cuánto gastó el muro?",
        "¿Me podría indicar cuánto gastó el muro por favor?",
        "cuanto gasto el muro",
    ],
)
def test_courtesy_and_letters_say_nothing(text: str) -> None:
    """Only the words that matter count as content, whatever stands around them."""
    (part,) = questions_of(text)
    found = analyse(part)
    content = {t.text for t in found.tokens if t.content} - {found.tokens[i].text for i in found.generic}
    assert content == {"gasto", "muro"}
    assert [m.measure for m in found.mentions] == ["ejecutado"]


def test_a_message_of_courtesy_alone_is_kept_whole() -> None:
    assert questions_of("Buenas tardes, muchas gracias") == ("Buenas tardes, muchas gracias",)


@pytest.mark.parametrize("text", ["", "   ", "¿?", "🙂", "%%%", "-" * 500, "a" * 5000])
def test_anything_can_be_read(text: str) -> None:
    analyse(text)
    assert questions_of(text)
