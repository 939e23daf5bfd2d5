"""Three invented reports of different countries and conventions, in memory, for asking questions of."""

from __future__ import annotations

from assistant.assistant import Assistant
from index.memory_store import MemoryStore
from index.model import Period, Report
from tests.building import report, table

CANALS = """
Producto                                   | Programa =key | Unidad de medida =unidad_medida | Meta física/Programado =programado | Meta física/Evaluado =alcanzado | Presupuesto/Vigente =vigente,HNL | Presupuesto/Ejecutado =ejecutado,HNL | Presupuesto/% =porcentaje,%,6/5
[21] Canales de riego revestidos           | 11-01         | Metro                           | 400                                | 300                             | 1,000,000.00                     | 750,000.00                           | 75%
[22] Capacitaciones a juntas de regantes   | 11-02         | Evento                          | 12                                 | 15                              | 200,000.00                       | 120,500.50                           | 60%
[23] Capacitaciones a personal técnico     | 11-02         | Evento                          | 0                                  | 4                               | 0.00                             | 10,000.00                            |
[69] Compuertas instaladas                 | {11-02,11-03} | Unidad                          | 8                                  | 0                               | 300,000.00                       | 0.00                                 | 0%
[70] Padrones de usuarios actualizados     | 11-03         | Documento                       | 5                                  | 5                               | 50,000.00                        | 50,000.00                            | 100%
T: TOTAL                                   |               |                                 |                                    |                                 | 1,550,000.00                     | 931,500.50                           |
"""
QUOTAS = """
Mes        | Cuota solicitada =solicitado,HNL | Cuota asignada =asignado,HNL | Ejecutado =ejecutado,HNL | Diferencia =diferencia,HNL,2-3
Mayo       | 100,000.00                       | 90,000.00                    | 45,500.00                | 44,500.00
Junio      | 120,000.00                       | 110,000.00                   | 99,000.00                | 11,000.00
Julio      | 150,500.00                       | 150,500.00                   | 120,250.00               | 30,250.00
Agosto     | 80,000.00                        | 60,000.00                    | 60,000.00                | 0.00
T: TOTAL   | 450,500.00                       | 410,500.00                   | 324,000.00               |
"""
SPENDING = """
Concepto                       | 2022/Devengado =devengado,ARS,2022 | 2023/Devengado =devengado,ARS,2023 | 2023/Pagado =pagado,ARS,2023
Alumbrado público              | 1.000.000,00                       | 1.250.000,50                       | 1.250.000,50
Barrido de calles              | 400.000,00                         | 300.000,00                         | 280.000,00
Arbolado urbano                | 0,00                               | 90.000,00                          | 0,00
"""
PATIENTS = """
Servicio                  | Meta =programado | Logrado =alcanzado
Consultas de pediatría    | 1,000            | 1,100
Partos atendidos          | 200              | 150
Vacunas aplicadas         | 5,000            | N/D
"""


def made_reports() -> tuple[Report, ...]:
    """Junta de Riego (Honduras), Municipio de Tres Cerros (Argentina), Hospital La Ceiba Alta (Guatemala)."""
    water = report(
        table(CANALS, caption="Cuadro 1: Metas y presupuesto por producto", document="agua", order=1, currency="HNL"),
        table(QUOTAS, caption="Cuadro 2: Cuota mensual", document="agua", order=2, currency="HNL"),
        id="agua",
        file="agua-2023.txt",
        title="Informe de riego",
        institution="Junta de Riego del Valle",
        aliases=("JRV",),
        country="HN",
        currency="HNL",
        period=Period(year=2023, first=5, last=8),
        paragraphs=(("Misión", "Llevar agua de riego a las parcelas del valle con equidad entre los regantes."),),
    )
    town = report(
        table(
            SPENDING,
            caption="Cuadro 1: Gasto por concepto",
            document="cerros",
            currency="ARS",
            point=",",
        ),
        id="cerros",
        file="tres-cerros.xlsx",
        title="Gasto municipal",
        institution="Municipio de Tres Cerros",
        country="AR",
        currency="ARS",
        period=Period(year=2023),
    )
    clinic = report(
        table(PATIENTS, caption="Cuadro 1: Producción de servicios", document="ceiba"),
        id="ceiba",
        file="hospital.docx",
        title="Memoria de labores",
        institution="Hospital La Ceiba Alta",
        country="GT",
        currency="GTQ",
        period=Period(year=2022),
    )
    return water, town, clinic


def made_assistant(*names: str) -> Assistant:
    """An assistant over the reports of those ids, over all of them when none is named."""
    store = MemoryStore()
    for made in made_reports():
        if not names or made.document.id in names:
            store.add(made)
    return Assistant(store)
