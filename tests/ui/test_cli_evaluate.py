"""`consta evaluar`: the scores on the screen, the two reports in a folder, and an exit status for a CI."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.model import Answer, Route, Status
from index.model import Citation
from index.sqlite_store import SqliteStore
from tools.model import Figure
from ui.cli import app


class Echo:
    """An assistant that knows one figure, and says so whatever it is asked."""

    @classmethod
    def open(cls, _path):
        return cls()

    def ask(self, text, history=(), documents=()):
        cited = Citation(document="d", file="faros.txt", title="Faros", text="600")
        figure = Figure(value=Decimal(600), unit="GTQ", label="Gasto")
        return Answer(
            status=Status.ANSWERED, text="Q600.00", route=Route(name="figures"), values=(figure,), citations=(cited,)
        )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.setattr("assistant.assistant.Assistant", Echo)
    SqliteStore(tmp_path / "almacen").close()
    lines = [
        {"id": str(n), "question": f"¿Gasto {n}?", "kind": "figure", "expected": {"values": [n]}} for n in (600, 7)
    ]
    (tmp_path / "banco.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return tmp_path


def evaluar(folder: Path, *words: str) -> Result:
    salida = str(folder / "salida")
    return CliRunner().invoke(app, ["--almacen", str(folder / "almacen"), "evaluar", "--salida", salida, *words])


@pytest.mark.parametrize(("minimum", "status"), [("0.5", 0), ("0.51", 1), ("1", 1)])
def test_the_exit_status_says_whether_the_minimum_was_met(folder, minimum, status):
    result = evaluar(folder, str(folder / "banco.jsonl"), "--minimo", minimum)
    assert result.exit_code == status, result.output
    assert "50.0%" in result.output


def test_both_reports_are_written_and_can_be_compared_with(folder):
    golden = str(folder / "banco.jsonl")
    evaluar(folder, golden)
    report = folder / "salida" / "evaluacion.json"
    assert json.loads(report.read_text(encoding="utf-8"))["scores"][-1]["share"] == 0.5
    assert "- Esperado: 7" in (folder / "salida" / "evaluacion.md").read_text(encoding="utf-8")
    again = evaluar(folder, golden, "--comparar", str(report))
    assert "Aciertos en las 2 preguntas comunes: 50.0% antes, 50.0% ahora." in again.output


def test_a_bad_golden_set_is_told_in_one_line(folder):
    bad = folder / "malo.jsonl"
    bad.write_text('{"id": 1', encoding="utf-8")
    result = evaluar(folder, str(bad))
    assert result.exit_code == 2
    assert "malo.jsonl, línea 1: no es JSON válido" in result.output


def test_without_a_store_it_says_how_to_load(folder):
    result = CliRunner().invoke(app, ["--almacen", str(folder / "otro"), "evaluar", str(folder / "banco.jsonl")])
    assert result.exit_code == 1
    assert "Cárguelos con: consta cargar" in result.output
