"""What a question can name is read off the reports, whatever they are."""

from __future__ import annotations

from index.model import Table
from tests.building import report, table
from tools.access import data_rows, row_name, total_row, unit_of
from tools.catalogue import content_stems, descendants
from tools.cataloguing import build

GRID = """
Producto        | Programa =key | Unidad =unidad_medida | Meta =programado | Vigente =vigente
#: Riego        |               |                       |                  |
.[21] Canales   | 11            | Metro                 | 1                | 10.00
.[22] Muros     | 11            | Metro                 | 2                | 20.00
#: Oficina      |               |                       |                  |
.[23] Informes  | 12            | Documento             | 3                | 30.00
T: TOTAL        |               |                       |                  | 60.00
"""


def made() -> Table:
    return table(GRID, currency="GTQ")


def test_groups_of_keys_and_sections_can_be_named() -> None:
    catalogue = build([report(made())])
    groups = {(e.text, e.rows) for e in catalogue.entities if e.column != -1}
    assert groups >= {("11", (1, 2)), ("Riego", (1, 2)), ("Oficina", (4,)), ("Metro", (1, 2))}


def test_rows_and_codes_can_be_named() -> None:
    catalogue = build([report(made())])
    assert {e.text for e in catalogue.entities if e.column == -1 and e.stems} == {
        "Canales",
        "Muros",
        "Informes",
        "TOTAL",
    }
    assert set(catalogue.codes) == {"21", "22", "23", "11", "12"}


def test_a_column_that_never_changes_names_no_group() -> None:
    grid = "Obra | Zona =key | Gasto =ejecutado\nPuente | Norte | 1.00\nMuro | Norte | 2.00"
    assert not [e for e in build([report(table(grid))]).entities if e.column == 1]


def test_data_rows_are_what_is_counted() -> None:
    found = made()
    assert data_rows(found) == (1, 2, 4)
    total = total_row(found)
    assert total is not None
    assert total.index == 5


def test_descendants_go_all_the_way_down() -> None:
    deep = table(
        "Cuenta | Gasto =ejecutado\n1 Todo | 6.00\n.1.1 Personal | 3.00\n..1.1.1 Sueldos | 3.00\n.1.2 Obras | 3.00\n2 Otro | 1.00"
    )
    assert descendants(deep, 0) == (1, 2, 3)
    assert descendants(deep, 1) == (2,)
    assert descendants(deep, 4) == ()
    assert data_rows(deep) == (2, 3, 4)


def test_units_of_figures() -> None:
    seen = build([report(made())]).views[0]
    assert unit_of(seen, 1, 4) == "GTQ"
    assert unit_of(seen, 1, 3) == "metro"
    assert unit_of(seen, 4, 3) == "documento"


def test_rows_are_called_with_their_code() -> None:
    assert [row_name(made().rows[i]) for i in (1, 5)] == ["21 Canales", "TOTAL"]


def test_a_report_is_named_by_institution_acronym_country_and_people() -> None:
    one = report(made(), institution="Junta de Riego del Valle", aliases=("JRV",), country="HN", file="avance-2023.txt")
    names = build([one]).document_stems["doc"]
    for said in ("junta", "riego", "valle", "jrv", "honduras", "hondureña", "avance"):
        assert set(content_stems(said)) <= names, said


def test_years_do_not_name_a_report() -> None:
    names = build([report(made(), file="avance-2023.txt")]).document_stems["doc"]
    assert "2023" not in names


def test_consolidated_and_detailed_twins_are_told_apart() -> None:
    """Of two tables with the same columns, the depth of their programme codes tells which one is the summary."""
    head = "Producto | Categoría =key | Vigente =vigente"
    coarse = table(f"{head}\nMuro | 11-01-000-000 | 1.00\nCanal | 11-02-000-000 | 2.00", order=1)
    fine = table(f"{head}\nMuro | 11-01-000-001 | 1.00\nCanal | 11-02-000-002 | 2.00", order=2)
    first, second = build([report(coarse, fine)]).views
    assert "consolidado" in first.level_codes
    assert "detalle" in second.level_codes


def test_the_catalogue_of_nothing_is_empty() -> None:
    assert build([]).views == []
