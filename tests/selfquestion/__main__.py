"""python -m tests.selfquestion --almacen CARPETA --cuantas 5000 --semilla 1"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.selfquestion.grids import world_of
from tests.selfquestion.run import questions, run, save_failures, summary, table
from tests.selfquestion.verdict import Result


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.selfquestion", description=__doc__)
    parser.add_argument("--almacen", type=Path, required=True, help="carpeta del almacén con informes cargados")
    parser.add_argument("--cuantas", type=int, default=5000, help="preguntas que se hacen")
    parser.add_argument("--semilla", type=int, default=1)
    parser.add_argument("--fallas", type=Path, default=Path("selfquestion-fallas.jsonl"))
    parser.add_argument("--ejemplos", type=int, default=10, help="cifras malas que se muestran")
    parser.add_argument("--mostrar", action="store_true", help="solo escribe las preguntas y lo esperado")
    chosen = parser.parse_args()

    from index.sqlite_store import SqliteStore

    world = world_of(SqliteStore(chosen.almacen).reports())
    asked = list(questions(world, chosen.cuantas, chosen.semilla))
    say(f"{len(world.documents)} informes, {len(world.grids)} cuadros con filas con nombre, {len(asked)} preguntas")
    if chosen.mostrar:
        for one in asked:
            expected = " ‖ ".join(" · ".join(str([f"{v:f}" for v in f]) for f in r.figures) + " " + "; ".join(r.labels)
                                  + (" INDEFINIDO" if r.undefined else "") for r in one.readings)  # fmt: skip
            say(
                f"[{one.operation} | {one.noise} | {one.twin or ''}] {' → '.join((*one.history, one.text))}  ⇒ {expected}"
            )
        return 0

    from assistant.assistant import Assistant

    assistant = Assistant.open(chosen.almacen)
    tally = run(asked, lambda q: assistant.ask(q.text, history=list(q.history), documents=list(q.documents)))
    for part in (table("operación", tally.by_operation), table("ruido", tally.by_noise), summary(tally)):
        say(f"{part}\n")
    save_failures(tally, chosen.fallas)
    for failure in [f for f in tally.failures if f["result"] == Result.WRONG.value][: chosen.ejemplos]:
        say(
            f"- {' → '.join((*failure['history'], failure['question']))}\n    {failure['why']} | {failure['answer']['text'][:200]}"
        )
    say(f"{len(tally.failures)} fallas en {chosen.fallas}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
