"""Metadata printed as "KEY: value": the head of a memo, the head and foot that a system prints on each page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.model import Fact
from index.text import fold

_PEOPLE = "para|de|a|via|atencion|at|attn|cc|dirigido|dirigido a|remitente|destinatario|elaboro|reviso|aprobo|elaborado por|revisado por|aprobado por|por medio de"
_MEMO = "fecha|asunto|ref|referencia|c.c.|ccp|lugar|tema|objeto|cargo|adjunto|anexo|anexos|no|expediente|oficio|solicitud|con copia|con copia a"
_REPORT = (
    "rep|reporte|gestion|periodo|ejercicio|usuario|hora|fecha|entidad|institucion|moneda|mes|ano|pagina|pag|version|ue|"
    "ga|programa|organismo|sistema|informe|formulario|expresado|corte|estado|jurisdiccion|servicio|departamento|"
    "municipio|dependencia|sector|unidad|cuenta|grupo|tipo|filtro|filtros|desde|hasta|unidad ejecutora|"
    "gerencia administrativa|fecha de corte|fecha de impresion|hora de impresion|fecha de emision|fecha de reporte|"
    "fecha reporte|expresado en|periodo del|periodo desde|ejercicio fiscal|ano fiscal|fecha y hora|"
    "unidad administrativa|codigo de reporte|no. de reporte|fuente de financiamiento|generado por|impreso por|"
    "usuario que imprime|fecha de generacion|emitido|emision|impreso|impresion|generado"
)
PEOPLE_KEYS = frozenset(_PEOPLE.split("|"))
MEMO_KEYS = PEOPLE_KEYS | frozenset(_MEMO.split("|"))
REPORT_KEYS = frozenset(_REPORT.split("|"))

_KEY = r"[A-ZÁÉÍÓÚÜÑ][A-Za-zÁÉÍÓÚÜÑáéíóúüñ]*(?:\.?[ ][A-Za-zÁÉÍÓÚÜÑáéíóúüñ]+){0,3}\.?"
_PAIR = re.compile(rf"(?P<key>{_KEY})\s*:")
_DATE = r"\d{1,2}[/-]\d{1,2}[/-]\d{2,4}"
_TIME = r"\d{1,2}:\d{2}(?::\d{2})?\s*(?:[ap]\.?\s?m\.?)?"
_STAMP = re.compile(rf"(?P<date>{_DATE})(?:\s+(?P<time>{_TIME}))?|(?P<alone>{_TIME})", re.IGNORECASE)
_PAGE = re.compile(
    r"\b(?:p[aá]g(?:ina)?s?\b\.?|hoja|page)\s*(?:n[°ºo]\.?\s*)?:?\s*(?P<n>\d+)(?:\s*(?:de|/|of)\s*(?P<m>\d+))?",
    re.IGNORECASE,
)
_LETTER = re.compile(
    r"^(?P<kind>MEMOR[AÁ]ND(?:O|UM|UN)|OFICIO|CIRCULAR|NOTA|RESOLUCI[OÓ]N|ACUERDO|INFORME|DICTAMEN|PROVIDENCIA|ACTA|"
    r"EXPEDIENTE)(?P<more>(?:\s+(?!N[OoUuÚú°º])[A-ZÁÉÍÓÚÑ]{2,}(?=\s)){0,2})\s+(?:N[°ºOo]\.?|Nro\.?|N[uúUÚ]m\.?|#)?\s*[:.]?\s*"
    r"(?P<code>[A-Z0-9][\w./-]*\d[\w./-]*)\.?$"
)
# In small letters only what is sent, and only by a number that is none of a list: "Oficio CNAO-DG-233-2024".
_LETTER_SMALL = re.compile(
    r"^(?P<kind>Memor[aá]nd(?:o|um)|Oficio|Circular|Providencia|Expediente)\s+(?:N[.°ºo]+|Nro\.?|N[uú]m\.?|#)?\s*[:.]?\s*"
    r"(?P<code>[A-Z0-9]+(?:[-/.][A-Z0-9]+)+)\.?$"
)
_NO_KEYS = ("total", "tot al", "subtotal", "sub total", "nota", "fuente", "elaboracion", "observacion")
_STAMPED = frozenset(("emitido", "emision", "impreso", "impresion", "generado"))
_SECTION_KEYS = frozenset(("mision", "vision", "objetivo", "objetivos", "meta", "metas", "valores", "resultado", "resultados",
                           "cuadro", "tabla", "grafico", "figura", "anexo", "articulo", "capitulo"))  # fmt: skip
_FIGURES = re.compile(r"[-\d.,%]+(?:\s+[-\d.,%]+)+")  # a row of a table, not the value of a key
_COPY = re.compile(r"^(?:c\.?\s?c\.?\s?(?:p\.?)?|con copia(?: a)?)\s*[.:]\s*(?P<value>\S.*)$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class HeadLine:
    """What one running head or foot line says. page: (number, of how many or None)."""

    facts: tuple[Fact, ...]
    page: tuple[int, int | None] | None = None


def key_name(text: str) -> str:
    """A key as `Fact.key` holds it.

    >>> key_name("GESTIÓN ")
    'gestion'
    """
    return fold(text).rstrip(" .")


def page_mark(text: str) -> tuple[int, int | None] | None:
    """The page number when a line is nothing but one ("Página 3 de 5", "Pág. 2", "- 4 -"), else None."""
    found = _PAGE.fullmatch(text.strip(" -–—|"))
    if found:
        return int(found["n"]), int(found["m"]) if found["m"] else None
    dashed = re.fullmatch(r"[-–—]\s*(\d{1,4})\s*[-–—]", text.strip())
    return (int(dashed[1]), None) if dashed else None


def parse_head_line(text: str) -> HeadLine | None:
    """Facts of a line made of nothing but KEY:value pairs, date, time and page number; None for any other line.

    A key must be one that systems print (`REPORT_KEYS`) or stand in capitals.
    """
    line = " ".join(text.split())
    facts: list[Fact] = []
    page: tuple[int, int | None] | None = None
    found = _PAGE.search(line)
    if found and (found["m"] or page_mark(line)):
        page = int(found["n"]), int(found["m"]) if found["m"] else None
        value = f"{page[0]} de {page[1]}" if page[1] else str(page[0])
        facts.append(Fact(key="pagina", value=value, quote=found.group()))
        line = (line[: found.start()] + " " + line[found.end() :]).strip(" |")
    pairs, rest = _pairs(line)
    if pairs is None:
        return None
    stamp = _STAMP.search(rest)
    while stamp:
        key = "hora" if stamp["alone"] else "fecha y hora" if stamp["time"] else "fecha del reporte"
        facts.append(Fact(key=key, value=stamp.group().strip(), quote=text.strip()))
        rest = rest[: stamp.start()] + rest[stamp.end() :]
        stamp = _STAMP.search(rest)
    if rest.strip(" .|-") or not (facts or pairs):
        return None
    facts.extend(Fact(key=key, value=value, quote=text.strip()) for key, value in pairs)
    return HeadLine(facts=tuple(facts), page=page)


def _pairs(line: str) -> tuple[list[tuple[str, str]] | None, str]:
    """KEY:value pairs and what stands outside them (dates); None when a key is none that a system prints."""
    starts = [m for m in _PAIR.finditer(line) if not line[: m.start()] or line[m.start() - 1] in " |"]
    kept: list[tuple[int, int, str]] = []
    for match in starts:
        place = _split_key(match["key"], first=match.start() == 0)
        if place is None:
            if match.start() == 0:
                return None, line
            continue
        kept.append((match.start() + place, match.end(), match["key"][place:]))
    rest = line[: kept[0][0]] if kept else line
    pairs = []
    for i, (_, end, key) in enumerate(kept):
        value = line[end : kept[i + 1][0] if i + 1 < len(kept) else len(line)].strip(" |")
        name = key_name(key)
        stamp = _STAMP.search(value)
        if stamp and stamp["time"] and not any(word in name for word in ("fecha", "hora")):
            rest += " " + stamp.group()
            value = (value[: stamp.start()] + value[stamp.end() :]).strip()
            if not value and name in _STAMPED:
                continue  # "EMITIDO: 05/02/2021 06:18" is told as the date and time it is
        pairs.append((name, value))
    if any(len(v.split()) > 14 or k.startswith(_NO_KEYS) or _FIGURES.fullmatch(v) for k, v in pairs):
        return None, line
    return pairs, rest


def _split_key(key: str, *, first: bool) -> int | None:
    """Where in "2021 EJERCICIO" or "ENERO EJERCICIO" the key starts; None when it holds none."""
    words = key.split(" ")
    for start in range(len(words)):
        tail = " ".join(words[start:])
        if key_name(tail) in REPORT_KEYS:
            return len(" ".join(words[:start])) + (1 if start else 0)
    return 0 if first and key.isupper() and len(key) > 2 and key_name(key) not in MEMO_KEYS else None


def letter_number(text: str) -> Fact | None:
    """The number of a letter from its title line: "MEMORANDO X-002-2021" → memorando = X-002-2021."""
    line = " ".join(text.split())
    found = _LETTER.match(line) or _LETTER_SMALL.match(line)
    if not found:
        return None
    kind = key_name(found["kind"])
    return Fact(key="memorando" if kind.startswith("memorand") else kind, value=found["code"], quote=line)


def memo_pair(text: str) -> tuple[str, str] | None:
    """("para", "Lic. X") for a line of a memo head, None for another line. The value may be empty."""
    line = " ".join(text.split())
    copy = _COPY.match(line)
    if copy:
        return "cc", copy["value"]
    found = re.match(rf"({_KEY})\s*[:：]\s*(.*)$", line)
    if not found or key_name(found[1]) not in MEMO_KEYS or (found[1].islower() or len(found[2]) > 200):
        return None
    return key_name(found[1]), found[2].strip()


def head_pair(text: str) -> tuple[str, str] | None:
    """("directora", "Ana Ruiz") for any short "Key: value" line, as they head reports; None for another line.

    Keys that name a section ("Misión: …") or a note and values that are sentences are prose.
    """
    line = " ".join(text.split())
    found = re.match(rf"({_KEY})\s*:\s+(\S.*)$", line)
    if not found or len(found[2].split()) > 14 or len(found[2]) > 110:
        return None
    key = key_name(found[1])
    if (
        key.startswith(_NO_KEYS)
        or key.split()[0] in _SECTION_KEYS
        or (found[2].endswith(".") and len(found[2].split()) > 6)
    ):
        return None
    return key, found[2].strip()
