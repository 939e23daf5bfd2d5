"""What the tables could do with a question, and how it is told: the answer, or the question back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.headers import header_fit
from assistant.model import Answer, Route, Status
from assistant.operate import too_thin
from assistant.outcome import Outcome, subject_of
from assistant.plan import Plan
from assistant.question import Analysis, closings
from assistant.states import rows_by_state
from assistant.wording import ask_back, corrected, from_january, source, wider_period
from index.model import Level
from index.periods import describe, merge
from index.text import fold
from tools.direction import less_is_better
from tools.phrases import less_may_be_better


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """What the tables could do with a question. complete: every word was accounted for and there is an outcome."""

    analysis: Analysis
    complete: bool
    plan: Plan | None = None
    outcome: Outcome = field(default_factory=Outcome)
    others: tuple[str, ...] = ()
    best: Plan | None = None  # the nearest reading when none is complete
    audit: Answer | None = None
    about: str = ""
    sides: bool = False  # two plans side by side: the period of one says nothing of the other

    @property
    def thin(self) -> bool:
        """Whether a row was met only in passing, so that a passage that answers is to be preferred."""
        return self.plan is not None and not self.plan.rivals and too_thin(self.plan)

    @property
    def says_nothing(self) -> bool:
        """Whether neither row nor figure is named ("número de reporte"), so that a passage that answers is to be preferred."""
        plan = self.plan
        return plan is not None and plan.row.whole and not plan.mentions and self.outcome.result is None

    @property
    def in_words(self) -> bool:
        """Whether a row is asked for what a column tells of it in words ("¿quién construye el puente?"), or by its state."""
        if not self.complete or self.plan is None or self.plan.row.whole:
            return False
        return bool(self.plan.attributes) or (rows_by_state(self.plan) and self.outcome.result is not None)

    @property
    def names_row(self) -> bool:
        """Whether the question holds a whole label of a row."""
        return self.complete and self.plan is not None and self.plan.row.full and not self.plan.row.whole

    @property
    def names_cell(self) -> bool:
        """Whether the question holds a whole label of a row and the whole heading of a column of figures."""
        plan = self.plan
        if plan is None or not self.names_row or self.outcome.result is None:
            return False
        return any(header_fit(plan, column)[0] for column in plan.view.numbers)

    def _is_blank(self) -> bool:
        """Whether the report has the row and prints no figure in its cell: that is no answer, and where it lacks is told."""
        result, plan = self.outcome.result, self.plan
        if result is None or plan is None or plan.operation not in ("look_up", "total") or plan.attributes:
            return False
        return bool(result.figures) and all(f.value is None for f in result.figures)

    def answer(self, corrections: Sequence[tuple[str, str]] = ()) -> Answer:
        """The answer, or the question back."""
        if self.audit is not None:
            return self.audit
        assert self.plan is not None
        notes = [corrected(corrections)] if corrections else []
        route = Route(
            name="figures",
            tool=self.plan.operation,
            arguments=_arguments(self.plan),
            reason="todas las palabras de la pregunta constan en el cuadro",
        )
        if self.outcome.result is None:
            return _asked_back(self.outcome, route, [*notes, *self.outcome.notes])
        result = self.outcome.result
        notes += [*self.outcome.notes, *_period_notes(self.plan), *_ceiling(self.plan), *result.warnings, *self.others]
        notes = list(dict.fromkeys(notes))
        parts = [result.text if self.sides else _with_period(result.text, self.plan)]
        if result.formula:
            parts.append(f"Cálculo: {result.formula}.")
        parts.append(source(result.citations))
        parts += [n for n in notes if n not in parts[0]]  # why there is no sum is the answer, and told once
        blank = self._is_blank()
        return Answer(
            status=Status.NOT_FOUND if blank else Status.ANSWERED,
            text=" ".join(p for p in ("No consta:" if blank else "", *parts) if p),
            values=result.figures,
            route=route,
            citations=result.citations,
            formula=result.formula,
            warnings=tuple(notes),
            suggestions=_suggestions(self.plan),
        )


def _asked_back(outcome: Outcome, route: Route, notes: Sequence[str]) -> Answer:
    shown_count = 8
    options = [f"{c.label}: {c.shown}" for c in outcome.candidates[:shown_count]]
    more = len(outcome.candidates) - len(options)
    text = " ".join([*notes, ask_back(outcome.about, options, more)])
    figures = tuple(replace(c.figure, label=f"{c.label}") for c in outcome.candidates if c.figure is not None)
    return Answer(
        status=Status.AMBIGUOUS,
        text=text,
        values=figures,
        route=replace(route, reason=f"varias respuestas posibles: {outcome.about}"),
        citations=tuple(dict.fromkeys(c for item in outcome.candidates for c in item.citations)),
        warnings=tuple(notes),
        suggestions=tuple(c.label for c in outcome.candidates[:shown_count]),
    )


def _period_notes(plan: Plan) -> list[str]:
    notes = []
    for (asked, _), fit in zip(plan.analysis.periods, plan.fits, strict=False):
        context = plan.view.table.period or plan.view.document.period
        if fit.note == "wider" and context is not None:
            notes.append(wider_period(describe(asked), describe(context)))
    own = plan.view.table.period or plan.view.document.period
    if own is not None and own.first > 1 and not plan.fits:
        closed = [merge(p, own) for p, _ in closings(plan.analysis)]
        if any(p.last == own.last and p.year in (None, own.year) and p.last_year is None for p in closed):
            notes.append(from_january(describe(own)))
    return notes


def _ceiling(plan: Plan) -> list[str]:
    """What is said beside one row against its goal, where less may be better."""
    against = plan.operation in ("percentage", "difference") and plan.level is not Level.FINANCIAL
    goal = any(c.measure == "programado" for c in plan.view.numbers)
    told = against and goal and not plan.row.whole and len(plan.rows) == 1 and less_is_better(plan.row.label)
    return [less_may_be_better()] if told else []


def _with_period(text: str, plan: Plan) -> str:
    """The period of the figure, where the sentence does not say it already."""
    context = plan.view.table.period or plan.view.document.period
    exact = [p for (p, _), fit in zip(plan.analysis.periods, plan.fits, strict=False) if fit.closeness == 3]
    period = merge(exact[0], context) if len(exact) == 1 else context
    if period is None or len(exact) > 1:
        return text
    said = describe(period)
    if fold(said) in fold(text):
        return text
    return f"{text[:-1]} ({said})." if text.endswith(".") else f"{text} ({said})"


def _arguments(plan: Plan) -> dict[str, str]:
    return {
        "cuadro": plan.view.table.name,
        "fila": "; ".join(subject_of(plan, m) for m in plan.rows),
        "medida": ", ".join(m.measure for m in plan.mentions),
    }


def _suggestions(plan: Plan) -> tuple[str, ...]:
    subject = subject_of(plan, plan.row)
    if plan.row.whole:
        return ()
    options = []
    if plan.operation != "percentage":
        options.append(f"¿Qué porcentaje de ejecución tiene {subject}?")
    if plan.operation != "share":
        options.append(f"¿Qué parte del total representa {subject}?")
    return tuple(options)
