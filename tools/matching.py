"""From the words of a question to rows and columns of a table.

Every content word must be accounted for by something the table or its document says; what is left over is reported,
never waved through.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

from index.lexicon import lexicon
from index.model import Column, Level, Role, RowKind
from index.once import once
from index.text import STOPWORDS, fold, stem
from index.text import words as split_words
from tools.catalogue import Catalogue, Entity, TableView, content_stems

TOTAL_STEMS = frozenset(stem(w) for w in "total totales general institucional suma gran".split())


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A word of the question at its position. telling: False for courtesy and light verbs, which name no row alone."""

    position: int
    text: str
    stem: str
    telling: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class RowMatch:
    """Rows a question may mean. whole: the table as such, no row being named.

    explained: positions of the words that the row's label, code, group or ancestors account for.
    full: every content word of the label stands in the question. run: neighbouring words of the question that are
    neighbours in the label too. coverage: share of the label that the question names.
    """

    label: str
    rows: tuple[int, ...]
    explained: frozenset[int] = frozenset()
    own: int | None = None
    full: bool = False
    run: int = 0
    lead: bool = False  # the question holds the first words of the label
    coverage: float = 0.0
    gain: float = 0.0
    spelled: int = 0  # words of the label that the question holds letter by letter ("plan", not "planes")
    keyed: int = 0  # category cells of the row that the question says whole ("Personal", not "Servicios no personales")
    size: int = 0  # words accounted for, those that only name the report left out
    entity: Entity | None = None
    whole: bool = False
    kind: bool = False  # the rows whose labels begin with the label ("monitoreos"), to be chosen among
    twins: tuple[RowMatch, ...] = ()  # other rows of the same code under other names
    within: RowMatch | None = None  # the group the row was named inside of


@dataclass(frozen=True, kw_only=True, slots=True)
class ColumnMatch:
    """A column a question may mean. exact: the measure named is the column's own, not a stand-in."""

    column: Column
    explained: frozenset[int]
    exact: bool
    rank: int  # place in the measure's list of stand-ins


def whole_table(view: TableView) -> RowMatch:
    """The match that stands for the table as a whole."""
    return RowMatch(label="", rows=tuple(r.index for r in view.table.rows if r.kind is RowKind.DATA), whole=True)


@once
def label_stems_of(view: TableView) -> tuple[tuple[str, ...], ...]:
    """The stems of the label of each row."""
    return tuple(content_stems(row.label) for row in view.table.rows)


def match_rows(
    catalogue: Catalogue,
    view: TableView,
    words: Sequence[Word],
    strict: frozenset[int],
    boost: frozenset[str] = frozenset(),
) -> tuple[RowMatch, ...]:
    """Candidate rows and groups, best first; equal neighbours at the top are rivals.

    strict: positions that neither the document, nor the table as a whole, nor the operation accounts for. Only those
    force a row; a label that the question names whole is a match as well.
    boost: stems of labels' trailing participles ("realizadas"), which nobody is expected to type.
    """
    positions: dict[str, list[int]] = {}
    for word in words:
        positions.setdefault(word.stem, []).append(word.position)
    said = frozenset(w.text for w in words)
    order = [w.stem for w in sorted(words, key=lambda w: w.position)]
    telling = {w.stem for w in words if w.telling}
    found = []
    for entity in catalogue.entities_of(view):
        if telling.isdisjoint(entity.stems) and telling.isdisjoint(entity.short):
            continue
        match = _score(catalogue, view, entity, positions, strict, order, boost, said)
        if match is not None:
            found.append(replace(match, spelled=_spelled(entity, said)))
    ranked = sorted(found, key=lambda m: (*(-x for x in strength(m)), m.rows))
    unique: dict[tuple[int, ...], RowMatch] = {}
    for match in ranked:  # one set of rows may have two names: the better said one stands
        unique.setdefault(match.rows, match)
    return tuple(unique.values())


def strength(match: RowMatch) -> tuple[float, ...]:
    """What ranks one match over another: what it must explain, the label named whole, neighbours, words of its own."""
    return (
        round(match.gain, 6),
        float(match.full),
        float(match.run),
        float(match.keyed),
        float(match.lead),
        float(match.size),
        float(match.full and match.spelled),
    )


def _spelled(entity: Entity, said: frozenset[str]) -> int:
    return sum(w in said for w in set(split_words(entity.text)))


def _score(
    catalogue: Catalogue,
    view: TableView,
    entity: Entity,
    positions: dict[str, list[int]],
    strict: frozenset[int],
    order: list[str],
    boost: frozenset[str],
    said: frozenset[str],
) -> RowMatch | None:
    names = (*entity.stems, *entity.short)
    own = _beside(frozenset(p for s in names for p in positions.get(s, ())), positions)
    above = _around(view, entity.rows[0]) if len(entity.rows) == 1 else ()
    around = frozenset(p for s in above for p in positions.get(s, ()))
    # a label's first word is what it is called by: only a participle after it may go untyped
    first = next((s for s in entity.stems if not s.isdigit()), None)
    untyped = (boost & _tail(entity.text)) - {first}
    needed = [s for s in entity.stems if s not in untyped and not s.isdigit()] or list(entity.stems)
    told = [s for s in needed if len(s) > 1]  # "S.E." may go unsaid, but "Total H.C.D." is not the total
    needed = told if len(told) > 1 and not set(told) <= TOTAL_STEMS else needed
    full = all(s in positions for s in needed)
    gain = sum(catalogue.idf(s) for s, ps in positions.items() if set(ps) & strict & (own | around))
    mine = sum(catalogue.idf(s) for s, ps in positions.items() if set(ps) & strict & own)
    document = catalogue.document_stems[view.document.id]
    lead = _leads(entity, order, document) and not (not mine and entity.stems[:1] and entity.stems[0] in TOTAL_STEMS)
    if not mine and not full and not lead:
        return None
    if not mine and set(entity.stems) <= TOTAL_STEMS | document and set(entity.stems) & TOTAL_STEMS:
        return None  # "en total" asks for the table as a whole, "Total Nacional" of a national institution included
    if not mine and entity.column >= 0 and set(entity.stems) <= view.nouns:
        return None  # "los productos" where some of them are counted in "productos": what the rows are
    if not mine and set(entity.stems) <= document and not _told_as_spelled(view, entity, said):
        return None  # the institution itself: the whole table, not a row that happens to carry its name
    labels = set(zip(entity.stems, entity.stems[1:], strict=False))
    return RowMatch(
        label=entity.text,
        rows=entity.rows,
        own=entity.own,
        explained=own | around,
        size=sum(len(ps) for s, ps in positions.items() if s not in document and set(ps) & (own | (around & strict))),
        full=full,
        lead=lead,
        run=len(set(pairwise(order)) & labels),
        keyed=_keyed(view, entity, positions),
        coverage=sum(s in positions for s in needed) / len(needed),
        gain=gain,
        entity=entity,
    )


def _told_as_spelled(view: TableView, entity: Entity, said: frozenset[str]) -> bool:
    """Whether a label is said word by word and the report's name has another form of it.

    "Economías de Gestión" is a row of the report of a "Ministerio de Economía y Gestión".
    """
    label = {w for w in split_words(entity.text) if w not in STOPWORDS}
    document = view.document
    # a line of a table that stands for a missing title names no report
    title = "" if split_words(document.title) == split_words(entity.text) else document.title
    names = {w for name in (document.institution or "", title, *document.aliases) for w in split_words(name)}
    return len(label) > 1 and label <= said and not label <= names


_PARTICIPLE = re.compile(r"\w+(?:[ai]d|ech|uest|crit|ert|ist)[oa]s?")


@lru_cache(maxsize=50_000)
def _tail(text: str) -> frozenset[str]:
    """Stems of the participles that a label ends in ("…, elaborados y aprobados")."""
    found = set()
    for word in reversed(split_words(text)):
        if word not in ("y", "e") and not _PARTICIPLE.fullmatch(word):
            break
        found.add(stem(word))
    return frozenset(found)


def _beside(found: frozenset[int], positions: dict[str, list[int]]) -> frozenset[int]:
    """Of a word said twice, the one that stands with the others of the label ("se pagó de pago de impuestos")."""
    kept = set(found)
    for places in positions.values():
        inside = [p for p in places if p in found]
        if len(inside) < 2:
            continue
        others = found - set(inside)
        near = [p for p in inside if any(abs(p - o) <= 2 for o in others)]
        if near:
            kept -= set(inside) - set(near)
    return frozenset(kept)


def _leads(entity: Entity, order: list[str], document: frozenset[str]) -> bool:
    """Whether the question holds the first words of a label one after the other, more than the report's own name."""
    count = 0
    named = [s for s in entity.stems if not s.isdigit()]
    for size in range(2, len(named) + 1):
        head = named[:size]
        if any(order[i : i + size] == head for i in range(len(order) - size + 1)):
            count = size
    return count >= 2 and not set(named[:count]) <= document


def _keyed(view: TableView, entity: Entity, positions: dict[str, list[int]]) -> int:
    """How many category cells of a single row the question says whole, codes aside, beside what its label says.

    "Capacitación al personal" does not say the category "Personal".
    """
    if len(entity.rows) != 1:
        return 0
    row = view.table.rows[entity.rows[0]]
    found = 0
    for column in view.table.columns:
        if column.role is Role.KEY and column.index < len(row.cells):
            said = [s for s in content_stems(row.cells[column.index].text) if not s.isdigit()]
            found += bool(said) and all(s in positions for s in said) and not set(said) <= set(entity.stems)
    return found


@once
def _around(view: TableView, index: int) -> frozenset[str]:
    """Stems of what a row stands under: parents, section, keys. They tell equal labels apart."""
    table = view.table
    row = table.rows[index]
    found: set[str] = set()
    parent = row.parent
    while parent is not None:
        found |= set(content_stems(table.rows[parent].label))
        parent = table.rows[parent].parent
    for column in table.columns:
        if column.role in (Role.KEY, Role.TEXT) and column.index < len(row.cells):
            cell = row.cells[column.index]
            found |= set(content_stems(cell.text or cell.inferred or ""))
    return frozenset(found)


def match_columns(
    view: TableView, words: Sequence[Word], mentions: Sequence[tuple[str, frozenset[int]]], level: Level | None
) -> tuple[ColumnMatch, ...]:
    """Number columns that some word of the question names, by measure or by the words of their header."""
    found = []
    headings = _headings(view)
    for column in view.numbers:
        explained: set[int] = set()
        exact, rank = False, 99
        for measure, positions in mentions:
            place = stands_for(measure, column, level)
            if place is not None:
                explained |= positions
                exact = exact or place == 0
                rank = min(rank, place)
        header = headings[column.index]
        explained |= {w.position for w in words if w.stem in header}
        if explained:
            found.append(ColumnMatch(column=column, explained=frozenset(explained), exact=exact, rank=rank))
    return tuple(found)


@once
def _headings(view: TableView) -> dict[int, frozenset[str]]:
    """Stems of the header of each column of figures."""
    return {
        c.index: frozenset(stem(w) for part in c.path for w in re.findall(r"[a-z0-9]+", fold(part)))
        for c in view.numbers
    }


def stands_for(measure: str, column: Column, level: Level | None) -> int | None:
    """0 when the column holds the measure, 1.. when it is an accepted stand-in, None when it does not serve."""
    if level is not None and column.level is not None and column.level is not level:
        return None
    if column.unit in ("%", "ratio") and measure != "porcentaje":
        return None
    return _places(measure).get(column.measure)


_TWINS = {"ejecutado": "alcanzado", "alcanzado": "ejecutado"}


@cache
def _places(measure: str) -> dict[str | None, int]:
    """The measures that stand in for one by their rank, the measure itself first."""
    twin = (_TWINS[measure],) if measure in _TWINS else ()
    options = (measure, *twin, *lexicon().measures[measure].accepts)
    return {option: options.index(option) for option in options}
