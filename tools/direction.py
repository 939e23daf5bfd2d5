"""Things of which less is better: a goal for them is a ceiling, and to stay under it is to meet it."""

from __future__ import annotations

import re

from index.text import fold

_WORSE = re.compile(  # what is counted stands first: an inventory of goods in abandonment is no abandonment
    r"(?:(?:numero|cantidad|porcentaje|promedio|tasa|indice|nivel|%) (?:promedio )?(?:de (?:la |los |las )?)?)?(?:quejas?|reclam(?:o|os|acion|aciones)|tiempos?|dias|plazos?|mortalidad|morbilidad|morosidad|desercion|accident\w+|siniestr\w+|perdidas?|mermas?|deficit|mora"
    r"|rezago|retrasos?|demoras?|espera|incidencia|prevalencia|abandono|ausentismo|rotacion|desempleo|pobreza|desnutricion|anemia|delitos?|homicidios?|robos?|fugas?|errores|rechazos?"
    r"|infecciones|emisiones|costos? (?:unitarios?|promedio|por|medio))\b"
)
_REDUCED = re.compile(
    r"\b(?:reduc\w+|disminu\w+|ahorr\w+|atendid[oa]s?|resuelt[oa]s?|recuperad[oa]s?|detectad[oa]s?|reparad[oa]s?|dias de (?:capacitacion|taller|formacion))\b"
)


def less_is_better(label: str) -> bool:
    """Whether a row counts something of which less is better ("Quejas por cada mil ventas").

    >>> less_is_better("Tiempo promedio de respuesta"), less_is_better("Quejas resueltas"), less_is_better("Talleres")
    (True, False, False)
    >>> less_is_better("Levantamiento de inventario de mercancías en abandono"), less_is_better("Tasa de mortalidad")
    (False, True)
    """
    folded = fold(label)
    return _WORSE.match(folded.strip()) is not None and _REDUCED.search(folded) is None
