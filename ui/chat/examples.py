"""Example questions drawn from what is loaded: each was asked and answered before it is shown."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from assistant.model import Status
from index.model import Document, Report, RowKind, Table
from ui.chat.service import ChatService

_SHOWN = 6
_TRIED = 14  # questions asked of one report before it goes without another example
_LONGEST = 44  # characters of a label that a person would type


def examples(service: ChatService, documents: Sequence[str] = ()) -> tuple[str, ...]:
    """Up to six questions of different kinds over different reports, all of them answered without a warning.

    documents: ids to stay within, none for all.
    """
    reports = [r for r in service.reports() if not documents or r.document.id in documents]
    rounds = [_good(service, report, several=len(reports) > 1, start=i) for i, report in enumerate(reports[:_SHOWN])]
    found: list[str] = []
    for one_each in itertools.zip_longest(*rounds):
        found.extend(text for text in one_each if text)
        if len(found) >= _SHOWN:
            break
    return tuple(found[:_SHOWN])


def _good(service: ChatService, report: Report, *, several: bool, start: int) -> Iterator[str]:
    """The questions of a report that are answered from it; reports begin with different kinds of question."""
    kinds = [_percentages, _rankings, _amounts]
    turned = kinds[start % 3 :] + kinds[: start % 3]
    who = _name(report.document) if several else ""
    streams = [kind(report, who) for kind in turned]
    tried = (text for texts in itertools.zip_longest(*streams) for text in texts if text)
    for text in itertools.islice(tried, _TRIED):
        answer = service.ask(text)
        mine = all(c.document == report.document.id for c in answer.citations)
        if answer.status is Status.ANSWERED and mine and not answer.warnings:
            yield text


def _percentages(report: Report, who: str) -> Iterator[str]:
    for table in report.tables:
        if any(c.derived is not None or c.measure == "porcentaje" for c in table.columns):
            yield from (f"¿Qué porcentaje ejecutó {who}en {label}?" for label in _labels(table))


def _rankings(report: Report, who: str) -> Iterator[str]:
    for table in report.tables:
        noun = table.columns[0].header.lower() if table.columns else ""
        if len(_labels(table, most=99)) < 4 or len(noun.split()) != 1:
            continue
        for column in table.columns:
            if column.measure and column.unit != "%" and len(column.header) <= _LONGEST:
                plural = noun if noun.endswith("s") else f"{noun}s" if noun[-1] in "aeiou" else f"{noun}es"
                yield f"¿Qué 3 {plural} tienen mayor {column.path[-1].lower()}{_of(who)}?"


def _amounts(report: Report, who: str) -> Iterator[str]:
    for table in report.tables:
        for column in table.columns:
            if column.measure and column.unit != "%" and len(column.path[-1]) <= _LONGEST:
                yield from (
                    f"¿Cuál fue el valor de {column.path[-1].lower()} en {label}{_of(who)}?" for label in _labels(table)[:2]
                )


def _labels(table: Table, most: int = 4) -> list[str]:
    """Names of rows that are short and stand once in their table."""
    labels = [" ".join(r.label.split()) for r in table.rows if r.kind is RowKind.DATA]
    return [x for x in labels if 4 <= len(x) <= _LONGEST and labels.count(x) == 1 and any(c.isalpha() for c in x)][:most]


def _name(document: Document) -> str:
    """The shortest name that people use for an institution."""
    return f"{min((*document.aliases, document.institution or document.title), key=len)} "


def _of(who: str) -> str:
    return f", {who.strip()}" if who else ""
