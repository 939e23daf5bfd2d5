"""Sentences of a passage, as printed."""

from __future__ import annotations

import re

from index.text import fold

_ABBREVIATIONS = (
    "lic licda ing dr dra sr sra art arts no nro num ej pag pags inc etc cía cia ltda sa s.a c.a ud uds gral cnel tte "
    "prof profa arq abog av avda depto dpto mons fig tel ext vol cap mtro mtra q l bs us ec econ ab cpa lcda mgtr phd msc "
    "licdo agr agron abg abgda civ mg mgs mag psic odont vet blga blgo crnl sgto pbro rev adm zoot elec mec quim hidr esp tec bach dip sen"
)
_ABBREVIATED = frozenset(_ABBREVIATIONS.split())
_SENTENCE_END = re.compile(r"[.!?](?:[»”\")])*\s+(?=[«“\"(¿¡]?[A-ZÁÉÍÓÚÑ0-9])|\n+")


def sentences(text: str) -> list[str]:
    """Sentences as printed. Abbreviations, initials and "Q. 5" end none.

    >>> sentences("Firmó el Lic. Paz. Costó Q. 5.00 en total.")
    ['Firmó el Lic. Paz.', 'Costó Q. 5.00 en total.']
    >>> sentences("Director: Ing. Agr. Luis Paz. Coordina la Abg. Ana Sol.")
    ['Director: Ing. Agr. Luis Paz.', 'Coordina la Abg. Ana Sol.']
    """
    found, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        before = text[start : match.start()].rsplit(None, 1)
        last = fold(before[-1]).strip("(«“\"'") if before else ""
        if match.group()[0] == "." and (last in _ABBREVIATED or re.fullmatch(r"[a-z](?:\.[a-z])*|\d{1,2}", last)):
            continue
        found.append(text[start : match.end()].strip())
        start = match.end()
    return [s for s in (*found, text[start:].strip()) if s]
