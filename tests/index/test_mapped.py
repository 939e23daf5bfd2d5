"""Joined arrays on disk: the same answers as from memory, made anew when the store changes, and never needed."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from index import meaning as meaning_module
from index.arrays import Arrays
from index.embedding import StaticEmbedder
from index.mapped import mapped_arrays
from index.meaning import open_meaning
from index.search import Hit, PassageIndex
from index.sqlite_store import SqliteStore
from index.text import stems
from index.vectors import Columns, columns_of
from tests.index.test_meaning import MINAS, RIOS

QUESTION = "¿quiénes viven del río?"


def _ask(store: SqliteStore) -> list[Hit]:
    opened = partial(open_meaning, embedder=StaticEmbedder(), store=store)
    index = PassageIndex.build(store.reports(), meaning=opened)  # type: ignore[arg-type]
    return index.search(stems(QUESTION), text=QUESTION)


def _folders(store: SqliteStore) -> set[Path]:
    return set(store.cache_folder().iterdir()) if store.cache_folder().exists() else set()


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every store is large enough to be mapped."""
    monkeypatch.setattr(meaning_module, "MANY", 1)


@pytest.mark.usefixtures("large")
def test_mapped_arrays_answer_as_those_in_memory_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(SqliteStore(tmp_path)) as store:
        store.add(RIOS)
        made, mapped = _ask(store), _ask(store)
        assert len(_folders(store)) == 1
        monkeypatch.setattr(meaning_module, "MANY", 1000)
        assert made == mapped == _ask(store)


@pytest.mark.usefixtures("large")
def test_a_change_of_the_store_makes_them_anew(tmp_path: Path) -> None:
    """One state lies on disk at a time, and nothing of a report that was removed."""
    with closing(SqliteStore(tmp_path)) as store:
        store.add(RIOS)
        _ask(store)
        before = _folders(store)
        store.add(MINAS)
        _ask(store)
        assert len(_folders(store)) == 1
        assert not _folders(store) & before
        store.remove(MINAS.document.id)
        assert not _folders(store)


def _made() -> Columns:
    return columns_of(RIOS.chunks, StaticEmbedder())


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "indice").write_text("a file stands where the folder should", encoding="utf-8")
    found = mapped_arrays(Columns, tmp_path / "indice", ("x",), _made)
    assert np.array_equal(found.whole, _made().whole)


def test_what_was_cut_short_is_made_again(tmp_path: Path) -> None:
    mapped_arrays(Columns, tmp_path, ("x",), _made)
    (whole,) = tmp_path.glob("*/whole.npy")
    whole.write_bytes(whole.read_bytes()[:40])
    assert np.array_equal(mapped_arrays(Columns, tmp_path, ("x",), _made).whole, _made().whole)


@dataclass(frozen=True, kw_only=True)
class _Numbers(Arrays):
    numbers: npt.NDArray[np.int64]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what a mapping holds")
def test_what_was_read_of_a_mapping_is_given_back(tmp_path: Path) -> None:
    """And is there again when it is touched."""
    made = _Numbers(numbers=np.arange(2_000_000))
    mapped = mapped_arrays(_Numbers, tmp_path, ("x",), lambda: made)
    total = mapped.numbers.sum()
    assert _held(tmp_path) > 15_000
    mapped.let_go()
    assert _held(tmp_path) == 0
    assert mapped.numbers.sum() == total


def _held(folder: Path) -> int:
    """Kilobytes of files of a folder that this process holds in memory."""
    held, inside = 0, False
    for line in Path("/proc/self/smaps").read_text(encoding="utf-8").splitlines():
        if "-" in line.split(" ", 1)[0]:
            inside = str(folder) in line
        elif inside and line.startswith("Rss:"):
            held += int(line.split()[1])
    return held
