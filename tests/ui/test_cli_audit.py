"""`consta auditar`: every check of a report on the screen and as JSON; findings are no failure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ui.cli import app

REPORT = """INSTITUTO DE FAROS DE GUATEMALA

Cuadro 1: Gasto por faro, 2023 (En quetzales)

Faro\tVigente\tEjecutado
Punta Alta\t1,200.00\t600.00
Punta Baja\t800.00\t400.00
TOTAL\t2,000.00\t1,010.00
"""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with one report, whose second total is ten too high."""
    (tmp_path / "faros.txt").write_text(REPORT, encoding="utf-8")
    consta(tmp_path / "almacen", "cargar", str(tmp_path / "faros.txt"))
    return tmp_path / "almacen"


def consta(store: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["--almacen", str(store), *words], env={"COLUMNS": "160"})


def test_findings_are_printed_and_are_no_failure(store: Path) -> None:
    done = consta(store, "auditar", "faros")
    assert done.exit_code == 0
    assert "1 NO CUADRA, 0 NO VERIFICABLE, 1 VERIFICADO" in done.stdout
    assert "1,010.00" in done.stdout
    assert "«Vigente»" not in done.stdout
    assert "«Vigente»" in consta(store, "auditar", "--detalle").stdout


def test_json_holds_every_check_with_its_figures(store: Path) -> None:
    (report,) = json.loads(consta(store, "auditar", "--json").stdout)
    assert report["counts"] == {"NO CUADRA": 1, "NO VERIFICABLE": 0, "VERIFICADO": 1}
    (bad,) = (c for c in report["checks"] if c["status"] == "NO CUADRA")
    assert [f["value"] for f in bad["figures"]] == [1010, 1000]
    assert bad["gap"] == 10
    assert bad["citations"][0]["text"] == "1,010.00"


def test_a_report_that_is_not_loaded_is_wrong_use(store: Path) -> None:
    done = consta(store, "auditar", "boyas")
    assert done.exit_code == 2
    assert "No está cargado «boyas»" in done.stderr


def test_without_a_store_it_says_how_to_load(tmp_path: Path) -> None:
    done = consta(tmp_path / "nada", "auditar")
    assert done.exit_code == 1
    assert "consta cargar" in done.stderr
    assert not (tmp_path / "nada").exists()
