"""Questions that no report answers: a row, year, month, institution or measure that is not there, or another subject."""

from __future__ import annotations

from typing import Any

from corpus.questions.model import ask
from corpus.questions.oracle import Table

_ABSENT = (
    # another year or month
    "obligaciones totales de piedraclara en 2019",
    "¿Cuánto devengó Rioverde Alto en 2022 en obras de infraestructura?",
    "PIM de Quebrada Alta en 2023",
    "cuanto gasto la SIE de guatemala en marzo de 2023",
    "producto 22 de aduanas honduras, evaluado en febrero de 2021",
    "visitantes extranjeros de los refugios de INARESE en agosto",
    "¿Cuántos médicos tenía el HRY en 2020?",
    "presupuesto vigente del hospital de Ybyraty para 2026",
    "avance del producto 22 de aduanas en el segundo trimestre de 2021",
    "viaticos de Rioverde Alto en 2021",
    "cuota solicitada por la SIE en noviembre",
    # a row that is not there
    "¿Cuánto se evaluó del producto 222 de aduanas?",
    "devengado de la partida 99.99 en rioverde alto",
    "obligaciones del sector vivienda en Piedraclara",
    "categoria 0150 de quebrada alta, certificacion",
    "cuantas resonancias magneticas hizo el HRY",
    "habitantes del corregimiento Los Cedros en Piedraclara",
    "ejecutado del programa de guardaparques de INARESE",
    "cuadro 9 de la SIE, total",
    "cuantos submarinos compró la SIE",
    # a measure that is not there
    "cuánto se pagó por el producto 22 de aduanas honduras",
    "compromiso anual del programa red nacional de senderos de INARESE",
    "ingresos recaudados por el hospital regional de Ybyraty",
    "¿Cuál es el sueldo de la alcaldesa de Piedraclara?",
    "número de licitación de las obras de infraestructura de Rioverde Alto",
    "nombre del proveedor de los bienes muebles de rioverde alto",
    "telefono y correo de la directora del hospital de ybyraty",
    "nombre de la empresa contratista de las camaras de piedraclara",
    "cuanto costó cada paciente del HRY",
    "muertes maternas en el HRY en 2024",
    "gasto en publicidad oficial de la SIE",
    "cuántos vehículos tiene INARESE",
    "lista de proveedores de la SIE",
    "¿Cuánto invirtió Quebrada Alta en el estadio nuevo?",
    "presupuesto de Piedraclara en el sector turismo",
    "consultas de oftalmologia del HRY",
    "recaudacion del impuesto a los vehiculos en Rioverde Alto",
    "convenios de Piedraclara con Cuba",
    # a text that is not there
    "¿Cuál es la misión de la Municipalidad de Quebrada Alta?",
    "vision de las aduanas de honduras",
    "que significa SUNAT",
    # another institution
    "presupuesto de la Municipalidad de Escazú",
    "Solicito el presupuesto vigente del Ministerio de Educación de Paraguay.",
    "ejecucion de las aduanas de el salvador en enero de 2021",
    "cuanto gastó la contraloría de chile en viáticos",
    # another subject
    "receta de sopa paraguaya",
    "quién ganó el mundial de 1986",
    "va a llover mañana en san josé?",
    "capital de Mongolia",
    "tipo de cambio del dolar hoy en guatemala",
    "quien va a ganar las elecciones",
    "escribime un poema sobre el mar",
    "¿Cuánto es 2 elevado a la 10?",
)


def questions() -> list[dict[str, Any]]:
    """Refusals; the last ones forbid the figure that a careless answer would give."""
    spending = Table("piedraclara-colombia-2024-demo", "gastos").total()["obligaciones"]
    quota = Table("inteligencia-guatemala-2023-c2-demo", "cuadro2").row("Mayo")["solicitada"]
    births = Table("hospital-ybyraty-paraguay-2024-demo", "metas").row("Partos")["anual_alc"]
    return [
        *(ask(question, "unanswerable") for question in _ABSENT),
        ask(
            "obligaciones de Piedraclara en el sector minero",
            "unanswerable",
            forbids=[spending, spending * 1000],
        ),
        ask("¿y en diciembre?", "unanswerable", history=["cuota pedida en mayo por la SIE"], forbids=[quota]),
        ask("partos de trillizos atendidos en el HRY", "unanswerable", forbids=[births]),
    ]
