"""Several answers as one, and the refusal when nothing answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.attempt import Attempt
from assistant.limits import takes_away
from assistant.model import Answer, Route, Status
from assistant.question import Analysis
from assistant.shortlist import Scope
from assistant.wording import (
    corrected,
    covered,
    document_name,
    no_column,
    not_covered_period,
    not_found,
    not_taken_away,
    reports_loaded,
    say_what_there_is,
)
from assistant.words import asks_for_prose
from index.model import Citation
from index.periods import describe
from index.text import fold
from tools.catalogue import Catalogue


def merge_answers(parts: Sequence[str], answers: Sequence[Answer]) -> Answer:
    """One answer for a message of several questions. It is answered when one of them is; what is not is said."""
    if len(answers) == 1:
        return answers[0]
    if all(a.status is Status.ANSWERED and a.text == answers[0].text for a in answers):
        return answers[0]  # one sentence tells all that was asked
    order = [Status.ANSWERED, Status.AMBIGUOUS, Status.NOT_FOUND]
    status = min((a.status for a in answers), key=order.index)
    useful = [a for a in answers if a.status is status] or list(answers)
    formulas = [a.formula for a in answers if a.formula]
    lines = [f"{n}) {a.text}" for n, a in enumerate(answers, 1)]
    unanswered = [p.strip() for p, a in zip(parts, answers, strict=True) if a.status is not Status.ANSWERED]
    warnings = [w for a in answers for w in a.warnings]
    if status is Status.ANSWERED and unanswered:
        warnings.append(_LEFT + "; ".join(unanswered))
    return Answer(
        status=status,
        text="\n".join(lines),
        values=tuple(v for a in useful for v in a.values),
        route=useful[0].route,
        citations=tuple(dict.fromkeys(c for a in useful for c in a.citations)),
        formula="; ".join(formulas) or None,
        warnings=tuple(dict.fromkeys(warnings)),
        suggestions=useful[-1].suggestions,
    )


_LEFT = "Quedó sin responder: "


def answers_all(answer: Answer) -> bool:
    """Whether a message was answered, and no part of it left."""
    return answer.status is Status.ANSWERED and not any(w.startswith(_LEFT) for w in answer.warnings)


def with_story(answer: Answer, story: str) -> Answer:
    """The answer to the question alone, saying what of the message was taken for its introduction."""
    note = f"Se tomó como introducción, y no se usó para buscar: «{story}»."
    return replace(answer, text=f"{answer.text} {note}", warnings=(*answer.warnings, note))


def _typed(analysis: Analysis, words: Sequence[str]) -> list[str]:
    """Words with the accents and capitals they were typed with."""
    written = {fold(w): w for w in re.findall(r"[^\W_]+", analysis.text)}
    return [written.get(w, w) for w in words]


def refusal(
    analysis: Analysis,
    attempt: Attempt,
    catalogue: Catalogue,
    scope: Scope,
    corrections: Sequence[tuple[str, str]] = (),
) -> Answer:
    """ "No consta", with the words nothing accounts for and what the loaded reports cover."""
    documents = [d for d in catalogue.documents.values() if scope.documents is None or d.id in scope.documents]
    what = covered([document_name(d) for d in documents])
    best = attempt.best
    if attempt.about == "columna" and best is not None:
        text = no_column(attempt.outcome.reason, best.view.table.name, what)
        reason = f"el cuadro no trae {attempt.outcome.reason}"
    else:
        missing = best.unexplained if best is not None else analysis.content
        timed = {i for _, used in analysis.periods for i in used}
        if missing and missing <= timed:
            period = next(p for p, used in analysis.periods if used & missing)
            text = not_covered_period(describe(period), what)
        else:
            shown_words = list(dict.fromkeys(_typed(analysis, analysis.words(missing - timed or missing))))
            if attempt.complete and asks_for_prose(analysis):  # the tables hold every other word of it
                shown_words = [_asking(analysis)]
            text = not_taken_away(analysis.text, what) if takes_away(analysis) else not_found(shown_words[:6], what)
        reason = "palabras sin explicar: " + ", ".join(analysis.words(missing))
    if corrections:
        text = f"{corrected(corrections)} {text}"
    return Answer(
        status=Status.NOT_FOUND,
        text=text,
        route=Route(name="none", reason=reason, runner_up=best.view.table.name if best else None),
        warnings=(),
    )


def _asking(analysis: Analysis) -> str:
    """The words that ask: "de dónde", "por qué", "quién"."""
    said = [t.text for t in analysis.tokens[:2]]
    return " ".join(_typed(analysis, said if said[0] in {"de", "por", "con", "a", "que"} else said[:1]))


def of_which(noun: str) -> Answer:
    """The question back when a message points at something that nobody named ("ese mes")."""
    return Answer(
        status=Status.AMBIGUOUS,
        text=f"¿A qué {noun} se refiere? La pregunta lo señala sin nombrarlo y ninguna respuesta anterior lo dice.",
        route=Route(name="none", reason="falta lo que la pregunta señala"),
    )


def loaded(catalogue: Catalogue) -> Answer:
    """All the reports there are, for a message that asks which."""
    names = [f"{document_name(d)}, {d.file}" for d in catalogue.documents.values()]
    return Answer(
        status=Status.ANSWERED if names else Status.NOT_FOUND,
        text=reports_loaded(names) if names else covered(names),
        route=Route(name="none", reason="pregunta qué informes hay"),
        citations=tuple(
            Citation(document=d.id, file=d.file, title=d.title or d.file, text=document_name(d))
            for d in catalogue.documents.values()
        ),
    )


def greeting(catalogue: Catalogue) -> Answer:
    """What can be asked about, for a message that asks nothing."""
    names = [document_name(d) for d in catalogue.documents.values()]
    return Answer(
        status=Status.NOT_FOUND,
        text=say_what_there_is(covered(names)),
        route=Route(name="none", reason="el mensaje no pregunta nada"),
    )
