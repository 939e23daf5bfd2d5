"""Words of a question that a table, its report and the kind of its rows account for. What is left over is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from assistant.bodies import adjective_of_body, same_body
from assistant.question import Analysis
from index.model import Role
from index.once import once
from index.spelling import is_spanish
from index.text import STOPWORDS, fold, stem
from tools.access import code_column
from tools.catalogue import Catalogue, TableView, content_stems, country_names
from tools.matching import (
    RowMatch,
)

_GENERIC_NOUNS = frozenset(
    stem(w)
    for w in "rubro rubros concepto conceptos renglon renglones linea lineas fila filas elemento elementos item items "
    "categoria categorias cuenta cuentas area areas unidad unidades dependencia dependencias partida partidas grupo "
    "grupos sector sectores capitulo capitulos titulo indicador indicadores nivel objeto objetos tipo tipos clase clases".split()
)


_HOW = frozenset({"financieramente", "fisicamente", "presupuestariamente"})  # never a row: "activos financieros"


@once
def told_how(analysis: Analysis) -> frozenset[int]:
    """The adverbs that tell goals from money."""
    return frozenset(t.position for t in analysis.tokens if t.text in _HOW)


def is_kind(stem_: str) -> bool:
    """Whether a stem is of a word for what rows are in general ("capítulo", "partida")."""
    return stem_ in _GENERIC_NOUNS


_ROW_NOUNS = frozenset(stem(w) for w in "actividad actividades programa programas proyecto proyectos".split())


def is_row_noun(stem_: str) -> bool:
    """Whether a stem is of an activity, a programme or a project."""
    return stem_ in _ROW_NOUNS


MONEY_WORDS = frozenset({"plata", "dinero", "lana", "pisto"})


NEUTRAL_WORDS = frozenset(
    stem(w)
    for w in "monto montos cifra cifras valor valores importe importes dinero cuadro tabla informe reporte periodo "
    "resultado resultados dato datos ejercicio fiscal gestion hoja hojas pestana apartado programatica programaticas programatico programaticos".split()
)


def context_words(view: TableView, analysis: Analysis) -> frozenset[int]:
    """Words that the document, the caption, the section or the nature of the rows accounts for."""
    found = set()
    for token in analysis.tokens:
        if not token.content:
            continue
        if (
            (token.stem in view.words and not _lone_number(view, analysis, token.position))
            or token.stem in view.nouns
            or token.stem in unit_stems(view)
            or same_body(token.text, view)
            or (token.text in PEOPLE | _EMPLOYED and counts_people(view))
            or adjective_of_body(view, analysis, token.position)
            or (token.text in view.systems and _of_report(analysis, token.position))
            or (token.stem in _GENERIC_NOUNS and any(c.role in (Role.LABEL, Role.KEY) for c in view.table.columns))
            or (token.stem in _ROW_NOUNS and any(c.role is Role.LABEL and not c.path for c in view.table.columns))
            or (
                token.text in _CODED_NOUNS
                and (
                    asked_for(analysis, token.position) or any(token.position - 1 in s.tokens for s in analysis.stated)
                )
                and code_column(view.table) is not None
            )
        ):
            found.add(token.position)
    return frozenset(found)


def _lone_number(view: TableView, analysis: Analysis, position: int) -> bool:
    """ "Lo ejecutado del 2": the number of the caption ("Cuadro 2") does not say which two is meant.

    It does with the words after it ("el cuadro de 2. Ejecución por objeto").
    """
    text = analysis.tokens[position].text
    after = analysis.tokens[position + 1 : position + 2]
    return text.isdigit() and len(text) < len("2024") and not (after and after[0].stem in view.title | view.words)


def classing_words(analysis: Analysis, rows: Sequence[RowMatch], used: frozenset[int]) -> frozenset[int]:
    """ "El proyecto Dotación de material": the kind of thing said right before a label that is named whole."""
    if not used or not all(m.full and not m.whole for m in rows):
        return frozenset()
    found = set()
    for token in analysis.tokens:
        after = next((t for t in analysis.tokens[token.position + 1 :] if t.text not in STOPWORDS), None)
        if token.stem in _CLASSES and token.position not in used and after is not None and after.position in used:
            found.add(token.position)
    return frozenset(found)


_CLASSES = (
    _ROW_NOUNS
    | _GENERIC_NOUNS
    | frozenset(
        stem(w)
        for w in "obra obras producto productos meta metas servicio subprograma componente fuente municipio centro sede".split()
    )
)


PEOPLE = frozenset(
    "persona personas gente empleado empleados empleada empleadas trabajador trabajadores trabajadoras funcionario funcionarios "
    "servidor servidores personal plantilla planilla nomina dotacion plazas colaboradores".split()
)


_EMPLOYED = frozenset(
    "contratado contratada contratados contratadas laboran labora trabajan trabaja emplea emplean".split()
)


@once
def counts_people(view: TableView) -> bool:
    """Whether a table counts who works there, by sex: "personas" and "planilla" are what it is about."""
    return stem("mujeres") in view.header and bool({stem("hombres"), stem("varones")} & view.header)


_CODED_NOUNS = frozenset({"programa", "programas", "actividad", "actividades"})


def asked_for(analysis: Analysis, position: int) -> bool:
    """ "Qué programa…", "cuántas actividades…", "programa con más…": the kind of thing, and not a row's name."""
    before = analysis.tokens[position - 1].text if position else ""
    after = analysis.tokens[position + 1].text if position + 1 < len(analysis.tokens) else ""
    asked = [t.text for t in analysis.tokens[max(0, position - 2) : position]]
    if asked[-1:] in (["el"], ["la"]) and asked[:1] in (["es"], ["fue"], ["cual"]) and after in ("con", "que"):
        return True  # "¿cuál es la actividad que más plata tiene?"
    if before in ("por", "de", "del", "la", "esta", "esa"):
        return False
    return before in ("que", "cual", "cuales", "cuantos", "cuantas", "es", "fue") or after in (
        "con",
        "que",
        "hay",
        "tiene",
        "tienen",
    )


_PLAIN_HEADERS = frozenset(stem(w) for w in "concepto denominacion descripcion rubro nombre detalle partida".split())


def kind_words(view: TableView, analysis: Analysis, rows: Sequence[RowMatch]) -> frozenset[int]:
    """ "Los programas de inversión": what the rows under the one named are, where the table calls them but concepts."""
    heads = {s for c in view.table.columns if c.role is Role.LABEL for part in c.path for s in content_stems(part)}
    if len(rows) > 1 or rows[0].whole or len(rows[0].rows) + (rows[0].own is not None) < 2:
        below = rows[0].own is not None and any(r.parent == rows[0].own for r in view.table.rows)
        if not below or len(rows) > 1:
            return frozenset()
    if not heads <= _PLAIN_HEADERS | view.about:
        return frozenset()
    return frozenset(t.position for t in analysis.tokens if t.stem in _ROW_NOUNS and t.text.endswith("s"))


def _of_report(analysis: Analysis, position: int) -> bool:
    """ "El reporte SIAFI": an acronym right after a word for the report says where it comes from."""
    before = analysis.tokens[max(0, position - 2) : position]
    return any(t.position in analysis.generic or t.text in ("sistema", "consolidado") for t in before)


@lru_cache(maxsize=4096)
def _unit_stems_of(texts: frozenset[str]) -> frozenset[str]:
    return frozenset(stem(w) for text in texts for w in text.split())


_CURRENCY_WORDS = {
    "GTQ": "quetzal quetzales", "HNL": "lempira lempiras", "MXN": "peso pesos", "ARS": "peso pesos", "COP": "peso pesos",
    "CLP": "peso pesos", "UYU": "peso pesos", "DOP": "peso pesos", "USD": "dolar dolares", "CRC": "colon colones",
    "NIO": "cordoba cordobas", "PEN": "sol soles", "BOB": "boliviano bolivianos", "PYG": "guarani guaranies",
    "PAB": "balboa balboas", "VES": "bolivar bolivares", "CUP": "peso pesos",
}  # fmt: skip


@once
def unit_stems(view: TableView) -> frozenset[str]:
    """Words for the unit the table is in: "quetzales", "documentos"."""
    currency = view.table.currency or view.document.currency or ""
    units = {_CURRENCY_WORDS.get(currency, "")}
    for column in view.table.columns:
        if column.measure == "unidad_medida":
            units |= {row.cells[column.index].text.lower() for row in view.table.rows if column.index < len(row.cells)}
    return _unit_stems_of(frozenset(units))


_BODIES = frozenset(stem(w) for w in "direccion secretaria oficina ministerio organo ente".split())


def heads_a_row(catalogue: Catalogue, view: TableView, analysis: Analysis) -> frozenset[int]:
    """ "La Dirección" of a report whose institution is none, where a row begins with that word: it is the row."""
    mine = catalogue.document_stems[view.document.id]
    said = {i for i in analysis.generic if analysis.tokens[i].stem in _BODIES - mine - view.words}
    if not said:
        return frozenset()
    firsts = {content_stems(row.label)[:1] for row in view.table.rows if row.label}
    return frozenset(i for i in said if (analysis.tokens[i].stem,) in firsts)


@once
def claimed_words(analysis: Analysis) -> frozenset[int]:
    """Words that have a job other than naming a row."""
    groups: list[Iterable[int]] = [
        *analysis.cues.values(),
        *analysis.orders.values(),
        *analysis.conditions.values(),
        *(m.tokens for m in analysis.mentions),
        *(c.tokens for c in analysis.codes),
        *(c.tokens for c in analysis.tables),
        *(t.tokens for t in analysis.thresholds),
        analysis.count_tokens,
        analysis.generic,
        (t.position for t in analysis.tokens if t.stem in NEUTRAL_WORDS),
        told_how(analysis),
    ]
    return frozenset(i for group in groups for i in group)


def torn_ending(
    catalogue: Catalogue, analysis: Analysis, rows: Sequence[RowMatch], used: frozenset[int]
) -> frozenset[int]:
    """A mistyped participle right after a label named whole ("informes de supervisión, elabordos")."""
    if not used or not all(m.full for m in rows):
        return frozenset()
    last = max(used)
    names = {fold(name) for d in catalogue.documents.values() for name in d.aliases}
    return frozenset(
        t.position
        for t in analysis.tokens
        if last < t.position <= last + 2
        and re.search(r"[dt][oa]s?$", t.text)
        and t.text not in catalogue.words
        and t.text not in names
        and not is_spanish(t.text)
    )


def foreign_words(view: TableView, analysis: Analysis, rows: Sequence[RowMatch]) -> frozenset[int]:
    """Words that name a country other than the report's: they are never explained by a chance word of a label."""
    own = view.document.country
    if own is None or any(m.full for m in rows if not m.whole):
        return frozenset()
    return frozenset(i for code, named in _countries(analysis) if code != own for i in named)


@once
def _countries(analysis: Analysis) -> tuple[tuple[str, frozenset[int]], ...]:
    """The countries that a question names by their codes, each with the words that name it."""
    text = " ".join(t.text for t in analysis.tokens)
    names = ((code, name) for code, name in country_names().items() if re.search(rf"\b{name}\b", text))
    return tuple(
        (code, frozenset(t.position for t in analysis.tokens if t.content and t.text in name.split()))
        for code, name in names
    )
