"""Several people asking at once: no error, and no answer of one in the session of another."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.chat_load import load, make_store
from tests.ui.chat.serving import serving


@pytest.mark.benchmark
def test_five_people_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The short form of `python -m tests.benchmarks.chat_load`, which is the one that measures."""
    make_store(tmp_path, 5)
    with serving(tmp_path / "almacen") as running:
        measured = load(running.url, users=5, seconds=4)
    with capsys.disabled():
        print("", *measured.lines(), sep="\n  ")  # noqa: T201 - told beside the tests
    assert measured.errors == []
    assert measured.mixed == []
    assert len(measured.whole) >= 5
