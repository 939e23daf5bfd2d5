"""Typing errors: a word unknown to the reports and to Spanish is moved to the nearest word of the reports.

Words that exist are never touched ("salario" does not become "saldo"), nor are numbers, codes and acronyms.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from importlib.resources import files

from index.text import fold, stem

_PHONETIC = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ch", "X"),
        (r"qu(?=[ei])", "k"),
        (r"gu(?=[ei])", "G"),
        (r"g(?=[ei])", "j"),
        (r"c(?=[ei])|z|x", "s"),
        (r"h", ""),
        (r"c|q", "k"),
        (r"ll", "y"),
        (r"v", "b"),
        (r"w", "u"),
        (r"m(?=[pbn])", "n"),
        (r"(.)\1", r"\1"),
    )
)
# Spanish endings, and the endings of the headwords they may come from
_ENDINGS = tuple(
    (ending, headwords)
    for headwords, endings in (
        (("",), ""),
        (("", "e"), "s es"),
        (("o",), "os as a o amente"),
        (("a",), "as a"),
        (
            ("ar",),
            (
                "o a an as ais amos e en es emos ado ada ados adas ando aba aban aron ara aran aria arian are aste ase "
                "asen acion aciones amiento amientos ador adora adores adoras able ables"
            ),
        ),
        (
            ("er", "ir"),
            (
                "o a e en es an amos emos imos io ido ida idos idas iendo ia ian ieron era eran iera ieran iese iste eria "
                "erian ira iran iria irian icion iciones imiento imientos edor idor edora idora ible ibles"
            ),
        ),
    )
    for ending in (endings.split() or [""])
)
_PREFIXES = (
    "inter",
    "sub",
    "multi",
    "macro",
    "micro",
    "bio",
    "agro",
    "des",
    "re",
    "pre",
    "tele",
    "anti",
    "contra",
    "extra",
)
_PRONOUNS = ("se", "lo", "la", "los", "las", "le", "les", "me", "nos")
_SHORTEST = 4
_CLEAR = 0.75  # how much farther the second best must be; two readings as near as that are no correction


_CLEAR_LONG = 0.25  # the same for long words with a single slip


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """Spanish phonetic key of a folded word: b/v, c/s/z/x, g/j, ll/y, qu/k, mute h, m/n before p, double letters.

    >>> sound("bision") == sound("vision") and sound("henero") == sound("enero")
    True
    """
    for pattern, replacement in _PHONETIC:
        word = pattern.sub(replacement, word)
    return word.upper()


@lru_cache(maxsize=1)
def _spanish() -> frozenset[str]:
    from spellchecker import SpellChecker  # noqa: PLC0415 - half a second of work, needed only for a strange word

    listed = SpellChecker(language="es", distance=1).word_frequency.words()
    added = (files("index") / "data" / "spanish.txt").read_text(encoding="utf-8").split()
    return frozenset(fold(word) for word in (*listed, *added))


def sounds_alike(one: str, other: str) -> bool:
    """Whether two folded words are the same but for a slip: one letter, or letters that sound the same.

    >>> sounds_alike("recepcionadas", "resepcionadas")
    True
    """
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - needed only for a strange word

    return sound(one) == sound(other) or OSA.distance(one, other, score_cutoff=1) <= 1


def is_spanish(word: str) -> bool:
    """Whether a folded word, or the form it is inflected from, is in the Spanish word list.

    The list holds headwords; endings are exchanged rather than stemmed, for stems meet strangers (mison, misoneísta).
    """
    bare = next((word[len(p) :] for p in _PREFIXES if word.startswith(p) and len(word) > len(p) + 4), None)
    return _inflected(word) or (bare is not None and _inflected(bare))


def _inflected(word: str) -> bool:
    known = _spanish()
    for pronoun in ("", *_PRONOUNS):
        if not word.endswith(pronoun):
            continue
        bare = word[: len(word) - len(pronoun)]
        for ending, headwords in _ENDINGS:
            if not bare.endswith(ending):
                continue
            root = bare[: len(bare) - len(ending)]
            if len(root) > 2 and any(r + h in known for r in _respelt(root, ending) for h in headwords):
                return True
    return False


def _respelt(root: str, ending: str) -> tuple[str, ...]:
    """The root, and as it is written before a (indique → indicar, pague → pagar, garantice → garantizar)."""
    if ending[:1] == "e":
        for written, before_a in (("qu", "c"), ("gu", "g"), ("c", "z")):
            if root.endswith(written):
                return (root, root[: -len(written)] + before_a)
    return (root,)


def correct(word: str, vocabulary: Collection[str]) -> str | None:
    """The word of the vocabulary that a misspelt word stands for; None when it needs no correction or has none.

    word: as typed (capitals tell acronyms and names). vocabulary: folded words of the reports and the lexicon.

    >>> correct("presupesto", {"presupuesto", "programado"})
    'presupuesto'
    """
    options = suggestions(word, vocabulary)
    return options[0] if len({stem(o) for o in options}) == 1 else None


def suggestions(word: str, vocabulary: Collection[str]) -> tuple[str, ...]:
    """The words that a misspelt word may stand for, none clearly nearer than the others; nearest first.

    >>> suggestions("cuntas", {"cuentas", "cuantas", "programado"})
    ('cuantas', 'cuentas')
    """
    folded = fold(word)
    if len(folded) < _SHORTEST or not folded.isalpha() or folded in vocabulary or _is_acronym(word):
        return ()
    ranked = _near(folded, vocabulary, most=_most_changes(folded, name=word[0].isupper()))
    if not ranked:
        return ()
    best, distance = ranked[0]
    same_sound = len(folded) > 5 and sound(folded) == sound(best) and folded not in _spanish()
    if not same_sound and is_spanish(folded):
        return ()
    if distance > 1 and any(w in _spanish() for w in _one_away(folded) - {best}):
        return ()  # "esgirma" is "esgrima", which no report says, and not "estima"
    if stem(best) == stem(folded):  # another form of the same word: it needs no correction
        return ()
    clear = _CLEAR_LONG if len(folded) > 6 and distance <= 1 else _CLEAR
    near = tuple(other for other, far in ranked if other == best or far - distance < clear)
    spelled = tuple(other for other in near if other in _spanish())  # reports misspell too: "direcion"
    return spelled if len(spelled) == 1 and len(folded) > _SHORTEST + 2 else near


def _one_away(word: str) -> set[str]:
    """All words one slip away: a letter dropped, changed, added, or two neighbours exchanged."""
    letters = "abcdefghijklmnopqrstuvwxyzñ"
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    dropped = {a + b[1:] for a, b in cuts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    changed = {a + c + b[1:] for a, b in cuts if b for c in letters}
    added = {a + c + b for a, b in cuts for c in letters}
    return dropped | swapped | changed | added


def _is_acronym(word: str) -> bool:
    return word.isupper() and len(word) <= 8


def _most_changes(folded: str, *, name: bool) -> float:
    if name:  # probably a person or a place: only a slip of one letter
        return 1.0
    return 1.0 if len(folded) < 7 else 2.0


def _near(folded: str, vocabulary: Collection[str], *, most: float) -> list[tuple[str, float]]:
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - needed only for a strange word

    key = sound(folded)
    found: list[tuple[str, float]] = []
    for candidate in vocabulary:
        if abs(len(candidate) - len(folded)) > 2 or len(candidate) < _SHORTEST or not candidate.isalpha():
            continue
        written = float(OSA.distance(folded, candidate, score_cutoff=3))
        heard = OSA.distance(key, sound(candidate), score_cutoff=3) + 0.25
        # the first letter is seldom the wrong one, unless it sounds the same
        distance = min(written, heard) + (0.5 if key[:1] != sound(candidate)[:1] else 0.0)
        if distance <= most + 0.25:
            found.append((candidate, distance))
    return sorted(found, key=lambda pair: (pair[1], pair[0]))
