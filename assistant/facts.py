"""Questions that the head of a memo or the head of a printed report answers: to whom, from whom, date, subject…"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.asking import Asked, Kind, Term, narrative_data
from assistant.extract import has_person, holds
from assistant.found import KINDS_OF_REPORT, Found, account, citation, periods_fit
from assistant.heads import LEADS
from assistant.letters import LETTERS, asks_for_another, sent_with
from assistant.matching import explains
from assistant.model import Evidence
from index.frame import DOCUMENT_STEMS
from index.headings import content_stems
from index.model import Fact
from index.search import PassageIndex
from index.shelves import Shelf
from index.text import fold, stem, words

_PEOPLE = frozenset(
    "para|de|a|via|atencion|cc|remitente|destinatario|dirigido|dirigido a|firma|elaborado por|revisado por|aprobado por".split(
        "|"
    )
)
_SAME_LETTER = {"memorandum": "memorando", "memo": "memorando", "memorandun": "memorando"}
_OWN = 0.01  # what each word of the question that stands with the person adds
_CERTAIN = 0.9  # what a fact of the right key adds to its rank: it answers exactly what was asked


@dataclass(frozen=True, kw_only=True, slots=True)
class _Spec:
    keys: frozenset[str]
    asks: tuple[re.Pattern[str], ...]
    words: frozenset[str]
    own_key: bool


@lru_cache(maxsize=1)
def _specs() -> tuple[_Spec, ...]:
    return tuple(
        _Spec(
            keys=frozenset(entry["keys"]),
            asks=tuple(re.compile(p) for p in entry["asks"]),
            words=frozenset(entry["words"]),
            own_key=entry.get("own_key", False),
        )
        for entry in narrative_data()["fact"]
    )


def from_facts(asked: Asked, index: PassageIndex, shelves: Iterable[Shelf]) -> list[Found]:
    """Candidates among the metadata of some documents."""
    found: list[Found] = []
    if asks_for_another(asked.line):
        return found  # the number and the date of the head are those of the answer
    specs = [spec for spec in _specs() if any(p.search(asked.line) for p in spec.asks)]
    for shelf in (s for s in shelves if s.facts):
        found.extend(_by_key(asked, index, shelf, specs))
        found.extend(_by_person(asked, index, shelf))
    return found


def _by_key(asked: Asked, index: PassageIndex, shelf: Shelf, specs: Sequence[_Spec]) -> Iterable[Found]:
    for spec in specs:
        terms = [t for t in asked.terms if t.word not in spec.words and t.stem not in {stem(w) for w in spec.words}]
        facts = [f for f in shelf.facts if f.key in spec.keys and (not spec.own_key or _letter_named(f, asked))]
        if asked.kind is Kind.HOUR:  # a date of emission need not tell it
            facts = [f for f in facts if holds(asked, f.value)]
        yield from _answers(asked, index, shelf, terms, facts)
    named = [f for f in shelf.facts if f.key not in _PEOPLE and _named(f, asked)]
    if asked.kind in {Kind.PERSON, Kind.AGENT}:  # "¿quién es la titular?" is no question for the TÍTULO
        named = [f for f in named if has_person(f.value)]
    if named:
        yield from _answers(asked, index, shelf, list(asked.terms), named)


def _letter_named(fact: Fact, asked: Asked) -> bool:
    return any(_SAME_LETTER.get(w, w) == fact.key for w in words(asked.line))


def _named(fact: Fact, asked: Asked) -> bool:
    key = [s for s in content_stems(fact.key) if s not in DOCUMENT_STEMS]
    return bool(key) and fact.key not in LETTERS and set(key) <= {t.stem for t in asked.terms}


def _answers(
    asked: Asked, index: PassageIndex, shelf: Shelf, terms: Sequence[Term], facts: Sequence[Fact]
) -> Iterable[Found]:
    scored = []
    for fact in facts:
        known = _known(fact, shelf)
        result = account(asked, known, index, periods_ok=_period_ok(asked, shelf, fact), terms=terms)
        scored.append((result.share, result.unexplained, fact))
    if not scored:
        return
    best = max(share for share, _, _ in scored)
    kept = [(left, fact) for share, left, fact in scored if share == best]
    yield _found(shelf, [fact for _, fact in kept], share=best, left=kept[0][0], value=best + _CERTAIN)


def _period_ok(asked: Asked, shelf: Shelf, fact: Fact) -> bool:
    return periods_fit(asked, shelf.document, " ".join(f.quote for f in (fact, *shelf.facts)))


_TABLES = "consolidado detallado detalle resumen actividad programa proyecto producto sistema hora fecha generado"
# The systems of public finance that print such reports, country by country.
_SYSTEMS = "siafi siafe siaf siga sicoin siges sigef sigep sigma sidif esidif siif sigaf esigef sinafip sap sistema"


def _ends_of(number: str) -> Iterable[str]:
    """The last parts of a number, which people cite it by: "007-2024" of "FARO-PLAN-007-2024"."""
    parts = fold(number).split("-")
    return ("-".join(parts[i:]) for i in range(1, len(parts)))


def _parts_of(number: str) -> Iterable[str]:
    """The acronyms and figures of a number: "upf" and "007" of "FARO-UPF-007-2024"."""
    return (part for part in fold(number).split("-") if len(part) > 1)


_IDENTIFIES = frozenset({"rep", "reporte", "codigo de reporte", "no. de reporte"})


def _known(fact: Fact, shelf: Shelf) -> frozenset[str]:
    beside = (f for f in shelf.facts if f.key in _IDENTIFIES and set(f.tables) & set(fact.tables))
    texts = [t for f in beside for t in (f.key, f.value)]  # "el usuario del reporte R0012345"
    texts += [fact.key, fact.value, fact.detail, *(shelf.tables.get(t, "") for t in fact.tables)]
    if fact.tables:  # "la hora del consolidado": where two tables print their own, both are told with their names
        texts += [_TABLES, _SYSTEMS, *sent_with(shelf)]
    known = {s for text in texts for s in content_stems(text)}
    known |= KINDS_OF_REPORT
    letters = [f for f in shelf.facts if f.key in LETTERS]
    if letters:
        people = (f for f in shelf.facts if f.key in _PEOPLE)
        known |= {s for f in people for s in (*content_stems(f.value), *content_stems(f.detail))}
    for letter in letters:
        known |= {
            stem(w)
            for w in (letter.key, "respuesta", *words(letter.value), *_ends_of(letter.value), *_parts_of(letter.value))
        }
        known |= {stem(w) for w, same in _SAME_LETTER.items() if same == letter.key}
    if letters or any(f.key in _PEOPLE for f in shelf.facts):
        known |= {stem(w) for w in ("carta", "escrito", "comunicacion", "misiva")}
    return frozenset(known) | shelf.names | shelf.acronyms.keys()


def _by_person(asked: Asked, index: PassageIndex, shelf: Shelf) -> Iterable[Found]:
    """Answer "¿quién es el jefe de X?" by the post under a name; "¿qué cargo tiene N?" by the name above a post."""
    who = asked.kind in {Kind.PERSON, Kind.AGENT, Kind.POST} or re.search(r"\bquien(?:es)?\b", asked.line)
    people = [f for f in shelf.facts if f.key in _PEOPLE and f.detail]
    if not who or not people:
        return
    core = [t for t in asked.terms if not t.light and not explains(t.stem, shelf.names)]
    core = [t for t in core if t.stem not in LEADS or any(t.stem in content_stems(f.detail) for f in people)]
    core = core or [t for t in asked.terms if t.stem in _OFFICES.values()]
    if not core:
        return
    for fact in people:
        post, name = frozenset(content_stems(fact.detail)), frozenset(content_stems(fact.value))
        by_post = asked.kind in {Kind.PERSON, Kind.AGENT} and has_person(fact.value)
        if by_post and any(explains(t.stem, post | _offices(post)) for t in core):
            known = post | _offices(post) | shelf.names
        elif sum(t.stem in name for t in core) >= min(2, len(core)):
            known = name | shelf.names
        else:
            continue
        result = account(asked, known, index, periods_ok=_period_ok(asked, shelf, fact))
        # the unit's own acronym under a name says more than the same acronym in the number of the letter
        own = _OWN * sum(t.stem in post | name for t in asked.terms)
        yield _found(shelf, [fact], share=result.share, left=result.unexplained, value=result.share + _CERTAIN + own)


_OFFICES = {
    stem(post): stem(office)
    for post, office in (
        ("directora", "dirección"), ("director", "dirección"), ("gerente", "gerencia"), ("jefe", "jefatura"), ("jefa", "jefatura"),
        ("presidente", "presidencia"), ("presidenta", "presidencia"), ("secretario", "secretaría"), ("secretaria", "secretaría"),
        ("alcalde", "alcaldía"), ("alcaldesa", "alcaldía"), ("ministro", "ministerio"), ("ministra", "ministerio"), ("rector", "rectoría"),
        ("rectora", "rectoría"), ("coordinador", "coordinación"), ("coordinadora", "coordinación"), ("tesorero", "tesorería"),
        ("tesorera", "tesorería"), ("contralor", "contraloría"), ("contralora", "contraloría"), ("gobernador", "gobernación"),
        ("gobernadora", "gobernación"), ("intendente", "intendencia"), ("superintendente", "superintendencia"),
    )
}  # fmt: skip


def _offices(post: frozenset[str]) -> frozenset[str]:
    """What somebody of a post is at the head of: "Directora General" of the "Dirección General"."""
    return frozenset(_OFFICES[s] for s in post if s in _OFFICES)


def _found(shelf: Shelf, facts: Sequence[Fact], *, share: float, left: tuple[str, ...], value: float) -> Found:
    lines: dict[str, None] = {}
    several = {f.key for f in facts if any(f.key == o.key and f.value != o.value for o in facts)}
    for fact in facts:
        said = f"{fact.key.upper()}: {fact.value}" + (f", {fact.detail}" if fact.detail else "")
        where = "; ".join(shelf.tables[t] for t in fact.tables if t in shelf.tables)
        lines.setdefault(f"{said} ({where})" if where and fact.key in several else said)
    head = next((f.quote for f in shelf.facts if f.key in LETTERS), "Encabezado")
    return Found(
        evidence=Evidence(
            text="\n".join(lines),
            citations=tuple(
                citation(shelf.document, fact.quote, section=head if not fact.tables else None, page=fact.page)
                for fact in facts
            ),
            explained=share,
            unexplained=left,
        ),
        document=shelf.document.id,
        value=value,
        by_key=True,
    )
