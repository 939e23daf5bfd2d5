"""A whole run: make the questions, ask them, count, show, keep what failed."""

from __future__ import annotations

import json
import random
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.model import Answer, Question
from tests.selfquestion import row_operations, table_operations
from tests.selfquestion.grids import Grid, World
from tests.selfquestion.noise import KINDS, with_noise
from tests.selfquestion.questions import Asked, Maker
from tests.selfquestion.twins import KINDS as TWINS
from tests.selfquestion.twins import twin
from tests.selfquestion.verdict import Result, verdict

TWIN_SHARE = 0.2
_GOOD = {Result.RIGHT, Result.ASKED_RIGHTLY}
_DEFECTS = (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)


@dataclass(kw_only=True)
class Tally:
    """Counts by operation and by noise, and every question that did not go well."""

    by_operation: dict[str, Counter[Result]] = field(default_factory=dict)
    by_noise: dict[str, Counter[Result]] = field(default_factory=dict)
    failures: list[dict[str, Any]] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)

    def add(self, asked: Asked, result: Result) -> None:
        kind = f"sin respuesta: {asked.twin}" if asked.twin else asked.operation
        self.by_operation.setdefault(kind, Counter())[result] += 1
        self.by_noise.setdefault(asked.noise, Counter())[result] += 1

    def share(self, results: Iterable[Result], *, twins: bool | None = None) -> float:
        """Part of all questions, or of those with (twins) or without an answer, that ended in `results`."""
        rows = [c for kind, c in self.by_operation.items() if twins is None or kind.startswith("sin resp") is twins]
        total = sum(sum(c.values()) for c in rows)
        return sum(c[r] for c in rows for r in results) / total if total else 0.0


def questions(world: World, wanted: int, seed: int) -> Iterator[Asked]:
    """As many different questions as wanted, or as the reports allow."""
    rng = random.Random(seed)
    maker = Maker(world=world, rng=rng)
    makers = [m for weight, m in (*row_operations.OPERATIONS, *table_operations.OPERATIONS) for _ in range(weight)]
    seen: set[tuple[str, tuple[str, ...]]] = set()
    tries, twins, grids = 0, 0, _by_document(maker)
    while grids and len(seen) < wanted and tries < wanted * 60:
        tries += 1
        grid = rng.choice(rng.choice(grids))
        if twins < TWIN_SHARE * len(seen):
            asked = twin(maker, grid, rng.choice(TWINS))
        else:
            asked = rng.choice(makers)(maker, grid)
        if asked is None:
            continue
        asked = with_noise(asked, rng.choice(KINDS), world, rng)
        key = (asked.text, asked.history)
        if key not in seen:
            seen.add(key)
            twins += asked.twin is not None
            yield asked


def _by_document(maker: Maker) -> list[list[Grid]]:
    """Each report gets its turn, however many tables it has."""
    groups: dict[str, list[Grid]] = {}
    for grid in maker.grids:
        groups.setdefault(grid.document.id, []).append(grid)
    return list(groups.values())


def run(asked_questions: Iterable[Asked], ask: Callable[[Question], Answer]) -> Tally:
    tally = Tally()
    for asked in asked_questions:
        question = Question(text=asked.text, history=asked.history, documents=asked.documents)
        started = time.perf_counter()
        try:
            answer = ask(question).to_dict()
        except _DEFECTS:
            tally.add(asked, Result.CRASHED)
            tally.failures.append(_failure(asked, Result.CRASHED, traceback.format_exc(limit=-4), None))
            continue
        tally.milliseconds.append((time.perf_counter() - started) * 1000)
        result, why = verdict(asked, answer)
        tally.add(asked, result)
        if result not in _GOOD:
            tally.failures.append(_failure(asked, result, why, answer))
    return tally


def _failure(asked: Asked, result: Result, why: str, answer: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "result": result.value,
        "operation": asked.operation,
        "noise": asked.noise,
        "twin": asked.twin,
        "history": list(asked.history),
        "question": asked.text,
        "documents": list(asked.documents),
        "why": why,
        "expected": [
            {"figures": [[f"{v:f}" for v in f] for f in r.figures], "labels": r.labels, "undefined": r.undefined,
             "place": r.place}
            for r in asked.readings
        ],
        "answer": answer and {k: answer[k] for k in ("status", "text", "values", "warnings", "route", "suggestions")},
    }  # fmt: skip


def table(title: str, rows: dict[str, Counter[Result]]) -> str:
    """One line a kind, one column a result, and the total."""
    total: Counter[Result] = sum(rows.values(), Counter())
    width = max([len(title), *map(len, rows)]) + 2
    lines = [f"{title:<{width}}{'n':>6}" + "".join(f"{r.value:>17}" for r in Result) + f"{'bien %':>9}"]
    for name, counts in [*sorted(rows.items()), ("TOTAL", total)]:
        asked = sum(counts.values())
        good = sum(counts[r] for r in _GOOD) / asked if asked else 0.0
        lines.append(f"{name:<{width}}{asked:>6}" + "".join(f"{counts[r]:>17}" for r in Result) + f"{good:>9.1%}")
    return "\n".join(lines)


def summary(tally: Tally) -> str:
    good = tally.share(_GOOD)
    wrong = tally.share({Result.WRONG, Result.SILENT_TIE}, twins=False)
    invented = tally.share({Result.TWIN_ANSWERED}, twins=True)
    times = sorted(tally.milliseconds) or [0.0]
    p95 = times[min(len(times) - 1, int(len(times) * 0.95))]
    return (
        f"bien o bien preguntado {good:.2%} (meta 97 %) · cifra mala o empate callado {wrong:.2%} (meta 0.3 %) · "
        f"sin respuesta y respondidas {invented:.2%} (meta 0.5 %) · p50 {times[len(times) // 2]:.0f} ms, p95 {p95:.0f} ms"
    )


def save_failures(tally: Tally, path: Path) -> None:
    lines = (json.dumps(failure, ensure_ascii=False) for failure in tally.failures)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
