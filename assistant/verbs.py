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
    raw = tomllib.loads(files("assistant").joinpath("data/light_verbs.toml").read_text("utf-8"))
    found = set(raw["forms"])
    for verb in raw["regular"]:
        found |= conjugated(verb)
    return frozenset(found)


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
