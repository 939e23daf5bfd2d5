"""Questions about the prose of a report: answered whole, in its own words, with their place; or told why not."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal

import pytest

from assistant.narrative import answer_narrative, find_narrative
from index.model import Chunk, ChunkKind, Document, Fact, Period, Report
from index.search import PassageIndex

TEXT, LIST = ChunkKind.PARAGRAPH, ChunkKind.LIST


def _report(ident: str, document: Document, parts: list[tuple], facts: tuple[Fact, ...] = ()) -> Report:
    chunks = tuple(
        Chunk(
            id=f"{ident}:c{i}",
            document=ident,
            kind=kind,
            section=section,
            text=text if isinstance(text, str) else "\n".join(text),
            items=() if isinstance(text, str) else tuple(text),
            lead=lead,
            pages=(i + 1,),
        )
        for i, (kind, section, lead, text) in enumerate(parts)
    )
    return Report(document=document, tables=(), chunks=chunks, facts=facts)


LIBRARY = _report(
    "bib",
    Document(
        id="bib",
        file="biblioteca.txt",
        title="Memoria de labores 2022",
        kind="txt",
        institution="Biblioteca Central del Sur",
        aliases=("BCS",),
        currency="CRC",
        period=Period(year=2022),
    ),
    [
        (ChunkKind.DEFINITIONS, ("Siglas",), "", ["PLN: Plan Lector Nacional", "RBM: Red de Bibliotecas Móviles"]),
        (
            TEXT,
            ("Marco legal",),
            "",
            (
                "Las atribuciones de la Biblioteca Central del Sur –BCS- nacen del artículo 4 de la Ley de Lectura, Decreto "
                "21-88 del Congreso de la República."
            ),
        ),
        (
            LIST,
            ("Marco legal",),
            "Según la norma citada, las funciones son:",
            ["Prestar libros a domicilio.", "Cuidar el acervo histórico.", "Capacitar a docentes."],
        ),
        (TEXT, ("Quiénes somos", "MISIÓN"), "", "Acercar los libros a la gente del sur sin cobrar."),
        (TEXT, ("Quiénes somos", "VISIÓN"), "", "Que nadie viva a más de una hora de una estantería."),
        (LIST, ("Objetivos", "Lectura infantil"), "", ["Abrir salas en escuelas.", "Sumar cuentacuentos."]),
        (LIST, ("Objetivos", "Acervo"), "", ["Restaurar mapas antiguos."]),
        (
            TEXT,
            ("Población meta",),
            "",
            "Los lectores registrados y las escuelas rurales usan los servicios cada semana.",
        ),
        (
            TEXT,
            ("Finanzas",),
            "",
            "El Concejo aprobó ₡.35 millones para el año. La partida se repartió en dos rubros: compras y mantenimiento.",
        ),
        (
            LIST,
            ("Resultados", "Gestión interna"),
            "",
            [
                "Hubo ahorros por cuatro mil doscientos colones (₡ 4.200,50) en papelería.",
                "El Plan de Inventario llega al 64 % y el de Restauración al 12%.",
                "Los martes se entrega el boletín, de manera semanal.",
                "Se recibieron 1.350 donaciones de libros.",
                "Convenio con el Ministerio de Cultura (MINCUL) para ferias.",
            ],
        ),
        (TEXT, ("Firmas",), "", "Firma: Teodora Sandí Rojas, directora."),
    ],
)
MEMO = _report(
    "mem",
    Document(id="mem", file="nota.docx", title="OFICIO DGV-014-2023", kind="docx", institution="Dirección de Vías"),
    [
        (
            TEXT,
            ("OFICIO DGV-014-2023",),
            "",
            "En respuesta a su OFICIO AUD-9-2023 de fecha 3 de marzo de 2023 se remite lo pedido. Los anexos son:",
        ),
        (LIST, ("OFICIO DGV-014-2023",), "Los anexos son:", ["Plano de rutas.", "Listado de puentes."]),
    ],
    (
        Fact(key="oficio", value="DGV-014-2023", quote="OFICIO DGV-014-2023", page=1),
        Fact(
            key="para", value="Lic. Saúl Mora", detail="Jefe de Auditoría Interna", quote="PARA: Lic. Saúl Mora", page=1
        ),
        Fact(key="de", value="Ing. Ruth Paz", detail="Gerente de Puentes", quote="DE: Ing. Ruth Paz", page=1),
        Fact(key="fecha", value="10 de marzo de 2023", quote="FECHA: 10 de marzo de 2023", page=1),
        Fact(key="asunto", value="Envío de anexos", quote="ASUNTO: Envío de anexos", page=1),
        Fact(key="usuario", value="RPAZ2", quote="USUARIO: RPAZ2", page=2),
    ),
)


@pytest.fixture(scope="module")
def index() -> PassageIndex:
    return PassageIndex.build([LIBRARY, MEMO])


ANSWERED = [
    ("¿Cuál es la misión de la biblioteca?", "Acercar los libros"),
    ("razon de ser de la BCS", "Acercar los libros"),
    ("¿Qué aspira a ser la biblioteca?", "a más de una hora"),
    ("¿Cuáles son las funciones de la BCS?", "Cuidar el acervo histórico."),
    ("¿Cuáles son los objetivos?", "Restaurar mapas antiguos."),
    ("objetivos de lectura infantil", "Sumar cuentacuentos."),
    ("¿A quién beneficia la biblioteca?", "escuelas rurales"),
    ("¿Cuál es la base legal de la BCS?", "Decreto 21-88"),
    ("¿Qué artículo da sus atribuciones a la BCS?", "artículo 4"),
    ("¿En qué rubros se repartió la partida?", "compras y mantenimiento"),
    ("¿Qué significa RBM?", "Red de Bibliotecas Móviles"),
    ("siglas del Plan Lector Nacional", "PLN"),
    ("que es el MINCUL", "Ministerio de Cultura"),
    ("¿Cada cuánto se entrega el boletín?", "semanal"),
    ("¿Qué día se entrega el boletín?", "martes"),
    ("¿Quién es la directora?", "Teodora Sandí Rojas"),
    ("¿Quién aprobó los ₡35 millones?", "El Concejo"),
    ("¿Quién es el jefe de Auditoría Interna?", "Saúl Mora"),
    ("¿Qué cargo tiene Ruth Paz?", "Gerente de Puentes"),
    ("¿Quién firma el oficio?", "Ruth Paz"),
    ("¿A quién va dirigido el oficio DGV-014-2023?", "Saúl Mora"),
    ("¿De qué fecha es el oficio DGV-014-2023?", "10 de marzo de 2023"),
    ("¿De qué fecha es el oficio AUD-9-2023?", "3 de marzo de 2023"),
    ("asunto del oficio", "Envío de anexos"),
    ("¿Qué usuario generó el reporte?", "RPAZ2"),
    ("¿Qué anexos se remiten?", "Listado de puentes."),
    ("cual es la mison de la biblioteca", "Acercar los libros"),
    ("misión y visión de la BCS", "una estantería"),
]


@pytest.mark.parametrize(("question", "said"), ANSWERED)
def test_answers_in_the_words_of_the_report(index: PassageIndex, question: str, said: str) -> None:
    """Every word is accounted for and the citation names the place."""
    found = answer_narrative(question, index)
    assert found is not None
    assert found.unexplained == ()
    assert found.explained == 1.0
    assert said in found.text
    assert found.citations
    assert all(c.section and c.page for c in found.citations if c.document == "bib")


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuál es el salario de la directora?",
        "¿Cuál es la capital de Francia?",
        "¿Cuál es la misión de la Dirección de Vías?",
        "¿Cuál es la misión del Ministerio de Salud?",
        "¿Cuáles son las atribuciones del Congreso de la República?",
        "¿Cuál fue la misión en 2019?",
        "¿De cuánto fueron los ahorros en 2021?",
        "¿De cuánto fueron los ahorros en marzo?",
        "¿Cuánto costó el convenio?",
        "¿Cuántas atribuciones nacen de la ley?",
        "¿Qué significa ONU?",
        "¿Qué quiere decir BCX?",
        "¿Quién es el presidente de la República?",
        "¿De qué fecha es el oficio DGV-015-2023?",
        "¿Qué avance lleva el Plan de Vacunación?",
        "hola",
        "",
    ],
)
def test_what_the_reports_do_not_say_is_not_answered(index: PassageIndex, question: str) -> None:
    found = answer_narrative(question, index)
    assert found is None or found.unexplained


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("¿De cuánto fueron los ahorros en papelería?", "4200.50", "CRC"),
        ("¿Cuánto aprobó el Concejo?", "35000000", "CRC"),
        ("¿Qué avance lleva el Plan de Inventario?", "64", "%"),
        ("¿Cuántas donaciones se recibieron?", "1350", "donaciones"),
        ("¿Cuántos rubros tiene la partida?", "2", "rubros"),
    ],
)
def test_figures_in_prose(index: PassageIndex, question: str, value: str, unit: str) -> None:
    """The value in units; of several in one sentence, that of the clause that is asked about."""
    found = answer_narrative(question, index)
    assert found is not None
    assert not found.unexplained
    assert [(f.value, f.unit) for f in found.figures] == [(Decimal(value), unit)]


def test_a_list_is_answered_whole(index: PassageIndex) -> None:
    found = answer_narrative("¿Cuáles son las funciones de la BCS?", index)
    assert found is not None
    assert found.text.splitlines() == [
        "Según la norma citada, las funciones son:",
        "- Prestar libros a domicilio.",
        "- Cuidar el acervo histórico.",
        "- Capacitar a docentes.",
    ]


def test_two_reports_that_answer_alike_are_both_told() -> None:
    """Who asks decides: no report is taken by chance."""
    other = _report(
        "otro",
        Document(id="otro", file="otro.txt", title="Memoria", kind="txt", institution="Museo del Norte"),
        [(TEXT, ("Misión",), "", "Guardar la memoria del norte.")],
    )
    both = PassageIndex.build([LIBRARY, other])
    assert [d for d, _ in find_narrative("¿Cuál es la misión?", both).rivals]
    assert not find_narrative("¿Cuál es la misión del Museo del Norte?", both).rivals
    assert find_narrative("¿Cuál es la misión?", both, frozenset({"otro"})).document == "otro"


def test_corrections_are_told(index: PassageIndex) -> None:
    found = answer_narrative("objetibos de la biblioteca", index)
    assert found is not None
    assert found.warnings == ("Leí «objetibos» como «objetivos».",)


def test_narrative_loads_nothing_heavy() -> None:
    """LlamaIndex, torch, pandas and numpy stay out of a small store's narrative question."""
    code = (
        "import sys; from assistant.narrative import answer_narrative; from index.search import PassageIndex; "
        "answer_narrative('mision', PassageIndex.build([])); "
        "heavy = {'llama_index', 'torch', 'pandas', 'numpy'} & set(sys.modules); assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_llama_index_finds_the_same(index: PassageIndex) -> None:
    """The retriever is a cover over the same search."""
    from index.retrievers import PassageRetriever, search_through

    question = "¿Cuáles son las funciones de la BCS?"
    assert find_narrative(question, index, search=search_through(index)) == find_narrative(question, index)
    nodes = PassageRetriever(index, k=3, documents=frozenset({"bib"})).retrieve("misión de la biblioteca")
    assert nodes[0].node.metadata["section"] == "Quiénes somos › MISIÓN"
    assert nodes[0].score == nodes[0].node.metadata["bm25"]
    assert PassageRetriever(index).retrieve("zzz") == []
