"""Columns that count people and things, which the money of a caption does not reach."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from index.model import Role
from index.tables.columns import Strip, counts_records
from index.tables.wording import names_money
from index.text import fold

_THINGS = (
    r"habitantes?|poblacion|personas?|familias?|hogares|viviendas?|visitantes?|turistas|funcionari[oa]s|emplead[oa]s|"
    r"servidor(?:as|es)(?: publicos)?|trabajador(?:as|es)|agentes|docentes|alumn[oa]s|estudiantes|pacientes|usuari[oa]s|"
    r"beneficiari[oa]s|afiliad[oa]s|pensionad[oa]s|jubilad[oa]s|contribuyentes|mujeres|hombres|plazas|puestos|cargos|"
    r"camas|dias|horas|meses|kilometros|km2?|metros(?: cuadrados)?|m2|hectareas|has?|toneladas|litros|unidades|cantidad(?:es)?|"
    r"casos|expedientes|denuncias|consultas|atenciones|visitas|eventos|talleres|becas|nin[oa]s|menores|jovenes|adult[oa]s|"
    r"productor(?:as|es)|agricultor(?:as|es)|pescador(?:as|es)|ganader[oa]s|artesan[oa]s|ciudadan[oa]s|vecin[oa]s|victimas|"
    r"atletas|lector(?:as|es)|pobladores|soci[oa]s|miembros|voluntari[oa]s|participantes|asistentes|matriculad[oa]s|"
    r"inscrit[oa]s|egresad[oa]s|graduad[oa]s|cupos?|solicitudes|incendios|reclam[oa]s|llamadas"
)
_OF_MONEY = r"(?:recursos|fondos|montos|bienes|obligaciones|compromisos|contratos|convenios|creditos|derechos|otr[oa]s)"
_DONE_THINGS = re.compile(
    rf"(?!{_OF_MONEY}\b)[a-z]{{4,}}s (?:[a-z]+ ){{0,2}}?[a-z]{{2,}}(?:[ai]d|ech|iert|uest|it)[oa]s\b"
)
_NUMBER_OF = r"(?:(?:numero|nro|num|no|n[°º]|cantidad|total) ?\.? ?(?:de )?(?:l[oa]s )?)"
_COUNT = re.compile(rf"{_NUMBER_OF}?(?:{_THINGS})(?![a-z])|(?:numero|nro|n[°º]|cantidad)\.?(?: de [a-z]|$)")
_NO_MONEY = re.compile(  # posts and appeals, whose other word alone would make them money
    rf"(?:{_THINGS}) presupuestad[oa]s|planta (?:de \w+ )?(?:aprobad|autorizad|presupuestad)a|"
    r"recursos de (?:revision|reposicion|reconsideracion|apelacion|queja|amparo|alzada|inconformidad)"
)
_MONEY = re.compile(
    r"\b(?:monto|gastos?|costos?|ingresos?|presupuest|inversion|valor|importe|precio|salari|sueldo|pago|pagad|recaud|"
    r"devengad|saldo|credito|subsidi|aporte|transferenci|deuda)"
)
_UNIT = re.compile(  # "Longitud (km)"
    rf"{_THINGS}|km|kms|m|mts|m3|m²|m³|km²|ha|kg|kgs?|tm|t|ton|tn|lt?s?|kwh|mwh|mw|hm3|hrs?|min|n[°º]|nro|num(?:ero)?|cant"
)
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")


def names_count(path: Sequence[str]) -> bool:
    """Whether a header begins with people or things and speaks of no money: "Visitantes nacionales", "N° de plazas".

    A bracket that holds a unit of things says so too ("Longitud (km)"), and so does what was done with things
    ("Niños atendidos").
    """
    done = any(_DONE_THINGS.match(fold(part).strip(" .:")) for part in path)
    measured = any(_UNIT.fullmatch(fold(inside).strip(" .")) for part in path for inside in _BRACKETS.findall(part))
    counts = measured or done or any(_COUNT.match(fold(part).strip(" .:")) for part in path)
    return never_money(path) or (counts and not speaks_of_money(path))


def never_money(path: Sequence[str]) -> bool:
    """Whether a header is of posts or appeals: "Cargos presupuestados", "Recursos de revisión"."""
    return bool(path) and _NO_MONEY.fullmatch(fold(path[-1]).strip(" .:")) is not None


def speaks_of_money(path: Sequence[str]) -> bool:
    """Whether a header names a currency or something paid or received: "Ingresos por entradas", "Costo por km"."""
    header = " ".join(path)
    return _MONEY.search(fold(header)) is not None or names_money(header)


def counted(strips: Sequence[Strip], money: Collection[int]) -> frozenset[int]:
    """Indexes of the columns that count.

    Where every other column is text, the caption's money has nowhere else to go: "Subsidios (en pesos)" by
    "Familias" and "Estudiantes" counts nobody. money: columns known to be financial.
    """
    numbers = [i for i, s in enumerate(strips) if s.role is Role.NUMBER and s.reading.unit != "%"]
    found = frozenset(
        i
        for i in numbers
        if counts_records(strips[i], strips)
        or (i not in money and names_count(strips[i].path) and not _has_symbols(strips[i]))
    )
    return found if len(found) < len(numbers) else frozenset()


def mixes_units(text: str) -> bool:
    """Whether a bracket names a count and money: "(Personas y colones)"; each is then of the columns that say so."""
    return any(
        names_money(inside) and re.search(rf"\b(?:{_THINGS})\b", fold(inside)) is not None
        for inside in _BRACKETS.findall(text)
    )


def _has_symbols(strip: Strip) -> bool:
    return any(p.currency for p in strip.parsed)
