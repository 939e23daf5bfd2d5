"""What sort of thing is asked for must be told: whatever words of the question a sentence holds."""

from __future__ import annotations

import pytest

from assistant.asking import ask
from assistant.told import untold


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        # the reason of that fact, not of another one
        ("¿por qué no se abrió el puente?", "El puente no se abrió porque la licitación se apeló.", True),
        ("¿por qué se apeló la licitación?", "El puente no se abrió porque la licitación se apeló.", False),
        ("¿por qué se abrió el puente?", "El puente no se abrió porque la licitación se apeló.", False),
        ("¿por qué se cerró la escuela?", "Debido a las lluvias, la escuela se cerró.", True),
        ("¿por qué hubo lluvias?", "Debido a las lluvias, la escuela se cerró.", False),
        ("¿por qué no tuvo meta el plan?", "El plan se mide cada año y por eso no tuvo meta.", True),
        ("¿por qué se mide cada año el plan?", "El plan se mide cada año y por eso no tuvo meta.", False),
        ("¿por qué no hubo compra de textiles?", "Los textiles no se compraron porque nadie ofertó.", True),
        # who did it
        ("¿quién inauguró el puente?", "El 4 de mayo se inauguró el puente, que sirve a 30 familias.", False),
        ("¿quién inauguró el puente?", "El puente fue inaugurado por la alcaldesa.", True),
        ("¿quién inauguró el puente?", "La alcaldesa inauguró el puente.", True),
        ("¿quién remodeló las oficinas?", "Remodelación de oficinas en la Unidad de Archivo.", False),
        ("¿quién administra el catálogo?", "El gasto sigue el catálogo que administra la secretaría técnica.", True),
        ("¿quiénes integran el comité?", "La oficina convoca a las instituciones y preside el comité.", False),
        ("¿con quién se firmó el contrato?", "El contrato se firmó en diciembre.", False),
        # which ones
        ("¿qué familias fueron evacuadas?", "La crecida dejó 86 familias evacuadas.", False),
        ("¿qué programa social reciben los hogares?", "Un tercio de los hogares recibe algún programa social.", False),
        ("¿qué equipo electrónico se renovó?", "Renovación de equipo electrónico y pintura.", False),
        ("¿qué subsidios se entregaron?", "Se entregaron 1.480 subsidios de transporte escolar.", True),
        ("¿qué comité preside la oficina?", "La oficina preside el comité de ciberseguridad.", True),
        ("¿cuáles son los cinco corregimientos?", "Viven 900 personas en cinco corregimientos.", False),
        ("¿cómo se llaman las asociaciones del convenio?", "Se firmó un convenio con 12 asociaciones.", False),
        ("¿qué señala un signo negativo?", "Un signo negativo señala que se hizo más.", True),
        # how, what was said, which most
        ("¿cómo se presenta un reclamo?", "El buzón recibió 327 reclamos y se respondieron 289.", False),
        ("¿cómo se abren las puertas?", "Las puertas se abren con lectores de huella.", True),
        ("¿qué piensan las comunidades vecinas?", "Atiende a 214 comunidades vecinas.", False),
        ("¿qué distrito tiene más habitantes?", "La zona abarca cinco distritos con 148.300 habitantes.", False),
        # the thing itself, not one beside it
        ("¿cuándo se aprobará la memoria?", "La memoria se remitirá cuando quede aprobada.", False),
        ("¿cuándo se remitirá la memoria?", "La memoria se remitirá cuando quede aprobada.", True),
        ("¿en qué mes bajó la espera?", "La espera bajó de 134 a 97 días.", False),
        ("¿en qué mes bajó la espera?", "La espera bajó en noviembre a 97 días.", True),
        ("¿qué día de noviembre fue la crecida?", "La crecida de noviembre dejó 86 familias evacuadas.", False),
        ("¿qué día fue la crecida?", "La crecida fue el 9 de noviembre.", True),
        ("¿cuántos libros tiene la biblioteca?", "La biblioteca prestó 5.640 libros.", False),
        ("¿cuántos libros tiene la biblioteca?", "La biblioteca tiene 5.640 libros.", True),
        ("¿cuántos libros prestó la biblioteca?", "La biblioteca prestó 5.640 libros.", True),
        ("¿cuántas camas hay?", "Hay cuatro camas.", True),
        ("¿cómo se llaman los cinco distritos?", "La zona abarca cinco distritos con 148.300 habitantes.", False),
        ("¿cómo se llaman los dos distritos?", "La zona abarca los distritos de Lomas y Arenal.", True),
        ("nombre del proveedor que incumplió", "La obra se detuvo porque el proveedor incumplió el contrato.", False),
        ("nombre del proveedor que incumplió", "La obra se detuvo porque el proveedor, Obras Lemur, incumplió.", True),
        ("¿quiénes son los concejales?", "La alcaldía entrega al Concejo y a la ciudadanía el balance.", False),
        ("¿quiénes son los beneficiarios?", "Los beneficiarios son las familias del valle.", True),
        ("¿qué colegios recibieron el subsidio?", "Se entregaron 1.480 subsidios de transporte escolar.", False),
        ("¿qué escuelas recibieron libros?", "Se entregaron libros en Lomas, Arenal y Pozo Hondo.", True),
        ("¿quién recibió los productos?", "Para el traspaso de gobierno se entregaron cuatro productos.", False),
        # what is said of it, not of what serves it
        ("¿qué efectos tuvo la campaña?", "Se dieron cuatro talleres con el propósito de mejorar la campaña.", False),
    ],
)  # fmt: skip
def test_what_is_asked_for_is_told_or_not(question: str, text: str, told: bool) -> None:
    asked = ask(question, frozenset(question.lower().strip("¿?").split()))
    assert (not untold(asked, text)) is told
