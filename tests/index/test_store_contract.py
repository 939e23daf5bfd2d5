"""Every store keeps reports whole, replaces and forgets them in one step, and tells caches when something changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from index.errors import NotLoadedError, StoreError
from index.memory_store import MemoryStore
from index.model import Period, Report
from index.sqlite_store import SqliteStore
from index.store import Sizes, Store
from tests.index.made_reports import any_reports, small_report

Open = Callable[[], Store]


@pytest.fixture(params=["sqlite", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    made: Store = SqliteStore(tmp_path / "almacen") if request.param == "sqlite" else MemoryStore()
    yield made
    made.close()


@given(report=any_reports())
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_report_comes_back_equal(store: Store, report: Report) -> None:
    """Round trip of anything the types allow, decimals with their exponent included."""
    store.add(report)
    back = store.report(report.document.id)
    assert back == report
    assert repr(back) == repr(report)  # 1.50 is not 1.5: equal Decimals, different text
    store.remove(report.document.id)


def test_reports_and_documents_come_in_file_order_whatever_the_load_order(store: Store) -> None:
    """The same questions get the same answers whichever report was loaded first."""
    for ident, file in (("c" * 16, "b.txt"), ("b" * 16, "c.txt"), ("a" * 16, "a.txt")):
        store.add(small_report(ident, file))
    assert [d.file for d in store.documents()] == ["a.txt", "b.txt", "c.txt"]
    assert [r.document.file for r in store.reports()] == ["a.txt", "b.txt", "c.txt"]
    assert store.sizes()["a" * 16] == Sizes(tables=1, rows=1, chunks=1)


def test_a_part_of_another_document_is_not_taken(store: Store) -> None:
    """A table that names another document would be cited wrongly."""
    report = small_report()
    with pytest.raises(ValueError, match="another document"):
        store.add(replace(report, tables=(replace(report.tables[0], document="otro"),)))
    assert store.documents() == ()


def test_a_new_version_replaces_the_old_one_in_one_step(store: Store) -> None:
    """No moment with both versions, none without; the revision moves once."""
    store.add(small_report("a" * 16, amount="1.00"))
    before = store.revision()
    store.add(small_report("b" * 16, amount="2.00"), replaces="a" * 16)
    assert [d.id for d in store.documents()] == ["b" * 16]
    assert store.revision() == before + 1
    with pytest.raises(NotLoadedError):
        store.report("a" * 16)


def test_replacing_a_version_that_is_gone_is_an_addition(store: Store) -> None:
    """Another process may have removed it meanwhile."""
    store.add(small_report("b" * 16), replaces="a" * 16)
    assert [d.id for d in store.documents()] == ["b" * 16]


def test_removing_forgets_everything(store: Store) -> None:
    """After quitar, the same content starts afresh: no edits, no derived data."""
    store.add(small_report())
    store.edit("a" * 16, institution="Otra")
    store.save_derived("vectores", "1", b"x", document="a" * 16)
    store.remove("a" * 16)
    assert store.documents() == ()
    assert list(store.reports()) == []
    store.add(small_report())
    assert store.documents()[0].institution == "Junta de Riego"
    assert store.derived("vectores", "1", document="a" * 16) is None


@pytest.mark.parametrize(
    "call", [lambda s: s.report("no"), lambda s: s.remove("no"), lambda s: s.edit("no", title="x")]
)
def test_an_unknown_document_is_said(store: Store, call: Callable[[Store], object]) -> None:
    with pytest.raises(NotLoadedError, match="no"):
        call(store)


def test_edits_survive_a_second_load_of_the_same_content(store: Store) -> None:
    """A person's corrections outlive what is inferred, and their names are kept."""
    store.add(small_report())
    period = Period(year=2024, first=1, last=6)
    edited = store.edit("a" * 16, institution="Junta Nacional", country="PE", period=period, currency=None)
    assert edited == store.documents()[0]
    store.edit("a" * 16, title="Riego 2024")
    store.add(small_report())
    kept = store.report("a" * 16).document
    assert (kept.institution, kept.country, kept.period, kept.currency) == ("Junta Nacional", "PE", period, None)
    assert kept.title == "Riego 2024"
    assert set(kept.edited) == {"institution", "country", "period", "currency", "title"}
    assert store.report("a" * 16).tables == small_report().tables


@pytest.mark.parametrize("changes", [{"id": "x"}, {"pages": 3}, {"title": ""}, {"title": None}])
def test_only_some_fields_are_editable(store: Store, changes: dict[str, str]) -> None:
    """The identity of a document and what was counted are not opinions; a title is never empty."""
    store.add(small_report())
    with pytest.raises(ValueError):
        store.edit("a" * 16, **changes)
    assert store.documents() == (small_report().document,)


def test_the_revision_grows_with_every_change_and_only_then(store: Store) -> None:
    """Caches watch it; saving what was derived must not make them rebuild."""
    seen = [store.revision()]
    store.add(small_report())
    seen.append(store.revision())
    store.edit("a" * 16, title="x")
    seen.append(store.revision())
    store.remove("a" * 16)
    seen.append(store.revision())
    assert seen == sorted(set(seen))
    store.save_derived("indice", "1", b"x")
    store.documents()
    assert store.revision() == seen[-1]


def test_derived_data_are_found_by_name_and_version(store: Store) -> None:
    """Another version is as good as nothing; the new one takes its place."""
    assert store.derived("indice", "1") is None
    store.save_derived("indice", "1", b"\x00uno")
    store.save_derived("otro", "1", b"")
    assert (store.derived("indice", "1"), store.derived("indice", "2")) == (b"\x00uno", None)
    assert store.derived("otro", "1") == b""
    store.save_derived("indice", "2", b"dos")
    assert (store.derived("indice", "1"), store.derived("indice", "2")) == (None, b"dos")


def test_derived_data_of_a_document_go_with_any_change_to_it(store: Store) -> None:
    """Vectors of a title that was corrected are stale; those of its neighbours are not."""
    store.add(small_report())
    store.add(small_report("b" * 16, "otro.txt"))
    for ident in ("a" * 16, "b" * 16, "c" * 16):
        store.save_derived("vectores", "1", ident.encode(), document=ident)
    store.edit("a" * 16, title="x")
    assert store.derived("vectores", "1", document="a" * 16) is None
    assert store.derived("vectores", "1", document="b" * 16) == b"b" * 16
    assert store.derived("vectores", "1", document="c" * 16) is None  # never loaded
    assert store.derived("vectores", "1") is None  # of the whole store: another place
    store.add(small_report("b" * 16, "otro.txt"))
    assert store.derived("vectores", "1", document="b" * 16) is None


def test_a_walk_over_the_reports_sees_one_moment(store: Store) -> None:
    """What is added or removed during the walk does not show in it, nor is it held up."""
    for number in range(3):
        store.add(small_report(f"{number}" * 16, f"{number}.txt"))
    walk = store.reports()
    first = next(walk)
    store.remove("2" * 16)
    store.add(small_report("9" * 16, "9.txt"))
    assert [first.document.file, *(r.document.file for r in walk)] == ["0.txt", "1.txt", "2.txt"]
    assert [d.file for d in store.documents()] == ["0.txt", "1.txt", "9.txt"]


def test_threads_share_a_store(store: Store) -> None:
    """A web process reads and writes from many threads."""
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(5):
                store.add(small_report(f"{number:016d}", f"{number}.txt", amount=f"{turn}.00"))
                assert len(list(store.reports())) >= 1
                assert store.report(f"{number:016d}").document.file == f"{number}.txt"
        except BaseException as error:  # noqa: BLE001 - handed to the main thread, which fails the test
            failures.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(store.documents()) == 6


def test_a_closed_store_says_so(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreError, match="cerrado"):
        store.documents()


def test_the_file_is_kept_with_its_report(store: Store) -> None:
    """Its pages are shown beside answers: corrections and a second reading leave it, removal takes it away."""
    store.add(small_report(), original=b"%PDF de prueba")
    store.edit("a" * 16, institution="Otra")
    store.add(small_report())
    assert store.original("a" * 16) == b"%PDF de prueba"
    store.remove("a" * 16)
    assert store.original("a" * 16) is None


def test_a_new_version_takes_the_old_file_away(store: Store) -> None:
    """What was replaced is not kept on the disk."""
    store.add(small_report("a" * 16), original=b"uno")
    store.add(small_report("b" * 16), replaces="a" * 16, original=b"dos")
    assert (store.original("a" * 16), store.original("b" * 16)) == (None, b"dos")
    store.add(small_report("b" * 16), replaces="b" * 16, original=b"tres")
    assert store.original("b" * 16) == b"tres"
