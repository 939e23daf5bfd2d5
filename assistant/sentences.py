"""Questions that some sentences or list items of a passage answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.amounts import Amounts, amounts
from assistant.asking import Asked, Kind, asked_things, content_terms, focus_of
from assistant.extract import Unit, asked_verbs, enumerates, has_person, holds, units
from assistant.found import Found, account, citation, periods_fit
from assistant.heads import LEADS
from assistant.letters import LETTERS, desk_words
from assistant.matching import explains
from assistant.model import Evidence
from assistant.told import untold
from index.frame import is_frame
from index.headings import content_stems
from index.model import ChunkKind
from index.search import Hit, PassageIndex
from index.shelves import Passage
from index.text import fold, stem, words
from tools.model import Figure

_TYPED = frozenset(
    {
        Kind.DEFINITION,
        Kind.ACRONYM,
        Kind.PERSON,
        Kind.DATE,
        Kind.FREQUENCY,
        Kind.LAW,
        Kind.PERCENTAGE,
        Kind.AMOUNT,
        Kind.HOUR,
        Kind.PLACE,
        Kind.SOURCE,
    }
)
_FIGURES = frozenset({Kind.AMOUNT, Kind.PERCENTAGE})
_OWN = 0.4  # what saying the words itself adds to the rank of a sentence
_LEGS = 0.1
_LIST = 0.05  # what the announced list adds where a list is asked for
_MOST_UNITS = 3
_EXACT = 1e-9
_ELLIPTIC = frozenset({Kind.DATE, Kind.FREQUENCY})  # their subject may stand in the sentence before
_GENITIVE = re.compile(r"\b([a-z]{4,}) (?:de la|de las|de los|del|de) (?=([a-z][a-z0-9-]*(?: [^\s,.;:]+){0,7}))")
_WHICH = re.compile(r"\b(?:cuales (?:son|fueron) (?:los|las)|^(?:y )?que) ([a-z]{4,})\b")
_LISTS = re.compile(r"[;:]|,(?!\d)")
_VERB = re.compile(r"\b(?:se|que|fue|fueron|ha|han|hay|hubo|tuvo|tiene|tienen|es|son)\b")
_NOT_ALONE = re.compile(r"(?:se|est[eao]s?|dich[oa]s?|su[s]?)\b")
_LETTERED = re.compile(r"(?:[a-z]|\d{1,2})[.)]\s+\S")
LEANS = re.compile(r"(?:est[eao]s?|dich[oa]s?|ell[oa]s?|lo anterior|asimismo|su[s]?|es[eao]s?)\b")


def from_sentences(asked: Asked, index: PassageIndex, hits: Sequence[Hit]) -> list[Found]:
    """Candidates among the sentences and items of the passages found, the best of each passage."""
    top = hits[0].score if hits else 1.0
    found = []
    for hit in hits:
        if hit.passage.chunk.kind is ChunkKind.HEAD:
            continue
        candidate = _best(asked, index, hit.passage, closeness=hit.score / top)
        if candidate is not None:
            found.append(candidate)
    return found


def _best(asked: Asked, index: PassageIndex, passage: Passage, *, closeness: float) -> Found | None:
    heads = frozenset(passage.section) | index.asked_standard(asked.stems, passage) | _lead(index, passage)
    names = index.names_of(passage) - asked_things(asked)
    names |= _of_the_letter(index, passage) - asked_things(asked)
    place = heads | names
    core = [t for t in asked.terms if not explains(t.stem, names)]
    if not [t for t in core if not t.light] and not (core and asked.kind in _TYPED):
        return None  # "¿con qué ley se creó?" has its law to be found by
    weight = {t.stem: index.idf(t.stem) * (0.25 if t.light else 1.0) for t in core}
    known = _known(asked, index, passage)

    def own(stems: frozenset[str]) -> float:
        return sum(weight[t.stem] for t in core if explains(t.stem, stems)) / sum(weight.values())

    typed = asked.kind in _TYPED or (asked.kind is Kind.AGENT and _who_heads(asked, names))
    able = [u for u in units(passage.chunk) if not typed or _fits(asked, index, u, passage)]
    ranked = sorted(able, key=lambda u: (-own(known[u.place]), u.place))
    if not ranked or (own(known[ranked[0].place]) == 0 and not _told_by_heading(asked, own(heads))):
        return None
    listed = bool(passage.chunk.items)
    chosen = [ranked[0]] if asked.kind in _TYPED else _covering(ranked, known, own, listed=listed)
    if asked.kind in _FIGURES and " y " in asked.line:
        chosen = _both(asked, ranked, known, own)
    if asked.kind is Kind.LIST and listed and len(chosen) == 1:
        chosen = [u for u in ranked if own(known[u.place]) == own(known[ranked[0].place])]
    tied = [u for u in ranked if own(known[u.place]) == own(known[chosen[0].place])]
    options = _of_which(asked, tied) if asked.kind in _FIGURES and len(chosen) == 1 else ()
    said = frozenset(s for u in chosen for s in known[u.place])
    leans = _NOT_ALONE if asked.kind in _ELLIPTIC else LEANS
    shown = with_items(with_context(chosen, units(passage.chunk), leans), units(passage.chunk))
    text = " ".join(u.text for u in shown)
    tail = _list_after(asked, index, passage, shown)
    result = account(
        asked,
        said | place,
        index,
        periods_ok=periods_fit(asked, passage.document, text + " " + " ".join(passage.chunk.section)),
    )
    share = (own(said) + own(said | heads)) / 2  # what only the headings say counts half
    stranger = _of_another(asked, index, passage, text) or _untold(asked, index, passage, shown, tail)
    evidence = Evidence(
        text=joined(shown, listed=bool(passage.chunk.items)) + tail,
        figures=tuple(f for u in chosen for f in _amounts(asked, index, u, passage).figures)
        if asked.kind in _FIGURES
        else _lone_figure(asked, index, chosen, passage),
        citations=(
            citation(
                passage.document,
                text + tail,
                section=" › ".join(passage.chunk.section) or None,
                page=passage.chunk.pages[0] if passage.chunk.pages else None,
            ),
        ),
        explained=result.share if share >= 0.5 and not stranger else round(result.share * share * 0.5, 4),
        unexplained=stranger or (result.unexplained if share >= 0.5 else _missing(asked, said, names)),
        options=options,
    )
    return Found(
        evidence=evidence,
        document=passage.document.id,
        value=evidence.explained + _OWN * share + _LEGS * closeness + (_LIST if tail else 0.0),
        place=passage.place,
    )


def _of_the_letter(index: PassageIndex, passage: Passage) -> frozenset[str]:
    """What goes for each sentence of a letter: who writes it to whom."""
    shelf = index.shelves[passage.document.id]
    letter = {fold(f.quote) for f in shelf.facts if f.key in LETTERS}
    return desk_words(shelf) if letter & {fold(h) for h in passage.chunk.section} else frozenset()


def _told_by_heading(asked: Asked, share: float) -> bool:
    """ "¿Quién elaboró el informe?", under "Elaborado por": the name alone stands there."""
    return asked.kind in {Kind.PERSON, Kind.AGENT} and share > 1 - _EXACT


def _lead(index: PassageIndex, passage: Passage) -> frozenset[str]:
    """What introduces a list: its lead, and the paragraph that ends with it."""
    chunk = passage.chunk
    if not chunk.items or not chunk.lead:
        return frozenset()
    before = index.all_passages[passage.place - 1].chunk if passage.place else chunk
    announced = before.document == chunk.document and before.text.endswith(chunk.lead)
    return frozenset(content_stems(f"{before.text} {chunk.lead}" if announced else chunk.lead))


def _list_after(asked: Asked, index: PassageIndex, passage: Passage, shown: Sequence[Unit]) -> str:
    """The list that a paragraph announces at its end, when a list is asked for and the paragraph answers near there."""
    place = passage.place + 1
    if asked.kind is not Kind.LIST or passage.chunk.items or place >= len(index.all_passages):
        return ""
    following = index.all_passages[place].chunk
    last = units(passage.chunk)[-1]
    announced = following.document == passage.chunk.document and following.lead and following.lead.endswith(last.text)
    if not (announced and following.items and last.place - shown[-1].place <= 1):
        return ""
    lead = "" if shown[-1].place == last.place else f" {last.text}"
    return lead + "\n" + "\n".join(f"- {item}" for item in following.items)


def _untold(asked: Asked, index: PassageIndex, passage: Passage, shown: Sequence[Unit], tail: str) -> tuple[str, ...]:
    """What kind of thing is asked for and not told: the why of a fact, the names of several things."""
    place = frozenset(passage.section) | _lead(index, passage)
    if not tail and (missing := untold(asked, "\n".join(u.text for u in shown), place=place)):
        return missing
    if asked.kind is Kind.LIST and len(shown) == 1 and not tail and _says_one(focus_of(asked), shown[0].text):
        return (f"cuáles {focus_of(asked)}",)
    if asked.kind is Kind.LIST and len(shown) == 1 and not tail and not enumerates(shown[0].text):
        match = _WHICH.search(asked.line)
        heavy = [t for t in asked.terms if not t.light and not explains(t.stem, index.names_of(passage))]
        if match and any(stem(match[1]) == t.stem for t in heavy) and match[1].endswith("s"):
            return (f"cuáles {match[1]}",)
    return ()


def _says_one(several: str, text: str) -> bool:
    """ "¿Qué países…?": a sentence on "el país" names none."""
    said = words(text)
    lone = {several.removesuffix("s"), several.removesuffix("es")} - {several}
    return several not in said and bool(lone & set(said)) and not _LISTS.search(text)


def _both(
    asked: Asked, ranked: Sequence[Unit], known: dict[int, frozenset[str]], own: Callable[[frozenset[str]], float]
) -> list[Unit]:
    """ "¿Qué avance llevan A y B?": the sentence of each, when no sentence tells of both and the two tell of all."""
    first = known[ranked[0].place]
    left = [t for t in asked.terms if not t.light and not explains(t.stem, first)]
    for other in ranked[1:] if left and own(first) >= 0.5 else ():
        said = known[other.place]
        if own(said) >= 0.5 and all(explains(t.stem, said) for t in left):
            return sorted((ranked[0], other), key=lambda u: u.place)
    return [ranked[0]]


def _of_which(asked: Asked, tied: Sequence[Unit]) -> tuple[str, ...]:
    """ "¿Qué avance lleva el plan?" where one sentence tells of a plan of training and another of one of audit: both."""
    named = {stem(noun) for noun, _ in _GENITIVE.findall(asked.line)}
    for term in asked.terms:
        if term.light or term.stem in named:
            continue
        owners: dict[str, str] = {}
        for unit in tied:
            after = [words(a) for noun, a in _GENITIVE.findall(fold(unit.text)) if stem(noun) == term.stem]
            if after and after[0]:
                owners.setdefault(after[0][0], unit.text)
        if len(owners) > 1 and len(owners) == len(tied):
            return tuple(owners.values())
    return ()


def _known(asked: Asked, index: PassageIndex, passage: Passage) -> dict[int, frozenset[str]]:
    """The stems that each unit accounts for. A sentence without a subject ("Se realizan…") has that of the one before."""
    known: dict[int, frozenset[str]] = {}
    before: frozenset[str] = frozenset()
    for unit in units(passage.chunk):
        stems = unit.stems | index.spelt_out(unit.stems, passage.document.id)
        leans = _NOT_ALONE if asked.kind in _ELLIPTIC else LEANS
        elliptic = asked.kind in _TYPED and not passage.chunk.items and leans.match(fold(unit.text))
        known[unit.place] = stems | before if elliptic else stems
        before = known[unit.place]
    return known


def _of_another(asked: Asked, index: PassageIndex, passage: Passage, text: str) -> tuple[str, ...]:
    """Words X of "funciones de X" where the sentence speaks of the "funciones de" something else.

    X must be more than the document's own names, and the sentence must give the noun a complement without any of it.
    """
    folded, names = fold(text), index.names_of(passage)
    for head, rest in _GENITIVE.findall(asked.line):
        if is_frame(head):
            continue
        owners = [t for t in content_terms(_VERB.split(rest)[0]) if not t.light and not explains(t.stem, names)]
        complements = [
            frozenset(stem(w) for w in words(after))
            for noun, after in _GENITIVE.findall(folded)
            if stem(noun) == stem(head)
        ]
        if owners and complements and not any(explains(t.stem, c) for t in owners for c in complements):
            return tuple(t.word for t in owners)
    return ()


def _missing(asked: Asked, said: frozenset[str], names: frozenset[str]) -> tuple[str, ...]:
    """The words that only the place would explain: too few stand in the sentence itself."""
    return tuple(t.word for t in asked.terms if not t.light and not explains(t.stem, said | names))


def _covering(
    ranked: Sequence[Unit],
    known: dict[int, frozenset[str]],
    own: Callable[[frozenset[str]], float],
    *,
    listed: bool,
) -> list[Unit]:
    chosen: list[Unit] = []
    stems: frozenset[str] = frozenset()
    share = 0.0
    for _ in range(_MOST_UNITS):
        best = max(ranked, key=lambda u: (own(stems | known[u.place]), -u.place))
        gained = own(stems | known[best.place])
        if gained <= share + 1e-9 or (listed and chosen and own(known[best.place]) < 0.5):
            break  # items of a list stand alone: one more must answer by itself
        chosen.append(best)
        stems, share = stems | known[best.place], gained
    return sorted(chosen or [ranked[0]], key=lambda u: u.place)  # none where the heading alone says all


def with_context(chosen: Sequence[Unit], all_units: Sequence[Unit], leans: re.Pattern[str]) -> list[Unit]:
    """The sentences in order; one that leans on the sentence before ("Este se subdividió…") brings it along."""
    places = {u.place for u in chosen}
    places |= {u.place - 1 for u in chosen if u.place > 0 and leans.match(fold(u.text))}
    return [u for u in all_units if u.place in places]


def with_items(shown: Sequence[Unit], all_units: Sequence[Unit]) -> list[Unit]:
    """The items with those that one of them announces ("… cuatro productos:" and its "a)", "b)"…)."""
    places = {u.place for u in shown}
    open_ = False
    for unit in all_units:
        lettered = bool(_LETTERED.match(unit.text))
        open_ = lettered if open_ else False
        if open_:
            places.add(unit.place)
        elif unit.place in places and unit.place >= 0 and unit.text.rstrip().endswith(":"):
            open_ = True
    return [u for u in all_units if u.place in places]


def joined(shown: Sequence[Unit], *, listed: bool) -> str:
    if not listed or len(shown) == 1:
        return " ".join(u.text for u in shown)
    return "\n".join(u.text if u.place < 0 else f"- {u.text}" for u in shown)


def _fits(asked: Asked, index: PassageIndex, unit: Unit, passage: Passage) -> bool:
    """Whether a sentence holds the type of thing asked for."""
    if asked.kind in _FIGURES:
        return _amounts(asked, index, unit, passage).present
    if asked.kind is Kind.AGENT and _who_heads(asked, index.names_of(passage)):
        return has_person(unit.text, asked.stems)
    if (
        asked.kind is Kind.DEFINITION
    ):  # "¿qué quiere decir obligado en el hospital?": the report names itself nowhere there
        place = index.names_of(passage) | frozenset(passage.section)
        core = tuple(t for t in asked.terms if not explains(t.stem, place))
        return holds(replace(asked, terms=core or asked.terms), unit.text)
    return holds(asked, unit.text)


def _who_heads(asked: Asked, names: frozenset[str]) -> bool:
    """Whether "¿quién dirige la secretaría?" asks for a person: the verb has nothing but the institution after it."""
    verbs = asked_verbs(asked)
    return bool(verbs & LEADS) and all(t.stem in verbs or t.light or explains(t.stem, names) for t in asked.terms)


def _lone_figure(asked: Asked, index: PassageIndex, chosen: Sequence[Unit], passage: Passage) -> tuple[Figure, ...]:
    """The one amount, or else the one percentage, of the one sentence that answers; nothing when there are several."""
    if asked.kind is not Kind.OPEN or len(chosen) != 1:
        return ()
    for kind in (Kind.AMOUNT, Kind.PERCENTAGE):
        found = _amounts(replace(asked, kind=kind, counted=""), index, chosen[0], passage).figures
        if len(found) == 1:
            return found
    return ()


def _amounts(asked: Asked, index: PassageIndex, unit: Unit, passage: Passage) -> Amounts:
    label = passage.path[-1] if passage.path else passage.document.title
    convention = index.shelves[passage.document.id].convention
    return amounts(unit.text, asked, passage.document, convention, label)
