"""Questions on whether a report adds up: the report and tables meant, their checks, and the answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant import wording
from assistant.audit_focus import Focus, find_focus, relevant
from assistant.model import Answer, Route, Status
from assistant.plan import Plan
from assistant.question import Analysis
from assistant.shortlist import Scope
from index.model import Citation, Document, Report
from index.periods import describe
from index.text import fold
from tools.catalogue import Catalogue
from tools.model import Figure
from tools.reconcile import Check, CheckKind, CheckStatus, reconcile

_TOLD = 8  # findings told one by one
_HELD = 3  # checks that hold told one by one
_OPTIONS = 6  # reports shown when asking back
_CITED = 40
_ROWS = 3  # rows whose identities are told one by one


def audit_answer(
    analysis: Analysis, found: Sequence[Plan], catalogue: Catalogue, reports: Sequence[Report], scope: Scope
) -> Answer | None:
    """The checks a question asks for, contradictions first; None when some of its words are nothing in any report."""
    by_document: dict[str, list[Plan]] = {}
    for plan in found:
        by_document.setdefault(plan.view.document.id, []).append(plan)
    order = [r.document.id for r in reports if r.document.id in by_document]
    focuses = [f for d in order if (f := find_focus(d, analysis, by_document[d], catalogue)) is not None]
    focuses = [f for f in focuses if not f.joined] or focuses
    focuses = [f for f in focuses if f.full] or focuses
    focuses = [f for f in focuses if f.document in scope.preferred] or focuses
    if not focuses:
        return None
    if len(focuses) > 1:
        return _ask_back(focuses, catalogue)
    return _answer(focuses[0], catalogue)


def _checks(focus: Focus, catalogue: Catalogue) -> tuple[Check, ...]:
    views = [catalogue.views[i] for i in catalogue.by_document[focus.document]]
    return reconcile(views, focus.rows if len(focus.rows) <= _ROWS else frozenset())


def _answer(focus: Focus, catalogue: Catalogue) -> Answer | None:
    every = _checks(focus, catalogue)
    chosen = relevant(every, focus)
    if not chosen:
        return None
    document = catalogue.documents[focus.document]
    apart = [c for c in chosen if len(c.table_ids) > 1] if focus.single else []
    own = [c for c in chosen if c not in apart] or list(chosen)
    apart = [c for c in apart if c not in own and c.status is CheckStatus.MISMATCH]
    broken = _ordered([c for c in own if c.status is CheckStatus.MISMATCH], focus)
    open_ = [c for c in own if c.status is CheckStatus.UNKNOWN] if focus.narrow or not broken else []
    held = [c for c in own if c.status is CheckStatus.VERIFIED] if not broken else []
    told = [*broken, *apart, *_ordered(held, focus)[:_HELD], *open_[:_HELD]]
    citations = tuple(dict.fromkeys(c for check in told for c in check.citations))[:_CITED]
    if not citations:
        return None
    counts = _counts(own)
    rest = _counts(every)[CheckStatus.MISMATCH] - counts[CheckStatus.MISMATCH] - len(apart)
    notes = [wording.audit_elsewhere(rest)] if focus.narrow and rest > 0 else []
    findings, others = _sentences(broken), _sentences(apart)
    lines = [
        wording.audit_counts(_name(document), {s.value: counts[s] for s in CheckStatus}),
        wording.audit_broken(findings[:_TOLD], len(findings) - _TOLD, unsure=bool(open_)),
        wording.audit_open([c.text for c in open_[:_HELD]], max(0, len(open_) - _HELD)),
        wording.audit_held([c.text for c in _ordered(held, focus)[:_HELD]], max(0, len(held) - _HELD)),
        wording.audit_apart(others[:_TOLD]),
        wording.source(citations),
        *notes,
    ]
    return Answer(
        status=Status.ANSWERED,
        text=" ".join(line for line in lines if line),
        values=_figures(told),
        route=Route(
            name="audit",
            tool="reconcile",
            arguments={
                "informe": document.file,
                "cuadros": "; ".join(dict.fromkeys(t for c in told for t in c.tables)),
            },
            reason="la pregunta pide comprobar cifras del informe",
        ),
        citations=citations,
        warnings=tuple(notes),
    )


def _sentences(checks: Sequence[Check]) -> list[str]:
    """Findings as sentences; those on the same columns of the same tables as one."""
    groups: dict[object, list[Check]] = {}
    for n, check in enumerate(checks):
        same = (check.kind, check.tables, tuple(s.column for s in check.spots)) if check.brief else n
        groups.setdefault(same, []).append(check)
    return [wording.audit_group(group[0].text, [c.brief for c in group[1:]]) for group in groups.values()]


def _ordered(checks: Sequence[Check], focus: Focus) -> list[Check]:
    """Tables against each other first, unless a sum or column was asked about; totals before the rest."""
    first = (CheckKind.TOTAL, CheckKind.PERIODS) if focus.narrow and not focus.between else (CheckKind.TABLES,)
    return sorted(checks, key=lambda c: c.kind not in first)


def _figures(checks: Sequence[Check]) -> tuple[Figure, ...]:
    return tuple(dict.fromkeys(f for check in checks for f in check.figures))


def _counts(checks: Sequence[Check]) -> Counter[CheckStatus]:
    return Counter(c.status for c in checks)


def _name(document: Document) -> str:
    name = document.institution or document.title or document.file
    if document.period is None or fold(describe(document.period)) in fold(name):
        return name
    return f"{name} ({describe(document.period)})"


def _ask_back(focuses: Sequence[Focus], catalogue: Catalogue) -> Answer:
    """Several reports fit: each with how its checks end."""
    options, citations = [], []
    for focus in focuses[:_OPTIONS]:
        checks = relevant(_checks(focus, catalogue), focus)
        counts = _counts(checks)
        shown = wording.audit_brief({s.value: counts[s] for s in CheckStatus})
        options.append((_name(catalogue.documents[focus.document]), shown))
        citations += [c for check in checks[:1] for c in check.citations[:1]]
    return Answer(
        status=Status.AMBIGUOUS,
        text=wording.ask_back("informe", [f"{n}: {s}" for n, s in options], max(0, len(focuses) - _OPTIONS)),
        route=Route(name="audit", tool="reconcile", reason="varias respuestas posibles: informe"),
        citations=tuple(_unique(citations)),
        suggestions=tuple(n for n, _ in options),
    )


def _unique(citations: Sequence[Citation]) -> Sequence[Citation]:
    return list(dict.fromkeys(citations))
