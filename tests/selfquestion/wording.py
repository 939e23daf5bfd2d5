"""How people put it: official, journalist, hurried clerk, voseo, noun phrases.

{m} measure with its article, {b} bare; {of} "de tal fila"; {s} report or table, may be empty; {l} " física" or empty;
{noun}/{nouns} what the rows are; {n} how many; {x} and {y} the two ends or the two rows.
"""

from __future__ import annotations

TEMPLATES: dict[str, tuple[str, ...]] = {
    "dato": (
        "¿A cuánto asciende {m} {of}{s}?",
        "¿Cuál fue {m} {of}{s}?",
        "Sírvase indicar {m} {of}{s}.",
        "{b} {of}{s}",
        "necesito {m} {of}{s}",
        "pasame {m} {of}{s}",
        "¿Me podría decir cuál es {m} {of}{s}?",
        "Quisiera conocer {m} {of}{s}, por favor.",
        "¿De cuánto es {m} {of}{s}?",
        "ocupo saber {m} {of}{s} xfa",
        "me urge el dato: {b} {of}{s}",
        "{r}: ¿cuál es {m}{s}?",
    ),
    "porcentaje": (
        "¿Qué porcentaje de ejecución{l} tuvo {r}{s}?",
        "porcentaje de ejecución{l} {of}{s}",
        "¿Cuál es el nivel de ejecución{l} {of}{s}?",
        "% de ejecución{l} {of}{s}",
        "¿En qué porcentaje se ejecutó{l2} {r}{s}?",
        "Decime el porcentaje de ejecución{l} {of}{s}",
        "Indique el grado de ejecución{l} alcanzado en {r}{s}.",
        "% ejec{l} {of}{s}",
        "¿Qué tanto por ciento se ejecutó{l2} {of}{s}?",
    ),
    "diferencia": (
        "¿Qué diferencia hay entre {m} y {m2} {of}{s}?",
        "diferencia entre {b} y {b2} {of}{s}",
        "¿Cuánto difieren {m} y {m2} {of}{s}?",
        "Calcule la diferencia entre {m} y {m2} {of}{s}.",
        "¿Cuál es la diferencia entre {m} y {m2} {of}{s}?",
        "dif entre {b} y {b2} {of}{s}",
    ),
    "falta": (
        "¿Cuánto le faltó a {r} para llegar a la meta{s}?",
        "¿Cuánto faltó para cumplir la meta {of}{s}?",
        "cuánto quedó por debajo de la meta {r}{s}",
        "¿Por cuánto no se alcanzó la meta {of}{s}?",
    ),
    "superó": (
        "¿Por cuánto superó su meta {r}{s}?",
        "¿En cuánto se pasaron de la meta {of}{s}?",
        "cuánto se excedió la meta {of}{s}",
    ),
    "total": (
        "¿Cuánto suma en total {m}{s}?",
        "total de {b}{s}",
        "¿Cuál es el total de {b}{s}?",
        "¿A cuánto asciende en total {m}{s}?",
        "decime el total de {b}{s}",
        "Sírvase informar el total de {b}{s}.",
    ),
    "total de grupo": (
        "¿Cuánto suma {m} {of}{s}?",
        "total de {b} {of}{s}",
        "suma de {b} {of}{s}",
        "¿Cuál es el total de {b} {of}{s}?",
    ),
    "participación": (
        "¿Qué parte del total de {b} corresponde a {r}{s}?",
        "¿Qué porcentaje de {m} total representa {r}{s}?",
        "peso {of} en el total de {b}{s}",
        "participación {of} en {m} total{s}",
    ),
    "mayor": (
        "¿Qué {noun} tiene mayor {b}{s}?",
        "¿Cuál es {el} {noun} con más {b}{s}?",
        "{noun} con mayor {b}{s}",
        "decime qué {noun} tuvo mayor {b}{s}",
    ),
    "menor": (
        "¿Qué {noun} tiene menor {b}{s}?",
        "¿Cuál es {el} {noun} con menos {b}{s}?",
        "{noun} con menor {b}{s}",
    ),
    "primeros": (
        "top {n} de {nouns} por {b}{s}",
        "Los {n} {nouns} con mayor {b}{s}",
        "¿Cuáles son los {n} {nouns} con más {b}{s}?",
        "dame los {n} {nouns} de mayor {b}{s}",
    ),
    "lista": (
        "¿Qué {nouns} {condition}{s}?",
        "lista de {nouns} que {condition}{s}",
        "¿Cuáles {nouns} {condition}{s}?",
        "Detalle los {nouns} que {condition}{s}.",
    ),
    "cuenta": (
        "¿Cuántos {nouns} {condition}{s}?",
        "cantidad de {nouns} que {condition}{s}",
        "número de {nouns} que {condition}{s}",
    ),
    "promedio": (
        "¿Cuál es el promedio de {b} por {noun}{s}?",
        "promedio de {b} por {noun}{s}",
        "En promedio, ¿cuánto es {m} por {noun}{s}?",
    ),
    "meses": (
        "¿Cuánto suma {m} entre {x} y {y}{s}?",
        "{b} de {x} a {y}{s}",
        "total de {b} entre {x} y {y}{s}",
        "¿Cuál fue {m} acumulado de {x} a {y}{s}?",
    ),
    "crecimiento": (
        "¿Cuánto varió {m} {of}{x} a {y}{s}?",
        "variación de {b} {of}{x} a {y}{s}",
        "¿Cuánto aumentó o bajó {m} {of}{x} a {y}{s}?",
    ),
    "crecimiento %": (
        "¿En qué porcentaje varió {m} {of}{x} a {y}{s}?",
        "variación porcentual de {b} {of}{x} a {y}{s}",
    ),
    "resta de filas": (
        "¿Cuál es la diferencia de {b} entre {x} y {y}{s}?",
        "¿Cuánto más {b} tuvo {x} que {y}{s}?",
        "diferencia entre {m} de {x} y {m_that} de {y}{s}",
        "¿En cuánto supera {m} de {x} a {m_that} de {y}{s}?",
    ),
    "suma de filas": (
        "¿Cuánto suman {x} y {y} en {b}{s}?",
        "suma de {b} de {x} y {y}{s}",
        "sumá {m} de {x} y de {y}{s}",
    ),
    "umbral, lista": (
        "¿Qué {nouns} tienen más de {n} de {b}{s}?",
        "{nouns} con {b} mayor a {n}{s}",
        "¿Cuáles son los {nouns} con más de {n} de {b}{s}?",
        "lista de {nouns} con {b} superior a {n}{s}",
    ),
    "umbral, cuenta": (
        "¿Cuántos {nouns} tienen más de {n} de {b}{s}?",
        "cantidad de {nouns} con {b} mayor a {n}{s}",
        "número de {nouns} que superan {n} de {b}{s}",
    ),
    "umbral bajo, lista": (
        "¿Qué {nouns} tienen menos de {n} de {b}{s}?",
        "{nouns} con {b} menor a {n}{s}",
    ),
    "comparación": (
        "Compará {m} de {x} y {y}{s}",
        "comparar {b} de {x} con {y}{s}",
        "¿Cómo se compara {m} de {x} con {m_that} de {y}{s}?",
        "Compare {m} de {x} y de {y}{s}.",
    ),
}

CONDITIONS = {
    "met": ("alcanzaron o superaron su meta", "cumplieron con la meta"),
    "missed": ("no alcanzaron su meta", "quedaron por debajo de la meta", "no cumplieron la meta"),
    "exceeded": ("superaron su meta", "ejecutaron más de lo programado", "sobrepasaron la meta"),
    "zero": ("tenían meta y no ejecutaron nada", "con meta programada no tuvieron ninguna ejecución"),
    "unplanned": ("tuvieron ejecución sin estar programados", "se ejecutaron sin meta programada"),
}

LETTERS = (
    "Buenos días. Por este medio, con base en la ley de acceso a la información, solicito se me informe: {q} Atentamente.",
    "Estimados señores: les escribo para consultarles {q} Muchas gracias, saludos cordiales.",
    "Con fundamento en mi derecho de acceso a la información, requiero: {q}",
    "Hola, una consulta rápida... {q} gracias!!",
)

FOLLOW_UPS = ("¿y {r}?", "¿Y el de {r}?", "y para {r}?", "¿y en el caso de {r}?")
FOLLOW_MONTHS = ("¿y en {r}?", "y en {r}", "¿Y en el mes de {r}?")
FOLLOW_MEASURES = ("¿y {m}?", "y {m}?", "¿Y cuál es {m}?")
