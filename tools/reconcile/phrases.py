"""Every sentence that the reconciliation says to a user."""

from __future__ import annotations

from collections.abc import Sequence

from tools.phrases import joined


def place(row: str, column: str) -> str:
    return f"fila «{row}», columna «{column}»"


def computed(row: str, column: str) -> str:
    return f"{row}: {column} calculado"


def summed_rows(column: str) -> str:
    return f"suma de las filas: {column}"


def gap_of_totals(column: str) -> str:
    return f"diferencia entre los totales de {column}"


def whole_column(column: str) -> str:
    return f"columna «{column}»"


def total_holds(row: str, column: str, shown: str, count: int, note: str = "") -> str:
    return f"«{row}» de «{column}»: {shown}, {_as_sum(count)}{note}."


def _as_sum(count: int) -> str:
    return "igual a su única fila" if count == 1 else f"igual a la suma de sus {count} filas"


def rounding(gap: str) -> str:
    return f", salvo {gap} de redondeo"


def blanks_as_zero(count: int) -> str:
    return f" ({count} en blanco)"


def total_differs(row: str, column: str, printed: str, computed: str, gap: str) -> str:
    return f"«{row}» de «{column}» imprime {printed}, pero sus filas suman {computed} (diferencia {gap})."


def total_blank(row: str, column: str, computed: str) -> str:
    return f"«{row}» de «{column}» está en blanco en el informe; sus filas suman {computed}."


def total_unread(row: str, column: str, printed: str) -> str:
    return f"«{row}» de «{column}» dice «{printed}», que no se pudo leer como cifra."


def total_unknown_rows(row: str, column: str, printed: str, computed: str, *, names: Sequence[str], more: int) -> str:
    who = joined([f"«{n}»" for n in names]) + (f" y {more} más" if more else "")
    return f"«{row}» de «{column}» imprime {printed} y las filas con cifra suman {computed}; no traen cifra: {who}."


def total_without_rows(row: str, column: str, printed: str) -> str:
    return f"«{row}» de «{column}» imprime {printed}, pero sus filas no traen cifra."


def total_not_a_sum(row: str, column: str, printed: str, computed: str, what: str) -> str:
    return f"«{row}» de «{column}» ({printed}) no es la suma de sus filas ({computed}) sino {what}."


def total_unattached(row: str, column: str, printed: str, computed: str) -> str:
    return f"«{row}» de «{column}» imprime {printed} y las filas de arriba suman {computed}; no consta qué filas suma."


def rows_in_doubt(text: str) -> str:
    return f"{text.removesuffix('.')}; no es seguro que sean esas las filas que suma."


def last_state(row: str, column: str, printed: str, last: str) -> str:
    return f"«{row}» de «{column}» ({printed}) es el dato de «{last}», el último: la columna es un saldo a cada fecha."


def not_last_state(row: str, column: str, printed: str, last: str, last_value: str) -> str:
    return f"«{row}» de «{column}» imprime {printed}, pero el último dato, «{last}», es {last_value}."


AVERAGE = "su promedio"
SAME = "el mismo dato que repiten"


def identity_holds(formula: str, held: int, checked: int, unknown: int) -> str:
    rows = f"las {held} filas" if held == checked else f"{held} de {checked} filas"
    if checked == 1:
        rows = "la única fila"
    lacking = f" ({unknown} sin cifras para comprobarlo)" if unknown else ""
    return f"{formula}: cuadra en {rows}{lacking}."


def identity_unknown(formula: str) -> str:
    return f"{formula}: ninguna fila trae las cifras para comprobarlo."


def identity_rejected(formula: str, held: int, checked: int) -> str:
    return f"{formula}: solo se cumple en {held} de {checked} filas, así que la columna no se toma como esa suma."


def row_breaks(row: str, column: str, *, printed: str, steps: str, computed: str, gap: str) -> str:
    return f"«{row}»: «{column}» imprime {printed}, pero {steps} = {computed} (diferencia {gap})."


def row_holds(row: str, column: str, printed: str, steps: str, computed: str) -> str:
    return f"«{row}»: «{column}» imprime {printed}; {steps} = {computed}."


def percent_breaks(row: str, column: str, printed: str, steps: str, computed: str) -> str:
    return f"«{row}»: «{column}» imprime {printed}, pero {steps} = {computed}."


def difference(target: str, minuend: str, subtrahend: str) -> str:
    return f"«{target}» = «{minuend}» − «{subtrahend}»"


def quotient(target: str, numerator: str, denominator: str) -> str:
    return f"«{target}» = «{numerator}» / «{denominator}»"


def addition(target: str, addends: Sequence[str]) -> str:
    if len(addends) > 6:
        return f"«{target}» = suma de {len(addends)} columnas, de «{addends[0]}» a «{addends[-1]}»"
    return f"«{target}» = " + " + ".join(f"«{a}»" for a in addends)


def other_sense(header: str, minuend: str, subtrahend: str, example: str) -> str:
    return (
        f"La columna «{header}» es, por sus cifras, «{minuend}» − «{subtrahend}» ({example}): "
        "lo contrario de lo que dice su encabezado."
    )


def running(column: str, flow: str) -> str:
    return f"«{column}» = la del período anterior + «{flow}»"


def same_in_both(what: str, column: str, other: str, *, count: int, tables: tuple[str, str]) -> str:
    name = f"«{column}»" if column == other else f"«{column}» y «{other}»"
    rows = f"{count} filas" if count != 1 else what
    return f"{name}: {tables[0]} y {tables[1]} coinciden en {rows}."


def differs_between(
    row: str, *, columns: tuple[str, str], shown: tuple[str, str], tables: tuple[str, str], gap: str
) -> str:
    what = f"«{columns[0]}»" if columns[0] == columns[1] else f"«{columns[0]}» / «{columns[1]}»"
    return f"«{row}», {what}: {shown[0]} en {tables[0]} y {shown[1]} en {tables[1]} (diferencia {gap})."


def also_differs(row: str, shown: str, other: str) -> str:
    return f"«{row}» ({shown} y {other})"


def totals_differ(column: str, *, shown: tuple[str, str], tables: tuple[str, str], gap: str) -> str:
    return f"El total de «{column}» es {shown[0]} en {tables[0]} y {shown[1]} en {tables[1]}: difieren en {gap}."


def gap_in_group(groups: Sequence[str], *, whole: bool) -> str:
    head = "Toda la diferencia está en" if whole else "La diferencia se reparte entre"
    return f" {head} {joined(groups)}."


def group_gap(name: str, shown: str, other_shown: str) -> str:
    return f"{name} ({shown} frente a {other_shown})"


def unknown_in_groups(count: int, amount: str) -> str:
    rows = "Una fila" if count == 1 else f"{count} filas"
    return f" {rows} con la categoría en blanco ({amount}) no entra en ningún grupo."
