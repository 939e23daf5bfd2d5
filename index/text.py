"""Spanish text for matching: folding, words, stems. One analysis for questions, labels and passages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

_CYRILLIC = str.maketrans("АВЕКМНОРСТУХаеорсухтмкнв", "ABEKMHOPCTYXaeopcyxtmkhb")
_ACCENTED = str.maketrans("áéíóúüñ", "aeiouun")
_CODE = r"[a-z0-9]+(?:[-./][a-z0-9]+)*"
_DOTTED = r"\d{1,3}(?:\.\d{1,2}){2,}(?![\w-])"  # the code of an object of spending: "2.6.1"
_WORD = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?%?|" + _DOTTED + r"|\d+(?:[.,]\d+)?%?(?![\w-])|" + _CODE + r"|%")

_SHORT = 240  # characters, as long as questions are; longer texts do not come back
_T = TypeVar("_T")


def remembered(work: Callable[[str], _T]) -> Callable[[str], _T]:
    """Keep what some work makes of short texts: the labels of a report come back in every question."""
    once = lru_cache(maxsize=50_000)(work)

    @wraps(work)
    def call(text: str) -> _T:
        return once(text) if len(text) <= _SHORT else work(text)

    return call


@remembered
def fold(text: str) -> str:
    """Lower case without accents (ñ becomes n), NFKC, Cyrillic look-alikes as Latin letters, single spaces."""
    plain = text.lower().translate(_ACCENTED)
    if plain.isascii():  # Spanish and nothing else: nothing to compose, translate or take off
        return " ".join(plain.split())
    text = unicodedata.normalize("NFKC", text).translate(_CYRILLIC)
    text = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return " ".join(text.split())


def words(text: str) -> list[str]:
    """Folded words in order. Codes such as 11-02-000-001 and numbers such as 1,234.50 or 63% stay whole.

    >>> words("¿Producto 22 del programa 11-02?")
    ['producto', '22', 'del', 'programa', '11-02']
    """
    return [word for word, _, _ in _spans(text)]


def spans(text: str) -> list[tuple[str, int, int]]:
    """`words` with their start and end in the *folded* text."""
    return list(_spans(text))


@remembered
def _spans(text: str) -> tuple[tuple[str, int, int], ...]:
    found: list[tuple[str, int, int]] = []
    for match in _WORD.finditer(fold(text)):
        word = match.group()
        if word.isalpha() or any(c.isdigit() for c in word) or not re.search(r"[-./]", word):
            found.append((word, match.start(), match.end()))
            continue
        parts = re.finditer(r"[a-z0-9]+", word)  # y/o, político-estratégico: separate words
        found.extend((part.group(), match.start() + part.start(), match.start() + part.end()) for part in parts)
    return tuple(found)


@lru_cache(maxsize=1)
def _stemmer() -> object:
    import Stemmer  # noqa: PLC0415 - loaded at first use: --help must stay light

    return Stemmer.Stemmer("spanish")


# Words whose stem would meet that of another word of these reports: a programme is not what was programmed.
_OWN_STEM = {"programa": "programa", "programas": "programa", "partida": "partida", "partidas": "partida", "plan": "plane", "planes": "plane",
             "saldo": "saldo", "saldos": "saldo", "diferencia": "diferencia", "diferencias": "diferencia"}  # fmt: skip
# Too short for its rules, which leave "sede" apart from "sedes".
_OWN_STEM |= {
    w + end: w for w in "sede jefe base eje ente arte nube calle clase frase nave torre".split() for end in ("", "s")
}


# Verbs of a short root, whose forms Snowball leaves apart: "crearon", "creados", "crear".
_SHORT_VERB = re.compile(r"(?!est|gr)([a-z]{2,3}?)(?:aron|ad[oa]s?|ando|ar)")


# Participles that are not made by rule: what was resolved stands under "Resueltas".
_OWN_STEM |= dict.fromkeys(
    "resolver resolvio resolvieron resuelven resuelto resuelta resueltos resueltas".split(), "resuelt"
)
# Past tenses of a root of their own: what was produced stands under "Producidas".
_OWN_STEM |= {
    root + "uj" + end: stem_
    for root, stem_ in (
        ("prod", "produc"),
        ("red", "reduc"),
        ("introd", "introduc"),
        ("cond", "conduc"),
        ("trad", "traduc"),
    )
    for end in ("o", "eron")
}
# Snowball leaves "obras" and "líneas" apart from their singulars, and "talleres" from the "taller" it takes for a verb.
# First persons ("gastamos") are no plurals, but for these.
_PLURAL = re.compile(r"(?P<one>[a-z]{2,}[ao])s|(?P<two>[a-z]{2,}(?:[aeo]r|ad|men|gen|den))es")
_FIRST_PERSON = re.compile(r"[a-z]+[aei]mos")
_NOUNS_IN_MOS = frozenset(
    "prestamos reclamos tramos ramos gramos kilogramos extremos supremos maximos minimos ultimos proximos decimos optimos "
    "legitimos maritimos termos organismos mecanismos animos".split()
)


def _singular(word: str) -> str:
    plural = _PLURAL.fullmatch(word)
    if plural is None or (_FIRST_PERSON.fullmatch(word) and word not in _NOUNS_IN_MOS):
        return word
    return plural["one"] or plural["two"]


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Stem of a folded word. Folding first breaks -ción/-ciones for Snowball, so the accent is put back.

    Digits and codes come back as they are. Source of the trick: measured on 17 singular/plural pairs, 16 agree.
    """
    if any(c.isdigit() for c in word) or len(word) < 4:
        return word
    if word in _OWN_STEM:
        return _OWN_STEM[word]
    if word.endswith(("idad", "idades")):
        return word.removesuffix("es")  # "publicidad" is not what is public, nor "actividad" what is active
    word = _singular(word)
    if len(word) < 4:
        return word
    verb = _SHORT_VERB.fullmatch(word)
    if verb is not None:
        return f"{verb.group(1)}ar"
    restored = re.sub(r"(c|s|x)ion$", r"\1ión", word)
    found = fold(_stemmer().stemWord(restored))  # type: ignore[attr-defined]  # PyStemmer ships no types
    if len(found) > 3:
        return found
    # "mesas" and "mes" must not meet: short stems keep a vowel, the same for both genders, and lose the plural
    single = re.sub(r"(?<=[aeiou])s$|(?<=[^aeiou])es$", "", word)
    return re.sub(r"a$", "o", single)


def stems(text: str) -> list[str]:
    """Stems of the words of a text, in order, stop words included."""
    return [stem(w) for w in words(text)]


STOPWORDS = frozenset(
    "a al ante bajo con contra de del desde durante e el ella ellas ellos en entre es esa ese eso esas esos esta este "
    "esto estas estos fue fueron ha han hasta hay la las le les lo los me mi mis ni no nos o os para pero por que se "
    "sea ser si sin sobre son su sus tal te tu tus u un una unas unos y ya como cual cuales cuyo cuya".split()
)
