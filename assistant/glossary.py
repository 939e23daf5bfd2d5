"""What a word of public budgets means in general, where no report defines it. The answer says that it is general."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from assistant.asking import Kind, ask
from assistant.model import Answer, Route, Status
from index.model import Citation
from index.text import STOPWORDS, words

GENERAL = "Es una definición general, del glosario de Consta; los informes cargados no la dan."
SOURCE = "Glosario general de Consta"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A term, what it means, and what is particular to some countries."""

    term: str
    meaning: str
    notes: tuple[tuple[frozenset[str], str], ...]


def glossary_answer(question: str, countries: Collection[str]) -> Answer | None:
    """What the term that a question asks the meaning of means; None when it asks something else or is not known.

    countries: ISO codes of the reports asked about: the notes of others are left out.
    """
    asked = ask(question, ())
    entry = glossary().get(_key(asked.subject)) if asked.kind is Kind.DEFINITION else None
    if entry is None:
        return None
    notes = [text for held, text in entry.notes if held & set(countries)]
    tail = f" ({'; '.join(notes)})" if notes else ""
    text = f"{entry.term[0].upper()}{entry.term[1:]}: {entry.meaning}{tail}."
    return Answer(
        status=Status.ANSWERED,
        text=f"{text} {GENERAL}",
        route=Route(name="glossary", reason="ningún informe define el término"),
        citations=(Citation(document=SOURCE, file=SOURCE, title=SOURCE, text=text),),
        warnings=(GENERAL,),
    )


@lru_cache(maxsize=1)
def glossary() -> dict[str, Entry]:
    """Entries by each of their terms, folded, small words left out."""
    data = tomllib.loads((files("index") / "data" / "glossary.toml").read_text(encoding="utf-8"))
    found: dict[str, Entry] = {}
    for item in data["term"]:
        notes = tuple((frozenset(note["countries"]), note["text"]) for note in item["notes"])
        for term in item["terms"]:
            found.setdefault(_key(term), Entry(term=term, meaning=item["meaning"], notes=notes))
    return found


_AROUND = frozenset({"termino", "palabra", "concepto", "expresion"})


def _key(text: str) -> str:
    kept = [w for w in words(text) if w not in STOPWORDS and w not in _AROUND]
    return " ".join(kept)
