"""Loaded reports and load outcomes on the screen and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from index.ingest import Outcome, Status
from index.model import Document, LeftOut, Report
from index.periods import describe
from index.store import Sizes
from ui.fields import country_name

Line = tuple[str, str]  # (text, rich style)
_UNKNOWN = "no se reconoce"
_STYLES = {Status.NEW: "green", Status.REPLACED: "cyan", Status.KNOWN: "dim", Status.FAILED: "bold red"}
_FIELD_NAMES = {
    "title": "título",
    "institution": "institución",
    "aliases": "siglas",
    "country": "país",
    "currency": "moneda",
    "period": "periodo",
}


def counted(number: int, one: str, many: str) -> str:
    """A number and its noun: "1 tabla", "3 tablas"."""
    return f"{number} {one if number == 1 else many}"


def document_lines(document: Document, sizes: Sizes) -> Iterator[Line]:
    """What is known of a document in a few lines, its file first."""
    yield document.file, "bold"
    if document.title != document.file:
        yield f"  {document.title}", ""
    aliases = f" ({', '.join(document.aliases)})" if document.aliases else ""
    yield f"  Institución: {document.institution or _UNKNOWN}{aliases}", ""
    country = country_name(document.country) if document.country else _UNKNOWN
    period = describe(document.period) if document.period else _UNKNOWN
    yield f"  País: {country} · Periodo: {period} · Moneda: {document.currency or _UNKNOWN}", ""
    pages = [counted(document.pages, "página", "páginas")] if document.pages else []
    read = [
        *pages,
        f"{counted(sizes.tables, 'tabla', 'tablas')} ({counted(sizes.rows, 'fila', 'filas')})",
        counted(sizes.chunks, "pasaje", "pasajes"),
    ]
    yield f"  Contenido: {', '.join(read)} · Identificador: {document.id}", ""
    if document.edited:
        yield f"  Corregido a mano: {', '.join(_FIELD_NAMES[field] for field in document.edited)}", "cyan"
    if document.left_out:
        yield f"  Quedó fuera: {left_out_summary(document.left_out)}", "yellow"
    for warning in document.warnings:
        yield f"  Aviso: {warning}", "yellow"


def left_out_summary(left_out: Sequence[LeftOut]) -> str:
    """How many pieces were left out for which reason."""
    reasons = Counter(part.reason.rstrip(".") for part in left_out)
    return "; ".join(f"{number} × {reason}" for reason, number in reasons.most_common())


def detail_lines(report: Report) -> Iterator[Line]:
    """Tables, passages by section, facts, and each piece that was left out."""
    for table in report.tables:
        size = f"{counted(len(table.rows), 'fila', 'filas')} × {counted(len(table.columns), 'columna', 'columnas')}"
        yield f"    Tabla: {table.name} · {size}{_pages(table.pages)}", ""
    sections = Counter(" › ".join(chunk.section) or "(sin título)" for chunk in report.chunks)
    for section, number in sections.items():
        yield f"    Sección: {section} · {counted(number, 'pasaje', 'pasajes')}", ""
    for fact in report.facts:
        detail = f" ({fact.detail})" if fact.detail else ""
        yield f"    Dato: {fact.key} = {fact.value}{detail}{_pages((fact.page,) if fact.page else ())}", ""
    for part in report.document.left_out:
        where = _pages((part.page,) if part.page else ())
        yield f"    Fuera: «{_short(part.text)}» · {part.reason}{where}", "yellow"


def document_dict(document: Document, sizes: Sizes) -> dict[str, Any]:
    """A document as JSON: the fields of the type, plus its counts and its period in words."""
    return {
        **asdict(document),
        "period_text": describe(document.period) if document.period else None,
        "tables": sizes.tables,
        "rows": sizes.rows,
        "chunks": sizes.chunks,
    }


def outcome_lines(outcomes: Sequence[Outcome]) -> Iterator[Line]:
    """The outcome of each file of a load, and under it what was recognised and what to know."""
    for outcome in outcomes:
        name = outcome.document.file if outcome.document is not None else outcome.path.name
        yield f"{outcome.status.value}: {name}", _STYLES[outcome.status]
        for line in outcome_details(outcome):
            yield f"  {line}", ""


def outcome_totals(outcomes: Sequence[Outcome]) -> str:
    """How many files ended how: "3 nuevos, 1 fallido"."""
    plurals = {Status.KNOWN: "ya estaban"}
    counts = Counter(outcome.status for outcome in outcomes)
    return ", ".join(
        counted(counts[status], status.value, plurals.get(status, status.value + "s"))
        for status in Status
        if counts[status]
    )


def ignored_line(ignored: Sequence[Path]) -> str:
    """What a folder held that is of no kind that is read."""
    kinds = Counter(path.suffix.lower() or "sin extensión" for path in ignored)
    listed = ", ".join(f"{number} {kind}" for kind, number in kinds.most_common())
    one, many = "No se leyó {} archivo de otro tipo: {}.", "No se leyeron {} archivos de otro tipo: {}."
    return (one if len(ignored) == 1 else many).format(len(ignored), listed)


def outcome_details(outcome: Outcome) -> Iterator[str]:
    """What was recognised in a file that was loaded, or why it was not, and what to know of it."""
    document = outcome.document
    fresh = document is not None and outcome.status in {Status.NEW, Status.REPLACED}
    if document is not None and fresh and (known := " · ".join(_recognised(document))):
        yield known
    if outcome.message:
        yield outcome.message
    if document is not None and fresh:
        if document.left_out:
            yield f"Quedó fuera: {left_out_summary(document.left_out)}"
        yield from (f"Aviso: {warning}" for warning in document.warnings)


def _recognised(document: Document) -> Iterator[str]:
    yield document.institution or "institución: no se reconoce"
    if document.country:
        yield country_name(document.country)
    if document.period:
        yield describe(document.period)
    if document.currency:
        yield document.currency


def _pages(pages: Sequence[int]) -> str:
    if not pages:
        return ""
    return f" · p. {pages[0]}" if len(pages) == 1 else f" · pp. {pages[0]}–{pages[-1]}"


def _short(text: str, size: int = 100) -> str:
    text = " ".join(text.split())
    return text if len(text) <= size else text[: size - 1] + "…"
