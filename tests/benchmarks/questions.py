"""How long a question takes: warm over two reports and over a thousand, and in a process of its own.

python -m tests.benchmarks.questions [number of reports]

Prints medians and 95th percentiles in milliseconds, and each as a ratio to its bar. The cold process is a ratio to
importing the two libraries that it cannot do without, measured in turns in the same run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from statistics import median, quantiles

from assistant.assistant import Assistant
from index.ingest import load
from index.sqlite_store import SqliteStore
from tests.benchmarks.made_library import Made, made_library
from tests.conftest import ROOT

FEW_BAR, MANY_BAR = 30.0, 150.0  # milliseconds at the 95th percentile, warm
COLD_BAR = 2.5  # times the import of pandas and workflows
_TURNS = 7  # cold starts
_TIMES = 3  # each warm question
_SAMPLE = 40  # reports asked about among the many


def main() -> None:
    """Run all and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as folder:
        _two_reports(Path(folder) / "dos")
        _many_reports(Path(folder) / "muchos", count)


def _two_reports(folder: Path) -> None:
    names = ("aduanas", "inteligencia")
    files = [path for name in names for path in sorted((ROOT / "corpus" / "informes").glob(f"{name}-*"))]
    with closing(SqliteStore(folder)) as store:
        load(files, store)
    questions = [q for name in names for q in _golden_figures(ROOT / "corpus" / "golden" / f"{name}.jsonl")]
    with closing(SqliteStore(folder)) as store:
        assistant = Assistant(store)
        assistant.ask(questions[0])
        _report("dos informes, cifra", _timed(assistant, questions), FEW_BAR)
    _cold("dos informes, proceso nuevo", folder, questions[0])


def _golden_figures(path: Path) -> list[str]:
    """Questions that the tables answer and that stand alone."""
    cases = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [c["question"] for c in cases if c["kind"] in {"figure", "percentage"} and not c.get("history")]


def _many_reports(folder: Path, count: int) -> None:
    made = list(made_library(count))
    with closing(SqliteStore(folder)) as store:
        for one in made:
            store.add(one.report)
        assistant = Assistant(store)
        start = time.perf_counter()
        assistant.ask(f"vigente de {made[0].shared} en {made[0].institution}")
        print(f"{count} informes, primera pregunta: {time.perf_counter() - start:.1f} s")  # noqa: T201
        asked = made[:: max(1, count // _SAMPLE)]
        for kind, questions in _kinds(asked).items():
            told = ", ".join(
                f"{n} {status}" for status, n in Counter(assistant.ask(q).status for q in questions).items()
            )
            _report(f"{count} informes, {kind} ({told})", _timed(assistant, questions), MANY_BAR)
    _cold(f"{count} informes, proceso nuevo", folder, _kinds(asked)["cifra con institución"][0])


def _kinds(made: Sequence[Made]) -> dict[str, list[str]]:
    return {
        "cifra con institución": [f"¿Cuánto ejecutó en {m.shared} la {m.institution}?" for m in made],
        "cifra sin institución": [f"meta ejecutada de {m.own}" for m in made],
        "porcentaje": [f"porcentaje de ejecución de {m.shared} de {m.institution}" for m in made],
        "código": [f"vigente del programa {m.code} de {m.institution}" for m in made],
        "total": [f"total vigente por objeto de {m.institution}" for m in made],
        "de cuál informe": [f"¿Cuánto se gastó en {m.shared}?" for m in made],
        "con errores": [f"cuanto se ejecuto en {m.shared[:-1]} de {m.institution}".replace("r", "rr", 1) for m in made],
        "no consta": [f"¿Cuánto gastó en dirigibles la {m.institution}?" for m in made],
    }


def _timed(assistant: Assistant, questions: Sequence[str]) -> list[float]:
    """Milliseconds of each question, each asked some times."""
    found = []
    for question in questions:
        for _ in range(_TIMES):
            start = time.perf_counter()
            assistant.ask(question)
            found.append((time.perf_counter() - start) * 1000)
    return found


def _report(name: str, times: Sequence[float], bar: float) -> None:
    high = quantiles(times, n=20)[-1]
    print(f"{name}: mediana {median(times):.1f} ms, percentil 95 {high:.1f} ms = {high / bar:.2f} de {bar:.0f} ms")  # noqa: T201


def _cold(name: str, folder: Path, question: str) -> None:
    ask = [sys.executable, "-m", "ui.cli", "--almacen", str(folder), "preguntar", question]
    bare = [sys.executable, "-c", "import pandas, workflows"]
    pairs = [(_seconds(ask), _seconds(bare)) for _ in range(_TURNS)]
    asked, least = median(a for a, _ in pairs), median(b for _, b in pairs)
    print(f"{name}: {asked:.2f} s, {asked / least:.2f} veces pandas y workflows ({least:.2f} s), meta {COLD_BAR}")  # noqa: T201


def _seconds(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(
        command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL, check=False
    )
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
