"""Institution, country, currency and period come from printed evidence, or stay unknown."""

from __future__ import annotations

import pytest

from index.blocks import Heading, Paragraph, RawCell, RawTable, Reading
from index.countries import country_of, currency_of
from index.institutions import find_institution, mentions
from index.metadata import infer, periods_told
from index.model import Fact, Period
from index.readers.text import read_lines, read_text
from index.report_head import parse_head_line
from index.tables import build_table
from tests.index import text_samples as samples

COUNTRIES = [
    # texts → country
    (["Congreso de la República de Guatemala"], "GT"),
    (["(En Quetzales)", "obras en el país"], "GT"),
    (["reporte del SIAFI", "Secretaría de Finanzas"], "HN"),
    (["frontera Guatemala-Honduras y El Salvador"], None),  # three neighbours, no owner
    (["montos en lempiras"], "HN"),
    (["Provincia de Córdoba, República Argentina"], "AR"),
    (["Gobierno Autónomo Descentralizado Parroquial", "eSIGEF"], "EC"),
    (["Ministerio de Hacienda", "miles de guaraníes"], "PY"),
    (["presupuesto institucional modificado (PIM)", "S/ 1,200.00"], "PE"),
    (["Lic. Antioquia Pérez firmó tres veces", "Antioquia", "Antioquia"], None),  # one place alone may be a surname
    (["ingresos corrientes en pesos"], None),
    ([], None),
]


@pytest.mark.parametrize(("texts", "country"), COUNTRIES)
def test_country(texts, country):
    """Clear evidence or nothing."""
    assert country_of(texts) == country


CURRENCIES = [
    # units, texts, country → currency
    (["(En Quetzales)"], [], None, "GTQ"),
    (["(En miles de dólares)"], [], "HN", "USD"),
    (["en pesos"], [], "MX", "MXN"),
    (["en pesos"], [], None, None),
    ([], ["se pagaron L 1,200.00"], None, "HNL"),
    ([], ["costó US$ 50 y ₡ 3.000, ₡ 5.000, ₡ 7.000"], None, "CRC"),
    ([], ["costó $ 50"], "AR", "ARS"),
    ([], ["sin montos"], "HN", "HNL"),
    ([], ["sin montos"], None, None),
]


@pytest.mark.parametrize(("units", "texts", "country", "expected"), CURRENCIES)
def test_currency(units, texts, country, expected):
    """What the captions say; signs that several countries share wait for the country."""
    assert currency_of(units, texts, country) == expected


PERIODS = [
    ("Cuadro 1: II Cuatrimestre 2023 Presupuesto", [Period(year=2023, first=5, last=8)]),
    ("Ejecución al 30 de junio de 2024", [Period(year=2024, first=1, last=6)]),
    ("del 1 de enero al 31 de marzo de 2022", [Period(year=2022, first=1, last=3)]),
    ("carta de fecha 22 de enero de 2021", []),  # a date is no period
]


@pytest.mark.parametrize(("text", "expected"), PERIODS)
def test_periods_told(text, expected):
    """A plain date says nothing of the period reported."""
    assert periods_told(text) == expected


NAMES = [
    ("La Secretaría de Aguas –SDA- informa", [("Secretaría de Aguas", "SDA")]),
    ("MUNICIPALIDAD DE VALLE HONDO", [("Municipalidad de Valle Hondo", None)]),
    ("el Sistema Integral de Administración Financiera (SIX)", []),  # a system, not an institution
    ("la administración de los recursos", []),
    ("Sistema de Rentas. Municipalidad de Del 02/01/2024", []),  # the rest of the name stands elsewhere
    ("Administración General", []),  # a part of any institution
    ("Ente: INSTITUTO DE SUELOS Guía de trámites", [("Instituto de Suelos", None)]),
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_institutions_named(text, expected):
    """Names with the acronym printed beside them."""
    assert mentions(text) == expected


def reading(*texts: str, caption: str = "", facts: tuple[Fact, ...] = (), title: str | None = None) -> Reading:
    table = RawTable(cells=(RawCell(text="1", row=0, column=0),), caption=caption, facts=facts)
    blocks = (*(Paragraph(text=t) for t in texts), *((table,) if caption or facts else ()))
    return Reading(blocks=blocks, facts=facts, title=title)


def test_facts_of_the_system_decide_the_period():
    """GESTION and PERIODO come before what the prose speaks of."""
    facts = (Fact(key="gestion", value="2022", quote=""), Fact(key="periodo", value="FEBRERO", quote=""))
    meta = infer(reading("En comparación con marzo de 2019.", facts=facts), (), "x.txt")
    assert meta.period == Period(year=2022, first=2, last=2)


def test_the_most_spoken_of_period_of_captions_and_headings():
    """Captions weigh more than headings."""
    base = reading(caption="Cuadro 1: primer trimestre de 2020")
    meta = infer(Reading(blocks=(Heading(text="Plan 2024"), *base.blocks)), (), "x.txt")
    assert meta.period == Period(year=2020, first=1, last=3)


def test_unknown_stays_none():
    """Nothing is guessed; the file name serves as the title only."""
    meta = infer(reading("Se hicieron obras."), (), "informe_de-obras 2020.txt")
    assert (meta.institution, meta.country, meta.currency, meta.period) == (None, None, None, None)
    assert meta.title == "informe de obras 2020"


def test_institution_and_acronym():
    """The most named institution, its acronym printed beside it; the prefix of the letters when no name is printed."""
    meta = infer(
        reading(
            "La Secretaría de Aguas del Estado –SDA- cuida los ríos. El Congreso de la República la creó.",
            "La Secretaría de Aguas del Estado informa al Consejo Nacional de Riego. La SDA cumplió.",
        ),
        (),
        "x.txt",
    )
    assert (meta.institution, meta.aliases) == ("Secretaría de Aguas del Estado", ("SDA",))
    meta = infer(read_lines(samples.PAGED), (), "oficio.txt")
    assert "DIPESCA" in meta.aliases
    assert meta.period == Period(year=2022, first=2, last=2)
    assert meta.title == "OFICIO DIPESCA-UPE-041-2022"


FULL = "GOBIERNO AUTÓNOMO DESCENTRALIZADO MUNICIPAL DE PEÑA NEGRA"
ALIASES = [
    # texts → institution as printed, aliases
    ((f"{FULL} (GADMPN)", "GAD MUNICIPAL DE PEÑA NEGRA"), FULL, ("GADMPN", "GAD MUNICIPAL DE PEÑA NEGRA", "Peña Negra")),
    (("Alcaldía Municipal de Cerro Gordo",), "Alcaldía Municipal de Cerro Gordo", ("Cerro Gordo",)),
    (("Gobierno de la Provincia de Ríos",), "Gobierno de la Provincia de Ríos", ("Ríos",)),
    (("Instituto de Suelos y Bosques", "El INSUBO plantó pinos."), "Instituto de Suelos y Bosques", ("INSUBO",)),
    (("Entidad: Junta de Aguas del Sur", "Ministerio de Obras"), "Junta de Aguas del Sur", ()),
    (
        ("SERVICIO DE RIEGO Y SEMILLAS DEL SUR (SERISUR)", "Rendición de cuentas", "El SERISUR sembró."),
        "SERVICIO DE RIEGO Y SEMILLAS DEL SUR",
        ("SERISUR",),
    ),
    (
        ("JUNTA DE RIEGO DE TEMPATAL (JRT) INFORME ANUAL", "Contraloría de Servicios", "Quejas ante la Contraloría de Servicios"),
        "JUNTA DE RIEGO DE TEMPATAL",
        ("JRT",),
    ),
    (("Ministerio de Riego",), "Ministerio de Riego", ()),  # what it does is no other name of it
]  # fmt: skip


@pytest.mark.parametrize(("texts", "institution", "aliases"), ALIASES)
def test_names_of_an_institution(texts, institution, aliases):
    """Its acronyms, its other names, and the place a local government is called after."""
    meta = infer(reading(*texts), (), "x.txt")
    assert (meta.institution, meta.aliases) == (institution, aliases)


def test_a_name_over_two_lines_of_a_running_head():
    """What the other column of the head prints in between is no part of it."""
    lines = ("Municipalidad de", "Del 02/01/2022 al 31/12/2022", "Valle Hondo")
    facts = tuple(Fact(key="encabezado", value=line, quote=line) for line in lines)
    assert infer(reading("Gastos.", facts=facts), (), "x.pdf").institution == "Municipalidad de Valle Hondo"


def test_the_second_half_of_a_name_stands_lines_below() -> None:
    head = ["Municipalidad de Del 02/01/2024 al 31/12/2024", "Ejercicio 2024", "Villa del Cerro", ":"]
    found = find_institution(head, [], [], [], {})
    assert (found.name, found.aliases) == ("Municipalidad de Villa del Cerro", ("Villa del Cerro",))


def test_an_agency_called_by_what_it_runs():
    """Only with its country and alone in the head."""
    head = Fact(key="encabezado de pagina", value="Correos Uruguay · memoria anual", quote="")
    assert infer(reading("Se repartió.", facts=(head,)), (), "x.docx").institution == "Correos Uruguay"
    assert infer(reading("Los correos de Uruguay llegan tarde."), (), "x.docx").institution is None


def test_the_date_of_issue_is_no_part_of_the_period():
    """A head that chains its keys on one line."""
    head = parse_head_line("GESTION: 2022 PERIODO: MARZO EMITIDO: 05/04/2022 06:18:13 p.m. USUARIO: ABC1")
    assert head is not None
    assert {f.key: f.value for f in head.facts} == {
        "gestion": "2022",
        "periodo": "MARZO",
        "usuario": "ABC1",
        "fecha y hora": "05/04/2022 06:18:13 p.m.",
    }


def test_the_period_that_prose_announces():
    """One sentence is enough when it says that it tells the period of the report."""
    meta = infer(reading("Gastos del período comprendido entre abril y junio de 2021." + " Más." * 40), (), "x.txt")
    assert meta.period == Period(year=2021, first=4, last=6)


def test_the_year_that_every_row_repeats():
    """A data set without a title says its year in a column."""
    cells = ["AÑO|RUBRO|PAGADO", "2022|Agua|10", "2022|Luz|20"]
    grid = tuple(
        RawCell(text=t, row=i, column=j) for i, line in enumerate(cells) for j, t in enumerate(line.split("|"))
    )
    raw = RawTable(cells=grid)
    built = build_table(raw, id="d:t1", document="d")
    assert built is not None
    assert infer(Reading(blocks=(raw,)), (built[0],), "x.csv").period == Period(year=2022)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "expected", "alias"),
    [
        ("aduanas-honduras-2021-01.txt", ("HN", "HNL", Period(year=2021, first=1, last=1)), "ADUANAS"),
        ("sie-guatemala-2023-c2.txt", ("GT", "GTQ", Period(year=2023, first=5, last=8)), "SIE"),
    ],
)
def test_the_shared_reports(shared, file, expected, alias):
    """Neither report prints its country as such: what it mentions tells."""
    meta = infer(read_text(shared / "reports" / file), (), "x.txt")
    assert (meta.country, meta.currency, meta.period) == expected
    assert alias in meta.aliases
