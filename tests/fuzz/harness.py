"""Reads broken copies of files and tells how each ended.

    python -m tests.fuzz.harness 5000 corpus/informes [more folders]     (OCR is left out: it would take days)

Every copy must end as a report, or as a refusal that says why. Anything else is a fault: an unforeseen error, a process
that dies or overstays, a report that holds nothing and says nothing.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.apart.crew import WorkerFailedError, WorkerLostError, run
from index.apart.limits import MEGABYTE
from index.apart.worker import Job
from index.errors import ReadError
from index.model import Report
from index.readers.guard import KIND_OF_EXTENSION
from tests.fuzz.mutations import mutated

SECONDS = 60.0
FAULTS = ("error", "dead", "late", "silent")


@dataclass(frozen=True, kw_only=True)
class End:
    """How one copy ended: "read", "refused", or one of FAULTS."""

    sample: str
    seed: int
    outcome: str
    seconds: float
    detail: str = ""


def samples(folders: Iterable[Path], largest: int = 400_000) -> list[Path]:
    """Files of kinds that are read, small enough to be read thousands of times."""
    found = [p for folder in folders for p in sorted(folder.rglob("*")) if p.suffix.lower() in KIND_OF_EXTENSION]
    return [p for p in found if p.stat().st_size <= largest]


def ends(files: Sequence[Path], seeds: Iterable[int], folder: Path, seconds: float = SECONDS) -> Iterator[End]:
    """One end for each seed; files take turns."""
    for seed in seeds:
        sample = files[seed % len(files)]
        path = folder / f"copia{sample.suffix}"
        path.write_bytes(mutated(sample.read_bytes(), seed))
        start = time.monotonic()
        outcome, detail = _end(path, seconds)
        yield End(sample=sample.name, seed=seed, outcome=outcome, seconds=time.monotonic() - start, detail=detail)


def _end(path: Path, seconds: float) -> tuple[str, str]:
    try:
        report: Report = run(Job(path=path, name=path.name, memory=1536 * MEGABYTE), seconds)
    except ReadError as error:
        return ("refused", str(error)) if str(error).strip() else ("silent", "")
    except WorkerFailedError as error:
        return "error", error.trace
    except WorkerLostError as error:
        return ("late" if error.late else "dead"), str(error)
    document = report.document
    told = report.tables or report.chunks or report.facts or document.warnings or document.left_out
    return ("read", "") if told else ("silent", "")


def main(count: int, folders: Sequence[Path], first: int = 0) -> int:
    """Print every fault and the sums; the number of faults."""
    import tempfile

    kept = [p for p in os.environ["PATH"].split(":") if not Path(p, "tesseract").exists()]
    os.environ["PATH"] = ":".join(kept)
    files = samples(folders)
    sums: Counter[tuple[str, str]] = Counter()
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for end in ends(files, range(first, first + count), Path(folder)):
            sums[end.sample.rsplit(".", 1)[-1], end.outcome] += 1
            slowest = max(slowest, end.seconds)
            if end.outcome in FAULTS:
                print(f"{end.outcome} {end.sample} seed {end.seed} {end.seconds:.1f}s\n{end.detail}", flush=True)  # noqa: T201 - a report for people
            if sum(sums.values()) % 250 == 0:
                print(dict(sums), f"slowest {slowest:.1f}s", flush=True)  # noqa: T201
    print(f"{count} inputs", dict(sums), f"slowest {slowest:.1f}s", flush=True)  # noqa: T201
    return sum(number for (_, outcome), number in sums.items() if outcome in FAULTS)


if __name__ == "__main__":
    sys.exit(min(1, main(int(sys.argv[1]), [Path(a) for a in sys.argv[2:]])))
