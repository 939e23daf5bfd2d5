"""Example questions drawn from what is loaded: each was asked and answered before it is shown."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from assistant.model import Status
from index.model import Column, Document, Report, Role, RowKind, Table
from ui.chat.service import ChatService

_SHOWN = 6
_TRIED = 14  # questions asked of one report before it goes without another example
_LONGEST = 44  # characters of a label that a person would type
_VERBS = {
    "ejecutado": "se ejecutó", "devengado": "se devengó", "pagado": "se pagó", "recaudado": "se recaudó",
    "programado": "se programó", "alcanzado": "se alcanzó", "comprometido": "se comprometió",
}  # fmt: skip
_PLAIN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")  # words alone: codes, commas and brackets make no fluent question
_MONTH = re.compile("(?i)enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre")


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
    kinds = (_percentages, _rankings, _courses, _amounts, _missions)
    who = _name(report.document) if several else ""
    streams = [kind(report, who) for kind in (*kinds[start % len(kinds) :], *kinds[: start % len(kinds)])]
    tried = (text for texts in itertools.zip_longest(*streams) for text in texts if text)
    for text in itertools.islice(tried, _TRIED):
        answer = service.ask(text)
        mine = all(c.document == report.document.id for c in answer.citations)
        if answer.status is Status.ANSWERED and mine and not answer.warnings:
            yield text


def _percentages(report: Report, who: str) -> Iterator[str]:
    for table in report.tables:
        if any(c.measure == "porcentaje" for c in table.columns):
            yield from (f"¿Qué porcentaje se ejecutó en {label}{_of(who)}?" for label in _labels(table))


def _rankings(report: Report, who: str) -> Iterator[str]:
    for table in report.tables:
        noun = next((c.path[-1].lower() for c in table.columns if c.role is Role.LABEL and c.path), "")
        if len(_labels(table, most=99)) < 4 or not noun.isalpha():
            continue
        plural = f"{noun}s" if noun[-1] in "aeiou" else f"{noun}es"
        for column in _measured(table):
            yield f"¿Qué 3 {plural} tienen mayor {column.path[-1].lower()}{_of(who)}?"


def _courses(report: Report, who: str) -> Iterator[str]:
    for table in report.tables:
        months = [row.label for row in table.rows if row.kind is RowKind.DATA and _MONTH.fullmatch(row.label.strip())]
        if len(months) > 2:
            for column in table.columns:
                if column.path and column.role is Role.NUMBER and column.unit != "%" and column.derived is None:
                    span = f"de {months[0].lower()} a {months[-1].lower()}"
                    yield f"Evolución de {column.path[-1].lower()} {span}{_of(who)}"


def _amounts(report: Report, who: str) -> Iterator[str]:
    for table in report.tables:
        for column in _measured(table):
            verb = _VERBS.get(column.measure or "")
            if verb:
                yield from (f"¿Cuánto {verb} en {label}{_of(who)}?" for label in _labels(table)[:2])


def _missions(report: Report, who: str) -> Iterator[str]:
    if any("misi" in " ".join(chunk.section).lower() for chunk in report.chunks):
        yield f"¿Cuál es la misión{_of(who)}?"


def _measured(table: Table) -> list[Column]:
    """The columns whose head names a measure, without percentages and differences."""
    plain = (c for c in table.columns if c.path and _PLAIN.fullmatch(c.path[-1]))
    return [c for c in plain if c.measure and c.role is Role.NUMBER and c.unit != "%" and c.derived is None]


def _labels(table: Table, most: int = 4) -> list[str]:
    """Names of rows that are short and stand once in their table."""
    labels = [" ".join(r.label.split()).rstrip(" .:;,") for r in table.rows if r.kind is RowKind.DATA]
    return [x for x in labels if 4 <= len(x) <= _LONGEST and labels.count(x) == 1 and _PLAIN.fullmatch(x)][:most]


def _name(document: Document) -> str:
    """The shortest name that people use for an institution."""
    return min((*document.aliases, document.institution or document.title), key=len)


def _of(who: str) -> str:
    return f", {who}" if who else ""
