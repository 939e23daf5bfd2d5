"""How questions really arrive: without accents or marks, with a slip of the finger, inside a letter, as a follow-up."""

from __future__ import annotations

import random
import re
import unicodedata
from dataclasses import replace

from index.text import fold
from tests.selfquestion.grids import World
from tests.selfquestion.questions import Asked
from tests.selfquestion.wording import LETTERS

KINDS = ("ninguno", "sin acentos", "errata", "sin signos", "carta", "mayúsculas", "ninguno")


def with_noise(asked: Asked, kind: str, world: World, rng: random.Random) -> Asked:
    """The same question in a worse shape; the kind that could not be applied comes back as "ninguno"."""
    text = asked.text
    if kind == "sin acentos":
        text = without_accents(text)
    elif kind == "sin signos":
        text = re.sub(r"[¿?¡!.]+(?=\s|$)|[¿¡]", "", text).lower()
    elif kind == "mayúsculas":
        text = text.upper()
    elif kind == "carta":
        text = rng.choice(LETTERS).format(q=text if text.endswith(("?", ".")) else f"{text}.")
    elif kind == "errata":
        text = _slip(text, asked.base, world, rng)
    return replace(asked, text=text, noise=kind if text != asked.text else asked.noise)


def without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _slip(text: str, base: tuple[str, ...], world: World, rng: random.Random) -> str:
    """One slip in one long word of the report; never one that makes another word of the reports."""
    plain = [re.sub(r"\S*-\S*\d\S*", " ", part) for part in base]  # nobody slips in "LPN-2024-0001" and is understood
    long = [w for part in plain for w in re.findall(r"[^\W\d_]{7,}", part) if w in text and not w.isupper()]
    rng.shuffle(long)
    for word in long:
        for _ in range(5):
            slipped = _slipped(word, rng)
            if slipped != word and fold(slipped) not in world.words:
                return text.replace(word, slipped, 1)
    return text


def _slipped(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word) - 2)
    kind = rng.choice(("swap", "drop", "double", "sound"))
    if kind == "swap":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == "drop":
        return word[:at] + word[at + 1 :]
    if kind == "double":
        return word[: at + 1] + word[at] + word[at + 1 :]
    sounds = (
        ("v", "b"),
        ("b", "v"),
        ("ci", "si"),
        ("s", "c"),
        ("z", "s"),
        ("ge", "je"),
        ("ll", "y"),
        ("mp", "np"),
        ("qu", "k"),
    )
    found = [(a, b) for a, b in sounds if a in word[1:]]
    if not found:
        return word
    old, new = rng.choice(found)
    start = word.index(old, 1)
    return word[:start] + new + word[start + len(old) :]
