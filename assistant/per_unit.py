"""One column over another: "visitas por biblioteca", "el monto por proyecto adjudicado"."""

from __future__ import annotations

from dataclasses import replace

from assistant.columns import choose, unnamed
from assistant.outcome import Outcome, subject_of
from assistant.plan import Plan
from assistant.question import Analysis
from index.model import Column, Level
from index.text import STOPWORDS, stem
from tools.catalogue import TableView, content_stems
from tools.execution import quotient

_OF_TIME = frozenset(stem(w) for w in "mes ano trimestre cuatrimestre semestre bimestre dia semana ciento".split())
_EACH = frozenset({"cada", "un", "una", "el", "la"})


def unit_words(view: TableView, analysis: Analysis) -> frozenset[int]:
    """The words of "por biblioteca" where the table counts libraries in one of its columns; nothing otherwise."""
    found = _counted(view, analysis)
    return found[1] if found else frozenset()


def run_per_unit(plan: Plan) -> Outcome | None:
    """What is asked over how many there are, of a row or of the whole table; None when nothing is asked by unit."""
    if plan.operation not in ("average", "look_up", "total") or len(plan.rows) > 1 or plan.rivals:
        return None
    found = shared_columns(plan)
    if found is None:
        return None
    columns, note = found
    if not columns:
        return Outcome(reason="qué repartir por unidad")
    result = quotient(plan.view, plan.row, columns, subject_of(plan, plan.row))
    return Outcome(result=result, notes=(note,) if note else ())


def shared_columns(plan: Plan) -> tuple[tuple[int, int] | tuple[()], str | None] | None:
    """The column asked for and the one that counts; none of them where the first is not settled; None without "por…"."""
    counted = _counted(plan.view, plan.analysis)
    if counted is None or counted[1] & plan.used:
        return None
    base, told = counted
    rest = replace(plan, used=plan.used | told)
    mentions = [m for m in plan.mentions if not m.tokens & told]
    choice = choose(rest, mentions[0]) if len(mentions) == 1 else unnamed(rest)
    columns = [plan.view.table.columns[c] for c in choice.columns if c != base.index]
    columns = [c for c in columns if c.unit not in ("%", "ratio")]
    if len(columns) > 1:  # the count itself, its goal or its like are no amount to share out
        columns = [c for c in columns if c.level is Level.FINANCIAL] or columns
    settled = len(columns) == 1 and len(mentions) < 2
    return ((columns[0].index, base.index) if settled else (), choice.note)


def _counted(view: TableView, analysis: Analysis) -> tuple[Column, frozenset[int]] | None:
    """The column that counts what stands after "por", and the words that say so."""
    tokens = analysis.tokens
    for token in tokens:
        if token.text not in ("por", "cada"):
            continue
        said = [t for t in tokens[: token.position] if t.content and not t.text.isdigit()][-1:]
        if not said or said[0].stem in view.nouns or (analysis.orders and said[0].stem not in view.header):
            continue  # "los productos por meta", "ordene por meta": what they are ordered by
        place = token.position + 1
        while place < len(tokens) and tokens[place].text in _EACH:
            place += 1
        phrase = []
        while place < len(tokens) and tokens[place].text not in STOPWORDS and tokens[place].content:
            phrase.append(tokens[place])
            place += 1
        if not phrase or phrase[0].text.endswith("s") or phrase[0].stem in _OF_TIME:
            continue  # "por departamentos" asks for each of them
        stems = {t.stem for t in phrase}
        counts = [c for c in view.numbers if c.level is not Level.FINANCIAL and c.unit is None and c.period is None]
        met = {c.index: len(stems & set(content_stems(" ".join(c.path)))) for c in counts}
        best = [c for c in counts if met[c.index] and met[c.index] == max(met.values())]
        noun = phrase[0].stem in view.nouns  # "por departamento": what the rows are
        if len(best) == 1 and not noun and phrase[0].stem in view.header | view.title:
            used = {t.position for t in phrase if t.stem in view.header | view.title}
            return best[0], frozenset({token.position, *used})
    return None
