"""The whole API: `Assistant.open(store).ask("…", history=[…], documents=[…]) -> Answer`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.agent import Agent
from assistant.catalogued import CataloguedStore
from assistant.conversation import complete
from assistant.joining import joined, joins
from assistant.leaning import (
    asks_of_all,
    asks_share_of_it,
    hangs,
    hangs_on_the_first,
    lacks_row,
    leans,
    leaves_out_who,
    pointed_at,
    tells_of_it,
)
from assistant.merge import answers_all, greeting, loaded, merge_answers, of_which, with_story
from assistant.model import Answer, Status
from assistant.particulars import particulars
from assistant.plan import Plan
from assistant.question import analyse
from assistant.replies import chosen, offered, picked
from assistant.shortlist import Scope
from assistant.spelling import respell
from assistant.splitting import questions_of, with_period
from assistant.story import story_of, subject_of_story
from assistant.those_told import Turn, unanswered
from assistant.words import asks_what_is_loaded, says_nothing
from index.frame import lead_of, only_about_asker
from index.resolve import find_document
from index.text import STOPWORDS, fold, words
from tools.catalogue import Catalogue, content_stems, naming_stems

if TYPE_CHECKING:
    from index.search import PassageIndex
    from index.store import Store

_REMEMBERED = 6  # earlier questions that a follow-up may lean on, at least; twice as many less one at most
_KEPT_TURNS = 2000  # of all conversations


@dataclass(frozen=True, kw_only=True, slots=True)
class _Left:
    """What earlier questions leave: what the next one may lean on, and the candidates that it may pick from.

    halves: one turn for each part of the last message, when it had several and the tables answered them all.
    """

    turn: Turn | None = None
    halves: tuple[Turn, ...] = ()
    offered: tuple[str, ...] = ()


class Assistant:
    """Answers questions over one store. Safe to share between threads for reading; reloads when the store changes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known = CataloguedStore(store)
        self._agent = Agent()
        self._turns: dict[tuple[int, tuple[str, ...], frozenset[str] | None], _Left] = {}

    @classmethod
    def open(cls, path: Path | str) -> Assistant:
        """An assistant over the store in a folder. Raises StoreError when it cannot be opened."""
        from index.sqlite_store import SqliteStore  # noqa: PLC0415 - the engine is chosen here and nowhere else

        return cls(SqliteStore(Path(path)))

    def ask(self, text: str, history: Sequence[str] = (), documents: Sequence[str] = ()) -> Answer:
        """Answer a message in Spanish, which may hold several questions.

        history: earlier questions of the conversation, oldest first. documents: names or ids the answer is restricted
        to. Raises NotLoadedError when one of them is not loaded.
        """
        self._known.refresh()
        if says_nothing(text) and not (history and (asks_of_all(text) or self._is_label(text))):
            return loaded(self._catalogue) if asks_what_is_loaded(text) else greeting(self._catalogue)
        only = frozenset(find_document(self._store, name).id for name in documents) or None
        text, earlier = self._spelt_out(text, history, only)
        left = self._after(earlier, only)
        turn = left.turn
        answer = self._of_halves(text, left.halves, only) or self._message(text, turn, only)
        told = story_of(text) if not answers_all(answer) else None
        if told is None:
            return answer
        if not hangs_on_the_first(told[1]):  # "Hubo recortes en salud. ¿Cuánto se ejecutó?": of what, only that says
            alone = self._message(told[1], turn, only)
            if answers_all(alone):
                return with_story(alone, told[0])
        about = subject_of_story(told[0])  # "Investigo al Consorcio…: ¿qué obras tiene?"
        of_it = self._message(f"{about}, {told[1]}", turn, only) if about else answer
        return of_it if answers_all(of_it) else answer

    def _message(self, text: str, turn: Turn | None, only: frozenset[str] | None) -> Answer:
        """The answer to all the questions of a message."""
        answers: list[Answer] = []
        turns: list[Turn | None] = []
        parts = with_period(questions_of(self._without_lead(text)))
        for position, part in enumerate(parts):
            turns.append(turn)
            lost_before = turn is not None and not turn.told
            pointed = pointed_at(part) if turn is None or lost_before else None
            pointed = pointed or ("fila" if turn is None and hangs(part) else None)
            if pointed is not None:
                answers.append(of_which(pointed))
                continue
            answer, after = self._answer(part, turn, only, goes_on=position > 0)
            lost = bool(answers) and answers[-1].status is Status.NOT_FOUND
            half = position > 0 and (turn is None or (lost and turn.plan is None)) and not part.startswith("¿")
            if half and answer.status is Status.ANSWERED and (hangs_on_the_first(part) or tells_of_it(part)):
                answers.append(of_which("fila"))  # what the first half asked about was not found: all is none of it
                continue
            if lost and position and answer.status is Status.ANSWERED and asks_share_of_it(part):
                answers.append(of_which("cifra"))
                continue
            turn = after
            answers.append(answer)
        first = self._of_the_same_row(parts, [*turns[1:], turn], only)
        answers = [first, *answers[1:]] if first is not None else answers
        return merge_answers(parts, self._filled_back(parts, answers, turn, only))

    def _of_the_same_row(
        self, parts: Sequence[str], turns: Sequence[Turn | None], only: frozenset[str] | None
    ) -> Answer | None:
        """ "¿Cuántos hombres y cuántas mujeres trabajan en Cabotaje?": the row said last is that of both halves.

        The first half again with it; None where the first says whose figure it asks, or is a question of its own.
        """
        if len(parts) != 2 or len(turns) != 2 or parts[0].rstrip().endswith("?") or parts[1].startswith("¿"):
            return None
        one, two = turns[0], turns[1]
        if one is None or two is None or one.plan is None or two.plan is None or one is two:
            return None
        plans = one.plan, two.plan
        same = plans[0].view.table.id == plans[1].view.table.id and plans[0].operation == plans[1].operation
        if not same or not plans[0].row.whole or plans[1].row.whole or plans[0].says("total") or plans[0].used:
            return None
        again, after = self._single(
            complete(f"y {parts[0]}", two, self._naming()), Scope(documents=two.documents or only)
        )
        kept = after is not None and after.plan is not None and after.plan.row.rows == plans[1].row.rows
        return again if kept and again.status is Status.ANSWERED else None

    def _of_halves(self, text: str, halves: Sequence[Turn], only: frozenset[str] | None) -> Answer | None:
        """ "¿Cuánto se programó y cuánto se ejecutó en mayo?" … "¿y en junio?": both again; None where that is not asked."""
        read = analyse(text)
        tells = read.mentions or read.orders or read.conditions or read.cues
        if len(halves) < 2 or tells or not leans(text) or len(questions_of(text)) > 1:
            return None
        found = [self._answer(text, turn, only)[0] for turn in halves]
        cells = {a.citations for a in found}
        if any(a.status is not Status.ANSWERED for a in found) or len(cells) < len(found):
            return None
        return merge_answers([t.text for t in halves], found)

    def _spelt_out(self, text: str, history: Sequence[str], only: frozenset[str] | None) -> tuple[str, tuple[str, ...]]:
        """The message and what it leans on: the reply to an ask-back is the question it makes precise, in its place."""
        # whole groups of questions are forgotten, so that what is kept of the rest serves the next questions too
        first = max(0, len(history) - _REMEMBERED) // _REMEMBERED * _REMEMBERED
        said = list(history[max(0, first - 1) : first])  # the first that is kept may be a reply too
        for message in (*history[first:], text):
            label = picked(message, self._after(tuple(said), only).offered) if said else None
            said.append(message if label is None else chosen(said[-1], label))
        earlier = tuple(said[min(first, 1) : -1])
        return said[-1], earlier if label is None else earlier[:-1]

    def _after(self, history: tuple[str, ...], only: frozenset[str] | None) -> _Left:
        """What earlier questions leave for the next one to lean on. Kept: every question of a conversation needs it."""
        if not history:
            return _Left()
        key = (self._known.revision, history, only)
        turns = self._turns
        if key in turns:
            return turns[key]
        turn = self._after(history[:-1], only).turn
        answers: list[Answer] = []
        halves: list[Turn] = []
        for position, part in enumerate(with_period(questions_of(self._without_lead(history[-1])))):
            answer, turn = self._answer(part, turn, only, goes_on=position > 0)
            answers.append(answer)
            if turn is not None and turn.plan is not None and answer.status is Status.ANSWERED:
                halves.append(turn)
        if len(turns) >= _KEPT_TURNS:  # another thread may still read the old one
            self._turns = turns = {}
        turns[key] = left = _Left(
            turn=turn, halves=tuple(halves) if len(halves) == len(answers) > 1 else (), offered=offered(answers)
        )
        return left

    def _without_lead(self, text: str) -> str:
        """The message without who asks and why ("Auditoría interna: …", "Lo pide el diputado.")."""
        if len(particulars(text)) > 1:  # "número de oficio, fecha y asunto": no word of it is courtesy
            return text
        while (found := lead_of(text)) is not None and not self._names_something(found[0]):
            text = found[1]
        pieces = re.split(r"(?<=[?.!])\s+", text)
        kept = [p for p in pieces if not only_about_asker(p) or self._names_something(p)]
        return " ".join(kept or pieces)

    def _names_something(self, lead: str) -> bool:
        """Whether the words of a lead are in some table or name a row or a report: then they are no courtesy."""
        stems = content_stems(lead)
        rows = set.intersection(*(set(self._catalogue.postings.get(s, ())) for s in stems)) if stems else set()
        bodies = {
            w for d in self._catalogue.documents.values() for w in words(" ".join((d.institution or "", *d.aliases)))
        }
        tables = {s for v in self._catalogue.views for s in v.title | v.header}
        return bool(rows or tables & set(stems) or (bodies - STOPWORDS) & set(words(lead)))

    def _is_label(self, text: str) -> bool:
        """Whether a follow-up is but the label of a row, though its words say nothing by themselves: "¿y otros informes?"."""
        said = [w for w in words(text) if w not in _JOINING]
        return bool(said) and any(words(e.text) == said for e in self._catalogue.entities)

    def _filled_back(
        self, parts: Sequence[str], answers: Sequence[Answer], turn: Turn | None, only: frozenset[str] | None
    ) -> list[Answer]:
        """ "¿Cuánto se programó y cuánto se ejecutó en canales?": what only the last part says serves the first ones."""
        if len(parts) < 2 or turn is None or answers[-1].status is not Status.ANSWERED:
            return list(answers)
        filled = []
        for part, answer in zip(parts, answers, strict=True):
            if answer.status is Status.ANSWERED:
                filled.append(answer)
                continue
            again, _ = self._single(complete(part, turn, self._naming()), Scope(documents=turn.documents or only))
            same = again.citations == answers[-1].citations  # the figure of the last part is none of this one
            filled.append(again if again.status is Status.ANSWERED and not same else answer)
        return filled

    def prepare(self) -> None:
        """Read the store now, so that the first question does not wait for it."""
        self._known.refresh()

    def files(self) -> list[str]:
        """Names of the files of the loaded reports."""
        return [document.file for document in self._store.documents()]

    @property
    def passages(self) -> PassageIndex:
        """The narrative index, built when first needed."""
        return self._known.passages

    @property
    def _catalogue(self) -> Catalogue:
        return self._known.catalogue

    def _answer(
        self, text: str, turn: Turn | None, only: frozenset[str] | None, *, goes_on: bool = False
    ) -> tuple[Answer, Turn | None]:
        """One question: as it stands, or completed from the turn before when it leans on it or says too little."""
        kind = joins(text) if turn is not None and turn.before is not None else None
        if kind is not None and turn is not None:
            both = joined(kind, turn)
            if both is None:
                return of_which("par de cifras"), turn
            return self._kept(
                self._single(both, Scope(documents=turn.documents & only if only else turn.documents)), turn
            )
        return self._kept(self._alone(text, turn, only, goes_on=goes_on), turn)

    def _kept(self, found: tuple[Answer, Turn | None], turn: Turn | None) -> tuple[Answer, Turn | None]:
        """The answer, and its turn with the one before it."""
        answer, after = found
        if after is None or after is turn:
            return answer, after
        return answer, replace(after, before=replace(turn, before=None) if turn is not None else None)

    def _alone(
        self, text: str, turn: Turn | None, only: frozenset[str] | None, *, goes_on: bool = False
    ) -> tuple[Answer, Turn | None]:
        """As `_answer`, of a question that may lean on the one before it and no other."""
        preferred = turn.documents if turn else frozenset()
        scope = Scope(documents=only, preferred=preferred)
        of_one = turn is not None and turn.plan is not None and (bool(turn.top) or not turn.plan.row.whole)
        if turn is not None and (leans(text) or goes_on or lacks_row(text) or (of_one and leaves_out_who(text))):
            mended, _ = respell(analyse(text), self._catalogue, lambda: self.passages)
            full = complete(mended.text, turn, self._naming())
            limit = only if self._names_other(text, preferred) else ((preferred & only if only else preferred) or only)
            table = turn.plan.view.table.id if turn.plan else None
            answer, next_turn = self._single(full, Scope(documents=limit, preferred=preferred, table=table))
            if answer.status is Status.NOT_FOUND and preferred and not goes_on:
                for wider in self._wider(turn, only):
                    for words_ in (full, text):
                        away, away_turn = self._single(words_, Scope(documents=wider))
                        if away_turn is not None and away_turn.plan is not None and names_row(away_turn.plan):
                            return away, away_turn  # a whole row of another report is named
            if answer.status is not Status.NOT_FOUND or preferred:
                return answer, next_turn or turn
        answer, next_turn = self._single(text, scope)
        if answer.status is not Status.ANSWERED and turn is not None and not leans(text):
            again, again_turn = self._single(
                complete(text, turn, self._naming()), Scope(documents=only, preferred=preferred)
            )
            if again.status is Status.ANSWERED and _short(text):
                return again, again_turn
        return answer, next_turn or turn or unanswered(text, self._catalogue)

    def _wider(self, turn: Turn, only: frozenset[str] | None) -> tuple[frozenset[str] | None, ...]:
        """Where else a row may stand that the reports of the conversation lack: the other reports of the institution.

        All reports after them, unless the conversation said whose figures it wants: those of another are none of them.
        """
        documents = self._catalogue.documents
        bodies = [fold(documents[d].institution or "") for d in turn.documents if d in documents]
        kin = frozenset(d for d, doc in documents.items() if _same_body(fold(doc.institution or ""), bodies))
        near = (kin & only if only else kin,) if kin > turn.documents else ()
        stems = self._catalogue.document_stems
        foreign = {s for d, doc in documents.items() if doc.institution and d not in kin for s in stems[d]}
        names = {s for d in turn.documents for s in stems.get(d, ())} - foreign
        row = turn.plan.used if turn.plan else frozenset()
        told = {t.stem for t in turn.analysis.tokens if t.content and t.position not in row} & names
        return near if told else (*near, only)

    def _naming(self) -> frozenset[str]:
        """Stems that name some loaded report."""
        return frozenset(s for d in self._catalogue.documents.values() for s in naming_stems(d))

    def _names_other(self, text: str, current: frozenset[str]) -> bool:
        """Whether a follow-up names a report that the conversation was not about."""
        read = analyse(text)
        measured = {i for m in read.mentions for i in m.tokens}  # "¿y el presupuesto?", beside a report called that
        stems = {t.stem for t in read.tokens if t.content and t.position not in measured}
        names = {d.id: naming_stems(d) for d in self._catalogue.documents.values()}
        mine = frozenset().union(*(names[d] for d in current if d in names)) if current else frozenset()
        return any(stems & (names[d] - mine) for d in names if d not in current)

    def _single(self, text: str, scope: Scope) -> tuple[Answer, Turn | None]:
        return self._agent.answer(text, scope, self._known.holdings)


def _same_body(name: str, bodies: Sequence[str]) -> bool:
    """Whether an institution is one of some others; one report may print more of its name than another."""
    return any(name and body and (name.startswith(body) or body.startswith(name)) for body in bodies)


def names_row(plan: Plan) -> bool:
    """Whether a row was named whole by its label; the rows of a period are not names."""
    return plan.row.full and plan.row.entity is not None


_JOINING = frozenset({"y", "e", "para", "en", "el", "la", "los", "las", "de", "del", "caso"})


def _short(text: str) -> bool:
    return len(text.split()) <= 8
