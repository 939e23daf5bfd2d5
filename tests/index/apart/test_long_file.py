"""A file of many pages: killed in the middle it goes on where it stopped, with every page once."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from index.apart.crew import Worker
from index.apart.worker import Job
from index.ingest import Status, load
from index.sqlite_store import SqliteStore
from tests.index.apart.long_file import is_whole, kept_pages, kill_a_load, render, resident

PAGES = 240
MOST = 300 * 1024  # kilobytes of one process


def test_a_long_load_killed_in_the_middle_goes_on_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is stored half, the processes of the dead load end, pages that were read are not read again."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = render(tmp_path / "largo.pdf", PAGES)
    orphans = kill_a_load(path, tmp_path / "almacen", after=PAGES // 2)
    deadline = time.monotonic() + 30
    while any(map(resident, orphans)):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    kept = kept_pages(path)
    assert PAGES // 4 < len(kept) < PAGES

    asked: list[int] = []
    most: list[int] = []
    run = Worker.run

    def watched(self: Worker, job: Job, seconds: float, on_page: object = None) -> object:
        asked.extend(job.pages)
        answer = run(self, job, seconds, on_page)  # type: ignore[arg-type]  # handed on
        most.append(resident(self._process.pid))
        return answer

    monkeypatch.setattr(Worker, "run", watched)
    store = SqliteStore(tmp_path / "almacen")
    assert store.documents() == ()
    told: list[int] = []
    (outcome,) = load([path], store, on_page=lambda number, _: told.append(number))
    assert outcome.status is Status.NEW
    assert sorted(asked) == [n for n in range(1, PAGES + 1) if f"{n:06d}.ink" not in kept]
    assert told[0] > len(kept)
    assert outcome.document is not None
    assert is_whole(store.report(outcome.document.id), PAGES)
    assert max(most) < MOST
    assert not kept_pages(path)


def test_a_cancelled_load_stores_nothing_and_is_taken_up_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = render(tmp_path / "largo.pdf", 60)
    store = SqliteStore(tmp_path / "almacen")

    def cancel(number: int, _total: int) -> None:
        if number > 30:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load([path], store, on_page=cancel)
    assert store.documents() == ()
    kept = len(kept_pages(path))
    assert kept > 20
    told: list[int] = []
    (outcome,) = load([path], store, on_page=lambda number, _: told.append(number))
    assert told[0] > 20
    assert outcome.document is not None
    assert is_whole(store.report(outcome.document.id), 60)
