"""Comparisons whose sides stand in different tables or reports: each side is a question of its own, with its own plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from assistant.attempt import Attempt
from assistant.breakdown import each_of
from assistant.conversation import complete
from assistant.limits import exception_end, excepts
from assistant.outcome import Outcome, subject_of
from assistant.question import Analysis, analyse
from assistant.shortlist import Scope
from assistant.those_told import Turn
from assistant.wording import document_name
from tools.access import table_label
from tools.arithmetic import less, side_by_side
from tools.catalogue import Catalogue, naming_stems

Ask = Callable[[Analysis, Scope], Attempt]

_PLAIN = frozenset({"look_up", "total", "percentage", "difference"})  # what a side may ask for: one figure
_STRONG = frozenset({"con", "vs", "versus", "contra", "frente", "respecto"})  # these part sides; "y" may be in a label
_WEAK = frozenset({"y", "e", "o"})
_AFTER = frozenset({"a", "al", "de", "del", "con"})  # "frente a", "respecto del"


def across_reports(catalogue: Catalogue, analysis: Analysis, scope: Scope, ask: Ask) -> Attempt | None:
    """The same figure in the reports that a comparison names, each read without the names of the others."""
    names = {
        d: naming_stems(document)
        for d, document in catalogue.documents.items()
        if scope.documents is None or d in scope.documents
    }
    said = {t.stem for t in analysis.tokens if t.content}
    own = {d: said & stems for d, stems in names.items()}
    named = [d for d, mine in own.items() if mine - frozenset().union(*(own[o] for o in own if o != d))]
    if len(named) < 2:
        return None
    if len({p for p, _ in analysis.periods}) > 1 or len({m.measure for m in analysis.mentions}) > 1:
        return None  # each report has its own month or measure: the sides are read apart
    items: list[Attempt] = []
    for document in named:
        others = frozenset().union(*(own[o] for o in named if o != document)) - own[document]
        kept = [t.text for t in analysis.tokens if t.stem not in others and t.text not in ("con", "vs", "versus")]
        cues = analysis.cues.get("compare", frozenset()) | frozenset(i for s in analysis.orders.values() for i in s)
        cues -= frozenset(i for m in analysis.mentions for i in m.tokens)
        kept = [t.text for t in analysis.tokens if t.text in kept and t.position not in cues]
        attempt = ask(analyse(" ".join(kept)), Scope(documents=frozenset({document})))
        if not attempt.complete or attempt.plan is None or attempt.outcome.result is None:
            return None
        items.append(attempt)
    return together(analysis, items, [document_name(i.plan.view.document) for i in items if i.plan])


def between_sides(analysis: Analysis, scope: Scope, ask: Ask) -> Attempt | None:
    """ "La diferencia entre el vigente de riego del cuadro A y el del cuadro B": one figure for each side.

    Each side must answer whole by itself, with the words before "entre", or with what the other side says and it
    leaves out. None when no cut of the question gives two figures.
    """
    for left, right in _cuts(analysis):
        first = one_figure(ask, left, scope)
        second = one_figure(ask, right, scope)
        if second is not None and (first is None or _says_less(first, second)):
            first = _leaning(ask, left, second, scope)
        elif first is not None and (second is None or _says_less(second, first)):
            second = _leaning(ask, right, first, scope)
        if first is None or second is None or first.outcome.result is None or second.outcome.result is None:
            continue
        if first.outcome.result.citations == second.outcome.result.citations or _other_column(analysis, first, second):
            continue
        return together(analysis, (first, second), _names(first, second))
    return None


def _other_column(analysis: Analysis, one: Attempt, other: Attempt) -> bool:
    """ "El acumulado de A con el de B": where B was told of another column than A, it is not what was asked."""
    if one.plan is None or other.plan is None or one.outcome.result is None or other.outcome.result is None:
        return False
    alike = one.plan.view.table.id == other.plan.view.table.id and one.plan.row.rows != other.plan.row.rows
    told = [{c.column for c in a.outcome.result.citations} for a in (one, other) if a.outcome.result is not None]
    return alike and not told[0] & told[1] and len({m.measure for m in analysis.mentions}) <= 1


def either(analysis: Analysis, scope: Scope, ask: Ask) -> Attempt | None:
    """ "¿Qué tuvo mejor cumplimiento: A o B?": what is asked, of the one and of the other.

    What is asked stands before the last colon, comma or question mark that comes before the "o".
    """
    parting = [t for t in analysis.tokens if t.text == "o"]
    for cut in parting:
        marks = [analysis.text.rfind(mark, 0, cut.start) for mark in ":,¿?"]
        begin = max(marks)
        if begin <= 0:
            continue
        order = frozenset(i for used in analysis.orders.values() for i in used)
        lead = [t.text for t in analysis.tokens if t.start < begin and (t.position not in order or t.content)]
        lead = [w for w in lead if w not in _ORDERS]
        left = [t.text for t in analysis.tokens if begin < t.start < cut.start]
        apart = analysis.cues.get("difference", frozenset())  # "…, ¿y por cuánto?": of both, not of the second
        right = [t.text for t in analysis.tokens if t.start > cut.start and t.position not in apart]
        right = right[: -1 if right[-1:] == ["y"] else None]
        first = one_figure(ask, " ".join([*lead, *left]), scope)
        second = one_figure(ask, " ".join([*lead, *right]), scope) if first is not None else None
        if first is None or second is None or first.outcome.result is None or second.outcome.result is None:
            continue
        if analysis.conditions and not all(a.plan and a.plan.operation == "difference" for a in (first, second)):
            continue  # "se pasaron más de lo previsto" asks by how much, and not what was planned
        if first.outcome.result.citations != second.outcome.result.citations:
            return together(analysis, (first, second), _names(first, second))
    return None


_ORDERS = frozenset(
    "mas menos mejor peor mayor menor cual que quien alto alta bajo baja grande tuvo tiene fue es".split()
)


def _cuts(analysis: Analysis) -> Iterator[tuple[str, str]]:
    """The two sides of the question for each word that may part them, without the words that ask for the comparison."""
    cue = frozenset(i for name in ("compare", "difference") for i in analysis.cues.get(name, ()))
    body = [t for t in analysis.tokens if t.position not in cue]
    begin = next((n for n, t in enumerate(body) if t.text == "entre"), None)
    head, rest = (body[:begin], body[begin + 1 :]) if begin is not None else ([], body)
    lead = " ".join(t.text for t in head)
    separators = [t.position for t in analysis.tokens if t.text in _STRONG]
    separators += [t.position for t in rest if t.text in _WEAK]
    for cut in separators:
        left = [t.text for t in rest if t.position < cut]
        right = [t for t in rest if t.position > cut]
        while right and right[0].text in _AFTER:
            right = right[1:]
        if left and right:
            yield " ".join([lead, *left]).strip(), " ".join([lead, *(t.text for t in right)]).strip()


def one_figure(ask: Ask, text: str, scope: Scope, *, several: bool = False) -> Attempt | None:
    """What answers one side: a plain figure, complete. several: also the sum of several rows."""
    attempt = ask(analyse(text), scope)
    plan, result = attempt.plan, attempt.outcome.result
    if not attempt.complete or plan is None or result is None or not result.figures or not result.complete:
        return None
    if plan.operation not in _PLAIN or (len(plan.rows) > 1 and not several) or result.figures[0].value is None:
        return None
    if plan.operation == "percentage" and each_of(plan.view, plan.analysis) is not None:
        return None  # the percentage of each row, and none of all
    return attempt


def _says_less(one: Attempt, other: Attempt) -> bool:
    """Whether one side leaves out the measure, the period or the row that the other one names: it means the same."""
    mine, theirs = one.plan, other.plan
    assert mine is not None
    assert theirs is not None
    named = [bool(p.mentions) or p.header is not None for p in (mine, theirs)]
    if named == [False, True]:
        return True
    if mine.view.document.id != theirs.view.document.id:
        return False
    return (not one.analysis.periods and bool(other.analysis.periods)) or (mine.row.whole and not theirs.row.whole)


def _leaning(ask: Ask, text: str, other: Attempt, scope: Scope) -> Attempt | None:
    """A side that leaves out what the other one says: the report, the row, the measure, the period."""
    assert other.plan is not None
    document = frozenset({other.plan.view.document.id})
    near = Scope(documents=document, preferred=scope.preferred)
    turn = Turn(text=other.analysis.text, analysis=other.plan.analysis, plan=other.plan, documents=document)
    for version in (complete(text, turn), text):
        found = one_figure(ask, version, near)
        if found is not None and not _says_less(found, other):
            return found
    return None


def together(analysis: Analysis, items: tuple[Attempt, ...] | list[Attempt], names: list[str]) -> Attempt:
    """The figures of some sides, each told with its name, and their difference where they are two."""
    told = [
        (name, i.plan.view, i.outcome.result)
        for name, i in zip(names, items, strict=True)
        if i.plan is not None and i.outcome.result is not None
    ]
    result = side_by_side(told)
    if analysis.has("difference") and result.formula:  # the difference is what was asked for: it comes first
        result = replace(result, figures=(result.figures[-1], *result.figures[:-1]))
    outcome = Outcome(result=result, notes=tuple(n for i in items for n in i.outcome.notes))
    others = tuple(n for i in items for n in i.others)
    return Attempt(analysis=analysis, complete=True, plan=items[0].plan, outcome=outcome, others=others, sides=True)


def left_out(analysis: Analysis, scope: Scope, ask: Ask) -> Attempt | None:
    """ "El gasto sin contar la administración": the whole less the part, where both are in one column of one table.

    None for anything else that leaves something out (a ranking, a list): there is no operation for it.
    """
    cut = excepts(analysis)
    if not cut:
        return None
    base = one_figure(ask, " ".join(t.text for t in analysis.tokens[:cut]), scope)
    if base is None or base.plan is None or base.plan.operation not in ("look_up", "total"):
        return None
    part = _leaning(ask, " ".join(t.text for t in analysis.tokens[exception_end(analysis) :]), base, scope)
    if part is None or part.plan is None or part.plan.row.whole or part.plan.operation not in ("look_up", "total"):
        return None
    whole, taken = base.plan, part.plan
    if whole.view is not taken.view or not (whole.row.whole or set(taken.row.rows) < set(whole.row.rows)):
        return None
    results = base.outcome.result, part.outcome.result
    assert results[0] is not None
    assert results[1] is not None
    names = [r.figures[0].label.rsplit(": ", 1)[-1] for r in results if r]
    if names[0] != names[1] or results[0].figures[0].unit != results[1].figures[0].unit:
        return None
    outcome = Outcome(
        result=less(whole.view, results[0], results[1], (subject_of(whole, whole.row), subject_of(taken, taken.row)))
    )
    return Attempt(analysis=analysis, complete=True, plan=whole, outcome=outcome)


def _names(first: Attempt, second: Attempt) -> list[str]:
    """What each side is called: its subject, with its table or report where they are not the same."""
    one, two = first.plan, second.plan
    assert one is not None
    assert two is not None
    names = []
    for attempt, plan in ((first, one), (second, two)):
        result = attempt.outcome.result
        label = result.figures[0].label if result else ""
        where = [] if one.view.table.id == two.view.table.id else [table_label(plan.view)]
        where += [] if one.view.document.id == two.view.document.id else [document_name(plan.view.document)]
        names.append(f"{label} ({', '.join(where)})" if where else label)
    return names
