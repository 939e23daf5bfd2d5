"""What a generated question is, and the phrases it is made of, each with the cells that it may mean."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from index.periods import describe
from index.text import fold
from tests.selfquestion.concepts import PHRASES, fair_phrases, loosely_named, named_by
from tests.selfquestion.grids import Grid, GridColumn, GridRow, World, roots

TOLERANCE = Decimal("0.0051")  # answers show two decimals


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """One fair way to take a question. Every entry of `figures` must be given, any of its alternatives; first one first.

    labels: names that must be told; others: names that must not. undefined: it cannot be computed and must be said.
    rises: whether the figure is an increase; None when no direction is asked.
    """

    figures: tuple[tuple[Decimal, ...], ...]
    place: str
    labels: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    undefined: bool = False
    rises: bool | None = None

    def same_as(self, other: Reading) -> bool:
        """Whether both readings are served by one answer."""
        return (
            self.undefined == other.undefined
            and len(self.figures) == len(other.figures)
            and set(self.labels) == set(other.labels)
            and all(
                any(abs(a - b) <= TOLERANCE for a in mine for b in theirs)
                for mine, theirs in zip(self.figures, other.figures, strict=True)
            )
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A question ready to be asked, with all that would be right. near: a longer name holds all the words used."""

    operation: str
    text: str
    readings: tuple[Reading, ...] = ()
    near: bool = False
    noise: str = "ninguno"
    twin: str | None = None  # what was swapped, for a question without answer
    follows: bool = False
    history: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    base: tuple[str, ...] = ()  # words that typos may touch

    @property
    def tied(self) -> bool:
        return any(not self.readings[0].same_as(other) for other in self.readings[1:])


@dataclass(frozen=True, kw_only=True)
class RowPhrase:
    """How the question names a row. of: as it follows a measure ("en julio"); part: as a part of a whole ("de julio")."""

    text: str
    of: str
    part: str
    fits: Callable[[Grid, GridRow], bool]
    exact: Callable[[GridRow], bool]


@dataclass(frozen=True, kw_only=True)
class Measure:
    """How the question names a column. synonym: in words that need not be the header's."""

    text: str
    bare: str
    fits: Callable[[GridColumn], bool]
    synonym: bool = False
    kin: Callable[[GridColumn], bool] = lambda _: False


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Where the question looks: words at its end, the grids they leave, names for the `documents` argument."""

    suffix: str
    grids: tuple[Grid, ...]
    documents: tuple[str, ...] = ()
    names_table: bool = False


@dataclass(kw_only=True)
class Maker:
    """Everything that makes questions about one store with one seeded source of chance."""

    world: World
    rng: random.Random
    grids: tuple[Grid, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.grids = tuple(g for g in self.world.grids if g.columns and g.rows)

    # Rows

    def row_phrase(self, grid: Grid, row: GridRow, scope: Scope) -> RowPhrase | None:
        """The row by its name, the start of its name, or its code."""
        if row.month is not None:
            return _month_phrase(row)
        ways = ["name", "name", "start"]
        if row.code and grid.noun and len(row.code) <= 14:
            ways += ["code", "both"]
        way = self.rng.choice(ways)
        if way in {"code", "both"}:
            return _code_phrase(grid, row, with_name=way == "both")
        label = row.label
        if way == "start" and len(label.split()) > 5:
            label = self._start(row, scope) or label
        if len(label.split()) > 16:
            return None
        return name_phrase(label)

    def _start(self, row: GridRow, scope: Scope) -> str | None:
        """The shortest start of a name that no other name holds."""
        words = row.label.split()
        if roots(words[0]) <= roots("total totales"):
            return None  # "total amortización de la deuda" asks for a total of whatever is called so
        for size in range(3, len(words)):
            start = " ".join(words[:size]).strip(" ,;:(")
            asked = roots(start)
            if len(asked) < 2 or not roots(words[size - 1]) or start.count("(") != start.count(")"):
                continue
            held = {fold(r.label).strip(" .:*") for g in scope.grids for r in g.table.rows if asked <= roots(r.label)}
            groups = {key for g in scope.grids for r in g.leaves for key in r.keys if asked <= roots(key)}
            if held == {fold(row.label)} and not groups:  # "630 - Agencia de Turismo" is a group of that name
                return start
        return None

    # Columns

    def measure(self, grid: Grid, column: GridColumn) -> Measure | None:
        """Words that name this column and no other of its table."""
        ways = [
            self._by_concept(grid, column),
            self._by_concept(grid, column, grouped=True),
            _by_header(column, 1),
            _by_header(column, 2),
        ]
        if self.rng.random() < 0.4:
            ways = [*ways[2:], *ways[:2]]
        for measure in ways:
            if measure is not None and [c for c in grid.columns if measure.fits(c)] == [column]:
                return replace(measure, kin=lambda c: akin(c, column))
        return None

    def _by_concept(self, grid: Grid, column: GridColumn, *, grouped: bool = False) -> Measure | None:
        concept = column.concept or ""
        where = (grid.table.caption, *grid.table.section, grid.document.title, grid.document.file.replace("_", " "))
        phrases = fair_phrases(concept, " ".join((*column.path, *where)))
        if not phrases or (grouped and not column.group):
            return None
        phrase = self.rng.choice(phrases)
        named = named_by(phrase, concept)
        if not grouped:
            return Measure(
                text=phrase,
                bare=_bare(phrase),
                synonym=True,
                fits=lambda c: c.concept in named and not c.accumulated and not ("gast" in phrase and c.of_income),
            )
        group = _lowered(column.group[-1])
        more = roots(group)
        if not more:
            return None
        return Measure(
            text=f"{phrase} de {group}",
            bare=f"{_bare(phrase)} de {group}",
            synonym=True,
            fits=lambda c: (
                c.concept in named
                and not c.accumulated
                # "de II cuatrimestre 2023" may be the table of that caption as well as the column of that heading
                and (more <= c.own or (c.table != grid.id and more <= c.own | c.about))
            ),
        )

    # Scope

    def scope(self, grid: Grid, *, table: bool) -> Scope:
        """Words for the report and, when asked for and possible, the table."""
        suffix, documents, argument = self._report_words(grid)
        grids = tuple(g for g in self.grids if g.document.id in documents)
        named = _table_words(grid) if table else None
        if named is not None:
            words, fits = named
            return Scope(
                suffix=f" {words}{suffix}", grids=tuple(filter(fits, grids)), documents=argument, names_table=True
            )
        return Scope(suffix=suffix, grids=grids, documents=argument)

    def _report_words(self, grid: Grid) -> tuple[str, set[str], tuple[str, ...]]:
        document = grid.document
        everything = {d.id for d in self.world.documents}
        if len(everything) == 1 or self.rng.random() < 0.15:
            return "", everything, ()
        names = [n for n in (document.institution, *document.aliases) if n and len(n) > 2]
        if not names or self.rng.random() < 0.1:
            return "", {document.id}, (document.file,)
        name = self.rng.choice(names)
        called = {
            d.id for d in self.world.documents if fold(name) in {fold(n) for n in (d.institution or "", *d.aliases)}
        }
        forms = (f" de {name}", f" en el informe de {name}", f", según el informe de {name}", f" ({name})")
        words = self.rng.choice(forms)
        if len(called) > 1 and document.period is not None:
            words += f", {describe(document.period)}"
            called = {d.id for d in self.world.documents if d.id in called and d.period == document.period}
        return words, called, ()


def akin(one: GridColumn, other: GridColumn) -> bool:
    """Whether two columns are of much the same sense."""
    families = ({"ejecutado", "evaluado", "devengado"}, {"vigente", "asignado"})
    kinds = {c.concept or ("vigente" if _is_budget(c) else None) for c in (one, other)}
    return None not in kinds and (len(kinds) == 1 or any(kinds <= f for f in families))


def _is_budget(column: GridColumn) -> bool:
    return "presupuest" in fold(column.path[-1])


def name_phrase(label: str) -> RowPhrase:
    asked, spelled = roots(label), _plain(label)
    text = _lowered(label)
    return RowPhrase(
        text=text,
        of=f"de {text}",
        part=f"de {text}",
        fits=lambda _, r: asked <= r.own,
        exact=lambda r: _plain(r.label) == spelled,
    )


def _plain(label: str) -> str:
    """A label without the code it may begin with, nor the marks it may end in: people say neither."""
    return re.sub(r"^\d[\d.\-]*\s+", "", fold(label)).strip(" .:-–*")


def _month_phrase(row: GridRow) -> RowPhrase:
    name = row.label.lower()
    return RowPhrase(
        text=name, of=f"en {name}", part=f"de {name}", fits=lambda _, r: r.month == row.month, exact=lambda _: True
    )


def _code_phrase(grid: Grid, row: GridRow, *, with_name: bool) -> RowPhrase:
    text = f"{grid.noun} {row.code}" + (f", {_lowered(row.label)}" if with_name else "")
    article = "de la" if feminine(grid.noun or "") else "del"
    return RowPhrase(
        text=text,
        of=f"{article} {text}",
        part=f"{article} {text}",
        fits=lambda g, r: g.noun == grid.noun and r.code == row.code and (not with_name or roots(row.label) <= r.own),
        exact=lambda _: True,
    )


def _by_header(column: GridColumn, parts: int) -> Measure | None:
    """The last parts of the header path, the last one first: "devengado de 2022"."""
    if len(column.path) < parts or column.percent:
        return None
    used = [_lowered(re.sub(r"\([^)]*\)", "", part)) for part in column.path[-parts:]]
    asked = roots(" ".join(used))
    bare = " de ".join(dict.fromkeys(part for part in reversed(used) if part))
    if not asked or not re.search(r"[a-z]{4}", fold(bare)) or len(bare.split()) > 9 or min(map(len, used)) < 2:
        return None
    if column.concept in PHRASES and re.fullmatch(r"\w+[ai]d[oa]s?", bare):
        return None  # "la asignada": nobody says so; the concept has a phrase for it
    article = "la" if feminine(bare) else "el"
    text = bare if bare.split()[0].endswith("s") else f"{article} {bare}"
    # one word alone ("ejecución") may stand for other columns of the same sense, and so may "gasto devengado"
    named = loosely_named(column.concept) if len(asked - _GENERAL) < 2 and column.concept in PHRASES else set()
    if asked & _GENERAL:
        named = named - {"evaluado", "programado"}  # "presupuesto ejecutado" is no goal
    spent, income = "gast" in asked or "gasto" in asked, "ingres" in asked

    def fits(c: GridColumn) -> bool:
        loose = (
            c.concept in named
            and not c.accumulated
            and not (spent and c.of_income)
            and not (income and not c.of_income)
        )
        return asked <= c.own or loose

    return Measure(text=text, bare=bare, fits=fits)


_GENERAL = roots("gasto gastos ingreso ingresos monto presupuesto crédito importe anual")


def _table_words(grid: Grid) -> tuple[str, Callable[[Grid], bool]] | None:
    table = grid.table
    if table.number:
        kind = (re.findall(r"[a-z]+", fold(table.caption)) or ["cuadro"])[0]
        kind = kind if kind in {"cuadro", "tabla", "anexo"} else "cuadro"
        article = "el" if kind != "tabla" else "la"
        return f"en {article} {kind} {table.number}", lambda g: g.table.number == table.number
    title = re.sub(r"\([^)]*\)", "", table.caption).strip(" .:")
    if title and not fold(title).startswith("en ") and 2 <= len(roots(title)) <= 9:
        return f"en el cuadro de {_lowered(title)}", lambda g: roots(title) <= roots(g.table.caption)
    if table.sheet and len(roots(table.sheet)) >= 1:
        return f"en la hoja {table.sheet}", lambda g: g.table.sheet == table.sheet
    return None


def cells(
    scope: Scope, row: RowPhrase, column: Callable[[GridColumn], bool] | None = None
) -> tuple[list[tuple[Grid, GridRow, GridColumn | None]], bool]:
    """Every cell (or row, without a column) that the words fit, and whether longer names hold them too."""
    found = [
        (g, r, c)
        for g in scope.grids
        for r in g.rows
        if row.fits(g, r)
        for c in ([c for c in g.columns if column(c)] if column else [None])
    ]
    exact = [hit for hit in found if row.exact(hit[1])]
    return (exact, len(exact) < len(found)) if exact else (found, False)


def elsewhere(grids: Iterable[Grid], measure: Measure, told: Iterable[str]) -> list[tuple[Grid, GridColumn]]:
    """Columns of much the same sense in other tables ("Ejecución" where "devengado" is asked).

    They are no answer, but to ask back which table is meant is fair. told: the tables that have the very measure.
    """
    known = set(told)
    return [(g, c) for g in grids if g.id not in known for c in g.columns if measure.kin(c) and not c.percent]


def distinct(readings: Iterable[Reading | None]) -> tuple[Reading, ...]:
    kept: list[Reading] = []
    for reading in readings:
        if reading is not None and not any(reading.same_as(other) for other in kept):
            kept.append(reading)
    return tuple(kept)


def _lowered(text: str) -> str:
    """As people write a title inside a sentence: lower case, but for acronyms."""
    text = re.sub(r"\s+", " ", text).strip(" .:*")
    if text.isupper():
        return text.lower()
    return text if text.split(" ")[0].isupper() else text[:1].lower() + text[1:]


_BARE = {"lo que se pagó": "pagado", "lo que se recaudó": "recaudado", "lo que queda disponible": "disponible"}


def _bare(phrase: str) -> str:
    """The phrase without its article, as it stands after "mayor" or at the head of a note."""
    return _BARE.get(phrase) or re.sub(r"^(?:el|la|lo)\s+", "", phrase)


def feminine(text: str) -> bool:
    """Whether a noun phrase takes "la", by the ending of its first word."""
    first = text.split(maxsplit=1)[0] if text.split() else ""
    return bool(re.search(r"(?:a|as|ción|cion|dad|sión|sion)$", first)) and first not in {"programa", "tema", "mapa"}
