"""A strange word goes to the word of the reports it stands for; words that exist, codes and acronyms stay."""

from __future__ import annotations

import pytest

from index.spelling import correct, is_spanish, sound

VOCABULARY = frozenset(
    [
        "presupuesto",
        "vigente",
        "ejecutado",
        "mision",
        "vision",
        "objetivos",
        "usuarios",
        "beneficiarios",
        "enero",
        "julio",
        "junio",
        "saldo",
        "programado",
        "auditoria",
        "capacitacion",
        "memorando",
        "asunto",
        "expectativas",
        "inteligencia",
        "mercancias",
        "monitoreo",
        "siglas",
        "salud",
        "meta",
    ]
)

CORRECTED = [
    ("presupesto", "presupuesto"),
    ("presuspuesto", "presupuesto"),
    ("vijente", "vigente"),
    ("bision", "vision"),
    ("mison", "mision"),
    ("obejtivos", "objetivos"),
    ("henero", "enero"),
    ("auditoira", "auditoria"),
    ("ausnto", "asunto"),
    ("espectativas", "expectativas"),
    ("intelijensia", "inteligencia"),
    ("mercansias", "mercancias"),
    ("benefisiarios", "beneficiarios"),
]


@pytest.mark.parametrize(("typed", "meant"), CORRECTED)
def test_misspelt_words_are_corrected(typed: str, meant: str) -> None:
    assert correct(typed, VOCABULARY) == meant


@pytest.mark.parametrize(
    "word",
    ["salario", "febrero", "municipio", "presupuesto", "SLE", "DIGIC", "11-02", "2021", "q45", "Zelaya", "xyz", "juio"],
)
def test_what_exists_and_what_is_unclear_is_not_touched(word: str) -> None:
    """ "juio" is as near to junio as to julio."""
    assert correct(word, VOCABULARY) is None


def test_other_forms_of_a_word_are_spanish() -> None:
    assert is_spanish("subdividieron")
    assert not is_spanish("presupesto")


def test_sounds_that_meet() -> None:
    assert sound("kilo") == sound("quilo")
    assert sound("llave") == sound("yabe")
    assert sound("gente") == sound("jente")
    assert sound("guerra") != sound("jerra")


def test_a_word_that_spanish_explains_better_is_not_bent_into_one_of_the_report() -> None:
    """ "Esgirma" is fencing with two letters exchanged; no report speaks of it."""
    assert correct("esgirma", {"estima"}) is None
    assert correct("etsimma", {"estima"}) == "estima"
