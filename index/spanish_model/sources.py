"""The texts a model is trained on, read from a folder of gzip files."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

PARALLEL = "parallel_en_es.tsv.gz"  # source, English, Spanish
DICTIONARY = "dictionary_en_es.tsv.gz"  # English gloss, Spanish term
HEADINGS = "norms_heading_body.jsonl.gz"  # [heading, body]
PARAGRAPHS = "norms_paragraphs.txt.gz"

_GLUED = 80  # words of a pseudo-passage
_RUNNING = frozenset({"pydocs", "ntrex", "gnome", "ocds"})  # whose neighbouring lines follow each other
_UNCLEAR = frozenset({"laser"})  # lines that come without a licence of their own: left out
_SENTENCE = re.compile(r"(?<=[a-záéíóúñ)»”]{3}[.;:])\s+(?=[A-ZÁÉÍÓÚÑ¿«“])")


@dataclass(frozen=True, kw_only=True, slots=True)
class Sources:
    """pairs: (English, Spanish) segments; passages: neighbouring segments glued; terms: (English, Spanish) entries.

    sections: (heading, body) of legal norms. splits: (sentence, the rest of its paragraph) of the same.
    """

    pairs: tuple[tuple[str, str], ...]
    passages: tuple[tuple[str, str], ...]
    terms: tuple[tuple[str, str], ...]
    sections: tuple[tuple[str, str], ...]
    splits: tuple[tuple[str, str], ...]
    paragraphs: tuple[str, ...]

    def spanish(self) -> Iterator[str]:
        """Every Spanish text, for the vocabulary."""
        yield from (es for _, es in self.pairs)
        yield from (es for _, es in self.terms)
        yield from (text for section in self.sections for text in section)
        yield from self.paragraphs


def read_sources(folder: Path) -> Sources:
    """The sources of a folder, in file order, each pair once. Raises FileNotFoundError when one is missing."""
    lines = [line for line in _rows(folder / PARALLEL) if len(line) == 3 and line[0] not in _UNCLEAR]
    sections = tuple(
        (heading, body)
        for heading, body in map(json.loads, _lines(folder / HEADINGS))
        if _readable(heading) and _readable(body) and 1 < len(heading.split()) <= 25 and len(body.split()) >= 8
    )
    paragraphs = tuple(p for p in _lines(folder / PARAGRAPHS) if _readable(p))
    return Sources(
        pairs=tuple(dict.fromkeys((en, es) for _, en, es in lines if en and es)),
        passages=tuple(_glue(lines)),
        terms=tuple(dict.fromkeys(term for row in _rows(folder / DICTIONARY) if (term := _term(row)) is not None)),
        sections=sections,
        splits=tuple(_splits([*paragraphs, *(body for _, body in sections)])),
        paragraphs=paragraphs,
    )


def _lines(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as opened:
        for line in opened:
            yield line.rstrip("\n")


def _rows(path: Path) -> Iterator[list[str]]:
    return (line.split("\t") for line in _lines(path))


def _term(row: Sequence[str]) -> tuple[str, str] | None:
    if len(row) != 2 or not 0 < len(row[0].split()) <= 8 or not 0 < len(row[1].split()) <= 6:
        return None
    english = re.sub(r"^to (?=\w)|[()\"]", "", row[0]).strip()
    return (english, row[1].strip()) if english and row[1].strip() else None


def _readable(text: str) -> bool:
    """Whether a text of scanned norms is language: mostly letters, few one-letter words."""
    letters = sum(c.isalpha() or c.isspace() for c in text)
    parts = text.split()
    return bool(parts) and letters > 0.75 * len(text) and sum(len(p) > 2 for p in parts) > 0.4 * len(parts)


def _glue(lines: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Pseudo-passages of about eighty words from neighbouring segments of running text."""
    english: list[str] = []
    spanish: list[str] = []
    last = ""
    for source, en, es in lines:
        if source != last or sum(len(s.split()) for s in spanish) >= _GLUED:
            if len(spanish) > 1 and last in _RUNNING:
                yield " ".join(english), " ".join(spanish)
            english, spanish = [], []
        english.append(en)
        spanish.append(es)
        last = source


def _splits(paragraphs: Sequence[str]) -> Iterator[tuple[str, str]]:
    """One sentence of each paragraph of three or more, and the paragraph without it (inverse cloze task)."""
    for place, paragraph in enumerate(paragraphs):
        sentences = _SENTENCE.split(paragraph)
        if len(sentences) < 3:
            continue
        taken = place % len(sentences)
        rest = " ".join(s for i, s in enumerate(sentences) if i != taken)
        if 5 <= len(sentences[taken].split()) <= 60 and len(rest.split()) >= 15:
            yield sentences[taken], rest
