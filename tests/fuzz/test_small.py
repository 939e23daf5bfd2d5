"""A small sample of the fuzzing that `tests/fuzz/harness.py` does at length."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import ROOT
from tests.fuzz.harness import FAULTS, ends, samples
from tests.fuzz.mutations import mutated

COPIES = 28


def test_broken_copies_end_as_a_report_or_as_a_refusal(tmp_path: Path):
    """No crash, no hang, no report that holds nothing and says nothing."""
    files = samples([ROOT / "corpus" / "informes"], largest=120_000)
    assert {f.suffix for f in files} >= {".pdf", ".docx", ".xlsx", ".csv", ".txt"}
    found = list(ends(files, range(COPIES), tmp_path))
    assert not [end for end in found if end.outcome in FAULTS]
    assert {end.outcome for end in found} == {"read", "refused"}


def test_a_seed_gives_one_copy():
    data = (ROOT / "corpus" / "informes").glob("*.docx").__next__().read_bytes()
    assert mutated(data, 5) == mutated(data, 5) != mutated(data, 6)
