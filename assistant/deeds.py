"""Deeds: whether what a question says was done is what the label of a row says was done."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from assistant.question import Analysis
from index.lexicon import lexicon
from index.model import Level
from index.text import stem, words
from tools.catalogue import TableView
from tools.matching import RowMatch


@lru_cache(maxsize=1)
def _deeds() -> tuple[dict[str, int], frozenset[str], frozenset[int]]:
    """Group of each stem, the stems that fit any deed, and the groups that are outcomes of their own."""
    raw = tomllib.loads(files("assistant").joinpath("data/deeds.toml").read_text("utf-8"))
    groups = {stem(w): n for n, group in enumerate(raw["groups"]) for w in group}
    return groups, frozenset(stem(w) for w in raw["general"]), frozenset(groups[stem(w)] for w in raw["outcomes"])


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    """The verbs and participles of the data, as written and in the plural."""
    raw = tomllib.loads(files("assistant").joinpath("data/deeds.toml").read_text("utf-8"))
    found = {w for group in raw["groups"] for w in group}
    return frozenset(found | {w[:-1] + e for w in found if w.endswith("do") for e in ("a", "os", "as")})


def other_deeds(view: TableView, analysis: Analysis, rows: Sequence[RowMatch]) -> frozenset[int]:
    """Words that say another deed than the rows do: "solicitudes aprobadas" is not told by a row of those received.

    A label that tells no deed takes any but an outcome. Only questions that count are looked at: "cuánto se pagó" is money.
    """
    if "count_only" not in analysis.cues or any(m.whole for m in rows):
        return frozenset()
    groups, general, outcomes = _deeds()
    label = [w for m in rows for r in m.rows for w in words(view.table.rows[r].label)]
    held = {stem(w) for w in label}
    told = {
        groups[stem(w)] for w in label if stem(w) in groups and w.endswith(("dos", "das", "do", "da", "tos", "tas"))
    }
    found: set[int] = set()
    for token in analysis.tokens:
        if token.text not in _words() or token.stem in held | view.header or token.stem in general:
            continue
        if token.stem not in groups or _of_money(analysis):
            continue
        group = groups[token.stem]
        if group not in told and (told or group in outcomes):
            found.add(token.position)
    return frozenset(found)


def _of_money(analysis: Analysis) -> bool:
    """ "¿Cuántos lempiras se aprobaron?": what is counted is money."""
    counted = [
        analysis.tokens[t.position + 1].stem
        for t in analysis.tokens[:-1]
        if t.text in ("cuantos", "cuantas", "cuanta", "cuanto")
    ]
    money = {p[0] for p in lexicon().financial if len(p) == 1} | {stem(w) for w in ("pesos", "millones", "miles")}
    return any(c in money for c in counted) or any(
        lexicon().measures[m.measure].level is Level.FINANCIAL and len(m.tokens) > 1 for m in analysis.mentions
    )
