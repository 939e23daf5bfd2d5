"""The prose of a large store on disk: found as from memory, each report read once, nothing lost or left behind."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from assistant.assistant import Assistant
from assistant.narrative import answer_narrative
from index import bm25, kept, mapped, runs
from index.at_load import keep_derived
from index.embedding import StaticEmbedder
from index.kept import Prose, joined, keep_prose, open_prose, prose_of
from index.meaning import open_meaning
from index.model import Chunk, ChunkKind, Fact, Report
from index.search import PassageIndex
from index.sqlite_store import SqliteStore
from index.text import stems
from tests.conftest import ROOT
from tests.index.test_meaning import MINAS, RIOS

TERMS = replace(
    MINAS,
    facts=(Fact(key="fecha", value="3 de mayo de 2023", quote="FECHA: 3 de mayo de 2023", page=1),),
    chunks=(
        *MINAS.chunks,
        Chunk(
            id="minas:c2",
            document="minas",
            kind=ChunkKind.DEFINITIONS,
            section=("Siglas",),
            text="",
            items=("CMA: Cooperativa de Mineros Artesanales",),
            pages=(4, 5),
            order=2,
        ),
    ),
)
QUESTIONS = ("¿quiénes viven del río?", "¿cuál es la misión?", "marco legal", "¿qué hace la Dirección de Minas?", "zzz")


def _opened(store: SqliteStore) -> PassageIndex:
    found = open_prose(
        store,
        store.documents(),
        store.report,
        meaning=partial(open_meaning, embedder=StaticEmbedder(), store=store),
    )
    assert found is not None
    return found


def _built(store: SqliteStore) -> PassageIndex:
    return PassageIndex.build(store.reports(), meaning=partial(open_meaning, embedder=StaticEmbedder(), store=None))


def _folders(store: SqliteStore) -> set[str]:
    return {p.name for p in store.cache_folder().iterdir()} if store.cache_folder().exists() else set()


def test_it_finds_what_an_index_in_memory_finds(tmp_path: Path) -> None:
    """Passages, their scores, facts, terms and words are the same, made now or mapped."""
    with closing(SqliteStore(tmp_path)) as store:
        store.add(RIOS)
        store.add(TERMS)
        plain = _built(store)
        for index in (_opened(store), _opened(store)):
            assert list(index.all_passages) == list(plain.all_passages)
            assert index.vocabulary == plain.vocabulary
            for question in QUESTIONS:
                one, other = (i.search(stems(question), text=question) for i in (index, plain))
                assert [h.passage for h in one] == [h.passage for h in other]
                assert all(h.legs == pytest.approx(o.legs, abs=1e-4) for h, o in zip(one, other, strict=True))
            for name, shelf in plain.shelves.items():
                mine = index.shelves[name]
                assert (mine.facts, mine.tables, mine.convention) == (shelf.facts, shelf.tables, shelf.convention)
                assert (mine.definitions, mine.acronyms) == (shelf.definitions, shelf.acronyms)
                assert list(mine.passages[1:]) == list(shelf.passages[1:])
            assert answer_narrative("¿qué significa CMA?", index) == answer_narrative("¿qué significa CMA?", plain)


def test_parts_of_reports_join_to_the_whole() -> None:
    parts = [prose_of(RIOS), prose_of(TERMS), prose_of(replace(RIOS, chunks=()))]
    both = joined(parts)
    assert np.array_equal(both.passage_starts, [0, 3, 6, 6])
    assert np.array_equal(both.terms, [5])
    read = Prose.from_bytes(both.to_bytes())
    assert all(np.array_equal(getattr(read, name), value) for name, value in vars(both).items())


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each report is a run of its own."""
    monkeypatch.setattr(runs, "MOST", 1)


@pytest.mark.usefixtures("alone")
def test_reports_in_several_files_answer_as_one(tmp_path: Path) -> None:
    """Rarity and usual length are of all reports, whichever file they lie in; one without passages is none the worse."""
    with closing(SqliteStore(tmp_path)) as store:
        for report in (RIOS, TERMS, replace(RIOS, document=replace(RIOS.document, id="nada"), chunks=())):
            store.add(report)
        plain, index = _built(store), _opened(store)
        assert len(index.runs) == 3
        assert list(index.all_passages) == list(plain.all_passages)
        assert index.vocabulary == plain.vocabulary
        assert list(index.standing.terms) == list(plain.standing.terms)
        for question in QUESTIONS:
            one, other = (i.search(stems(question), text=question) for i in (index, plain))
            assert [h.passage for h in one] == [h.passage for h in other]
            assert all(h.legs == pytest.approx(o.legs, abs=1e-4) for h, o in zip(one, other, strict=True))


@pytest.mark.usefixtures("alone")
def test_a_new_report_makes_its_own_run_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files of the others are used as they are; of a report that was removed nothing stays on disk."""
    read: list[str] = []

    def counted(report: Report) -> Prose:
        read.append(report.document.id)
        return prose_of(report)

    monkeypatch.setattr(kept, "prose_of", counted)
    with closing(SqliteStore(tmp_path)) as store:
        store.add(RIOS)
        _ = _opened(store).meaning
        before = _folders(store)
        assert len(before) == 2
        store.add(MINAS)
        keep_derived(store, MINAS)
        _ = _opened(store).meaning
        assert read == ["rios", "minas"]
        assert before < _folders(store)
        store.remove("minas")
        assert _folders(store) == before
        store.edit("rios", title="Otro")
        _ = _opened(store).meaning
        assert read == ["rios", "minas", "rios"]


def test_a_removed_report_leaves_no_file(tmp_path: Path) -> None:
    """Nor one that a newer version replaced; what shares a file with it goes too, and comes back."""
    with closing(SqliteStore(tmp_path)) as store:
        store.add(RIOS)
        store.add(MINAS)
        _opened(store)
        (before,) = _folders(store)
        store.add(TERMS, replaces="rios")
        assert before not in _folders(store)
        assert len(_opened(store).all_passages) == 3
        store.remove("minas")
        assert not _folders(store)


def test_another_analysis_of_words_reads_all_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later version of the program never answers from the stems of an earlier one."""
    with closing(SqliteStore(tmp_path)) as store:
        store.add(RIOS)
        _opened(store)
        monkeypatch.setattr(kept, "analysis_version", lambda _: "another")
        monkeypatch.setattr(kept, "prose_of", lambda report: prose_of(replace(report, chunks=report.chunks[:1])))
        assert len(_opened(store).all_passages) == 1


CHILD = """
import sys
from pathlib import Path
from index.arrays import Arrays
from index.kept import open_prose
from index.sqlite_store import SqliteStore
store = SqliteStore(Path(sys.argv[1]))
if sys.argv[2] == "killed":
    import os, signal
    whole = Arrays.save
    def save(self, out, documents):
        whole(self, out, documents)
        out.truncate(100)
        os.kill(os.getpid(), signal.SIGKILL)
    Arrays.save = save
print("ready", flush=True)
sys.stdin.readline()
index = open_prose(store, store.documents(), store.report)
print(sorted((h.passage.place, h.score) for h in index.search(["agu", "rio", "miner"])), flush=True)
"""


def _child(store: Path, how: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CHILD, str(store), how]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


def test_processes_that_open_at_once_find_the_same(tmp_path: Path) -> None:
    with closing(SqliteStore(tmp_path)) as store:
        store.add(RIOS)
        store.add(MINAS)
        children = [_child(tmp_path, "whole") for _ in range(3)]
        for child in children:
            assert child.stdin is not None
            child.stdin.write("go\n")
            child.stdin.flush()
        said = {child.communicate()[0] for child in children}
        assert len(said) == 1
        assert "(" in said.pop()
        assert len(_folders(store)) == 1


def test_a_kill_while_it_is_written_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was half written is never read, and is cleared away when it is old."""
    with closing(SqliteStore(tmp_path)) as store:
        store.add(RIOS)
        killed = _child(tmp_path, "killed")
        killed.communicate("go\n")
        assert killed.returncode < 0
        (left,) = _folders(store)
        assert left.startswith("nuevo-")
        assert len(_opened(store).all_passages) == 3
        monkeypatch.setattr(mapped, "_ABANDONED", -1.0)
        store.add(MINAS)
        assert len(_opened(store).all_passages) == 5
        assert len(_folders(store)) == 1
        assert left not in _folders(store)


def test_an_assistant_over_a_large_store_answers_from_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bm25, "MANY", 2)
    with closing(SqliteStore(tmp_path)) as store:
        store.add(RIOS)
        store.add(MINAS)
        answer = Assistant(store).ask("¿Cuál es la misión del Instituto de Ríos?")
        assert "Medir el agua de los ríos" in answer.text
        assert any(name.startswith("prose-") for name in _folders(store))


def test_what_a_report_keeps_goes_with_its_number_of_passages(tmp_path: Path) -> None:
    """A part that is not of this report, by whatever accident, is made again."""
    with closing(SqliteStore(tmp_path)) as store:
        store.add(RIOS)
        fewer = replace(RIOS, chunks=RIOS.chunks[:1])
        assert len(keep_prose(fewer, store).lengths) == 1
        assert len(keep_prose(RIOS, store).lengths) == 3
