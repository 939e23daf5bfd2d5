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

from index.arrays import Arrays, Maps
from index.embedding import StaticEmbedder
from index.kept import open_prose
from index.mapped import bytes_held, forget, mapped_runs
from index.meaning import open_meaning
from index.runs import Mark, Run
from index.search import Hit, PassageIndex
from index.sqlite_store import SqliteStore
from index.text import stems
from index.vectors import Columns, columns_of
from tests.index.test_meaning import MINAS, RIOS

QUESTION = "¿quiénes viven del río?"


def _ask(store: SqliteStore) -> list[Hit]:
    opened = partial(open_meaning, embedder=StaticEmbedder(), store=store)
    index = open_prose(store, store.documents(), store.report, meaning=opened)
    assert index is not None
    return index.search(stems(QUESTION), text=QUESTION)


def _files(store: SqliteStore) -> set[str]:
    return {p.name for p in store.cache_folder().iterdir()} if store.cache_folder().exists() else set()


def test_mapped_arrays_answer_as_those_in_memory_do(tmp_path: Path) -> None:
    with closing(SqliteStore(tmp_path)) as store:
        store.add(RIOS)
        made, mapped = _ask(store), _ask(store)
        assert {name.partition("-")[0] for name in _files(store)} == {"columns", "prose"}
        in_memory = PassageIndex.build(store.reports(), meaning=partial(open_meaning, embedder=StaticEmbedder()))
        assert made == mapped
        assert [h.passage for h in made] == [h.passage for h in in_memory.search(stems(QUESTION), text=QUESTION)]


def test_a_change_of_the_store_makes_them_anew(tmp_path: Path) -> None:
    """One state lies on disk at a time, and nothing of a report that was removed."""
    with closing(SqliteStore(tmp_path)) as store:
        store.add(RIOS)
        _ask(store)
        before = _files(store)
        store.add(MINAS)
        _ask(store)
        assert len(_files(store)) == 2
        assert not _files(store) & before
        store.remove(MINAS.document.id)
        assert not _files(store)


def _made(_: Run) -> Columns:
    return columns_of(RIOS.chunks, StaticEmbedder())


RUN = (Mark(document="rios", passages=3, digest="x"),)


def _mapped(folder: Path) -> Columns:
    (found,) = mapped_runs(Columns, folder, "1", [RUN], _made)
    return found


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "indice").write_text("a file stands where the folder should", encoding="utf-8")
    assert np.array_equal(_mapped(tmp_path / "indice").whole, _made(RUN).whole)


@pytest.mark.parametrize("left", [0, 40, -64])
def test_what_was_cut_short_is_made_again(tmp_path: Path, left: int) -> None:
    _mapped(tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:left])
    assert np.array_equal(_mapped(tmp_path).whole, _made(RUN).whole)


def test_arrays_of_any_shape_come_back_from_their_file(tmp_path: Path) -> None:
    """Empty ones and those of two dimensions too, each with its kind of number."""
    made = columns_of((), StaticEmbedder())
    with (tmp_path / "x").open("wb") as out:
        made.save(out)
    read = Columns.mapped(tmp_path / "x")
    for name, array in vars(made).items():
        assert getattr(read, name).dtype == array.dtype
        assert getattr(read, name).shape == array.shape


def test_files_of_an_earlier_version_are_cleared_away(tmp_path: Path) -> None:
    """It kept folders of files."""
    (tmp_path / "columns-0123").mkdir()
    (tmp_path / "columns-0123" / "whole.npy").write_bytes(b"x")
    _mapped(tmp_path)
    assert [p.is_file() for p in tmp_path.iterdir()] == [True]


def test_a_document_is_forgotten_with_its_files_alone(tmp_path: Path) -> None:
    """And with what cannot tell whose it is."""
    other = (Mark(document="minas", passages=3, digest="x"),)
    mapped_runs(Columns, tmp_path, "1", [RUN, other], _made)
    (tmp_path / "half").write_bytes(b'{"docu')
    forget(tmp_path, "rios")
    assert len(list(tmp_path.iterdir())) == 1
    forget(tmp_path, "minas")
    assert not list(tmp_path.iterdir())


@dataclass(frozen=True, kw_only=True)
class _Numbers(Arrays):
    numbers: npt.NDArray[np.int64]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what a mapping holds")
def test_what_was_read_of_a_mapping_is_given_back(tmp_path: Path) -> None:
    """And is there again when it is touched."""
    made = _Numbers(numbers=np.arange(2_000_000))
    mapped = mapped_runs(_Numbers, tmp_path, "1", [RUN], lambda _: made)
    total = mapped[0].numbers.sum()
    assert _held(tmp_path) > 15_000
    assert bytes_held() > 15e6
    Maps(mapped).let_go()
    assert _held(tmp_path) == 0
    assert mapped[0].numbers.sum() == total


def _held(folder: Path) -> int:
    """Kilobytes of files of a folder that this process holds in memory."""
    held, inside = 0, False
    for line in Path("/proc/self/smaps").read_text(encoding="utf-8").splitlines():
        if "-" in line.split(" ", 1)[0]:
            inside = str(folder) in line
        elif inside and line.startswith("Rss:"):
            held += int(line.split()[1])
    return held
