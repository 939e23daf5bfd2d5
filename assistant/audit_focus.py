"""What an audit question is about: the report, its tables, rows, columns, and which checks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.plan import Plan
from assistant.question import Analysis
from index.text import stem
from tools.catalogue import Catalogue, TableView, content_stems
from tools.matching import stands_for
from tools.reconcile import Check, CheckKind

_CHECKING = (
    "total totales subtotal subtotales suma sumas sumar suman sumatoria fila filas columna columnas cifra cifras "
    "dato datos numero numeros cuadro cuadros tabla tablas renglon renglones calculo calculos calculado calculada "
    "correcto correcta correctos correctas bien mal error errores exacto exacta exactos igual iguales mismo misma mismos "
    "mismas impreso imprime imprimen impresa interno interna internas aritmetica aritmetico aritmeticas aritmeticos "
    "contable contables parcial parciales componentes comprobar comprueba revisar revisa revise cada todo todos alguna "
    "algun algunas diferencia diferencias comparar entre trimestre trimestres cuatrimestre cuatrimestres semestre "
    "semestres bimestre bimestres mes meses mensual mensuales anual anuales ano anos periodo periodos acumulado acumulada "
    "monto montos valor valores resultado resultados informe reporte documento verdad realmente si dos ambos ambas"
)
_WORDS = frozenset(stem(w) for w in _CHECKING.split())
"""Words that speak of checking, whatever the report says."""

_SUMS = frozenset(
    {CheckKind.TOTAL, CheckKind.PARENT, CheckKind.SUM, CheckKind.PERIODS, CheckKind.RUNNING, CheckKind.TABLES}
)
_KINDS: tuple[tuple[frozenset[str], frozenset[CheckKind]], ...] = (
    (frozenset({"porcentaj", "%", "porcentual"}), frozenset({CheckKind.PERCENTAGE})),
    (frozenset(stem(w) for w in ("diferencia", "diferencias")), frozenset({CheckKind.DIFFERENCE, CheckKind.HEADER})),
    (
        frozenset(
            stem(w)
            for w in ("total", "totales", "subtotal", "suma", "suman", "sumar", "sumatoria", "sumado", "sumados")
        ),
        _SUMS,
    ),
    (frozenset(stem(w) for w in ("trimestres", "cuatrimestres", "semestres", "meses")), _SUMS),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Focus:
    """What to check in one report. Empty sets leave everything in; `between` wants tables against each other."""

    document: str
    tables: frozenset[str] = frozenset()
    rows: frozenset[tuple[str, int]] = frozenset()
    columns: frozenset[tuple[str, int]] = frozenset()
    kinds: frozenset[CheckKind] = frozenset()
    between: bool = False
    joined: bool = False  # no single table accounts for the whole question
    full: bool = False  # a row is named with all its words

    @property
    def narrow(self) -> bool:
        """Whether less than the whole report is asked about."""
        return bool(self.tables or self.rows or self.columns or self.kinds)

    @property
    def single(self) -> bool:
        """Whether it is one table that is asked about, not how it agrees with others."""
        return len(self.tables) == 1 and not self.between


def find_focus(document: str, analysis: Analysis, plans: Sequence[Plan], catalogue: Catalogue) -> Focus | None:
    """The focus in one report; None when some content word of the question is nothing there.

    plans: the readings of the question against the tables of that report.
    """
    named = catalogue.document_stems[document]
    spoken = _spoken(analysis)
    content = analysis.content - spoken
    if not plans or not _accounted(content, plans, analysis):
        return None
    telling = frozenset(i for i in content if analysis.tokens[i].stem not in named)
    views = _views(analysis, plans, telling)
    tables = frozenset(v.table.id for v in views)
    chosen = [p for p in plans if not views or p.view in views]
    rows = _rows(chosen, analysis, telling, bool(analysis.tables))
    return Focus(
        document=document,
        tables=tables,
        rows=rows,
        columns=_columns([p.view for p in chosen], analysis, telling),
        kinds=_kinds(analysis),
        between=_between(analysis, tables),
        joined=all(content & p.unexplained for p in plans),
        full=bool(rows) and any(m.full and not m.whole for p in chosen for m in p.rows),
    )


def _accounted(content: frozenset[int], plans: Sequence[Plan], analysis: Analysis) -> bool:
    """Whether one table accounts for all words, or other tables for the rest by what they are about."""
    best = min(plans, key=lambda p: len(content & p.unexplained))
    rest = {analysis.tokens[i].stem for i in content & best.unexplained}
    about = {s for p in plans for s in p.view.words | p.view.nouns}
    return rest <= about


def _spoken(analysis: Analysis) -> frozenset[int]:
    """Words that the act of checking accounts for."""
    groups: list[Iterable[int]] = [
        *analysis.cues.values(),
        *analysis.orders.values(),
        *(c.tokens for c in analysis.tables),
    ]
    found = {i for group in groups for i in group} | set(analysis.generic)
    return frozenset(found | {t.position for t in analysis.tokens if t.stem in _WORDS})


def _views(analysis: Analysis, plans: Sequence[Plan], telling: frozenset[int]) -> list[TableView]:
    """The tables named by number, else those that together account for the words only some tables have."""
    if analysis.tables:
        return [p.view for p in plans]
    open_words = {i for i in telling if 0 < sum(i not in p.unexplained for p in plans) < len(plans)}
    found: list[TableView] = []
    while open_words:
        reach = [(sum(i not in p.unexplained for i in open_words), p) for p in plans if p.view not in found]
        best = max((n for n, _ in reach), default=0)
        if not best:
            break
        taken = [p for n, p in reach if n == best]
        if len(taken) > 1:
            taken = _titled(taken, analysis, open_words)
        found += [p.view for p in taken]
        open_words -= {i for p in taken for i in open_words if i not in p.unexplained}
    return found


def _titled(plans: Sequence[Plan], analysis: Analysis, words: set[int]) -> list[Plan]:
    """Of tables that account for as many words, those whose caption or derived name holds most of them.

    A number is none of it: "programa 2" speaks of no "Cuadro 2".
    """
    stems = {analysis.tokens[i].stem for i in words if not analysis.tokens[i].text[:1].isdigit()}
    score = [len(stems & p.view.title) for p in plans]
    return [p for p, n in zip(plans, score, strict=True) if n == max(score)]


def _rows(
    plans: Sequence[Plan], analysis: Analysis, telling: frozenset[int], numbered: bool
) -> frozenset[tuple[str, int]]:
    """Rows that the question names by a code, or by words beyond the name of the report."""
    found = set()
    for plan in plans:
        for match in plan.rows:
            if match.whole:
                continue
            own = {t.stem for t in analysis.tokens if t.position in match.explained}
            heard = bool(match.explained & telling) or bool(analysis.codes) or (numbered and len(own) > 1) or match.full
            if heard:
                named = match.rows if match.own is None else (match.own, *match.rows)  # a subtotal, and what it sums
                found |= {(plan.view.table.id, row) for row in named}
    return frozenset(found)


def _columns(views: Sequence[TableView], analysis: Analysis, telling: frozenset[int]) -> frozenset[tuple[str, int]]:
    """Columns whose measure is named, or whose own header words are."""
    measures = [m.measure for m in analysis.mentions if m.measure not in ("porcentaje", "diferencia", "presupuesto")]
    stems = {analysis.tokens[i].stem for i in telling}
    found = set()
    for view in views:
        headers = {c.index: {s for part in c.path for s in content_stems(part)} for c in view.numbers}
        shared = set.intersection(*headers.values()) if len(headers) > 1 else set()
        for column in view.numbers:
            exact = any(stands_for(m, column, analysis.level) == 0 for m in measures)
            exact = exact or (analysis.accumulated and column.accumulated)
            if exact or headers[column.index] & stems - shared:
                found.add((view.table.id, column.index))
    return frozenset(found)


def _kinds(analysis: Analysis) -> frozenset[CheckKind]:
    stems = {t.stem for t in analysis.tokens}
    if analysis.has("percentage"):
        stems.add("%")
    for words, kinds in _KINDS:
        if stems & words:
            return kinds
    return frozenset()


def _between(analysis: Analysis, tables: frozenset[str]) -> bool:
    """Whether one table is asked against another: "entre los cuadros", "el cuadro 2 y el 3", "coinciden"."""
    words = [t.text for t in analysis.tokens]
    agree = any(w.startswith(("coincid", "concuerd", "concord", "contradic")) for w in words)
    across = any(
        a == "entre" and b in ("los", "las", "cuadros", "tablas", "dos", "ambos", "ambas", "si")
        for a, b in pairwise(words)
    )
    return agree or len(tables) == 2 or (across and bool({"cuadros", "tablas"} & set(words)))


def relevant(checks: Sequence[Check], focus: Focus) -> tuple[Check, ...]:
    """The checks that the question asks for; a wish that no check meets is passed over."""
    found = list(checks)
    if focus.tables:
        found = [c for c in found if c.table_ids & focus.tables]
    if focus.between and focus.tables:
        found = [c for c in found if len(c.table_ids) > 1 and c.table_ids <= focus.tables] or found
    if focus.rows:
        found = [c for c in found if _on_rows(c, focus.rows)] or found
        found = [c for c in found if c.spots[0].row is not None] or found
    if focus.columns:
        found = [c for c in found if _on_columns(c, focus.columns)] or found
    if focus.kinds:
        found = [c for c in found if c.kind in focus.kinds] or found
    return tuple(found)


def _on_rows(check: Check, rows: frozenset[tuple[str, int]]) -> bool:
    """Whether a check speaks of one of the rows; a total speaks of its own row, not of those it sums."""
    summed = check.kind in (CheckKind.TOTAL, CheckKind.PARENT)
    return any(s.row is not None and (s.table, s.row) in rows for s in check.spots[: 1 if summed else None])


def _on_columns(check: Check, columns: frozenset[tuple[str, int]]) -> bool:
    return any((s.table, s.column) in columns for s in check.spots[:1])
