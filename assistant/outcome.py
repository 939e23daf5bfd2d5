"""What carrying out a plan gives: a result, or the candidates to ask back with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.columns import Choice, choose, each_said, unnamed
from assistant.plan import Plan
from index.model import Citation, Level, Role, RowKind
from tools import phrases
from tools.access import column_name, data_rows, row_name, shown, total_row
from tools.amounts import Amount, amount, summable
from tools.matching import RowMatch
from tools.model import Figure, Result

MANY = 8  # candidates shown when asking back


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """One thing the question may mean, with its figure so that the question may already be answered."""

    label: str
    figure: Figure | None
    shown: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """result when the plan was carried out; candidates when it could mean several things; neither when it cannot."""

    result: Result | None = None
    candidates: tuple[Candidate, ...] = ()
    about: str = ""  # what the candidates differ in: "fila", "columna"
    notes: tuple[str, ...] = ()
    reason: str = ""  # why there is neither
    counted: bool = False  # whether the counts that the question states were held against the rows already


def subject_of(plan: Plan, match: RowMatch) -> str:
    """How the rows asked about are called in the answer."""
    if match.whole:
        document = plan.view.document
        return document.aliases[0] if document.aliases else (document.institution or document.title)
    if match.own is not None and len(match.rows) > 1:
        return row_name(plan.view.table.rows[match.own])
    if len(match.rows) == 1:
        name = row_name(plan.view.table.rows[match.rows[0]])
        group = match.within.label if match.within is not None else ""
        return f"{name} ({group})" if group and group not in name else name
    return match.label


def settled_columns(plan: Plan) -> tuple[list[Choice], Outcome | None]:
    """One column for each measure named; the outcome instead when one cannot be settled."""
    if plan.header is not None and not _of_other_periods(plan):
        choices = [Choice(columns=(plan.header,)), *(choose(plan, m) for m in plan.mentions)]
    elif not plan.mentions:
        choices = [unnamed(plan)]
    else:
        choices = [choose(plan, m) for m in plan.mentions]
    if len(choices) == 1 and len(choices[0].columns) > 1 and len(plan.rows) == 1:
        said = each_said(plan, choices[0].columns)
        choices = [Choice(columns=(c,)) for c in said] or choices
    for choice in choices:
        if len(choice.columns) > 1:
            return choices, ask_columns(plan, choice)
        if not choice.columns:
            return choices, Outcome(reason="columna")
    seen: dict[tuple[int, ...], Choice] = {}
    for choice in choices:
        seen.setdefault(choice.columns, choice)
    return list(seen.values()), None


def _of_other_periods(plan: Plan) -> bool:
    """Whether the header said is of no period, and the table has columns of the period asked for."""
    of_period = frozenset(c for f in plan.fits for c in f.columns or ())
    return bool(of_period) and plan.header not in of_period and plan.view.table.columns[plan.header or 0].period is None


def candidate_of(plan: Plan, label: str, item: Amount) -> Candidate:
    """A figure that may be meant, under the name by which it is offered."""
    return Candidate(label=label, figure=item.figure, shown=told_amount(plan, item), citations=item.citations)


def ask_columns(plan: Plan, choice: Choice) -> Outcome:
    found = []
    for column in choice.columns[: MANY + 2]:
        if len(plan.rows) > 1:
            found.append(_of_each(plan, column))
            continue
        item = amount(plan.view, plan.row, column)
        found.append(candidate_of(plan, column_name(plan.view.table.columns[column]), item))
    return Outcome(candidates=tuple(found), about="columna")


def _of_each(plan: Plan, column: int) -> Candidate:
    """A column as each of several rows prints it: the figure of the first alone would be none of what is asked."""
    items = [amount(plan.view, m, column) for m in plan.rows]
    told = [f"{name} {told_amount(plan, i)}" for name, i in zip(told_apart(plan, plan.rows), items, strict=True)]
    return Candidate(
        label=column_name(plan.view.table.columns[column]),
        figure=None,
        shown=", ".join(told),
        citations=tuple(c for i in items for c in i.citations),
    )


def told_amount(plan: Plan, item: Amount) -> str:
    return shown(plan.view, item.figure) if item.value is not None else f"«{item.text}»" if item.text else "en blanco"


def told_apart(plan: Plan, matches: Sequence[RowMatch]) -> list[str]:
    """Names of rows, with what stands above them where the names alone are the same."""
    names = [subject_of(plan, m) for m in matches]
    if len(set(names)) == len(names):
        return names
    return [
        f"{n} ({marked})" if names.count(n) > 1 and (marked := _mark(plan, m)) else n
        for n, m in zip(names, matches, strict=True)
    ]


def _mark(plan: Plan, match: RowMatch) -> str:
    """What tells a row from another of its name: the row above it, else its categories; for several, their number."""
    if len(match.rows) > 1:
        return f"{len(match.rows)} filas"
    row = plan.view.table.rows[match.rows[0]]
    if row.parent is not None:
        return plan.view.table.rows[row.parent].label
    cells = zip(row.cells, plan.view.table.columns, strict=False)
    return ", ".join(c.text.strip() for c, spec in cells if spec.role is Role.KEY and c.text.strip())


def told_amounts(plan: Plan, found: Sequence[Amount]) -> Result:
    subject = subject_of(plan, plan.row)
    parts = []
    for item in found:
        name = column_name(plan.view.table.columns[item.column])
        if item.value is None and item.text:
            parts.append(phrases.no_value(subject, name, item.text))
        elif item.value is None:
            parts.append(
                phrases.no_value(subject, name, "") if item.text == "" and not item.warnings else item.warnings[0]
            )
        else:
            parts.append(phrases.look_up(subject, name, shown(plan.view, item.figure)))
    formulas = [f for item in found if (f := item.formula)]
    return Result(
        text=" ".join(dict.fromkeys(parts)),
        figures=(*(item.figure for item in found), *(f for item in found for f in item.doubtful)),
        citations=tuple(c for item in found for c in item.citations),
        formula="; ".join(formulas) or None,
        warnings=tuple(dict.fromkeys(w for item in found for w in item.warnings)),
        complete=all(item.complete for item in found),
    )


def meaningless_whole(plan: Plan, columns: Sequence[int]) -> bool:
    """Whether a figure for the whole table would add unlike things that the report itself does not add."""
    if holds_unlike(plan):
        return True
    total = total_row(plan.view.table)
    if total is None and _labels_repeat(plan):
        return True
    if plan.operation == "total":
        return False
    rows = data_rows(plan.view.table)
    if len(rows) < 2:
        return False
    for column in columns:
        spec = plan.view.table.columns[column]
        if total is not None and amount(plan.view, plan.row, column).figure.printed:
            continue
        if not summable(plan.view, column) or spec.level is not Level.FINANCIAL:
            return True
    return False


def holds_unlike(plan: Plan) -> bool:
    """Whether a table has blocks with a total each and none of all: income and spending have no sum."""
    blocks = [r for r in plan.view.table.rows if r.kind is RowKind.SUBTOTAL and r.parent is None]
    return total_row(plan.view.table) is None and len(blocks) > 1


def _labels_repeat(plan: Plan) -> bool:
    """Whether the rows are the same few words over and over ("Asignado", "Ejercido"): figures of different things."""
    rows = [r for r in plan.view.table.rows if r.kind is RowKind.DATA]
    coded = any(r.code for r in rows) or any(c.role is Role.KEY and not c.path for c in plan.view.table.columns)
    return not coded and len({r.label for r in rows}) < 0.8 * len(rows)


def ask_rows(plan: Plan, column: int) -> Outcome:
    return ask_rows_of(plan, column, data_rows(plan.view.table))


def ask_rows_of(plan: Plan, column: int, rows: Sequence[int]) -> Outcome:
    """The question back with some rows, each with its figure."""
    found = []
    for r in rows[:MANY]:
        item = amount(plan.view, RowMatch(label="", rows=(r,), own=r), column)
        found.append(candidate_of(plan, row_name(plan.view.table.rows[r]), item))
    return Outcome(candidates=tuple(found), about="fila")


def merged_results(results: Sequence[Result]) -> Result:
    if len(results) == 1:
        return results[0]
    formulas = [r.formula for r in results if r.formula]
    return Result(
        text=" ".join(r.text for r in results),
        figures=tuple(f for r in results for f in r.figures),
        citations=tuple(dict.fromkeys(c for r in results for c in r.citations)),
        formula="; ".join(formulas) or None,
        warnings=tuple(dict.fromkeys(w for r in results for w in r.warnings)),
        complete=all(r.complete for r in results),
    )
