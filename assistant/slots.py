"""The words of a question by the job they have: its row, its measure, its operation, its period."""

from __future__ import annotations

import re
from itertools import pairwise, takewhile

from assistant.headers import institution_words
from assistant.named_measures import Mention
from assistant.plan import Plan
from assistant.question import Analysis
from index.frame import is_frame
from index.model import RowKind
from index.text import STOPWORDS, fold
from index.text import words as split_words
from tools.catalogue import content_stems
from tools.matching import TOTAL_STEMS, stands_for

_PARTICIPLE = re.compile(r"(ad|id|ech)[oa]s?$")
SPANS = frozenset({"mes", "meses", "ano", "anos", "trimestre", "cuatrimestre", "semestre", "periodo"})


def slots_of(old: Analysis, plan: Plan) -> dict[str, frozenset[int]]:
    """The words of the earlier question by the job they had there."""
    operation = frozenset(
        i for name, s in old.cues.items() if name not in ("count_only", "list_only") for i in s
    ) | frozenset(i for s in old.orders.values() for i in s)
    if plan.operation in ("list", "count"):  # "no alcanzaron la meta": without its condition a list is another one
        tested = frozenset(i for s in old.conditions.values() for i in s)
        asking = frozenset(i for n in ("list_only", "count_only") for i in old.cues.get(n, ()))
        operation |= (
            tested
            | asking
            | frozenset(
                t.position
                for t in old.tokens
                if t.stem in plan.view.nouns and not t.text.startswith(("consolidad", "detallad"))
            )
        )
    own = {s for m in plan.rows if m.entity is not None for s in m.entity.stems}
    above = {i for i in plan.used if old.tokens[i].stem in TOTAL_STEMS - own}  # "el total de…": of the row over it
    row = plan.used - above | frozenset(i for c in old.codes for i in c.tokens)
    if row:
        row = frozenset(range(min(row), max(row) + 1)) & (row | _small(old))
    named = (frozenset(i for m in old.mentions for i in m.tokens) | plan.named) - _sheet(old)
    with_lo = {b.position for a, b in pairwise(old.tokens) if a.text == "lo" and _PARTICIPLE.search(b.text)}
    taken = plan.absorbed if plan.row.full and not plan.row.whole else plan.used | plan.absorbed
    named -= institution_words(plan)  # "Ministerio de Economía"
    named -= taken - with_lo  # "lo gastado de total gastos", "el gasto de gastos en personal"
    if any(c.path and set(content_stems(c.path[-1])) <= TOTAL_STEMS for c in plan.view.numbers):
        named |= above  # "el total de desagotes", where a column is headed "TOTAL"
    return {
        "measure": _with_heading(old, plan, named) | plan.heading | _asked_in_words(old, plan),
        "operation": operation - plan.used - (plan.absorbed - _of_share(old, plan)),
        "order": frozenset(i for s in old.orders.values() for i in s) - _of_share(old, plan),
        "row": row,
        "kind": frozenset(t.position for t in old.tokens if t.stem in plan.view.nouns),
        "period": frozenset(i for _, s in old.periods for i in s) - plan.used - plan.absorbed,
    }


def _asked_in_words(old: Analysis, plan: Plan) -> frozenset[int]:
    """ "¿Quién construye la planta y por cuánto?" … "¿y la interventoría?": who and how much are asked again."""
    amount = {t.position for t in old.tokens if plan.telling and t.text in ("cuanto", "monto", "valor")}
    return (plan.telling | frozenset(amount)) - plan.used


def _sheet(old: Analysis) -> frozenset[int]:
    """The words of a sheet named ("en la hoja Metas físicas"): they say where, and name no measure."""
    found: set[int] = set()
    for token in old.tokens:
        if token.text in ("hoja", "pestana"):
            found |= {t.position for t in takewhile(lambda t: t.content, old.tokens[token.position + 1 :])}
    return frozenset(found)


def _with_heading(old: Analysis, plan: Plan, named: frozenset[int]) -> frozenset[int]:
    """The words of a measure with those of its heading that stand right after ("II de ejecutado por trimestre")."""
    found = set(named)
    for token in old.tokens:
        near = {token.position - 1} if old.tokens[token.position - 1].content else {token.position - 2}
        if token.text in SPANS and near & found and token.stem in plan.view.header and token.position not in plan.used:
            found |= {token.position, *range(min(near), token.position)}
    return frozenset(found)


def _of_share(old: Analysis, plan: Plan) -> frozenset[int]:
    """ "El menor avance…" … "¿y el mayor?": the word that made it a share, though it stands in a header too."""
    return old.cues.get("percentage", frozenset()) if plan.operation == "rank" else frozenset()


def _small(old: Analysis) -> frozenset[int]:
    return frozenset(t.position for t in old.tokens if not t.content)


_KINDS_OF_MONEY = frozenset({"recursos", "fondos"})


def names_measure(new: Analysis, label: frozenset[str]) -> bool:
    rest = new.content - {
        i for m in new.mentions for i in m.tokens
    }  # "los recursos propios": what they are, not how much
    named = [
        m
        for m in new.mentions
        if m.measure != "porcentaje"
        and not (m.measure == "presupuesto" and {new.tokens[i].text for i in m.tokens} <= _KINDS_OF_MONEY and rest)
        and not _part_of_label(new, m)
        and not {new.tokens[i].stem for i in m.tokens} <= label
    ]
    cues = [new.cues[n] & new.content for n in ("percentage", "share", "difference") if n in new.cues]
    return bool(named) or any({new.tokens[i].stem for i in used} - label for used in cues if used)


def _part_of_label(new: Analysis, mention: Mention) -> bool:
    """A participle that closes a label ("perfiles de riesgo, elaborados") names no measure; "lo realizado" does."""
    first = min(mention.tokens)
    told = first > 0 and new.tokens[first - 1].text == "lo"
    return mention.measure == "alcanzado" and not told and bool(_PARTICIPLE.search(new.tokens[first].text))


def asks_total(new: Analysis) -> bool:
    """ "¿Y el total?", "¿y cuánto suman todos?": of the table, and no longer of the row before."""
    said = [t.text for t in new.tokens if t.content]
    return (
        bool(new.cues.get("total"))
        and not new.has("share")
        and all(w.startswith(("total", "sum", "general", "gran")) for w in said)
    )


def total_column(new: Analysis, plan: Plan) -> bool:
    """ "El total trimestre" is a column of that name, and so is "el total" after the figure of one of its parts."""
    held = [t.stem for t in new.tokens if t.text not in STOPWORDS and not is_frame(t.text)]
    headed = [c for c in plan.view.numbers if list(content_stems(" ".join(c.path))) == held]
    return bool(headed and new.cues.get("total")) and (
        len(held) > 1 or any(f.columns for f in plan.fits) or bool(plan.named and not plan.mentions)
    )


def says_header(new: Analysis, plan: Plan) -> bool:
    """ "¿Y visitantes nacionales?": all that is said is the heading of one column, letter by letter, and of no row."""
    said = [t.text for t in new.tokens if t.text not in STOPWORDS and not is_frame(t.text)]
    heads = [c for c in plan.view.numbers if c.path and _plain_words(c.path[-1]) == said]
    rows = any(_plain_words(r.label) == said for r in plan.view.table.rows)
    return len(said) > 1 and len(heads) == 1 and not rows


def _plain_words(text: str) -> list[str]:
    return [w for w in split_words(re.sub(r"\([^)]*\)", " ", text)) if w not in STOPWORDS]


def says_undated(new: Analysis, plan: Plan) -> bool:
    """ "¿Y ludotecas?" after "visitas 2021": the year was that of a header, and the column asked for bears none."""
    said = {t.stem for t in new.tokens}
    of_header = any(f.columns is not None for f in plan.fits)
    undated = [c for c in plan.view.numbers if c.period is None and c.path]
    served = [c for m in new.mentions for c in plan.view.numbers if stands_for(m.measure, c, None) == 0]
    if of_header and served and all(c.period is None and not c.accumulated for c in served):
        return True  # "¿y lo vigente?" after a figure of the quarter: it is told for the year alone
    heads = [content_stems(re.sub(r"\([^)]*\)", " ", c.path[-1])) for c in undated]
    return of_header and not new.mentions and any(head and set(head) <= said for head in heads)


def names_group(new: Analysis, plan: Plan) -> bool:
    """Whether the words are a heading over rows of the table, after a question on one row under another heading."""
    row = plan.row
    table = plan.view.table
    if row.own is None or table.rows[row.own].parent is None:
        return False
    said = {t.stem for t in new.tokens if t.content}
    heads = [set(content_stems(r.label)) for r in table.rows if r.kind is RowKind.SECTION]
    return bool(said) and said in heads


def sibling(new: Analysis, plan: Plan) -> frozenset[int] | None:
    """ "¿Y cuántas fueron aprobadas?" after "medidas de control modificadas": the row that differs in its last word.

    The words of the earlier question that it replaces; None when no row of the table is told that way.
    """
    alone = [t.stem for t in new.tokens if t.content or t.position in new.generic]
    if any(a.text == "lo" and _PARTICIPLE.search(b.text) for a, b in pairwise(new.tokens)):
        return None  # "¿y lo gastado?": a measure, though another row begins with "Gastos"
    said = {t.stem for t in new.tokens if t.content and re.search(rf"{_PARTICIPLE.pattern}|(?:ar|er)on$", t.text)}
    said = said or set(alone if len(alone) == 1 else ())  # "¿y con los institucionales?" after "Recursos del Tesoro"
    old = plan.row.entity
    if said & plan.view.header:
        return None  # a measure
    if len(said) != 1 or old is None or len(old.stems) < 2 or said & set(old.stems):
        return None
    for row in plan.view.table.rows:
        label = content_stems(row.label)
        if said == set(label) - set(old.stems) and set(label) - said <= set(old.stems) and len(label) > 1:
            replaced = set(old.stems) - set(label)
            return frozenset(t.position for t in plan.analysis.tokens if t.stem in replaced)
    return None


def label_stems(new: Analysis, plan: Plan) -> frozenset[str]:
    """Stems of the label, in the table the conversation is about, that the words hold whole ("otros informes") or name
    by its code. Nothing when they hold none.
    """
    said = [t.stem for t in new.tokens if t.text not in STOPWORDS or t.text == "no"]
    texts = {t.text for t in new.tokens}
    codes = {c.code for c in new.codes}
    found: frozenset[str] = frozenset()
    for row in plan.view.table.rows:
        label = list(content_stems(row.label))
        whole = label and any(said[i : i + len(label)] == label for i in range(len(said) - len(label) + 1))
        if row.kind is RowKind.TOTAL and new.has("share"):
            continue  # "¿cuánto es del total?": what the share is of
        if row.kind is RowKind.SECTION and plan.row.own is not None:
            continue  # the group that the same row is asked of
        whole = whole or (len(said) > 1 and label[: len(said)] == said)  # "¿y informes de inteligencia?"
        measured = {new.tokens[i].stem for m in new.mentions for i in m.tokens}
        if whole and set(label) <= measured and not set(_plain_words(row.label)) <= texts:
            continue  # "el saldo disponible" beside a row of "Saldos disponibles"
        if whole or (row.code and fold(row.code) in codes):
            found |= frozenset(label)
    return found


def names_column(new: Analysis, header: frozenset[str]) -> bool:
    """Whether the words, all of them, stand in the headers of the table ("¿y la certificación?")."""
    timed = {i for _, used in new.periods for i in used}
    if timed:  # "el mes de agosto" is a period said in full, and no question on the column "Mes"
        start = min(timed)
        timed |= {i for i in (start - 1, start - 2) if i >= 0 and new.tokens[i].text in SPANS}
    told = [t for t in new.tokens if t.text not in STOPWORDS and t.position not in timed]
    said = [t.stem for t in told if t.content] or [t.stem for t in told]  # "el efectivo 2021": a light word elsewhere
    return bool(said) and all(s in header for s in said)


def names_row(new: Analysis, header: frozenset[str]) -> bool:
    """Whether words remain that can only name a row: neither measure, nor operation, nor period."""
    claimed = {i for group in (new.cues, new.orders, new.conditions) for s in group.values() for i in s}
    claimed |= {i for m in new.mentions for i in m.tokens} | {i for _, s in new.periods for i in s}
    claimed |= {i for t in new.tables for i in t.tokens} | set(new.generic) | set(new.count_tokens)
    claimed |= {i for n in new.stated for i in n.tokens}
    kind = {"programa", "programas", "producto", "productos", "mes", "actividad", "fila", "rubro", "partida"}
    kind |= {"monto", "montos", "cifra", "valor", "importe", "dato", "total", "acumulado", "acumulada", *SPANS}
    left = [i for i in new.content - claimed if new.tokens[i].text not in kind]
    return any(new.tokens[i].stem not in header for i in left)
