"""The figures route: the plans that account for the whole question, carried out, and checked against other tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.accounting import is_kind
from assistant.attempt import Attempt
from assistant.audit import audit_answer
from assistant.beside_ranking import beside_ranking
from assistant.elsewhere import (
    all_rows,
    by_table,
    goals_elsewhere,
    other_figures,
    rows_elsewhere,
    same_figure,
    same_row_elsewhere,
)
from assistant.operate import carry_out
from assistant.outcome import Candidate, Outcome, subject_of
from assistant.plan import Plan
from assistant.planner import plans
from assistant.preference import NAMED, serves
from assistant.question import Analysis
from assistant.shortlist import Scope
from assistant.sides import across_reports, between_sides, either, left_out
from assistant.titles import quoted_words
from assistant.two_tables import between_tables
from assistant.wording import document_name, same_in
from index.model import Report
from index.text import fold
from tools.access import shown
from tools.catalogue import Catalogue, content_stems

_SAME = 1e-9


_TRIED = 8  # readings carried out, best first


class FigureRoute:
    """Plans over one catalogue."""

    def __init__(self, catalogue: Catalogue, reports: Sequence[Report]) -> None:
        self._catalogue = catalogue
        self._reports = reports

    def attempt(self, analysis: Analysis, scope: Scope) -> Attempt:
        """Try to answer from the tables."""
        tables = between_tables(analysis, self._catalogue, scope, self.attempt)
        if tables is not None:
            return tables
        found = plans(self._catalogue, analysis, scope)
        if analysis.has("audit") and (not found or found[0].says("audit")):
            audit = audit_answer(analysis, found, self._catalogue, self._reports, scope)
            if audit is not None:
                return Attempt(analysis=analysis, complete=True, audit=audit)
        whole = [p for p in found if p.weight < _SAME and p.operation != "audit"]
        if not whole and (analysis.has("compare") or analysis.orders):
            across = across_reports(self._catalogue, analysis, scope, self.attempt)
            if across is not None:
                return across
        if not whole:
            sides = between_sides(analysis, scope, self.attempt) if analysis.has("compare", "difference") else None
            sides = sides or beside_ranking(analysis, self._catalogue, scope, self.attempt)
            sides = sides or left_out(analysis, scope, self.attempt)
            sides = sides or (either(analysis, scope, self.attempt) if analysis.orders else None)
            if sides is not None:
                return sides
            return Attempt(analysis=analysis, complete=False, best=found[0] if found else None)
        by_document = _by_document(whole, scope)
        told = _by_report(by_document) if len(by_document) > 1 else []
        if len(told) > 1 and not _told_alike(told):
            return _which_report(told)
        ranked = [p for group in by_document.values() for p in group]
        tried = [(plan, carry_out(plan)) for plan in ranked[:_TRIED]]
        named = tried[0][0].preference[NAMED]
        loose = _adds_unlike(*tried[0])
        chosen = next(
            ((p, o) for p, o in tried if _tells(o) and _is_printed(p, o) and (p.preference[NAMED] >= named or loose)),
            None,
        )
        shared = [(p, o) for p, o in tried if _tells(o) and (p.operation != "share" or _has_share(o))]
        chosen = chosen if chosen is not None and chosen[0].operation != "share" else next(iter(shared), chosen)
        chosen = chosen or next(((p, o) for p, o in tried if _tells(o)), None)
        chosen = chosen or next(((p, o) for p, o in tried if o.result is not None or o.candidates), None)
        if chosen is None:
            sides = between_sides(analysis, scope, self.attempt) if analysis.has("compare", "difference") else None
            if sides is not None:
                return sides
            return Attempt(analysis=analysis, complete=False, best=tried[0][0], outcome=tried[0][1], about="columna")
        plan, outcome = chosen
        if plan.view.table.id == scope.table and plan.row.full:  # the conversation is on this table
            others = (*other_figures(plan, outcome, ranked), *_also_told(plan, told))
            return Attempt(analysis=analysis, complete=True, plan=plan, outcome=outcome, others=others)
        twins = same_row_elsewhere(plan, ranked)
        if twins:
            return Attempt(analysis=analysis, complete=True, plan=plan, outcome=by_table((plan, *twins)))
        goals = goals_elsewhere(plan, outcome, ranked)
        if goals:
            return Attempt(analysis=analysis, complete=True, plan=plan, outcome=by_table((plan, *goals)))
        rivals = rows_elsewhere(plan, ranked)
        if rivals:
            return Attempt(analysis=analysis, complete=True, plan=plan, outcome=all_rows((plan, *rivals)))
        others = (*other_figures(plan, outcome, ranked), *_also_told(plan, told))
        return Attempt(analysis=analysis, complete=True, plan=plan, outcome=outcome, others=others)


def _by_report(by_document: dict[str, list[Plan]]) -> list[tuple[Plan, Candidate]]:
    """What each report answers with the first of its plans that finds something."""
    found: list[tuple[Plan, Candidate]] = []
    for group in by_document.values():
        for option in group:
            outcome = carry_out(option)
            if outcome.result is None and not outcome.candidates:
                continue
            result = outcome.result
            figure = result.figures[0] if result and result.figures else None
            told = (
                shown(option.view, figure)
                if figure
                else "; ".join(f"{c.label} {c.shown}" for c in outcome.candidates[:2])
            )
            row = "" if option.row.whole else f"{subject_of(option, option.row)}: "
            candidate = Candidate(
                label=document_name(option.view.document),
                figure=figure,
                shown=f"{row}{told}",
                citations=result.citations[:2] if result else outcome.candidates[0].citations,
            )
            found.append((option, candidate))
            break
    return found


def _which_report(told: Sequence[tuple[Plan, Candidate]]) -> Attempt:
    """Several reports answer and the question names none: each with its figure."""
    plan = told[-1][0]
    return Attempt(
        analysis=plan.analysis,
        complete=True,
        plan=plan,
        outcome=Outcome(candidates=tuple(_with_files(told)), about="informe"),
    )


def _adds_unlike(plan: Plan, outcome: Outcome) -> bool:
    """Whether a total had to be summed over goals of several things: any table that prints one says more."""
    figures = outcome.result.figures if outcome.result else ()
    money = {plan.view.table.currency, plan.view.document.currency}
    return plan.operation == "total" and bool(figures) and not figures[0].printed and figures[0].unit not in money


def _is_printed(plan: Plan, outcome: Outcome) -> bool:
    """A total that some table prints comes before one that would have to be summed here."""
    if plan.operation != "total" or outcome.result is None:
        return True
    return outcome.result.figures[0].printed


def _tells(outcome: Outcome) -> bool:
    """Whether an outcome has a figure, or candidates, to show: a blank total does not outrank another table's figure."""
    if outcome.result is None:
        return bool(outcome.candidates)
    if not outcome.result.figures:
        return bool(outcome.result.citations)  # words of a column
    return any(f.value is not None for f in outcome.result.figures)


def _has_share(outcome: Outcome) -> bool:
    """Whether a share was computed, or is asked back: a blank cell of one table gives way to another that has it."""
    result = outcome.result
    return result is None or (bool(result.figures) and result.figures[0].value is not None)


def _by_document(whole: Sequence[Plan], scope: Scope) -> dict[str, list[Plan]]:
    """Complete plans by report; only the reports that fit best remain."""
    usable = [p for p in whole if serves(p) > 0] or list(whole)
    named_whole = [p for p in usable if _names_whole(p)]
    usable = named_whole or usable
    usable = [p for p in usable if p.attributes and not p.row.whole] or usable  # "¿quién la construye?"
    groups: dict[str, list[Plan]] = {}
    for plan in usable:
        groups.setdefault(plan.view.document.id, []).append(plan)
    if len(groups) > 1:
        kept = {d: g for d, g in groups.items() if d in scope.preferred}
        groups = kept or groups
    if len(groups) > 1:
        quoted = {d: g for d, g in groups.items() if any(_quotes_caption(p) for p in g)}
        groups = quoted or groups
    if len(groups) > 1:
        named = {d: g for d, g in groups.items() if any(p.row.full and _row_named(p) for p in g)}
        groups = named or groups
    if len(groups) > 1:
        kinds = {d: g for d, g in groups.items() if any(_kind_named(p) for p in g)}
        groups = kinds or groups
    if len(groups) > 1:
        particular = {d: g for d, g in groups.items() if any(_row_named(p) for p in g)}
        if particular and len(particular) < len(groups):
            groups = particular
    return groups


def _quotes_caption(plan: Plan) -> bool:
    """Whether the question repeats the caption of the table, or a good part of it word by word."""
    return len(quoted_words(plan.view, plan.analysis)) >= _QUOTED


_QUOTED = 5  # content words of a caption that are no chance


def _row_named(plan: Plan) -> bool:
    """Whether words name a row that do not name the measure: "gasto devengado" names no row "Gastos"."""
    total = plan.analysis.cues.get("total", frozenset())
    measured = {i for m in plan.mentions if len(m.tokens) > 1 for i in m.tokens} | total
    own = {i for i in plan.row.explained if plan.analysis.tokens[i].content}
    return not plan.row.whole and (not own or not own <= measured)


def _told_alike(told: Sequence[tuple[Plan, Candidate]]) -> bool:
    """Whether the reports are one and the same in several files: same institution and period, same figure."""
    documents = [plan.view.document for plan, _ in told]
    same = len({(fold(d.institution or ""), d.period) for d in documents}) == 1 and documents[0].institution
    figures = [c.figure for _, c in told if c.figure is not None]
    return bool(same) and len(figures) == len(told) and all(same_figure(figures[0], f) for f in figures[1:])


def _also_told(plan: Plan, told: Sequence[tuple[Plan, Candidate]]) -> tuple[str, ...]:
    """The other files that say the same, so that nobody takes one of them for the only source."""
    files = [p.view.document.file for p, _ in told if p.view.document.id != plan.view.document.id]
    return (same_in(files),) if files else ()


def _with_files(told: Sequence[tuple[Plan, Candidate]]) -> list[Candidate]:
    """Reports of one name are told apart by their files."""
    names = [c.label for _, c in told]
    return [
        replace(c, label=f"{c.label}, {plan.view.document.file}") if names.count(c.label) > 1 else c for plan, c in told
    ]


def _names_whole(plan: Plan) -> bool:
    """Whether the question holds the whole name of the report's institution."""
    name = content_stems(plan.view.document.institution or "")
    said = {t.stem for t in plan.analysis.tokens}
    return len(name) > 1 and set(name) <= said


def _kind_named(plan: Plan) -> bool:
    """Whether the question says what the rows of the table are ("las 2 categorías", "qué partida")."""
    measured = {i for m in plan.analysis.mentions for i in m.tokens}
    over_rows = plan.operation in ("rank", "count", "list")
    before = {"que", "cual", "cuales", "cuantos", "cuantas", "los", "las", "top", "por"}
    return any(
        t.content
        and (t.stem in plan.view.nouns or (is_kind(t.stem) and t.stem in plan.view.title))
        and t.position not in measured
        and (
            t.position == 0
            or (over_rows and t.stem in plan.view.nouns and t.position not in plan.used)
            or plan.analysis.tokens[t.position - 1].text in before
            or t.position - 1 in plan.analysis.count_tokens
        )
        for t in plan.analysis.tokens
    )
