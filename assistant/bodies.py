"""Names of public bodies in a question, and words that are others spelt or derived otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from assistant.numerals import Token
from assistant.question import Analysis
from index.once import once
from index.spelling import sounds_alike
from index.text import stem, words
from tools.catalogue import Catalogue, TableView, content_stems, naming_stems
from tools.matching import RowMatch, label_stems_of

_BODIES = tuple(  # as written: "intendente" is a person and shares its stem with "intendencia"
    (frozenset(group.split()), frozenset(stem(w) for w in group.split()))
    for group in (
        "municipio municipalidad municipal alcaldia ayuntamiento canton cantonal distrito distrital gad intendencia",
        "provincia provincial gobernacion prefectura departamento departamental",
        "ministerio secretaria cartera",
        "hospital clinica",
        "universidad facultad",
        "instituto institucion agencia",
    )
)


def same_body(word: str, view: TableView) -> bool:
    """Whether a word for a kind of public body ("el municipio") fits the body of the report ("Alcaldía de…")."""
    return any(word in group and not names.isdisjoint(_names(view)) for group, names in _BODIES)


@once
def _names(view: TableView) -> frozenset[str]:
    return naming_stems(view.document)


_OFFICES = frozenset("administracion servicio direccion autoridad institucion entidad oficina organismo ente".split())


def adjective_of_body(view: TableView, analysis: Analysis, position: int) -> bool:
    """ "La administración aduanera" is the report of "Aduanas": an office and the adjective of the institution's name."""
    tokens = analysis.tokens
    place = position if tokens[position].text in _OFFICES else position - 1
    if place < 0 or place + 1 >= len(tokens) or tokens[place].text not in _OFFICES:
        return False
    adjective = tokens[place + 1].text
    names = words(" ".join((view.document.institution or "", *view.document.aliases)))
    return any(kin(name, adjective) for name in names if len(name) > 4)


_UNITS = frozenset(
    "direccion departamento unidad coordinacion gerencia oficina programa area division subdireccion".split()
)


def lone_names(catalogue: Catalogue, view: TableView, analysis: Analysis) -> frozenset[int]:
    """One common word of the institution's name that names a row too: "senderos" is not yet the "Servicio de Senderos".

    Nor is "la Dirección de Educación" the "Instituto de Educación": what follows the name of a unit is its own.
    """
    name = _names(view)
    short, own = _short_names(view), _own_words(view)
    tokens = [t for t in analysis.tokens if t.content]
    found: set[int] = set()
    for place, token in enumerate(tokens):
        if token.stem not in name - own or token.text in short or len(name) < 2:
            continue
        around = [*tokens[max(0, place - 1) : place], *tokens[place + 1 : place + 2]]
        unit = place > 0 and tokens[place - 1].text in _UNITS and tokens[place - 1].stem not in name
        if any(t.stem in name for t in around):
            continue
        if unit or any(not e.total and e.named_by(token.stem) for e in catalogue.entities_of(view)):
            found.add(token.position)
    return frozenset(found | _names_of_rows(view, analysis, name))


@once
def _short_names(view: TableView) -> frozenset[str]:
    texts = (*view.document.aliases, re.sub(r"[\W_]+", " ", view.document.file))
    return frozenset(w for text in texts for w in words(text))


@once
def _own_words(view: TableView) -> frozenset[str]:
    """What the table says of itself, and the word for the kind of its institution."""
    return view.about | view.title | view.header | view.nouns | set(content_stems(view.document.institution or "")[:1])


_CALLED = re.compile(
    r"(?:sub)?programas?|proyectos?|actividad(?:es)?|productos?|componentes?|rubros?|partidas?|lineas?|obras?|servicios?"
)


@once
def _calling(analysis: Analysis) -> tuple[Token, ...]:
    return tuple(t for t in analysis.tokens if t.content or _CALLED.fullmatch(t.text))


def _names_of_rows(view: TableView, analysis: Analysis, name: frozenset[str]) -> set[int]:
    """ "El programa Cosecha de agua" of the "Agencia de Cosecha de Agua": a row is named, and not the institution.

    Where the words begin the label of a row: right after a word for what rows are, or two of them and not the whole
    name, without the word for its kind ("agencia") before them.
    """
    tokens = _calling(analysis)
    kind = content_stems(view.document.institution or "")[:1]
    found: set[int] = set()
    for place in range(-1, len(tokens)):
        run = list(takewhile(lambda t: t.content and t.stem in name, tokens[place + 1 :]))
        if not run:
            continue
        called = place >= 0 and _CALLED.fullmatch(tokens[place].text) is not None
        of_body = place >= 0 and (
            tokens[place].stem in name or tokens[place].stem in kind or tokens[place].text in _OFFICES
        )
        whole = {t.stem for t in run} >= name - set(kind)
        if not called and (len(run) < 2 or of_body or whole):
            continue
        said = tuple(t.stem for t in run)
        if any(label[: len(run)] == said for label in label_stems_of(view)):
            found |= {t.position for t in run}
    return found


def near_label(view: TableView, analysis: Analysis, rows: Sequence[RowMatch], left: frozenset[int]) -> frozenset[int]:
    """Words left over that are a word of the matched label spelt otherwise, by the report or by the person."""
    if len(rows) != 1 or rows[0].own is None or not (rows[0].run or rows[0].lead):
        return frozenset()
    label = {w for w in words(view.table.rows[rows[0].own].label) if len(w) > 5}
    return frozenset(
        i
        for i in left
        if len(analysis.tokens[i].text) > 5
        and any(sounds_alike(analysis.tokens[i].text, w) or kin(analysis.tokens[i].text, w) for w in label)
    )


_ADJECTIVE = re.compile(r"(?:ari[oa]|er[oa])s?")


def kin(word: str, other: str) -> bool:
    """ "Comisiones de los bancos" where the label says "comisiones bancarias": a noun and its adjective.

    >>> kin("bancos", "bancarias"), kin("personas", "personal")
    (True, False)
    """
    short, long = sorted((word, other), key=len)
    root = re.sub(r"[aeo]s?$", "", short)
    return len(root) > 3 and long.startswith(root) and _ADJECTIVE.fullmatch(long[len(root) :]) is not None
