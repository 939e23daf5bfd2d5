"""The mean of a row over its periods, or of a column over the rows or groups asked about."""

from __future__ import annotations

from assistant.between import dated_columns
from assistant.columns import Choice
from assistant.outcome import Outcome, settled_columns, subject_of
from assistant.plan import Plan
from assistant.units import ranked_units, row_noun
from tools.access import column_name, unit_of
from tools.amounts import amount
from tools.averages import average, average_of
from tools.catalogue import content_stems
from tools.table_periods import row_periods


def run_average(plan: Plan) -> Outcome:
    if not plan.row.whole and len(plan.row.rows) == 1:
        columns = dated_columns(plan, parts_only=True)
        if len(columns) > 1:
            items = [(column_name(plan.view.table.columns[c]), amount(plan.view, plan.row, c)) for c in columns]
            return Outcome(result=average_of(plan.view, items, subject_of(plan, plan.row)))
    headed = _progress(plan)
    choices, asked = ([Choice(columns=(headed,))], None) if headed is not None else settled_columns(plan)
    if asked is not None:
        return asked
    units = ranked_units(plan)
    timed = row_periods(plan.view)
    dated = all(r in timed for u in units for r in u.rows)
    monthly = any(t.text in ("mensual", "mes", "meses") for t in plan.analysis.tokens)
    kinds = {unit_of(plan.view, r, choices[0].columns[0]) for u in units for r in u.rows}
    if len(units) < 2 or (monthly and not dated) or len(kinds) > 1:
        return Outcome(reason="promedio")
    noun = "mes" if dated else "fila"
    found = row_noun(plan)
    notes = tuple(c.note for c in choices if c.note)
    return Outcome(result=average(plan.view, units, choices[0].columns[0], found[0] if found else noun), notes=notes)


def _progress(plan: Plan) -> int | None:
    """ "El promedio de avance físico": the column headed so, where the words would else ask for a percentage."""
    cue = plan.analysis.cues.get("percentage", frozenset()) & plan.analysis.content
    said = {plan.analysis.tokens[i].stem for i in cue}
    headed = [c.index for c in plan.view.numbers if said and said <= set(content_stems(" ".join(c.path)))]
    return headed[0] if len(headed) == 1 and not plan.mentions else None
