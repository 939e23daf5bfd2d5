"""What a table tells of a row in words: who builds it, where, in which state, when it is due.

The wordings are data (data/attributes.toml).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from assistant.numerals import Token, covered
from assistant.outcome import MANY, Candidate, Outcome, subject_of
from assistant.plan import Plan
from assistant.question import Analysis
from assistant.verbs import conjugated
from index.lexicon import names_states
from index.model import Column, Role
from index.once import once
from index.text import stem, words
from tools import phrases
from tools.access import citation, column_name, data_rows, row_name
from tools.catalogue import TableView, content_stems
from tools.matching import RowMatch
from tools.model import Result


@dataclass(frozen=True, kw_only=True, slots=True)
class Attribute:
    """headers: words of the headers that hold it, one number or the other. ask: how people ask for it.

    verbs: forms of what is done with such rows.
    """

    headers: frozenset[str]
    ask: tuple[re.Pattern[str], ...]
    verbs: frozenset[str]


@lru_cache(maxsize=1)
def _attributes() -> tuple[Attribute, ...]:
    raw = tomllib.loads(files("assistant").joinpath("data/attributes.toml").read_text("utf-8"))
    return tuple(
        Attribute(
            headers=frozenset(w + end for w in item["headers"] for end in ("", "s", "es")),
            ask=tuple(re.compile(rf"(?<!\S)(?:{p})(?!\S)") for p in item["ask"]),
            verbs=frozenset(f for v in item.get("verbs", ()) for f in _spoken(v)),
        )
        for item in raw["attribute"]
    )


def _spoken(infinitive: str) -> set[str]:
    """Forms of a verb, those of the third person that names share too ("contrata", "transfirió", "adjudicado")."""
    root, kind = infinitive[:-2], infinitive[-2:]
    found = conjugated(infinitive) | {root + e for e in (("a", "o") if kind == "ar" else ("e", "io"))}
    found |= {root + e + n for e in (("ad",) if kind == "ar" else ("id",)) for n in ("o", "a", "os", "as")}
    if root.endswith("u"):  # "construye"
        found |= {f"{root}y{e}" for e in ("e", "en", "o", "eron", "endo", "era", "eran")}
    if infinitive == "transferir":
        found |= {"transfirio", "transfirieron", "transfiere", "transfieren"}
    return found


@lru_cache(maxsize=1)
def _things() -> tuple[frozenset[str], ...]:
    raw = tomllib.loads(files("assistant").joinpath("data/attributes.toml").read_text("utf-8"))
    return tuple(frozenset(stem(form) for w in group for form in (w, w + "s", w + "es")) for group in raw["things"])


@once
def _other_names(view: TableView) -> frozenset[str]:
    """Stems of the names of what a list of records holds; none of a table that is no such list."""
    columns = view.table.columns
    if not any(names_states(c.path) or any(_holds(c, a) for a in _attributes() if a.verbs) for c in columns):
        return frozenset()
    own = view.title | view.header
    return frozenset(s for group in _things() if group & own for s in group)


def same_things(view: TableView, stem_: str) -> bool:
    """Whether a word is another name for what a list of records holds: "obras" of a table of "proyectos" with a state.

    Only of tables that tell their rows in columns of words: a programme of the budget is no "obra".
    """
    return stem_ in _other_names(view)


_FIGURES = frozenset("monto montos cuanto cuanta cuantos cuantas valor importe precio costo porcentaje".split())
_ASKING = frozenset("que cual cuales quien quienes cuando donde como".split())
_PREPOSITIONS = frozenset("a con en para de por bajo".split())
_JOINING = frozenset("y e con mas junto ademas incluya incluyendo indicando indique".split())


def wants_amount(analysis: Analysis) -> bool:
    """Whether a figure is asked for by a word that says so ("monto", "por cuánto")."""
    return any(t.text in _FIGURES for t in analysis.tokens)


def asked_attributes(
    view: TableView, analysis: Analysis, apart: frozenset[int], *, joined: bool
) -> tuple[tuple[int, ...], frozenset[int]]:
    """The columns of words that the question asks for, and the words that ask.

    apart: words that name rows. joined: something else is asked for too (a figure, a list), so that a noun alone
    ("el monto del contrato del proveedor…") asks for no column: "qué proveedor" and "con su proveedor" do.
    """
    line, starts, place = " ".join(t.text for t in analysis.tokens), [], 0
    for token in analysis.tokens:
        starts.append(place)
        place += len(token.text) + 1
    found: dict[tuple[int, ...], frozenset[int]] = {}
    for attribute, columns in _holding(view):
        best: frozenset[int] = frozenset()
        for pattern in attribute.ask:
            for match in pattern.finditer(line):
                said = covered(match, starts)
                used = said - apart
                if joined and not _asks(analysis, min(said)):
                    continue
                named = said & analysis.content
                asks = _asks(analysis, min(said))  # "a quién le adjudicaron…", though a state is called so too
                if used and len(used) > len(best) and (asks or not named or not named <= apart - used):
                    best = used
        if best:
            found[_narrowed(columns, analysis)] = best
    for column, used in _said_with(view, analysis, apart):
        if not any(column in columns for columns in found):
            found[(column,)] = used
    if not joined and len(found) > 1:  # of what is asked alone the fullest wording counts
        asking = {c: u for c, u in found.items() if _asks(analysis, min(u))}
        found = asking or dict([max(found.items(), key=lambda item: len(item[1]))])
    return tuple(sorted({c for columns in found for c in columns})), frozenset(i for u in found.values() for i in u)


def _asks(analysis: Analysis, first: int) -> bool:
    """Whether a wording begins by asking ("a qué empresa", "quién"), or is joined on ("y fecha", "con su proveedor")."""
    tokens = analysis.tokens
    asking = first + (tokens[first].text in _PREPOSITIONS)
    if tokens[min(asking, len(tokens) - 1)].text in _ASKING:
        return True
    return first > 0 and tokens[first - 1].text in _JOINING


def _said_with(view: TableView, analysis: Analysis, apart: frozenset[int]) -> list[tuple[int, frozenset[int]]]:
    """Columns of words named by their own header after "con su", "y su", "y": "obras paralizadas y su departamento"."""
    columns = {
        content_stems(c.path[-1])[0]: c.index
        for c in view.table.columns
        if c.role in (Role.TEXT, Role.KEY) and c.path and content_stems(c.path[-1])
    }
    found = []
    for token in analysis.tokens[1:]:
        before = analysis.tokens[token.position - 1]
        if token.stem not in columns or token.position in apart:
            continue
        owned = before.text in ("su", "sus", "cada")
        article = before.text in ("el", "la", "los", "las")
        lead = analysis.tokens[token.position - 2] if token.position > 1 else None
        joined = before.text in _JOINING or ((article or owned) and lead is not None and lead.text in _JOINING)
        if owned or joined:
            held = {token.position, before.position} | ({lead.position} if lead and lead.text in _JOINING else set())
            found.append((columns[token.stem], frozenset(held) - apart))
    return found


@once
def _holding(view: TableView) -> tuple[tuple[Attribute, tuple[Column, ...]], ...]:
    """The attributes that columns of words of a table hold, each with those columns."""
    held = ((a, tuple(c for c in view.table.columns if _holds(c, a))) for a in _attributes())
    return tuple((attribute, columns) for attribute, columns in held if columns)


def column_of(view: TableView, noun: str) -> int | None:
    """The one column of words that holds what a noun names, by that name or another ("empresa": "Contratista")."""
    found = [c.index for a, columns in _holding(view) if a.verbs and noun in a.headers for c in columns]
    return found[0] if len(found) == 1 else None


def holder_column(view: TableView, analysis: Analysis) -> int | None:
    """The column that says with whom each row is, where the question asks who: "¿quién tiene el contrato más grande?"."""
    if not any(t.text in ("quien", "quienes") for t in analysis.tokens[:3]):
        return None
    found = [c.index for a, columns in _holding(view) if a.verbs for c in columns]
    return found[0] if len(found) == 1 else None


def deed_words(view: TableView, analysis: Analysis) -> frozenset[int]:
    """Verbs that say what is done with the rows of a table ("¿cuánto se contrató con…?", "¿cuánto se transfirió a…?").

    They ask for nothing where a column holds whom it is done with, or the caption names the deed.
    """
    found: set[int] = set()
    asked = [t for t in analysis.tokens if column_of(view, t.text) is not None] if _holding(view) else []
    found |= {t.position for t in asked if t.position and analysis.tokens[t.position - 1].text in _ASKING}
    done = _deeds(view)
    found |= {t.position for t in analysis.tokens if t.text in done}
    if not any(c.measure == "alcanzado" for c in view.numbers) and any(
        same_things(view, t.stem) for t in asked_of(analysis)
    ):
        found |= {t.position for t in analysis.tokens if t.text in _MADE}  # "¿cuántos contratos se hicieron por…?"
    return frozenset(found | _served(view, analysis))


@once
def _deeds(view: TableView) -> frozenset[str]:
    """Forms of the verbs that some column of the table tells with whom, where or when."""
    columns = view.table.columns
    return frozenset(v for a in _attributes() if a.verbs and any(_headed(c, a) for c in columns) for v in a.verbs)


def _served(view: TableView, analysis: Analysis) -> set[int]:
    """ "Usuarios atendidos", "¿a cuántas familias atendió…?" of a column headed "Usuarios", and none that says it so."""
    if not any(t.text in _SERVED for t in analysis.tokens):
        return set()
    counted = {s for c in view.numbers for part in c.path for s in content_stems(part)}
    people = [t.position for t in analysis.tokens if t.text in _SERVED and t.stem in counted]
    serving = [t for t in analysis.tokens if t.text in _ATTENDED and t.stem not in counted | view.words]
    return {t.position for t in serving if any(0 < abs(t.position - p) <= 2 for p in people)}


_SERVED = frozenset(
    "usuario usuarios usuarias persona personas beneficiarios beneficiarias pacientes visitantes estudiantes alumnos familias ninos "
    "hogares productores pescadores ciudadanos solicitantes poblacion habitantes mujeres hombres".split()
)
_ATTENDED = frozenset("atendio atendieron atendidos atendidas atiende atienden atendia atendian".split())


_MADE = frozenset(
    "hicieron hizo realizaron realizo efectuaron efectuo hechos hechas realizados realizadas efectuados".split()
)


def asked_of(analysis: Analysis) -> list[Token]:
    """The nouns after "qué", "cuáles", "cuántos"."""
    return [b for a, b in pairwise(analysis.tokens) if a.text in ("que", "cuales", "cuantos", "cuantas")]


_ROOT = 6  # letters that "construye" shares with "construcción"


def told_by_deed(
    view: TableView,
    analysis: Analysis,
    rows: tuple[RowMatch, ...],
    rivals: tuple[RowMatch, ...],
    deeds: frozenset[int],
) -> tuple[tuple[RowMatch, ...], tuple[RowMatch, ...]]:
    """ "¿Quién construye la planta?": of rows that fit alike, the one whose label says that deed ("Construcción de…")."""
    roots = tuple(t.text[:_ROOT] for t in analysis.tokens if t.position in deeds and len(t.text) > _ROOT)
    said = [
        m
        for m in (*rows, *rivals)
        if roots and any(w.startswith(roots) for r in m.rows for w in words(view.table.rows[r].label))
    ]
    return ((replace(said[0], lead=True),), ()) if len(rows) == 1 and len(said) == 1 else (rows, rivals)


def _headed(column: Column, attribute: Attribute) -> bool:
    return bool(attribute.headers & set(words(" ".join(column.path))))


def _holds(column: Column, attribute: Attribute) -> bool:
    return column.role in (Role.TEXT, Role.KEY) and _headed(column, attribute)


def _narrowed(columns: Sequence[Column], analysis: Analysis) -> tuple[int, ...]:
    """Of several dates or places, the ones whose header the question says best."""
    said = {t.stem for t in analysis.tokens}
    fits = [len(said & set(content_stems(" ".join(c.path)))) for c in columns]
    return tuple(c.index for c, fit in zip(columns, fits, strict=True) if fit == max(fits))


def run_attributes(plan: Plan) -> Outcome:
    """What those columns print of the rows asked about; the question back where no row was named."""
    named = [(subject_of(plan, m) if len(m.rows) == 1 else "", r) for m in plan.rows for r in m.rows]
    if plan.row.whole and plan.operation == "list":
        named = [("", r) for r in data_rows(plan.view.table)]
    elif plan.row.whole or _one_meant(plan):
        rows = data_rows(plan.view.table) if plan.row.whole else plan.row.rows
        places = [citation(plan.view, r, plan.attributes[0]) for r in rows[:MANY]]
        return Outcome(
            candidates=tuple(
                Candidate(
                    label=row_name(plan.view.table.rows[p.row_index]),
                    figure=None,
                    shown=p.text or "en blanco",
                    citations=(p,),
                )
                for p in places
                if p.row_index is not None
            ),
            about="fila",
        )
    columns = plan.view.table.columns
    told_rows = [
        (name or row_name(plan.view.table.rows[r]), [(c, citation(plan.view, r, c)) for c in plan.attributes])
        for name, r in named
    ]
    text = " ".join(
        phrases.look_up(name, column_name(columns[c]), f"«{p.text}»" if p.text else "en blanco")
        for name, held in told_rows
        for c, p in held
    )
    return Outcome(result=Result(text=text, figures=(), citations=tuple(p for _, held in told_rows for _, p in held)))


def _one_meant(plan: Plan) -> bool:
    """ "¿En qué estado está el puente?" where two works are called so: one of them is meant, and which is not said."""
    row, tokens = plan.row, plan.analysis.tokens
    if len(plan.rows) > 1 or len(row.rows) < 2 or row.own is not None or not plan.used:
        return False
    first = min(plan.used)
    before = tokens[first - 1].text if first else ""
    several = any(t.content and t.text.endswith("s") and t.position not in plan.used for t in tokens)
    one = before in ("el", "la", "del", "al") and not tokens[first].text.endswith("s")
    return one and not several and len(plan.used & plan.analysis.content) == 1
