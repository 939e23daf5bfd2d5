"""The steps of an answer as plain functions: read the question, select a route, run its tool, compose.

`assistant.agent` runs them as a workflow. The selector is a seat: a language model may take it later, and choose a
tool or put the question in other words; the figures still come from the tools and the checks stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from assistant.attempt import Attempt
from assistant.contradictions import in_passages, in_table
from assistant.figures import FigureRoute
from assistant.limits import only_figures, ranks, takes_away
from assistant.merge import refusal
from assistant.model import Answer
from assistant.near_passages import with_nearest_passage
from assistant.near_rows import with_nearest
from assistant.question import Analysis, analyse
from assistant.shortlist import Scope
from assistant.spelling import respell
from assistant.those_told import Turn
from assistant.trust import with_doubts
from assistant.words import (
    asks_for_cause,
    asks_for_figure,
    asks_for_meaning,
    asks_for_prose,
    asks_for_who,
    asks_to_define,
)
from index.model import Report
from tools.catalogue import Catalogue

if TYPE_CHECKING:
    from index.labels import Labels
    from index.search import PassageIndex


@dataclass(frozen=True, kw_only=True, repr=False)
class Library:
    """What can be asked about, at one revision of the store. passages, labels: made when first called."""

    catalogue: Catalogue
    reports: Sequence[Report]
    passages: Callable[[], PassageIndex]
    labels: Callable[[], Labels]
    _prose: dict[str, PassageIndex] = field(default_factory=dict)

    def prose_of(self, document: str) -> PassageIndex | None:
        """The passages of one report, words alone: a question about figures need not read those of all the others."""
        if document not in self._prose:
            from index.search import PassageIndex  # noqa: PLC0415 - only for a figure that prose may tell

            report = next((r for r in self.reports if r.document.id == document), None)
            if report is None or not report.chunks:
                return None
            self._prose[document] = PassageIndex.build([report])
        return self._prose[document]


class Reading:
    """One question read against a library, and what each route finds for it: looked for once, when asked."""

    def __init__(self, text: str, scope: Scope, library: Library) -> None:
        self.text = text
        self.scope = scope
        self.holdings = library
        self.analysis: Analysis
        self.corrections: tuple[tuple[str, str], ...]
        self.analysis, self.corrections = respell(analyse(text), library.catalogue, library.passages)

    @cached_property
    def attempt(self) -> Attempt:
        """What the tables do with the question."""
        return FigureRoute(self.holdings.catalogue, self.holdings.reports).attempt(self.analysis, self.scope)

    @cached_property
    def narrative(self) -> Answer | None:
        """What the passages answer, None when they leave a word unexplained.

        They are searched by numpy and tokenizers alone; `index.retrievers` dresses the same search for LlamaIndex.
        """
        from assistant.passages import narrative_answer  # noqa: PLC0415 - a figure question does not need it

        told_by_tables = (  # never why, who or where, whatever rows the words of the question meet
            self.attempt.complete and self.attempt.outcome.result is not None and not asks_for_prose(self.analysis)
        )
        return narrative_answer(
            self.analysis,
            self.holdings.passages(),
            self.scope,
            self.corrections,
            by_meaning=not told_by_tables,
            figure=asks_for_figure(self.analysis),
        )

    @cached_property
    def meaning_of_term(self) -> Answer | None:
        """What a word of public budgets means in general, when that is all that is asked."""
        if not asks_for_meaning(self.analysis.text):
            return None
        from assistant.glossary import glossary_answer  # noqa: PLC0415 - only for such a question

        documents = self.holdings.catalogue.documents.values()
        countries = {d.country for d in documents if self.scope.documents is None or d.id in self.scope.documents}
        return glossary_answer(self.analysis.text, frozenset(c for c in countries if c))


class Tool(StrEnum):
    """What a selector may choose."""

    FIGURES = "figures"
    NARRATIVE = "narrative"
    NONE = "none"  # refuse


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """A selector's choice. text: the question in other words, when it should be read again."""

    tool: Tool
    text: str | None = None


class Selector(Protocol):
    """Chooses the tool that answers a question."""

    async def select(self, reading: Reading) -> Choice: ...


class EvidenceSelector:
    """Chooses by evidence: the route that accounts for every word of the question, the tables first for figures."""

    async def select(self, reading: Reading) -> Choice:
        """The tool whose evidence explains the whole question; NONE when none does."""
        return Choice(tool=choose(reading))


def choose(reading: Reading) -> Tool:
    """The route for a question, by what each one finds; the passages are looked at only when they may be needed."""
    attempt, analysis = reading.attempt, reading.analysis
    if asks_for_cause(analysis):
        return Tool.NARRATIVE if reading.narrative is not None else Tool.NONE
    named = (bool(analysis.mentions) or attempt.names_cell) and attempt.names_row and not asks_for_who(analysis)
    wants_figure = asks_for_figure(analysis) or named
    meaning = (asks_for_meaning(analysis.text) and not wants_figure) or asks_to_define(
        analysis.text
    )  # "¿qué es el CONCIBER?": how often it met is no answer
    settled = not attempt.thin and not attempt.says_nothing
    if attempt.complete and not meaning and (wants_figure or attempt.in_words) and settled:
        return Tool.FIGURES
    told = reading.narrative
    if takes_away(analysis) and not attempt.complete:
        told = None
    if told is not None and wants_figure and not attempt.complete and only_figures(analysis):
        told = told if ranks(analysis, told.text) else None
    if told is not None:
        return Tool.NARRATIVE
    if attempt.complete and not meaning and not asks_for_prose(analysis):
        return Tool.FIGURES
    return Tool.NONE


def run_tool(reading: Reading, tool: Tool) -> Answer | None:
    """What the chosen tool answers; None when it cannot account for the question, whoever chose it."""
    if tool is Tool.FIGURES and reading.attempt.complete:
        return _beside_prose(reading, reading.attempt.answer(reading.corrections))
    if tool is Tool.NARRATIVE:
        told = reading.narrative
        return in_table(told, reading.attempt) if told is not None else None
    return None


_TOLD_BY_PROSE = frozenset({"look_up", "total", "percentage"})  # operations whose one figure a sentence may give too


def _beside_prose(reading: Reading, answer: Answer) -> Answer:
    """The answer of a row, with what the prose of its report says otherwise."""
    plan = reading.attempt.plan
    if plan is None or plan.operation not in _TOLD_BY_PROSE or reading.attempt.sides:
        return answer
    passages = reading.holdings.prose_of(answer.citations[0].document) if answer.citations else None
    if passages is None:
        return answer
    from assistant.asking import ask  # noqa: PLC0415 - only a figure that prose may tell

    return in_passages(answer, ask(reading.analysis.text, passages.vocabulary), passages)


def compose(reading: Reading, tool: Tool, answer: Answer | None) -> tuple[Answer, Turn | None]:
    """The answer or the refusal, and what the next question of the conversation may lean on.

    "¿Qué es devengado?" is told from the glossary when no passage tells it: a figure would be no answer to that.
    """
    if tool is not Tool.NARRATIVE and reading.meaning_of_term is not None:
        return reading.meaning_of_term, None
    if answer is None:
        refused = refusal(
            reading.analysis, reading.attempt, reading.holdings.catalogue, reading.scope, reading.corrections
        )
        near = with_nearest_passage(with_nearest(refused, reading), reading)
        return with_doubts(near, reading.holdings.catalogue, reading.scope), None
    turn = Turn(
        text=reading.analysis.text,
        analysis=reading.analysis,
        plan=reading.attempt.plan if tool is Tool.FIGURES else None,
        documents=frozenset(c.document for c in answer.citations),
        top=_first_of(reading, answer) if tool is Tool.FIGURES else "",
    )
    return with_doubts(answer, reading.holdings.catalogue, reading.scope), turn


_CODE = re.compile(r"^\d[\d.\-]*\s+(?=[^\W\d])")


def _first_of(reading: Reading, answer: Answer) -> str:
    """The row that a ranking of one named; "" after anything else."""
    plan = reading.attempt.plan
    one = plan is not None and plan.operation == "rank" and len(answer.values) == 1 and answer.citations
    named = (answer.citations[0].row or "") if one else ""
    return _CODE.sub("", named)  # asked of by its name: "220" alone would be a number of nothing


def answer_plainly(text: str, scope: Scope, library: Library) -> tuple[Answer, Turn | None]:
    """The steps one after the other, as the workflow must answer too."""
    reading = Reading(text, scope, library)
    tool = choose(reading)
    return compose(reading, tool, run_tool(reading, tool))
