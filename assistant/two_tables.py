"""One figure in two tables of a report: "los dos reportes no traen el mismo total, ¿de cuánto es la diferencia?".

What is asked is said once and the two tables after one another; each side is asked of its own table, whole, and both
figures are told with their difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.attempt import Attempt
from assistant.numerals import NUMBER_WORDS, Token
from assistant.question import Analysis
from assistant.shortlist import Scope
from assistant.sides import Ask, one_figure, together
from index.text import STOPWORDS, fold
from tools.access import table_label
from tools.catalogue import Catalogue

_TABLE = r"(?:reportes?|cuadros?|tablas?|listados?|hojas?)"
_TWO = re.compile(rf"\b{_TABLE}\b.*\b(?:{_TABLE})\b|\b(?:dos|ambos|ambas) {_TABLE}\b|\bot(?:ro|ra) {_TABLE}\b")
_UNLIKE = re.compile(
    r"(?<!\S)(?:no (?:\w+ ){1,3}?(?:(?:el|la|los|las|lo) )?(?:mism[oa]s?|igual(?:es)?)|distint[oa]s?|diferentes?|difier\w+"
    r"|no (?:coincid|cuadr|concuerd)\w+|(?:es|son|da|dan|trae|traen|tiene|tienen|suma|suman) (?:(?:el|la|los|las|lo) )?(?:mism[oa]s?|igual(?:es)?))(?!\S)"
)
_ASIDE = re.compile(  # what is said of the two as such, and of nothing that stands in either
    r"(?<!\S)(?:(?:cuanto|que) (?:da|dan|trae|suma|hay|es|tiene)(?: (?:en|de))?(?: cada un[oa])?|en cada un[oa]|de cuanto(?: es| fue)?|cuanto hay(?: de)?"
    r"|entre (?:ambos|ambas|los dos|las dos)|(?:e |y )?(?:indique|indica|diga|digame|decime)(?: en)?(?: cuanto| cual)?|en cuanto|cuanta?)(?!\S)"
)
_PARTS = frozenset({"y", "con", "contra", "vs", "versus", "que", "frente", "respecto"})
_OF_ALL = frozenset("suma sumando sumar sumadas total sus todas todos".split())
_STOP = frozenset({"y", "e", "o", "con", "contra", "que", "no"})


_BY_TWO = re.compile(r"^[\s¿]*diferencia entre (?:el|la|lo) .*\bpor [a-z]{4,}.* y (?:el|la|lo) .*\bpor [a-z]{4,}")
_DO_THEY_AGREE = re.compile(rf"^[\s¿]*(?:cuadra|coincide|concuerda)n? .*\b{_TABLE}\b.* con .*\b{_TABLE}\b")


def names_two_tables(text: str) -> bool:
    """Whether a message sets two tables of a report against each other.

    >>> names_two_tables("diferencia entre el total del reporte consolidado y el del otro reporte")
    True
    """
    folded = fold(text)
    apart = re.search(r"\bdiferencia|\bdifier|\bcompar|\bdistan|\bmism[oa]s?\b", folded) or _UNLIKE.search(
        " ".join(folded.split())
    )
    return bool(_TWO.search(folded) and (apart or _DO_THEY_AGREE.search(folded))) or bool(
        _BY_TWO.search(folded) and apart
    )


def between_tables(analysis: Analysis, catalogue: Catalogue, scope: Scope, ask: Ask) -> Attempt | None:
    """Both figures and their difference; None when no reading of the question gives one figure in each of two tables."""
    if not names_two_tables(analysis.text):
        return None
    for left, right in _sides(analysis, _naming(catalogue, scope)):
        pair = _two(ask, left, right, scope)
        if pair is not None:
            names = [table_label(a.plan.view) for a in pair if a.plan is not None]
            labels = [a.outcome.result.figures[0].label for a in pair if a.outcome.result is not None]
            return together(analysis, pair, [f"{label} ({name})" for label, name in zip(labels, names, strict=True)])
    return None


def _two(ask: Ask, left: str, right: str, scope: Scope) -> tuple[Attempt, Attempt] | None:
    """The figure of each side. One side may leave its table out ("el otro reporte"): then it is another one."""
    other = re.compile(r"\b(?:el |la )?otr[oa]\b")
    first = _side(ask, other.sub("", left), scope)
    if first is None or first.plan is None:
        return None
    # the other table is of the same report, and not the one that the first side is of
    near = replace(
        scope,
        documents=frozenset({first.plan.view.document.id}),
        without=frozenset({first.plan.view.table.id}),
    )
    second = _side(ask, other.sub("", right), near)
    if second is None or second.plan is None:
        return None
    one, two = first.outcome.result, second.outcome.result
    assert one is not None
    assert two is not None
    columns = [
        p.view.table.columns[r.citations[0].column_index or 0] for p, r in ((first.plan, one), (second.plan, two))
    ]
    measures = {c.measure for c in columns} - {None}  # "Total trimestre" of a table of what was accrued names none
    same = len(measures) < 2 and one.figures[0].unit == two.figures[0].unit
    whole = first.plan.row.whole == second.plan.row.whole
    return (first, second) if same and whole else None


def _side(ask: Ask, text: str, scope: Scope) -> Attempt | None:
    return one_figure(ask, text, scope, several=True)


def _sides(analysis: Analysis, naming: frozenset[str]) -> Iterator[tuple[str, str]]:
    """For each word that may part the tables: what is asked with the one, and with the other."""
    tokens = analysis.tokens
    line, starts = "", []
    for token in tokens:
        starts.append(len(line))
        line += token.text + " "
    aside = {
        i
        for pattern in (_UNLIKE, _ASIDE)
        for m in pattern.finditer(line)
        for i, at in enumerate(starts)
        if m.start() <= at < m.end()
    }
    aside |= {i for name in ("difference", "compare") for i in analysis.cues.get(name, ())}
    aside |= {t.position for t in tokens if t.text in ("comparar", "compare", "compara")}
    for cut in (t.position for t in tokens if t.text in _PARTS):
        left = _item(list(reversed(tokens[:cut])), naming, aside)
        right = _item(tokens[cut + 1 :], naming, aside)
        if not left or not right:
            continue
        taken = left | right | aside | {cut}
        shared = [t for t in tokens if t.position not in taken and t.text not in ("dos", "ambos", "ambas", "entre")]
        whole = ["total"] if any(tokens[i].text == "total" for i in left | right) else []
        texts = [" ".join([*whole, *(t.text for t in (*shared, *_in_order(tokens, item)))]) for item in (left, right)]
        yield texts[0], texts[1]


def _in_order(tokens: Sequence[Token], item: frozenset[int]) -> list[Token]:
    return [t for t in tokens if t.position in item and t.text not in _OF_ALL and t.text not in NUMBER_WORDS]


def _item(tokens: Sequence[Token], naming: frozenset[str], aside: set[int]) -> frozenset[int]:
    """The words next to the cut that name a table; nothing when none of them does."""
    found: list[Token] = []
    for token in tokens:
        small = (
            token.text in STOPWORDS
            or token.text in ("otro", "otra")
            or token.text in _OF_ALL
            or token.text in NUMBER_WORDS
        )
        if token.text in _STOP or token.position in aside or not (small or _names(token, naming)):
            break
        found.append(token)
    told = any(_names(t, naming) for t in found)
    return frozenset(t.position for t in found) if told else frozenset()


def _names(token: Token, naming: frozenset[str]) -> bool:
    return re.fullmatch(_TABLE, token.text) is not None or token.stem in naming or token.text.isdigit()


def _naming(catalogue: Catalogue, scope: Scope) -> frozenset[str]:
    """Stems that tell one table of a report from another: what their captions and their rows are called."""
    views = [v for v in catalogue.views if scope.documents is None or v.document.id in scope.documents]
    reports = frozenset(s for d in catalogue.document_stems.values() for s in d)
    header = frozenset(s for v in views for s in v.header - v.nouns)
    return frozenset(s for v in views for s in v.title | v.nouns) - header - reports
