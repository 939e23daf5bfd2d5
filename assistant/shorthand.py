"""What hurried clerks cut short ("d", "dif", "ppto"), spelled out before a question is read."""

from __future__ import annotations

import re

_SHORTHAND = {
    "d": "de",
    "dl": "del",
    "q": "que",
    "k": "que",
    "x": "por",
    "xq": "por que",
    "pq": "por que",
    "tb": "también",
}
_SHORT = re.compile(
    r"(?<![\w.\-/])(?<!cuadro )(?<!tabla )(?<!anexo )(?<!inciso )(?<!literal )(dl|xq|pq|tb|[dqkx])(?=\s+[^\W\d]{2})"
)
_CUT = {
    "dif": "diferencia", "difer": "diferencia", "ppto": "presupuesto", "pto": "presupuesto", "eval": "evaluado",
    "ejec": "ejecutado", "deveng": "devengado", "memo": "memorando", "cant": "cantidad", "tot": "total", "acum": "acumulado",
    "porc": "porcentaje", "pct": "porcentaje", "trim": "trimestre", "cuatrim": "cuatrimestre", "sem": "semestre",
    "ene": "enero", "feb": "febrero", "abr": "abril", "jun": "junio", "jul": "julio", "ago": "agosto", "sept": "septiembre",
    "oct": "octubre", "nov": "noviembre", "dic": "diciembre",
}  # fmt: skip
_SIGN = re.compile(  # "más de Q2.6 millones": the sign of the currency goes with no number of a code ("Q4")
    r"(?<![\w.\-/])(?:[QL]|Bs\.?|RD\$|US\$|C\$|S/\.?|\$|₡|₲)\s?(?=\d{1,3}(?:[.,]\d+)+|\d{4,}|\d+(?:[.,]\d+)?\s+(?:mil|mill[oó]n))"
)
_CUT_CODED = {"prod": "producto", "act": "actividad", "prog": "programa"}
_CUT_SHORT = re.compile(
    rf"(?<![\w.\-/])(?:({'|'.join(_CUT)})(?![\w\-/])\.?|({'|'.join(_CUT_CODED)})\.?(?=\s+(?:n[°º.o]*\s*)?\d))",
    re.IGNORECASE,
)


def spelled_out(text: str) -> str:
    """What hurried clerks write for small words and cut short, spelled out; no letter of a list or table.

    >>> spelled_out("pago d comisiones, cuadro d del informe, dif prod 22")
    'pago de comisiones, cuadro d del informe, diferencia producto 22'
    """
    text = _SIGN.sub("", _SHORT.sub(lambda m: _SHORTHAND[m[1]], text))
    return _CUT_SHORT.sub(lambda m: _CUT[m[1].lower()] if m[1] else _CUT_CODED[m[2].lower()], text)
