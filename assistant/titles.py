"""The title of a table repeated in a question: it says which table is meant, and asks for nothing."""

from __future__ import annotations

from dataclasses import replace

from assistant.question import Analysis
from index.once import once
from index.periods import merge
from index.text import STOPWORDS
from tools.catalogue import TableView, content_stems
from tools.table_periods import same_period


def quoted_words(view: TableView, analysis: Analysis) -> frozenset[int]:
    """Words that repeat the caption, three or more in a row: they point to the table and ask for nothing."""
    return _quoted(analysis, view.table.caption)


@once
def _quoted(analysis: Analysis, text: str) -> frozenset[int]:
    caption = content_stems(text)
    said = [t for t in analysis.tokens if t.text not in STOPWORDS]
    found: set[int] = set()
    for start in range(len(said) - 2):
        for at in range(len(caption) - 2):
            size = 0
            while (
                start + size < len(said) and at + size < len(caption) and said[start + size].stem == caption[at + size]
            ):
                size += 1
            if size >= 3:
                found |= {t.position for t in said[start : start + size]}
    return frozenset(found)


_TABLE_WORDS = frozenset("cuadro tabla anexo hoja apartado".split())


def titled_words(view: TableView, analysis: Analysis) -> frozenset[int]:
    """Words that repeat the caption right after "el cuadro de…": they say which table, and name no column of it."""
    quoted = quoted_words(view, analysis)
    found: set[int] = set()
    for token in analysis.tokens:
        if token.text not in _TABLE_WORDS:
            continue
        for after in analysis.tokens[token.position + 1 :]:
            if after.position in quoted:
                found.add(after.position)
            elif after.content and not after.text.isdigit():
                break
    return frozenset(found)


_ROMANS = {roman: str(n) for n, roman in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), start=1)}


def table_fits(view: TableView, analysis: Analysis) -> bool:
    number = (view.table.number or "").lower()
    return _ROMANS.get(number, number) in {_ROMANS.get(c.code, c.code) for c in analysis.tables}


def sheet_fits(view: TableView, analysis: Analysis) -> bool:
    """ "la hoja Gastos" is the sheet of that name and no other."""
    for token in analysis.tokens[:-1]:
        if token.text in ("hoja", "pestana"):
            sheet = set(content_stems(view.table.sheet or ""))
            return analysis.tokens[token.position + 1].stem in sheet
    return True


def without_quoted(view: TableView, analysis: Analysis) -> tuple[Analysis, frozenset[int]]:
    """ "En el cuadro de ejecución por objeto, enero-junio 2024": a span of the title says which table, and asks for none.

    The question without it, and its words.
    """
    own = view.table.period or view.document.period
    if own is None or not analysis.periods:
        return analysis, frozenset()
    quoted = quoted_words(view, analysis)
    said = [(p, used) for p, used in analysis.periods if used <= quoted and same_period(merge(p, own), own)]
    kept = tuple(each for each in analysis.periods if each not in said)
    return replace(analysis, periods=kept), frozenset(i for _, used in said for i in used)
