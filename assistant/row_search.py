"""Which rows of a table the words of a question name: by code, by label, through a list, through two columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.interpret import passes_another
from assistant.question import Analysis
from assistant.row_lists import as_in_label, several
from assistant.row_query import RowQuery
from assistant.row_ties import as_one, heads, label_stems, letter_by_letter, one_by_name, ties
from assistant.states import denied_state
from index.lexicon import lexicon
from index.model import Level
from index.search import meets
from index.text import fold
from index.text import words as split_words
from tools.access import data_rows, row_name
from tools.catalogue import TableView, content_stems, descendants
from tools.codes import uncertain_rows
from tools.matching import RowMatch, Word, whole_table
from tools.table_periods import PeriodFit


def asked_rows(query: RowQuery) -> tuple[tuple[RowMatch, ...], tuple[RowMatch, ...], frozenset[int]]:
    """Rows asked about, rivals that fit as well, and the words they account for."""
    view, analysis, words, strict, by_code = query.view, query.analysis, query.words, query.strict, query.by_code
    kind = _of_kind(view, analysis, strict, by_code)
    if kind is not None:
        return (kind,), (), kind.explained
    if by_code and analysis.has("compare") and len(by_code) == 1:
        listed = several(query)
        if listed:
            return listed, (), frozenset(i for m in listed for i in m.explained)
    if by_code:
        if len(by_code) == 1 and by_code[0].twins:
            names = query.catalogue.document_stems[view.document.id]
            nouns = {i for c in analysis.codes for i in c.tokens}  # "programa 820" names no "Programa Administrativo"
            telling = [w for w in words if w.stem not in names and w.position not in nouns]
            return _of_one_code(view, by_code[0], telling)
        inside = _inside(query, by_code)
        if inside is not None:
            return (inside,), (), inside.explained
        stems = {
            s
            for m in by_code
            if len({fold(view.table.rows[r].label) for r in m.rows}) == 1
            for s in label_stems(view, m)
        } | {s for m in by_code for s in content_stems(m.label)}
        kept = _told_once(view, analysis, by_code)
        used = frozenset(w.position for w in words if w.stem in stems)
        listing = bool(strict - used) or analysis.has("compare", "total", "difference") or passes_another(analysis)
        named = several(query) if listing else ()
        if len(named) > len(by_code) and all(_is_named(m, strict) for m in named if m.size):
            told = frozenset(i for m in named for i in m.explained)
            if not strict - told:  # "la suma del 0148 y de actividad física": one row by its code, another by its name
                return named, (), told
        return kept, (), used
    found = tuple(m for m in query.named() if _stands_as_state(analysis, m))
    if analysis.has("share"):  # the total is what the share is of
        found = tuple(m for m in found if m.entity is None or not m.entity.total)
    if not found:
        return (whole_table(view),), (), frozenset()
    first = found[0]
    split = strict - first.explained or not as_in_label(view, analysis, first)
    if split and (strict - first.explained or analysis.has("compare", "total") or _is_list(analysis, first)):
        listed = several(query)
        if listed:
            used = _between(view, listed, words)
            if (
                analysis.has("compare", "total")
                and not strict - used
                and all(m.full or m.whole or m.gain for m in listed)
            ):
                return listed, (), used
            if len(strict - used) < len(strict - first.explained) or (
                not strict - used and not first.full and len(listed) > 1
            ):
                return listed, (), used
    passed = _passed(analysis)
    if passed or analysis.has("compare", "total"):
        named = _named_in_full(several(query), strict)
        if named and (passed or any(m.rows == first.rows for m in named)):  # "Materiales y suministros" is one row
            return named, (), frozenset(i for m in named for i in m.explained)
    pair = _narrowed(found, strict)
    if pair is not None:
        return (pair,), (), pair.explained
    longer = next((m for m in found if _goes_on(first, m)), None)
    if longer is not None:
        both = [as_one(view, heads(view, tuple(m for m in found if ties(m, one)))) for one in (first, longer)]
        return both[0][:1], (*both[0][1:], *both[1]), first.explained | longer.explained
    rivals = tuple(m for m in found if ties(m, first))
    rivals = as_one(view, heads(view, letter_by_letter(view, analysis, rivals)))
    denied = denied_state(view, analysis, rivals)
    if denied is not None:
        return (denied,), (), denied.explained
    return (rivals[0],), rivals[1:], rivals[0].explained


def _passed(analysis: Analysis) -> bool:
    """Whether one thing is set against another by how much it passes it: "cuánto más tuvo A que B", "supera A al de B"."""
    return passes_another(analysis) or (
        "difference" in analysis.cues and (_more_than(analysis) or _between_two(analysis))
    )


def _between_two(analysis: Analysis) -> bool:
    """ "La diferencia entre lo de A y lo de B"."""
    texts = [t.text for t in analysis.tokens]
    rest = texts[texts.index("entre") + 1 :] if "entre" in texts else []
    return bool({"y", "e"} & set(rest[1:]))


def _more_than(analysis: Analysis) -> bool:
    texts = [t.text for t in analysis.tokens]
    more = next((i for i, t in enumerate(texts) if t in ("mas", "menos")), len(texts))
    return "que" in texts[more + 2 :]


def _goes_on(first: RowMatch, other: RowMatch) -> bool:
    """Whether a label begins with all of another that was named whole, and with the word said right after it.

    "Agencia de Turismo - Gastos" may be the agency, whose spending is asked, and its row "Gastos generales".
    """
    more = first.explained < other.explained and other.run > first.run and other.gain >= first.gain
    return first.full and not other.full and other.lead and more


def _named_in_full(rows: tuple[RowMatch, ...], strict: frozenset[int]) -> tuple[RowMatch, ...]:
    """Two rows or more, each by its whole label: "recursos del crédito" is one, though its words name a measure too."""
    used = frozenset(i for m in rows for i in m.explained)
    return rows if len(rows) > 1 and all(_is_named(m, strict) for m in rows) and not strict - used else ()


def _is_named(match: RowMatch, strict: frozenset[int]) -> bool:
    """Whether a row is named by its whole label, or by the first words of it where they say nothing else."""
    own = bool(match.explained & strict)
    return (match.full and (match.size > 1 or match.run > 0 or own)) or (match.lead and own)


def _stands_as_state(analysis: Analysis, match: RowMatch) -> bool:
    """Whether a state that begins with "en" ("En ejecución") is said so: "la ejecución más baja" names no state."""
    if match.entity is None or match.entity.column < 0 or not fold(match.label).startswith("en "):
        return True
    return any(i and analysis.tokens[i - 1].text in ("en", "sin") for i in match.explained)


_ASKING = frozenset({"que", "cuales", "cuantos", "cuantas"})


def _of_kind(
    view: TableView, analysis: Analysis, strict: frozenset[int], by_code: Sequence[RowMatch]
) -> RowMatch | None:
    """The rows whose labels begin with what is asked for: "qué supervisiones no se hicieron", "cuántos monitoreos…".

    Only where rows are chosen by a condition or an order; other words of the question that some of them hold narrow
    them, and so does a code ("del programa 11-02, ¿qué supervisiones…?").
    """
    if not (analysis.conditions or analysis.thresholds or analysis.orders) or not analysis.has(
        "list_only", "count_only"
    ):
        return None
    for before, token in pairwise(analysis.tokens):
        if before.text not in _ASKING or token.position not in strict or not token.text.endswith("s"):
            continue
        labels = {r: content_stems(view.table.rows[r].label) for r in data_rows(view.table)}
        heads = {r: frozenset([x for x in label if not x.isdigit()][:1]) for r, label in labels.items()}
        group = {r: frozenset(labels[r]) for r, head in heads.items() if meets(token.stem, head)}
        rest = strict - {token.position}
        others = {i for i in rest if any(analysis.tokens[i].stem in label for label in group.values())}
        rows = [r for r, label in group.items() if all(analysis.tokens[i].stem in label for i in others)]
        rows = [r for r in rows if all(r in m.rows for m in by_code)]
        if len(rows) > 1:
            used = frozenset(others | {token.position})
            return RowMatch(
                label=token.text, rows=tuple(rows), explained=used, full=True, size=len(used), run=len(rows), kind=True
            )
    return None


def _told_once(view: TableView, analysis: Analysis, matches: Sequence[RowMatch]) -> tuple[RowMatch, ...]:
    """Without the group when its parts are named too ("el programa 11-02: 001, 002 y 003"): nothing counts twice.

    A sum over all the parts is the group's, with the rows that may be of any of them.
    """
    kept = list(matches)
    for group in matches:
        parts = [m for m in matches if set(m.rows) < set(group.rows)]
        tails = {c.code for c in analysis.codes if c.code.isdigit()}  # "la actividad 001 del programa 11-02"
        if len(parts) < 2 and not any(m.label.endswith(tuple(f"-{t}" for t in tails)) for m in parts):
            continue
        rest = set(group.rows) - {r for m in parts for r in m.rows}
        unknown = {r for m in parts for r in uncertain_rows(view, m.rows, m.label)}
        summed = analysis.has("total") and not analysis.has("average") and not analysis.orders and rest <= unknown
        kept = [m for m in kept if (m not in parts if summed else m is not group)]
    return tuple(kept)


def _between(view: TableView, rows: Sequence[RowMatch], words: Sequence[Word]) -> frozenset[int]:
    """The words that the rows of a list explain, with those of their labels that stand among them."""
    used = frozenset(i for m in rows for i in m.explained)
    if not used:
        return used
    labels = {s for m in rows for s in label_stems(view, m)}
    return used | frozenset(w.position for w in words if w.stem in labels and min(used) <= w.position <= max(used))


def _of_one_code(
    view: TableView, match: RowMatch, words: Sequence[Word]
) -> tuple[tuple[RowMatch, ...], tuple[RowMatch, ...], frozenset[int]]:
    """Several rows of the same code: those whose labels the question names best are rivals, the others are out."""
    options = one_by_name(view, (replace(match, twins=()), *match.twins))
    said = {w.stem: w.position for w in words if w.telling}
    named = [frozenset(p for s, p in said.items() if s in label_stems(view, m)) for m in options]
    most = max(len(n) for n in named)
    kept = [m for m, n in zip(options, named, strict=True) if len(n) == most]
    return (kept[0],), tuple(kept[1:]), max(named, key=len)


def _inside(query: RowQuery, by_code: Sequence[RowMatch]) -> RowMatch | None:
    """One row of a group named by its code ("de la 11-03-000-002, las alertas"); `within` keeps the group."""
    if len(by_code) != 1 or len(by_code[0].rows) < 2 or not query.strict:
        return None
    group = set(by_code[0].rows)
    found = [m for m in query.named() if set(m.rows) <= group]
    if not found or query.strict - found[0].explained or (len(found) > 1 and ties(found[1], found[0])):
        return None
    return replace(found[0], within=by_code[0])


def _is_list(analysis: Analysis, first: RowMatch) -> bool:
    return not first.full and any(t.text in ("y", "e", "o") for t in analysis.tokens)


def _narrowed(found: Sequence[RowMatch], strict: frozenset[int]) -> RowMatch | None:
    """A row named through two columns ("Salud" and "Sueldos"): the rows that both matches share."""
    first = found[0]
    lacking = strict - first.explained
    if not lacking:
        return None
    for other in found[1:]:
        if other.entity is None or first.entity is None or other.entity.column == first.entity.column:
            continue
        shared = tuple(r for r in first.rows if r in set(other.rows))
        if shared and lacking & other.explained:
            return replace(
                first,
                label=f"{first.label}, {other.label}",
                rows=shared,
                own=shared[0] if len(shared) == 1 else None,
                explained=first.explained | other.explained,
            )
    return None


def narrowed_to_period(view: TableView, match: RowMatch, fits: Sequence[PeriodFit]) -> RowMatch:
    """The match narrowed to the rows of the period asked, where rows are periods."""
    rows = tuple(
        dict.fromkeys(r for f in fits if f.rows is not None for r in f.rows)
    )  # "el segundo trimestre (abril…)"
    if not rows:
        return match
    if match.whole and set(rows) >= set(data_rows(view.table)):
        return match
    if match.whole:
        names = [view.table.rows[r].label for r in rows]
        label = (
            names[0]
            if len(rows) == 1
            else f"{names[0]} a {names[-1]}"
            if rows == tuple(range(rows[0], rows[-1] + 1))
            else ", ".join(names)
        )
        return RowMatch(label=label, rows=rows, own=rows[0] if len(rows) == 1 else None, full=True)
    shared = tuple(r for r in match.rows if r in set(rows))
    return replace(match, rows=shared, own=shared[0] if len(shared) == 1 else None) if shared else match


def absorbed_words(
    view: TableView, analysis: Analysis, rows: Sequence[RowMatch], used: frozenset[int], strict: frozenset[int]
) -> frozenset[int]:
    """Words that belong to the row's own label: all of them when it is named whole or by several neighbours.

    What only stands above the row ("Participaciones") is no reason to unhear what is asked ("participación de…"),
    nor is a noun of the label ("Pago de impuestos") when the question has the verb ("lo que se pagó de impuestos").
    """
    verbs = _money_verbs(analysis) | _told_with_lo(analysis)
    verbs |= {b.position for a, b in pairwise(analysis.tokens) if a.text == "%"}  # "% ejecutado", of a row that ends so
    named = {
        s for m in rows if not m.whole and len(m.rows) == 1 for s in content_stems(view.table.rows[m.rows[0]].label)
    }
    adjectives = frozenset(  # "el superávit presupuestario": an adjective of the label, and no column of the budget
        t.position for t in analysis.tokens if t.text.startswith("presupuestari") and t.stem in named
    )
    if any(m.full or m.run >= 2 or m.lead for m in rows):
        own = {s for m in rows for s in (*label_stems(view, m), *content_stems(m.label))}
        own |= {s for m in rows if m.entity for s in m.entity.short}
        inside = frozenset(i for i in used if i in strict or analysis.tokens[i].stem in own)
        inside |= _small_inside(view, analysis, rows, inside)
        return (inside - verbs - _said_again(view, analysis, rows, inside)) | adjectives
    return ((used & strict) - verbs) | adjectives


def _small_inside(
    view: TableView, analysis: Analysis, rows: Sequence[RowMatch], inside: frozenset[int]
) -> frozenset[int]:
    """Small words between two of a label, as it has them: "hectáreas bajo riego" tells no fall."""
    labels = [f" {' '.join(split_words(view.table.rows[r].label))} " for m in rows if not m.whole for r in m.rows]
    texts = [t.text for t in analysis.tokens]
    return frozenset(
        i
        for i in range(1, len(texts) - 1)
        if {i - 1, i + 1} <= inside and any(f" {' '.join(texts[i - 1 : i + 2])} " in label for label in labels)
    )


def _said_again(
    view: TableView, analysis: Analysis, rows: Sequence[RowMatch], inside: frozenset[int]
) -> frozenset[int]:
    """ "La participación de Sistema General de Participaciones": a label takes a word as often as it has it.

    What asks stands before the labels, so the last ones are theirs ("el gasto de otros gastos y de bienes").
    """
    if any(m.own is None for m in rows):
        return frozenset()
    held = Counter(s for m in rows if m.own is not None for s in content_stems(row_name(view.table.rows[m.own])))
    found: set[int] = set()
    for stem, times in held.items():
        said = sorted(i for i in inside if analysis.tokens[i].stem == stem)
        found |= set(said[:-times])
    return frozenset(found)


def _money_verbs(analysis: Analysis) -> frozenset[int]:
    """ "Se pagó", "se devengaron": the "se" makes a measure of money of what could be a noun of a label.

    Not "se ejecutó": activities are executed as well as money. Nor "¿cuántas medidas se modificaron?", which counts.
    """
    if "count_only" in analysis.cues:
        return frozenset()
    return frozenset(
        i
        for m in analysis.mentions
        if m.measure not in ("ejecutado", "modificacion")
        and lexicon().measures[m.measure].level is Level.FINANCIAL
        and len(m.tokens) == 1
        for i in m.tokens
        if i and analysis.tokens[i - 1].text == "se"
    )


def _told_with_lo(analysis: Analysis) -> frozenset[int]:
    """ "Entre la meta y lo realizado": with "lo" it is what was reached, and no participle that ends a label."""
    return frozenset(
        i
        for m in analysis.mentions
        if len(m.tokens) == 1
        for i in m.tokens
        if i and analysis.tokens[i - 1].text == "lo"
    )


def holds_others(view: TableView, rows: Sequence[RowMatch]) -> bool:
    """Whether what was named is a group or the parent of other rows, so that rows inside it can be ranked or listed."""
    match = rows[0]
    return len(rows) == 1 and (
        match.kind
        or (match.own is None and len(match.rows) > 1)
        or (match.own is not None and bool(descendants(view.table, match.own)))
    )
