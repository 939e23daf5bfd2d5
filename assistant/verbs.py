"""Verbs that carry no content of their own, in all their forms, so that nobody has to list them one by one."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

# Without the endings -o, -a, -as, -e, -es, which names share ("consultas", "informes").
_AR = (
    "ar arse amos an aste aron aba abas abamos aban are ara aran aremos aria arias ariamos arian ando emos en "
    "ara aran ase asen arme arle arles arnos arlo arla"
).split()
_ER_IR = (
    "en emos imos iste ieron ia ias iamos ian iendo amos an iera ieran iese iesen ere era eran eremos ire ira "
    "iran iremos eria erian iria irian er ir erse irse"
).split()


@lru_cache(maxsize=1)
def light_forms() -> frozenset[str]:
    """Folded forms of the light verbs: "traía" is "traia". Participles are left out, for labels end in them."""
    raw = _data()
    found = set(raw["forms"])
    for verb in raw["regular"]:
        found |= conjugated(verb)
    for verb in raw["request"]:
        found |= {form + to for form in _bidden(verb) for to in _TO_WHOM}
    return frozenset(found)


@lru_cache(maxsize=1)
def request_forms() -> frozenset[str]:
    """The bare imperatives of the verbs of asking ("precise", "nombra"): a sentence that starts with one makes a request.

    So does their infinitive, which is what is left of "sírvase precisar".
    """
    raw = _data()
    asking = frozenset(form for verb in raw["request"] for form in (*_bidden(verb), verb))
    return asking | frozenset(raw["bidden"])


@lru_cache(maxsize=1)
def _data() -> dict[str, list[str]]:
    raw: dict[str, list[str]] = tomllib.loads(files("assistant").joinpath("data/light_verbs.toml").read_text("utf-8"))
    return raw


_TO_WHOM = "me nos melo mela melos melas noslo nosla noslos noslas".split()


def _bidden(infinitive: str) -> set[str]:
    """What bids somebody do it: "señale", "señalen", "señala", "señalá" is "senala".

    >>> sorted(_bidden("indicar"))
    ['indica', 'indique', 'indiquen']
    """
    root, kind = infinitive[:-2], infinitive[-2:]
    if kind != "ar":
        return {root + e for e in ("a", "an", "e", "i")}
    soft = {"c": "qu", "g": "gu", "z": "c"}.get(root[-1:])
    polite = root[:-1] + soft if soft else root
    return {root + "a", polite + "e", polite + "en"}


def conjugated(infinitive: str) -> set[str]:
    """Forms of a regular verb, with the spelling that keeps its sound.

    >>> sorted(f for f in conjugated("sacar") if f.startswith("saqu"))
    ['saquemos', 'saquen']
    """
    root, kind = infinitive[:-2], infinitive[-2:]
    found = {root + ending for ending in (_AR if kind == "ar" else _ER_IR)}
    soft = {"c": "qu", "g": "gu", "z": "c"}.get(root[-1:]) if kind == "ar" else None
    if soft:
        found |= {root[:-1] + soft + ending for ending in ("emos", "en")}
    if kind != "ar" and root.endswith("c"):
        found |= {root[:-1] + "zc" + ending for ending in ("amos", "an")}
    return found
