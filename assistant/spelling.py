"""Typing errors of a question, mended toward the words of the loaded reports and of the lexicon."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from assistant.numerals import NUMBER_WORDS, Token
from assistant.question import Analysis, analyse
from assistant.tokens import light_words
from index.frame import is_frame
from index.lexicon import abbreviations, lexicon
from index.spelling import correct, sounds_alike, suggestions
from index.text import STOPWORDS, fold, stem
from index.text import words as split_words
from tools.catalogue import Catalogue

if TYPE_CHECKING:
    from index.search import PassageIndex

# Words of the grammar itself, which people mistype as often as the names of rows.
_GRAMMAR = (
    "porcentaje ejecucion presupuesto vigente asignado ejecutado ejecuto programado programaron diferencia total "
    "promedio mayor menor cuanto cuanta cuantos cuantas cual cuales programa producto actividad cuatrimestre trimestre "
    "semestre enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre saldo devengado "
    "pagado codificado recaudado gastado gasto gastaron ejecutaron comparar compara variacion cumplimiento avance "
    "realizaron hicieron meta metas cuadro tabla informe consolidado institucional mision vision objetivos funciones"
)


_REACH = 2  # places between a word and its neighbour, small words counted


@lru_cache(maxsize=1)
def _grammar_words() -> frozenset[str]:
    known = {fold(w) for w in _GRAMMAR.split()} | NUMBER_WORDS.keys()
    return frozenset(known | lexicon().spelled)


def respell(
    analysis: Analysis, catalogue: Catalogue, passages: Callable[[], PassageIndex]
) -> tuple[Analysis, tuple[tuple[str, str], ...]]:
    """The analysis of the question with its unknown words corrected, and which words were read as which.

    A word is looked at only when no report knows it. The passages are asked for only then.
    """
    unknown = [
        t
        for t in analysis.tokens
        if t.content
        and not any(c.isdigit() for c in t.text)
        and (len(t.text) > 2 or t.text in abbreviations())
        and not _known(t.text, t.stem, catalogue)
        and not (
            t.text in abbreviations() and any(t.stem in v.header for v in catalogue.views)
        )  # "Prog." heads columns
    ]
    if not unknown:
        return analysis, ()
    printed = catalogue.words | passages().vocabulary
    words = printed | _grammar_words()
    made: list[tuple[str, str]] = []
    for token in unknown:
        if token.text in words:
            continue
        better = (
            _SLIPS.get(token.text)
            or _without_vowel(token.text)
            or _in_full(token, analysis, catalogue, printed)
            or _initials(token, analysis, catalogue)
            or _same_thing(token.text, catalogue)
            or _corrected(token.text, words, printed)
        )
        better = better or _beside(token, analysis, catalogue, printed)
        if better is not None and better != token.text:
            made.append((token.text, better))
    if not made:
        return analysis, ()
    return analyse(_replaced(analysis.text, made)), tuple(made)


def _without_vowel(text: str) -> str | None:
    """A participle of the lexicon typed without its vowel: "programdas" is as near to "programas"."""
    match = re.fullmatch(r"(\w{4,})d([oa]s?)", text)
    options = [f"{match[1]}{vowel}d{match[2]}" for vowel in "ai"] if match else []
    known = [word for word in options if word in lexicon().spelled]
    return known[0] if len(known) == 1 else None


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, tuple[str, ...]]:
    raw = tomllib.loads(files("assistant").joinpath("data/synonyms.toml").read_text("utf-8"))
    return {word: tuple(group) for group in raw["groups"] for word in group}


def _same_thing(text: str, catalogue: Catalogue) -> str | None:
    """The word of the tables that means the same as one that no table knows; None when two different ones do."""
    options = [w for w in _synonyms().get(text, ()) if w in catalogue.words]
    return options[0] if len({stem(w) for w in options}) == 1 else None


def _in_full(token: Token, analysis: Analysis, catalogue: Catalogue, printed: Collection[str]) -> str | None:
    """What a word cut short stands for ("bs y servicios"), where some row holds it beside the words around it.

    The only word of the reports that it may stand for does too ("directora gral").
    """
    around = [t for t in analysis.tokens if t.content and t is not token and t.stem in catalogue.postings]
    near = [t for t in around if abs(t.position - token.position) <= _REACH]
    held = [
        word
        for word in abbreviations().get(token.text, ())
        if word in catalogue.words
        and any(set(catalogue.postings.get(stem(word), ())) & set(catalogue.postings[t.stem]) for t in near)
    ]
    known = [word for word in abbreviations().get(token.text, ()) if word in printed]
    return held[0] if held else known[0] if len(known) == 1 else None


def _initials(token: Token, analysis: Analysis, catalogue: Catalogue) -> str | None:
    """The words of a label that an acronym is made of ("TLC": tratados de libre comercio).

    Only where the label holds another word of the question, and one run of words alone has those letters.
    """
    printed = analysis.text[token.start : token.end]
    if not printed.isupper() or not 3 <= len(printed) <= _LONGEST_ACRONYM:
        return None
    others = [t for t in analysis.tokens if t.content and t is not token and t.stem in catalogue.postings]
    places = {n for t in others for n in catalogue.postings[t.stem]}
    found = set()
    for text in {catalogue.entities[n].text for n in places}:
        said = [w for w in split_words(text) if w not in STOPWORDS]
        for start in range(len(said) - len(printed) + 1):
            run = said[start : start + len(printed)]
            if "".join(w[0] for w in run) == token.text:
                found.add(" ".join(run))
    return found.pop() if len(found) == 1 else None


def _of_budgets(text: str, words: Collection[str]) -> str | None:
    """Of several words equally near, the only one that names a measure: "lo viente" is "vigente", and no "Vicente"."""
    options = {o for o in suggestions(text, words) if o in _grammar_words()}  # "produto" may be "producto" or "produjo"
    said = options & lexicon().spelled
    return said.pop() if len(options) == len(said) == 1 and sounds_alike(text, *options) else None


_LONGEST_ACRONYM = 6
_LONG = 6  # letters from which a word a slip away can be no other


# Small words as they are heard. A list, and no rule: "iva" is a tax and no slip for "iba".
_SLIPS = {
    "asta": "hasta", "ay": "hay", "aser": "hacer", "iso": "hizo", "iseron": "hicieron", "isieron": "hicieron",
    "aci": "asi", "entonses": "entonces", "tanbien": "tambien", "cuantoz": "cuantos", "kuanto": "cuanto", "kual": "cual",
}  # fmt: skip


def _corrected(text: str, words: Collection[str], printed: Collection[str]) -> str | None:
    """The word meant, never one that says nothing: "ballnas" read as "buenas" would leave the question without its thing.

    printed: the words of the reports. A word of the grammar alone must be a slip away, and no more.
    """
    better = correct(text, words) or _of_budgets(text, words) if len(text) > 3 else None
    if better is None or better in light_words() or better in STOPWORDS:
        return None
    if is_frame(better) and not (len(text) > _LONG and sounds_alike(text, better)):  # "cantiddad de productos"
        return None
    return better if better in printed or sounds_alike(text, better) else None


def _beside(token: Token, analysis: Analysis, catalogue: Catalogue, printed: Collection[str]) -> str | None:
    """The word that stands in some row together with the words beside the misspelt one: "cuntas por cobrar".

    It decides between readings equally near ("cuentas", "cuantas"), and allows a word that says little by itself
    ("dirección generral").
    """
    around = [t for t in analysis.tokens if t.content and t is not token and t.stem in catalogue.postings]
    near = [t for t in around if abs(t.position - token.position) <= _REACH]
    held = {
        stem(option): option
        for option in reversed(suggestions(token.text, printed))
        if any(set(catalogue.postings.get(stem(option), ())) & set(catalogue.postings[t.stem]) for t in near)
    }
    return next(iter(held.values())) if len(held) == 1 else None


def _known(text: str, stem_: str, catalogue: Catalogue) -> bool:
    return stem_ in catalogue.frequency or stem_ in catalogue.by_word or text in _grammar_words()


def _replaced(text: str, made: Sequence[tuple[str, str]]) -> str:
    table = dict(made)
    return re.sub(r"[^\W\d_]+", lambda m: table.get(fold(m.group()), m.group()), text)
