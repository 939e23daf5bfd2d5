"""Write the golden questions: `python -m corpus.golden_build` (one `golden/<set>.jsonl` for each set)."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from corpus.questions import (
    aduanas,
    ask_backs,
    hospital,
    inarese,
    inteligencia,
    piedraclara,
    quebrada_alta,
    rioverde,
    unanswerable,
)

GOLDEN = Path(__file__).parent / "golden"
SETS = {
    "aduanas": aduanas.questions,
    "hospital": hospital.questions,
    "inarese": inarese.questions,
    "inteligencia": inteligencia.questions,
    "piedraclara": piedraclara.questions,
    "preguntas-de-vuelta": ask_backs.questions,
    "quebrada-alta": quebrada_alta.questions,
    "rioverde-alto": rioverde.questions,
    "sin-respuesta": unanswerable.questions,
}


def golden(name: str) -> list[dict[str, Any]]:
    """The questions of one set with their ids, expected figures computed anew."""
    return [{"id": f"{name}-{place:03d}", **entry} for place, entry in enumerate(SETS[name](), start=1)]


def build(folder: Path = GOLDEN) -> list[Path]:
    """Write every set and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in SETS:
        path = folder / f"{name}.jsonl"
        lines = [json.dumps(entry, ensure_ascii=False) for entry in golden(name)]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
        written.append(path)
    return written


def main() -> None:
    for path in build():
        sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
