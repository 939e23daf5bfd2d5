"""What hurried clerks cut short ("d", "dif", "ppto"), spelled out before a question is read."""

from __future__ import annotations

import re

from index.periods import MONTHS

_SHORTHAND = {
    "d": "de",
    "dl": "del",
    "q": "que",
    "k": "que",
    "x": "por",
    "xq": "por que",
    "pq": "por que",
    "porq": "por que",
    "ke": "que",
    "tb": "también",
    "tmb": "también",
    "pa": "para",
    "xa": "para",
}
_SHORT = re.compile(
    r"(?<![\w.\-/])(?<!cuadro )(?<!tabla )(?<!anexo )(?<!inciso )(?<!literal )(dl|xq|pq|porq|ke|tmb|tb|pa|xa|[dqkx])(?=\s+[^\W\d]{2})"
)
_CUT = {
    "dif": "diferencia", "difer": "diferencia", "ppto": "presupuesto", "pto": "presupuesto", "eval": "evaluado",
    "ejec": "ejecutado", "deveng": "devengado", "mto": "monto", "mpio": "municipio", "mpios": "municipios", "dpto": "departamento", "depto": "departamento",
    "gral": "general", "benef": "beneficiarios", "inst": "institución", "memo": "memorando", "docs": "documentos", "doctos": "documentos", "cant": "cantidad", "tot": "total", "acum": "acumulado",
    "num": "número", "porc": "porcentaje", "prom": "promedio", "rep": "reporte", "pct": "porcentaje", "trim": "trimestre", "cuatrim": "cuatrimestre", "sem": "semestre",
    "ene": "enero", "feb": "febrero", "abr": "abril", "jun": "junio", "jul": "julio", "ago": "agosto", "sept": "septiembre",
    "oct": "octubre", "nov": "noviembre", "dic": "diciembre",
}  # fmt: skip
_SIGN = re.compile(  # "más de Q2.6 millones": the sign of the currency goes with no number of a code ("Q4")
    r"(?<![\w.\-/])(?:[QL]|Bs\.?|RD\$|US\$|C\$|S/\.?|\$|₡|₲)\s?(?=\d{1,3}(?:[.,]\d+)+|\d{4,}|\d+(?:[.,]\d+)?\s+(?:mil|mill[oó]n))"
)
_CUT_CODED = {"prod": "producto", "act": "actividad", "prog": "programa", "vig": "vigencia"}
_CUT_SHORT = re.compile(
    rf"(?<![\w.\-/])(?:({'|'.join(_CUT)})(?![\w\-/])\.?|({'|'.join(_CUT_CODED)})\.?(?=\s+(?:n[°º.o]*\s*)?\d(?!(?:er|do|ro|to|mo|vo|no)\b)))",
    re.IGNORECASE,
)


_ORDINALS = (
    r"primer[oa]?|1er[oa]?|1[°º.]|i", r"segund[oa]|2d[oa]|2[°º.]|ii", r"tercer[oa]?|3er[oa]?|3[°º.]|iii",
    r"cuart[oa]|4t[oa]|4[°º.]|iv", r"quint[oa]|5t[oa]|v", r"sext[oa]|6t[oa]|vi",
)  # fmt: skip
_ORDINAL = f"(?:{'|'.join(_ORDINALS)})"
_SPANS = {"bimestre": 2, "trimestre": 3, "cuatrimestre": 4, "semestre": 6}
_SPAN = rf"(?P<span>{'|'.join(_SPANS)})"
_LISTED = re.compile(
    rf"(?<![\w.\-/])(?P<first>{_ORDINAL}(?:\s*,\s*(?:el\s+)?{_ORDINAL})*)\s+y\s+(?:(?:el|del|en el)\s+)?(?P<last>{_ORDINAL})\s+{_SPAN}s?\b(?P<year>(?:\s+del?(?:\s+a[nñ]o)?)?\s+(?:19|20)\d\d)?",
    re.IGNORECASE,
)
_NOUN_FIRST = re.compile(
    rf"\b{_SPAN}s\s+(?P<first>{_ORDINAL}(?:\s*,\s*{_ORDINAL})*)\s+y\s+(?P<last>{_ORDINAL})(?![\w.\-/])(?P<year>(?:\s+del?(?:\s+a[nñ]o)?)?\s+(?:19|20)\d\d)?",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"\b(?:del?|desde)\s+(?:el\s+)?(?P<first>{_ORDINAL})\s+(?:al?|hasta)\s+(?:el\s+)?(?P<last>{_ORDINAL})\s+{_SPAN}\b",
    re.IGNORECASE,
)
_MONTH = r"(?:ene|feb|mar|abr|may|jun|jul|ago|sept?|set|oct|nov|dic)[a-z]*"
_MONTH_OF_TWO = re.compile(  # "may a ago": alone they are words of other things, "mar" and "may." too
    rf"\b(?P<short>mar|may|set)\b\.?(?=\s*(?:,|a\b|al\b|y\b|e\b|hasta\b|vs\.?)\s*{_MONTH}\b)"
    rf"|(?P<before>\b{_MONTH}\.?\s*(?:,|a|al|y|e|hasta|vs\.?)\s*)(?P<last>mar|may|set)\b\.?",
    re.IGNORECASE,
)
_SHORT_MONTHS = {"mar": "marzo", "may": "mayo", "set": "septiembre"}
_SAID_AGAIN = re.compile(  # "el segundo semestre (III + IV trim)": a period told twice
    rf"(?P<span>\b{_ORDINAL}\s+(?:bi|tri|cuatri|se)mestre(?:\s+(?:de|del)?\s*(?:19|20)\d\d)?)\s*\((?:[ivx\d\s+,yea–/.-]|{_MONTH}|(?:bi|tri)m\w*\.?)+\)",
    re.IGNORECASE,
)
_HALF_YEAR = re.compile(
    r"\b(?P<which>primera|segunda|[uú]ltima)\s+mitad(?=\s+(?:del?|de\s+este|de\s+ese)\s+(?:a[nñ]o|ejercicio|gesti[oó]n|per[ií]odo|(?:19|20)\d\d))",
    re.IGNORECASE,
)
_DONE_MISSPELT = re.compile(
    r"\b(?P<before>(?:y|e|lo|vs\.?|contra|programad[oa]s?|planificad[oa]s?|previst[oa]s?)\s+)ech(?P<end>[oa]s?)\b",
    re.IGNORECASE,
)


def _each_span(match: re.Match[str]) -> str:
    """ "I y II trimestre" with the noun after each: one alone would be taken for both."""
    parts = [*re.split(r"\s*,\s*(?:el\s+)?", match["first"]), match["last"]]
    return " y ".join(f"{part} {match['span']}{match['year'] or ''}" for part in parts)


def _months(match: re.Match[str]) -> str:
    """ "Del I al III trimestre" by its months."""
    size = _SPANS[match["span"].lower()]
    ends = [
        next(n for n, o in enumerate(_ORDINALS) if re.fullmatch(o, match[k], re.IGNORECASE)) for k in ("first", "last")
    ]
    first, last = ends[0] * size, (ends[1] + 1) * size
    return f"de {MONTHS[first]} a {MONTHS[last - 1]}" if first < last <= len(MONTHS) else match.group()


def _month_of_two(match: re.Match[str]) -> str:
    return (
        _SHORT_MONTHS[match["short"].lower()]
        if match["short"]
        else match["before"] + _SHORT_MONTHS[match["last"].lower()]
    )


def spelled_out(text: str) -> str:
    """What hurried clerks write for small words and cut short, spelled out; no letter of a list or table.

    >>> spelled_out("pago d comisiones, cuadro d del informe, dif prod 22")
    'pago de comisiones, cuadro d del informe, diferencia producto 22'
    >>> spelled_out("lo ejecutado en el I y el II trimestre")
    'lo ejecutado en el I trimestre y II trimestre'
    >>> spelled_out("gasto may a ago, programado y echo")
    'gasto mayo a agosto, programado y hecho'
    """
    text = _SAID_AGAIN.sub(r"\g<span>", text)
    text = _HALF_YEAR.sub(lambda m: ("primer" if m["which"].lower() == "primera" else "segundo") + " semestre", text)
    text = _DONE_MISSPELT.sub(r"\g<before>hech\g<end>", text)
    text = _MONTH_OF_TWO.sub(_month_of_two, text)
    text = _NOUN_FIRST.sub(_each_span, _LISTED.sub(_each_span, _RANGE.sub(_months, text)))
    text = _SIGN.sub("", _SHORT.sub(lambda m: _SHORTHAND[m[1]], text))
    return _CUT_SHORT.sub(lambda m: _CUT[m[1].lower()] if m[1] else _CUT_CODED[m[2].lower()], text)
