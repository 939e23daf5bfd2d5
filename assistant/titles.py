"""The title of a table repeated in a question: it says which table is meant, and asks for nothing."""

from __future__ import annotations

from assistant.question import Analysis
from index.text import STOPWORDS
from tools.catalogue import TableView, content_stems


def quoted_words(view: TableView, analysis: Analysis) -> frozenset[int]:
    """Words that repeat the caption, three or more in a row: they point to the table and ask for nothing."""
    caption = content_stems(view.table.caption)
    said = [t for t in analysis.tokens if t.text not in STOPWORDS]
    found: set[int] = set()
    for start in range(len(said)):
        for at in range(len(caption)):
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
