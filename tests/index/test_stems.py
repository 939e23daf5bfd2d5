"""A word and its plural meet; words that only look alike do not."""

from __future__ import annotations

import pytest

from index.text import fold, stem

SAME = [
    "obra obras", "línea líneas", "hectárea hectáreas", "gobierno gobiernos", "préstamo préstamos", "sede sedes", "jefe jefes",
    "base bases", "taller talleres", "auxiliar auxiliares", "régimen regímenes", "imagen imágenes", "sociedad sociedades",
    "titular titulares", "produjeron producidas", "redujo reducida", "introdujeron introducidos", "meta metas", "mes meses", "total totales", "concesión concesiones",
]  # fmt: skip
APART = ["mesa mes", "programa programado", "partida partes", "actividad activos"]


@pytest.mark.parametrize("pair", SAME)
def test_a_plural_meets_its_singular(pair: str) -> None:
    one, many = fold(pair).split()
    assert stem(one) == stem(many)


@pytest.mark.parametrize("pair", APART)
def test_other_words_do_not_meet(pair: str) -> None:
    one, other = pair.split()
    assert stem(one) != stem(other)
