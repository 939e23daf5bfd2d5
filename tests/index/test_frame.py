"""Courtesy, letters of request and "según el informe" are taken off; what is asked for stays in its own spelling."""

from __future__ import annotations

import pytest

from index.frame import content_words, is_frame, strip_frame

EXAMPLES = [
    ("Buenas tardes, quisiera saber cuál es la misión, según el informe. Gracias.", "cuál es la misión"),
    ("Por este medio solicito atentamente se sirva informarme el presupuesto vigente", "el presupuesto vigente"),
    ("¿Me podés decir cuánto ejecutó la DGT en julio, por favor?", "cuánto ejecutó la DGT en julio"),
    ("Solicito información sobre los gastos en publicidad 2005-2019", "los gastos en publicidad 2005-2019"),
    ("¿Me regala el dato del saldo? porfa", "el dato del saldo?"),
    ("en el informe de la DGT, ¿cuál es la visión?", "de la DGT, ¿cuál es la visión?"),
    ("¿Qué dice el informe sobre las becas?", "las becas?"),
    ("presupuesto vigente aduanas", "presupuesto vigente aduanas"),
    ("otros informes", "otros informes"),
    ("Gracias", ""),
    ("Señores del Instituto: por este medio solicito el saldo. Atentamente, J. Paredes.", "del Instituto: el saldo"),
    ("Para una nota de prensa: ¿cuáles fueron los logros?", "¿cuáles fueron los logros?"),
    ("Buen día, ¿cuánto se pagó?", "¿cuánto se pagó?"),
]


@pytest.mark.parametrize(("asked", "left"), EXAMPLES)
def test_frame_is_taken_off(asked: str, left: str) -> None:
    assert strip_frame(asked) == left


@pytest.mark.parametrize(
    "kept",
    ["Según el reporte consolidado, ¿cuántos productos hay?", "diferencia del producto 51 en el reporte por actividad"],
)
def test_a_report_that_is_named_stays(kept: str) -> None:
    """ "El reporte consolidado" is one report among others, not a frame."""
    assert strip_frame(kept) == kept


@pytest.mark.parametrize("word", ["informes", "indicador", "finalidad", "llamadas", "cuentas", "referencia"])
def test_words_of_content_are_not_frame(word: str) -> None:
    assert not is_frame(word)


def test_content_words_keep_codes_and_drop_the_rest() -> None:
    assert content_words("¿Cuál es la diferencia del producto 51 en 11-02?") == [
        "diferencia",
        "producto",
        "51",
        "11-02",
    ]
