"""Every sentence that a tool says to a user. Tools compute; this module words."""

from __future__ import annotations

import re
from collections.abc import Sequence


def joined(items: Sequence[str]) -> str:
    """A Spanish list: "a, b y c"."""
    if len(items) < 2:
        return "".join(items)
    last = items[-1]
    word = "e" if last.lower().startswith(("i", "hi")) and not last.lower().startswith("hie") else "y"
    return f"{', '.join(items[:-1])} {word} {last}"


def look_up(subject: str, measure: str, shown: str) -> str:
    return f"{subject}: {measure} {shown}." if subject else f"{measure[:1].upper()}{measure[1:]}: {shown}."


def number_of_two_readings(text: str) -> str:
    return f"«{text}» puede ser miles o decimales y el cuadro no lo deja decidir: no se suma."


def units_do_not_add(header: str, units: Sequence[str]) -> str:
    return f"Las filas de «{header}» no se suman: están en {_listed(units)}."


def units_mixed(units: Sequence[str]) -> str:
    return f"La suma junta unidades distintas: {_listed(units)}."


def _listed(units: Sequence[str]) -> str:
    more = [f"{len(units) - 5} más"] if len(units) > 5 else []
    return joined([*(f"«{u}»" for u in units[:5]), *more])


def no_value(subject: str, measure: str, text: str) -> str:
    if re.fullmatch(r"[-−]?\d{1,3}[.,]\d{3}", text.strip()):
        return f"{subject}: en «{measure}» el informe dice «{text}», que puede ser miles o decimales; el cuadro no lo deja decidir."
    if text:
        return f"{subject}: en «{measure}» el informe dice «{text}», que no es una cifra."
    return f"{subject}: la celda de «{measure}» está en blanco en el informe."


def one_telling(count: int, measure: str, value: str) -> str:
    return f"una sola de las {count} filas trae «{measure}»: {value}"


def summed(count: int, measure: str) -> str:
    return f"suma de «{measure}» en {count} filas"


def printed_total_differs(measure: str, printed: str, computed: str, gap: str) -> str:
    return f"El total impreso de «{measure}» es {printed}, pero la suma de sus filas da {computed} (diferencia {gap})."


def blank_total(measure: str) -> str:
    return f"El informe deja en blanco el total de «{measure}»; la cifra es la suma de sus filas."


def not_printed_total(measure: str) -> str:
    return f"El informe no imprime un total de «{measure}»; la cifra es la suma de sus filas."


def rows_without_value(count: int) -> str:
    return (
        "Una fila no trae cifra y no entra en la suma."
        if count == 1
        else f"{count} filas no traen cifra y no entran en la suma."
    )


def unknown_group(row: str, candidates: Sequence[str], amount: str) -> str:
    return (
        f"La fila «{row}» tiene la categoría en blanco y podría ser de {' o '.join(candidates)}; "
        f"no se incluye ({amount})."
    )


def inferred_key(count: int) -> str:
    rows = "una fila" if count == 1 else f"{count} filas"
    return f"En {rows} la categoría está en blanco; se tomó la de las filas vecinas, que coinciden."


def undefined_percentage(subject: str, numerator: str, num: str, denominator: str, den: str) -> str:
    return f"{subject}: el porcentaje no se puede calcular, porque {denominator} es {den}; {numerator} es {num}."


def percentage(subject: str, value: str, numerator: str, num: str, denominator: str, den: str) -> str:
    return f"{subject}: {value} ({numerator} {num} de {denominator} {den})."


def together(total: str) -> str:
    return f"Suman {total}."


def same_figure(rows: Sequence[str], value: str) -> str:
    return f"{joined(rows)} ({value})"


def same_figures(measure: str, groups: Sequence[str]) -> str:
    """groups: those that `same_figure` tells; none when all rows differ."""
    if not groups:
        return f"Ninguna fila repite la cifra de otra en «{measure}» (sin contar las que están en cero)."
    return f"Con la misma cifra en «{measure}»: {'; '.join(groups)}."


def quotient(subject: str, value: str, numerator: str, num: str, denominator: str, den: str) -> str:
    return f"{subject}: {value} de «{numerator}» por cada uno de «{denominator}» ({num} entre {den})."


def no_quotient(subject: str, numerator: str, num: str, denominator: str, den: str) -> str:
    return f"{subject}: no se puede repartir, porque «{denominator}» es {den}; «{numerator}» es {num}."


def printed_percentage(printed: str, computed: str) -> str:
    return f"El informe imprime {printed}; con sus cifras da {computed}."


def over(subject: str, gap: str, reached: str, reached_value: str, planned: str, planned_value: str) -> str:
    return f"{subject}: {gap} por encima ({reached} {reached_value}, {planned} {planned_value})."


def under(subject: str, gap: str, reached: str, reached_value: str, planned: str, planned_value: str) -> str:
    return f"{subject}: {gap} por debajo ({reached} {reached_value}, {planned} {planned_value})."


def even(subject: str, reached: str, planned: str, value: str) -> str:
    return f"{subject}: sin diferencia ({reached} y {planned} son {value})."


def stock_total(measure: str) -> str:
    return f"«{measure}» es un saldo a cada fecha: no se suma entre períodos."


def ratio_total(measure: str) -> str:
    return f"«{measure}» es una proporción: no se suma entre filas."


def tie_at_cut(value: str, count: int) -> str:
    return f"Hay {count} filas empatadas en {value} en el corte."


def left_out_of_ranking(count: int) -> str:
    return "Una fila no trae cifra y quedó fuera." if count == 1 else f"{count} filas no traen cifra y quedaron fuera."


def left_out_for_zero(count: int) -> str:
    rows = "Una fila quedó fuera" if count == 1 else f"{count} filas quedaron fuera"
    return f"{rows}: el divisor es cero y el porcentaje no se puede calcular."


def more_unknown_groups(count: int) -> str:
    rows = "se incluye otra fila" if count == 1 else f"se incluyen otras {count} filas"
    return f"Tampoco {rows} con la categoría en blanco."


def uncomparable_currency(first: str, second: str) -> str:
    money = all(re.fullmatch(r"[A-Z]{3}", unit) for unit in (first, second))
    kind = "monedas" if money else "unidades"
    return f"Las cifras están en {kind} distintas ({first} y {second}); no se restan ni se ordenan entre sí."


def breakdown(by: str, parts: Sequence[str], more: int, total: str) -> str:
    rest = f"; y {more} más" if more > 0 else ""
    return f"{by}: {'; '.join(parts)}{rest}." + (f" Total: {total}." if total else "")


def ranking(noun: str, by: str, parts: Sequence[str], *, largest: bool) -> str:
    way = "mayor" if largest else "menor"
    head = f"{noun} con {way} «{by}»" if noun else f"Con {way} «{by}»"
    if len(parts) == 1:
        return f"{head}: {parts[0]}."
    return f"{head}: " + "; ".join(f"{i}) {p}" for i, p in enumerate(parts, 1)) + "."


def period_ranking(parts: Sequence[str], *, largest: bool) -> str:
    """ "la mayor cifra es la de III trim. 829"; several parts tie."""
    return f"la {'mayor' if largest else 'menor'} cifra es la de {joined(parts)}"


def less_may_be_better() -> str:
    """For goals that are ceilings."""
    return "En un indicador como este menos puede ser mejor: quedar por debajo de la meta no es incumplirla."


def ranked_at(place: int, noun: str, by: str, parts: Sequence[str], *, largest: bool) -> str:
    way = "mayor a menor" if largest else "menor a mayor"
    return f"{noun or 'Fila'} en el lugar {place} por «{by}», de {way}: " + "; ".join(parts) + "."


def less(whole: str, part: str, measure: str, rest: str, total: str, taken: str) -> str:
    return f"{whole} sin {part}: {measure} {rest} ({total} menos {taken})."


def no_such_place(place: int, count: int) -> str:
    rows = "una fila trae" if count == 1 else f"{count} filas traen"
    return f"No hay lugar {place}: solo {rows} cifra."


def tie_at_place(value: str, count: int, place: int) -> str:
    return f"Hay {count} filas empatadas en {value} en el lugar {place}."


def ranking_formula(by: str, count: int, *, largest: bool, absolute: bool) -> str:
    way = "de mayor a menor" if largest else "de menor a mayor"
    if count == 1:
        return f"{by}, la única fila que lo trae"
    return f"{by}, {count} filas ordenadas {way}" + (", sin atender al signo" if absolute else "")


def lead_of(gap: str) -> str:
    return f"La diferencia entre las dos es {gap}."


SIMPLE_MEAN = "Es el promedio simple de los porcentajes impresos: no pondera el tamaño de cada fila."


def not_judged(details: Sequence[str]) -> str:
    """details: rows of which less is better, each with what was done and its goal."""
    return f"No se juzga si cumplió lo siguiente, porque menos puede ser mejor: {'; '.join(details)}."


def idle_without_goal(count: int, idle: int) -> str:
    """idle: how many rows have a goal and nothing done."""
    told = "una fila que no tenía meta" if count == 1 else f"{count} filas que no tenían meta"
    return f"Tampoco hay ejecución en {told}: con {'ella' if count == 1 else 'ellas'} son {idle + count} en cero."


def blank_in_condition(count: int) -> str:
    what = "una fila que no trae" if count == 1 else f"{count} filas que no traen"
    return f"No se cuenta {what} la cifra que se pide."


def done_without_goal(count: int, over: int) -> str:
    """over: how many rows passed their goal."""
    if count == 1:
        told = "Además hay ejecución en una fila sin meta programada, que no se cuenta como superada"
    else:
        told = f"Además hay ejecución en {count} filas sin meta programada, que no se cuentan como superadas"
    return (
        f"{told}: con {'ella' if count == 1 else 'ellas'} lo ejecutado pasa de lo programado en {over + count} filas."
    )


def remaining(subject: str, gap: str, base: str, base_value: str, spent: str, spent_value: str) -> str:
    return f"{subject}: saldo {gap} ({base} {base_value} menos {spent} {spent_value})."


def with_other_column(column: str, value: str) -> str:
    return f"Con «{column}» el porcentaje es {value}."


def key_text(subject: str, column: str, text: str, inferred: str | None, candidates: Sequence[str]) -> str:
    if text:
        return f"{subject}: {column} {text}."
    if inferred:
        return f"{subject}: «{column}» está en blanco en el informe; las filas vecinas son de {inferred}."
    if candidates:
        return f"{subject}: «{column}» está en blanco en el informe; podría ser {' o '.join(candidates)}."
    return f"{subject}: «{column}» está en blanco en el informe."


def cannot_tell(subject: str, why: str) -> str:
    return f"{subject}: no se puede calcular. {why}"


NUMBER_OF_ROWS = "número de filas"


def counted(number: int, noun: str) -> str:
    """A number of things, one of them in the singular.

    >>> counted(1, "obras"), counted(3, "obras"), counted(1, "grupos de filas"), counted(1, "contrataciones")
    ('1 obra', '3 obras', '1 grupo de filas', '1 contratación')
    """
    if number != 1:
        return f"{number} {noun}"
    first, *rest = noun.split(" ")
    one = (
        first[:-4] + "ón" if first.endswith("ones")
        else first[:-2] if first.endswith(("res", "les", "des", "nes")) and not first.endswith("iles")
        else first.removesuffix("s")
    )  # fmt: skip
    return " ".join([str(number), one, *rest])
