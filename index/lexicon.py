"""Words of public finance as data: which header, and which word of a question, names which measure.

The lexicon proposes; a table's own columns dispose. Source: `index/data/lexicon.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from index.model import Level
from index.text import fold, stem, words

Phrase = tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """A concept of the lexicon. `accepts` are the measures that may stand in for it, best first."""

    id: str
    name: str
    level: Level | None
    header: tuple[Phrase, ...]
    ask: tuple[Phrase, ...]
    accepts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Lexicon:
    """All concepts, with the words that tell physical from financial execution. Phrases are tuples of stems."""

    measures: dict[str, Measure]
    financial: frozenset[Phrase]
    physical: frozenset[Phrase]
    accumulated: frozenset[Phrase]
    monthly: frozenset[Phrase]
    total: frozenset[Phrase]
    spelled: frozenset[str]  # every word as written, toward which typing errors are mended


@dataclass(frozen=True, kw_only=True, slots=True)
class HeaderReading:
    """What a header path says by itself; arithmetic over the rows may say more."""

    measure: str | None
    level: Level | None
    accumulated: bool
    unit: str | None  # "%" when the header says so


def phrase(text: str) -> Phrase:
    """A phrase as the stems of its words, small words left out so that "saldo por ejecutar" meets "saldo a ejecutar"."""
    found = words(text)
    kept = [w for w in found if w not in _SMALL] or found
    return tuple(stem(w) for w in kept)


_SMALL = frozenset("de del la el los las a al por en y o u su para".split())


@lru_cache(maxsize=1)
def abbreviations() -> dict[str, tuple[str, ...]]:
    """Words that labels cut short with a full stop ("gral"), with the words they stand for. Folded."""
    raw = tomllib.loads((files("index") / "data" / "abbreviations.toml").read_text(encoding="utf-8"))
    return {short: tuple(full.split()) for short, full in raw["words"].items()}


@lru_cache(maxsize=1)
def _states() -> tuple[frozenset[str], dict[str, frozenset[str]]]:
    raw = tomllib.loads((files("index") / "data" / "states.toml").read_text(encoding="utf-8"))
    meant: dict[str, set[str]] = {}
    for line in raw["same"]:
        for word in line.split():
            meant.setdefault(stem(word), set()).update(stem(w) for w in line.split())
    for word, printed in raw["said"].items():
        for w in printed.split():
            meant.setdefault(stem(w), {stem(w)}).add(stem(word))
    return frozenset(raw["headers"]), {s: frozenset(m - {s}) for s, m in meant.items()}


def names_states(path: Sequence[str]) -> bool:
    """Whether a column prints how far things have come: "Estado", "Situación actual"."""
    return bool(path) and fold(path[-1]).strip(" .:") in _states()[0]


def other_names_of_state(stems_: Sequence[str]) -> frozenset[str]:
    """Stems by which people call a printed state too: "terminada" for "Concluida"."""
    return frozenset(o for s in stems_ for o in _states()[1].get(s, ()))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The shipped lexicon, read once."""
    raw = tomllib.loads(files("index").joinpath("data/lexicon.toml").read_text("utf-8"))
    measures = {}
    for item in raw["measure"]:
        header = tuple(dict.fromkeys(phrase(p) for p in item["header"]))
        asked = header if item.get("ask_header", True) else ()
        ask = tuple(dict.fromkeys([*asked, *(phrase(p) for p in item["ask"])]))
        level = Level(item["level"]) if "level" in item else None
        measures[item["id"]] = Measure(
            id=item["id"],
            name=item["name"],
            level=level,
            header=header,
            ask=ask,
            accepts=tuple(item.get("accepts", ())),
        )
    groups = {name: frozenset(phrase(p) for p in raw["words"][name]) for name in raw["words"]}
    told = [p for item in raw["measure"] for p in (*item["header"], *item["ask"])]
    spelled = frozenset(w for p in told for w in words(p) if len(w) > 3)
    return Lexicon(measures=measures, spelled=spelled, **groups)


def contains(text: Sequence[str], part: Phrase) -> bool:
    """Whether the stems of a text hold a phrase, words in a row."""
    size = len(part)
    return any(tuple(text[i : i + size]) == part for i in range(len(text) - size + 1))


@lru_cache(maxsize=4096)
def classify_header(path: tuple[str, ...]) -> HeaderReading:
    """Measure, level and kind of a column from its header path; the innermost part speaks first.

    >>> classify_header(("PRESUPUESTO VIGENTE",)).measure
    'vigente'
    >>> classify_header(("II Cuatrimestre 2023", "Meta", "Absoluta")).measure
    'programado'
    """
    known = lexicon()
    parts = [phrase(p) for p in path if p.strip()]
    everything = tuple(s for part in parts for s in part)
    level = _level(everything, known)
    measure = None
    for text, part in zip(reversed([p for p in path if p.strip()]), reversed(parts), strict=True):
        measure = _owed(text) or _measure(part, known)
        if measure is not None:
            break
    if measure == "ejecutado" and level is Level.PHYSICAL:
        measure = "alcanzado"
    if measure == "alcanzado" and level is Level.FINANCIAL:
        measure = "ejecutado"
    if measure == "programado" and level is Level.FINANCIAL:
        level = Level.FINANCIAL  # "monto programado": the measure keeps its name, the level is the header's
    elif measure is not None and level is None:
        level = known.measures[measure].level
    percent = measure == "porcentaje" or "%" in "".join(path)
    return HeaderReading(
        measure="porcentaje" if percent and measure != "unidad_medida" else measure,
        level=level,
        accumulated=any(contains(everything, p) for p in known.accumulated),
        unit="%" if percent else None,
    )


def _level(stems: Phrase, known: Lexicon) -> Level | None:
    financial = any(contains(stems, p) for p in known.financial)
    physical = any(contains(stems, p) for p in known.physical)
    if financial == physical:
        return None
    return Level.FINANCIAL if financial else Level.PHYSICAL


_OWED = (
    (re.compile(r"(?:saldo |monto |total )?(?:por|pendientes? de) (?:recaud|cobr|percib)"), "por_recaudar"),
    (re.compile(r"(?:saldo |monto |total )?(?:por|pendientes? de) pag"), "por_pagar"),
)


def _owed(text: str) -> str | None:
    """ "Por recaudar" is what is missing: without its small word it would read like "recaudado"."""
    folded = fold(text).strip(" .:")
    return next((measure for pattern, measure in _OWED if pattern.match(folded)), None)


def _measure(part: Phrase, known: Lexicon) -> str | None:
    """The measure whose longest header phrase stands in a part; on a tie, the phrase that stands last.

    "Ejecución mensual" is one phrase; in "presupuesto de gastos pagado" the last word decides.
    """
    best: tuple[int, int, str] | None = None
    for measure in known.measures.values():
        for candidate in measure.header:
            for start in range(len(part) - len(candidate) + 1):
                if part[start : start + len(candidate)] == candidate:
                    key = (len(candidate), start, measure.id)
                    if best is None or key[:2] > best[:2]:
                        best = key
    return best[2] if best else None
