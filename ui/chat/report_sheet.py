"""The list of reports and the sheet of one report as HTML: tables, text, what was left out, whether it adds up."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.model import Answer, Route, Status
from index.errors import ConstaIndexError
from index.model import Document, Report, Table
from index.periods import describe
from index.store import Sizes
from tools.reconcile import Check, CheckStatus, reconcile_report
from ui.audit_view import counts
from ui.chat.evidence import grid
from ui.chat.export import data_link, table_rows, to_csv, to_xlsx
from ui.chat.names import table_short
from ui.chat.service import ChatService
from ui.chat.turns import Turn
from ui.chat.uploads import Step
from ui.chat.views import CSV, XLSX, rendered
from ui.documents_view import counted, left_out_summary
from ui.fields import country_name

_UNKNOWN = "no se reconoce"
_AUDIT, _AUDIT_VERSION = "audit-counts", "1"
_MOST_HELD = 60  # checks that hold told one by one; the rest as a count
_MOST_CHUNKS = 400
_SHORT = {CheckStatus.MISMATCH: "mal", CheckStatus.UNKNOWN: "duda", CheckStatus.VERIFIED: "bien"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """One row of the list. audit: how many checks ended how, by `CheckStatus` value; None when it failed."""

    document: Document
    sizes: Sizes
    audit: Mapping[str, int] | None

    @property
    def who(self) -> str:
        return self.document.institution or _UNKNOWN

    @property
    def country(self) -> str:
        return country_name(self.document.country) if self.document.country else _UNKNOWN

    @property
    def period(self) -> str:
        return describe(self.document.period) if self.document.period else _UNKNOWN

    @property
    def contents(self) -> tuple[str, ...]:
        """Pages, tables and passages in words; a file without pages has none."""
        pages = (counted(self.document.pages, "página", "páginas"),) if self.document.pages else ()
        tables = counted(self.sizes.tables, "cuadro", "cuadros")
        return (*pages, tables, counted(self.sizes.chunks, "pasaje", "pasajes"))

    @property
    def left_out(self) -> str:
        return left_out_summary(self.document.left_out)

    @property
    def state(self) -> tuple[str, str]:
        """How the reconciliation ended: a class of the style sheet, and words."""
        if self.audit is None:
            return "duda", "No se pudo comprobar"
        wrong, open_, held = (self.audit[s.value] for s in CheckStatus)
        if wrong:
            return "mal", f"NO CUADRA: {wrong} de {wrong + open_ + held}"
        if open_:
            return "duda", f"NO VERIFICABLE: {open_} de {open_ + held}"
        return ("bien", f"VERIFICADO: {held}") if held else ("duda", "Nada que comprobar")


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """Checks of one table (or of several compared). number: place of a check among all checks of the report."""

    tables: str
    checks: tuple[tuple[int, str, Check], ...]  # number, class of the style sheet, check
    held: int


def listed(service: ChatService) -> tuple[Listed, ...]:
    """All loaded reports with their counts, by file name. A report whose checks fail is listed all the same."""
    sizes = service.store.sizes()
    return tuple(
        Listed(document=d, sizes=sizes.get(d.id, Sizes()), audit=_audit(service, d.id)) for d in service.documents()
    )


def listed_one(service: ChatService, document: Document) -> Listed:
    """One loaded report with its counts."""
    sizes = service.store.sizes().get(document.id, Sizes())
    return Listed(document=document, sizes=sizes, audit=_audit(service, document.id))


def list_html(
    rows: Sequence[Listed], *, chosen: str | None, scope: Sequence[str], may_change: bool, filtered: bool = False
) -> str:
    """The list. chosen: id of the report whose sheet is open; scope: ids that the conversation is restricted to."""
    return rendered(
        "desk_list.html", rows=rows, chosen=chosen, scope=frozenset(scope), may_change=may_change, filtered=filtered
    )


def head_html(row: Listed) -> str:
    """The head of a sheet: what was recognised, what was corrected, what warns."""
    return rendered("desk_head.html", row=row, document=row.document)


def table_html(table: Table | None) -> str:
    """A table of the report as it was read, None where there is none, with its files."""
    if table is None:
        return rendered("desk_table.html", table=None)
    rows, short = table_rows(table), table_short(table.name)
    return rendered(
        "desk_table.html",
        table=table,
        pages=_pages(table.pages),
        grid=grid(table, ()),
        csv=data_link(to_csv(rows), CSV),
        xlsx=data_link(to_xlsx(rows, short), XLSX),
        name=re.sub(r"[^\w-]+", "-", short).strip("-") or "cuadro",
    )


def text_html(report: Report) -> str:
    """The passages under their sections, and the facts of the head of the report."""
    shown = report.chunks[:_MOST_CHUNKS]
    sections = [
        (" › ".join(section) or "Sin título", [(chunk, _pages(chunk.pages)) for chunk in chunks])
        for section, chunks in groupby(shown, key=lambda c: c.section)
    ]
    return rendered("desk_text.html", sections=sections, facts=report.facts, more=len(report.chunks) - len(shown))


def left_out_html(document: Document) -> str:
    """What is in no table and no passage, and why."""
    return rendered("desk_left_out.html", document=document)


def checks_of(report: Report) -> tuple[Check, ...]:
    """The checks of a report, those that do not hold first."""
    order = list(CheckStatus)
    return tuple(sorted(reconcile_report(report), key=lambda c: order.index(c.status)))


def checks_html(checks: Sequence[Check]) -> str:
    """The checks under the tables they are about; each can be pressed to see its cells."""
    numbered = list(enumerate(checks))
    lists = []
    for tables in dict.fromkeys(c.tables for c in checks):
        alike = [(n, _SHORT[c.status], c) for n, c in numbered if c.tables == tables]
        told = [part for part in alike if part[2].status is not CheckStatus.VERIFIED]
        held = [part for part in alike if part[2].status is CheckStatus.VERIFIED]
        shown = held[:_MOST_HELD]
        lists.append(Listing(tables=" · ".join(tables), checks=(*told, *shown), held=len(held) - len(shown)))
    return rendered("desk_checks.html", lists=lists, total=counts(checks), any=bool(checks))


def check_turn(check: Check) -> Turn:
    """A check as a turn of a conversation, so that its cells are shown as those of any answer."""
    answer = Answer(
        status=Status.ANSWERED if check.citations else Status.NOT_FOUND,
        text=check.text,
        route=Route(name="audit", tool="reconcile"),
        values=check.figures,
        citations=check.citations,
    )
    return Turn(question=check.where, answer=answer)


def progress_html(steps: Sequence[Step], *, preparing: bool = False) -> str:
    """Files of an upload and what became of them. preparing: whether answers do not know them yet."""
    return rendered("desk_progress.html", steps=steps, preparing=preparing)


def _audit(service: ChatService, ident: str) -> dict[str, int] | None:
    """How the checks of a report end; kept beside it, since a long report takes a while."""
    try:
        kept = service.store.derived(_AUDIT, _AUDIT_VERSION, document=ident)
        if kept is not None:
            found: dict[str, int] = json.loads(kept)
            return found
        made = counts(reconcile_report(service.report(ident)))
        service.store.save_derived(_AUDIT, _AUDIT_VERSION, json.dumps(made).encode(), document=ident)
    except ConstaIndexError:  # removed meanwhile, or a store that is only read
        return None
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:  # a defect of ours must not hide the list
        service.incident(error, f"reconciling {ident} for the list")
        return None
    return made


def _pages(pages: Sequence[int]) -> str:
    if not pages:
        return ""
    return f"p. {pages[0]}" if len(pages) == 1 else f"pp. {pages[0]}–{pages[-1]}"
