"""What an answer owes to whoever relies on it: that a figure was read by OCR, or that its table does not add up."""

from __future__ import annotations

import re
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from assistant.model import Answer, Status
from assistant.shortlist import Scope
from index.model import Citation, Document, Table
from index.tables.doubts import header_doubts
from tools.catalogue import Catalogue, TableView
from tools.reconcile import Check, CheckStatus, reconcile

_TABLES = 3  # tables of an answer whose arithmetic is looked at
_CELLS = 2_000  # cells of a table up to which that is done while somebody waits
_TOLD = 2  # findings told
_NAMED = 3  # documents or pages named
_FIGURE = re.compile(r"\d[\d.,]*\d|\d")
_known: deque[tuple[TableView, tuple[Check, ...]]] = deque(maxlen=32)  # checks of the tables asked about last
_lock = threading.Lock()


def with_doubts(answer: Answer, catalogue: Catalogue, scope: Scope) -> Answer:
    """The answer with what must be known of its sources, said once in its text and in its warnings."""
    if answer.status is Status.NOT_FOUND:
        notes = _unread(catalogue, scope.documents)
    elif answer.route.name == "audit":
        notes = _scanned(answer.citations)
    else:
        notes = [*_scanned(answer.citations), *_arithmetic(answer, catalogue)]
    new = [n for n in notes if n not in answer.warnings and n not in answer.text]
    if not new:
        return answer
    return replace(answer, text=" ".join([answer.text, *new]), warnings=(*answer.warnings, *new))


def _scanned(citations: Sequence[Citation]) -> list[str]:
    """Figures and passages that were read from a picture and that nothing confirms."""
    doubtful = [c for c in dict.fromkeys(citations) if c.verified is False]
    figures = list(dict.fromkeys((c.text, c.page) for c in doubtful if c.column is not None))
    notes = []
    if figures:
        shown = ", ".join(f"«{text}»" + (f" (p. {page})" if page else "") for text, page in figures[:_NAMED])
        more = f" y {len(figures) - _NAMED} más" if len(figures) > _NAMED else ""
        many = len(figures) > 1
        read = "leídas por OCR, sin verificar: compruébelas" if many else "leída por OCR, sin verificar: compruébela"
        notes.append(f"{shown}{more}: cifra{'s' * many} {read} en la imagen de la página.")
    if any(c.column is None for c in doubtful):
        notes.append("El texto citado se leyó por OCR, sin verificar: compruébelo en la imagen de la página.")
    return notes


def _arithmetic(answer: Answer, catalogue: Catalogue) -> list[str]:
    """What contradicts a cited figure in its own table; that a table as a whole does not add up."""
    cited_in = dict.fromkeys(c.document for c in answer.citations)
    views = {v.table.id: v for d in cited_in for v in catalogue.of_document(d)}
    cited: dict[str, list[Citation]] = {}
    for citation in answer.citations:
        if citation.table_id in views and citation.table_id is not None:
            cited.setdefault(citation.table_id, []).append(citation)
    notes: list[str] = []
    for table_id, citations in list(cited.items())[:_TABLES]:
        view = views[table_id]
        notes += [c.text for c in _against(view, citations)[:_TOLD] if not _said(c.text, answer)]
        if view.table.trust.shaky:
            notes.append(_shaky(view.table))
        if view.table.trust.lost:
            notes.append(_lost(view.table))
        notes += _misread(view.table, citations)
    return notes


def _misread(table: Table, citations: Sequence[Citation]) -> list[str]:
    """That the header of a column that is cited may not be its own."""
    cited = {c.column_index for c in citations}
    told = dict.fromkeys(text for index, text in header_doubts(table).items() if index in cited)
    return [f"En «{table.name}», {text}: compruebe la cifra en el documento." for text in list(told)[:_TOLD]]


def _against(view: TableView, citations: Sequence[Citation]) -> list[Check]:
    """Checks of the table's own arithmetic that fail on the very cells that are cited."""
    table = view.table
    if sum(len(r.cells) for r in table.rows) > _CELLS:
        return []
    places = {(c.row, c.column, c.page) for c in citations}
    failed = [c for c in _checks(view) if c.status is CheckStatus.MISMATCH and c.gap is not None]
    return [c for c in failed if any((s.row, s.column, s.page) in places for s in c.citations[:1])]


def _checks(view: TableView) -> tuple[Check, ...]:
    """The checks of a table, made once while it is asked about."""
    with _lock:
        for known, checks in _known:
            if known is view:
                return checks
    checks = reconcile([view])
    with _lock:
        _known.append((view, checks))
    return checks


def _said(text: str, answer: Answer) -> bool:
    """Whether a warning tells every figure of a finding already, or one on what is printed with the calculation."""
    figures = set(_FIGURE.findall(text))
    warned = [w for w in answer.warnings if "imprim" in w]
    beside = [*answer.warnings, *([answer.text] if warned else [])]
    return bool(figures) and any(figures <= set(_FIGURE.findall(t)) for t in beside)


def _shaky(table: Table) -> str:
    failing = table.trust.found - table.trust.held
    return (
        f"En «{table.name}» no cuadran {failing} de {table.trust.found} comprobaciones: puede estar mal leída; "
        "compruebe la cifra en el documento."
    )


def _lost(table: Table) -> str:
    words = " ".join(table.trust.lost)
    short = words if len(words) <= 60 else words[:59] + "…"
    return (
        f"En «{table.name}» quedó texto sin colocar en ninguna celda («{short}»): compruebe la cifra en el documento."
    )


def _unread(catalogue: Catalogue, only: frozenset[str] | None) -> list[str]:
    """Documents in question that hold pages nobody read: the answer may be there."""
    documents = [d for d in catalogue.documents.values() if d.unread and (only is None or d.id in only)]
    return [_escaped(d) for d in documents[:_NAMED]]


def _escaped(document: Document) -> str:
    pages = document.unread
    if document.pages is not None and len(pages) == document.pages:
        return f"«{document.file}» está escaneado y no se pudo leer: lo que diga no consta aquí."
    named = ", ".join(map(str, pages[:8])) + ("…" if len(pages) > 8 else "")
    which = (
        f"la página {named} está escaneada y no se pudo leer"
        if len(pages) == 1
        else (f"las páginas {named} están escaneadas y no se pudieron leer")
    )
    return f"En «{document.file}» {which}: lo que digan no consta aquí."
