"""Labels of tables by their meaning: what they are, which are nearest, and that they are made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.ingest import load, read_report
from index.labels import LabelKind, labels_of, open_labels
from index.memory_store import MemoryStore
from index.model import Report

PORTS = """INFORME ANUAL DE LABORES 2023
Instituto Nacional de Puertos, Guatemala

Cuadro 1. Presupuesto por programa, 2023 (en quetzales)

Programa              Presupuesto vigente    Presupuesto ejecutado
Medicinas                       800,000.00               600,000.00
Energía eléctrica               400,000.00               300,000.00
Total                         1,200,000.00               900,000.00
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    path: Path = tmp_path_factory.mktemp("labels") / "puertos.txt"
    path.write_text(PORTS, encoding="utf-8")
    return read_report(path)


def test_caption_headers_and_rows_are_labels_and_totals_are_not(report: Report) -> None:
    labels = labels_of(report)
    assert {label.kind for label in labels} == set(LabelKind)
    assert [label.text for label in labels if label.kind is LabelKind.ROW] == ["Medicinas", "Energía eléctrica"]
    assert all(label.table.startswith("Cuadro 1") for label in labels)


@pytest.mark.parametrize(("asked", "row"), [("luz eléctrica", "Energía eléctrica"), ("medicamentos", "Medicinas")])
def test_the_nearest_row_comes_first(report: Report, asked: str, row: str) -> None:
    found = open_labels([report]).nearest(asked, kind=LabelKind.ROW)
    assert found[0][0].text == row
    assert found[0][1] > 0.4 > found[1][1]


def test_search_stays_within_documents(report: Report) -> None:
    labels = open_labels([report])
    assert labels.nearest("medicamentos", documents=frozenset({"otro"})) == []
    assert open_labels([]).nearest("medicamentos") == []


def test_what_is_kept_gives_the_same(report: Report) -> None:
    store = MemoryStore()
    store.add(report)
    made = open_labels([report], store=store).nearest("medicamentos")
    assert made == open_labels([report], store=store).nearest("medicamentos")


def test_vectors_are_made_when_a_report_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first narrative question and the first suggestion embed nothing of the reports."""
    (tmp_path / "puertos.txt").write_text(PORTS, encoding="utf-8")
    store = MemoryStore()
    load([tmp_path], store)
    monkeypatch.setattr("index.vectors.columns_of", _never)
    monkeypatch.setattr("index.labels.Rows.of", _never)
    from index.embedding_choice import chosen_embedder
    from index.vectors import report_columns

    (loaded,) = store.reports()
    assert len(report_columns(list, chosen_embedder(), store, loaded.document.id, count=len(loaded.chunks))) == len(
        loaded.chunks
    )
    assert len(open_labels([loaded], store=store)) == len(labels_of(loaded))


def _never(*_: object) -> None:
    raise AssertionError("made again")
