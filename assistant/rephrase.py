"""Turns of phrase that ask for an operation without its usual words, said again in those words before a question is read.

Each keeps every word that names a row, a measure or a period: only how the question is put changes.
"""

from __future__ import annotations

import re

from index.periods import MONTHS
from index.text import fold

_ACCENTS = str.maketrans({"a": "[aá]", "e": "[eé]", "i": "[ií]", "o": "[oó]", "u": "[uúü]"})


def said(pattern: str) -> re.Pattern[str]:
    """A pattern written without accents that matches with them and without; its escapes and groups stay as they are."""
    parts = re.split(r"(\\.|\(\?P<\w+>|\[[^\]]*\]|\(\?[:=!]|\(\?<[=!])", pattern)
    return re.compile("".join(p if i % 2 else p.translate(_ACCENTS) for i, p in enumerate(parts)), re.IGNORECASE)


_STAGE = r"(?:comprometido|certificado|devengado|obligado|causado|ejecutado|ejercido|asignado|aprobado|vigente|recaudado|facturado|contratado|programado)"
_LATER = r"(?:comprometido|devengado|obligado|ejecutado|ejercido|pagado|girado|cobrado|recaudado|desembolsado|cancelado|gastado)"
_LATER_VERB = r"(?P<verb>comprometer|devengar|obligar|ejecutar|ejercer|pagar|girar|cobrar|recaudar|desembolsar|gastar)"
_NOT_YET = r"(?:(?:a[uú]n|todavia|ya)\s+)?no\s+(?:(?:a[uú]n|todavia|se\s+ha|ha\s+sido|fue|esta)\s+)*"
_GAP = said(
    rf"(?:\blo\s+)?\b(?P<one>{_STAGE})(?:\s+(?P<of>(?:en|de|del)\s+\d{{4}}))?,?\s+(?:y|e|pero|mas|que|y\s+que)\s+"
    rf"(?:{_NOT_YET}(?P<other>{_LATER})\b|(?:sigue\s+|esta\s+|quedo\s+)?(?:a[uú]n\s+|todavia\s+)?sin\s+{_LATER_VERB}\b)"
)
_ASKS_AMOUNT = said(
    r"\bcuanto\b|\bcuant[oa] (?:plata|dinero)\b|\bmontos?\b|\bimporte\b|\bsaldo\b|\basciende|\bsuma\b|\bvalor\b|\bdeuda\b"
)
_ASKS_ROWS = said(
    r"\b(?:cuales|cuantos|cuantas)\b|\bque\s+(?!monto|importe|saldo|suma|valor|parte|porcentaje|tanto|(?:el|la|los|las|se|no|su|le|lo|aun|todavia|ya)\b)\w+"
)
_IRREGULAR = {"comprometer": "comprometido", "obligar": "obligado", "ejercer": "ejercido"}


def _participle(infinitive: str) -> str:
    root, kind = infinitive[:-2], infinitive[-2:]
    return _IRREGULAR.get(infinitive, root + ("ado" if kind == "ar" else "ido"))


def _gap(match: re.Match[str]) -> str:
    other = match["other"] or _participle(match["verb"].lower())
    of = f" {match['of']}" if match["of"] else ""
    return f"la diferencia entre lo {match['one']} y lo {other}{of}"


_DEEDS = {
    "comprometi": "comprometido", "oblig": "obligado", "deveng": "devengado", "ejecut": "ejecutado", "pag": "pagado", "gir": "girado",
    "cobr": "cobrado", "recaud": "recaudado", "asign": "asignado", "aprob": "aprobado", "gast": "gastado", "contrat": "contratado",
}  # fmt: skip
_DEED = "|".join(_DEEDS)
_GAP_OF_VERBS = said(
    rf"\b(?:se\s+)?(?P<one>{_DEED})(?:o|aron|ieron)\b(?P<mid>(?:\s+[\w.]+){{0,6}}?),?\s+(?:y|pero)\s+(?:al?\s+(?:cierre|final|termino)\s+(?:del?\s+)?(?:\w+\s+)?)?"
    rf"(?:a[uú]n\s+|todavia\s+)?no\s+(?:se\s+)?(?:(?:ha|han|habia|habian)\s+)?(?:(?:quedado|quedo|sido|fue|estaba)\s+)?(?P<other>{_DEED})(?:o|aron|ieron|[ai]d[oa]s?)\b"
)


def _gap_of_verbs(match: re.Match[str]) -> str:
    one, other = (_DEEDS[fold(match[k])] for k in ("one", "other"))
    return f"es la diferencia entre lo {one} y lo {other}{match['mid']}"


_NOT_REACHED = said(
    r"\bno\s+(?:se\s+)?(?:(?:lleg|alcanz|logr|pud)\w*)\s+(?:a\s+)?(?P<verb>ejecutar|gastar|devengar|pagar|comprometer|ejercer)(?:se|lo)?\b"
)
_PENDING = said(r"\b(?:pendientes?|falta|faltaba)\s+(?:de|por)\s+(?P<verb>ejecutar|gastar|ejercer)(?:se)?\b")
_UNTOUCHED = said(
    r"(?:\blo\s+que\s+)?\b(?:se\s+)?(?:qued|dej|sigu|permanec|est)\w+\s+sin\s+(?P<verb>comprometer|certificar|obligar|devengar)(?:se)?\b"
)
_AT_THE_END = said(
    r"\bal\s+(?:finalizar|terminar|concluir|acabar|cerrar)\s+(?=(?:el|la|de|enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep|octubre|noviembre|diciembre|\d{4})\b)"
)
_BEFORE = said(
    r"\b(?:desde\s+enero\s+)?antes\s+(?:de\s+que\s+(?:empezara|comenzara|iniciara|arrancara|entrara)\s+|de\s+(?:(?:empezar|comenzar|iniciar|entrar)\s+)?)(?:el\s+mes\s+de\s+)?"
    r"(?P<month>febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\b"
)


def _until_the_month_before(match: re.Match[str]) -> str:
    return f"hasta {MONTHS[MONTHS.index(fold(match['month'])) - 1]}"


def _left_of_what_is_in_force(match: re.Match[str]) -> str:
    verb = fold(match["verb"])
    done = {"certificar": "certificado"}.get(verb) or _participle(verb)
    return f"es la diferencia entre lo vigente y lo {done}"


_CURRENCIES = (
    r"(?:quetzales|lempiras|pesos|soles|bolivianos|guaranies|colones|cordobas|balboas|dolares|bolivares|reales)"
)
_HOW_MANY_COINS = said(rf"\bcuantos\s+{_CURRENCIES}\b")
_AND_ITS_SHARE = said(
    r"\by\s+(?:el|que)\s+porcentaje\s+(?:que\s+)?(?:eso\s+|ello\s+|esto\s+)?(?:representa|significa|equivale)n?\s*(?=[?.]*\s*$)"
)
_HOW_WELL = said(
    r"\bse\s+(?:cumplio|cumplieron|ejecuto|ejecutaron)\s+(?P<how>peor|mejor|menos|mas)\s+(?:lo\s+(?:programado|planificado|previsto)|la\s+meta|el\s+presupuesto)\b"
)
_PLUS = said(
    r"(?P<before>\b(?:total|suma\w*|sume\w*|juntos?|juntas?)\b.{0,60}?\w)\s+(?:mas|\+)\s+(?!que\b|de\b|\d)(?=\w)"
)
_PASSED_MOST = said(
    r"^(?P<lead>.*?)\b(?P<which>(?:que|cual)\b[^?]*?)\s(?:se\s+pas|super|excedi|sobrepas|rebas)[a-z]*[oó]\s+mas\s+"
    r"(?:(?:de\s+lo|lo)\s+(?:programado|previsto|planificado)|(?:de\s+)?(?:su|la)\s+meta)(?P<rest>.*)$"
)
_BY_SHARE = said(
    r"^[\s¿]*en\s+(?:proporcion|porcentaje|terminos\s+\w+)(?:\s+(?:a|de|con)\s+(?:su|la)\s+meta)?\s*,?\s*|,?\s+en\s+(?:proporcion|porcentaje|terminos\s+\w+)\b"
)
_RECORDS_IN_STATE = said(
    r"^\s*(?P<all>(?:obras|proyectos|contratos|convenios|procesos|licitaciones|llamados|expedientes|compras|metas|productos)"
    r"\s+(?:de\s+\w+\s+)?(?:(?:en|sin|por)\s+(?!que\b|cual)\w+|\w+(?:ad|id|uelt|iert)[oa]s))\s*[.?]*\s*$"
)
_DONE_TO = said(r"\bque\s+(?:se\s+)?les?\s+(?:hizo|hicieron|han hecho|aplico|aplicaron|dieron|dio)\b")
_GOAL = r"(?:lo\s+(?:planeado|programado|previsto|planificado|propuesto|prometido|acordado))"
_WAS_IT_MET = said(
    rf"^[\s¿]*(?:y\s+)?(?:si\s+)?se\s+(?:cumplio|cumplieron|respeto|respetaron|alcanzo|alcanzaron|lograron|logro)\s+"
    rf"(?:con\s+)?(?:{_GOAL}\s+(?:en|para|de|con|por)\s+)?(?!(?:la|las|su|sus)\s+metas?\b|metas?\b)(?=(?:el|la|los|las|su|sus|con|en)\b)"
)
_OR_NOT = said(
    r",?\s+o\s+(?:mas bien\s+)?(?:no|se\s+les?\s+fue\s+la\s+mano|se\s+pas\w+|se\s+qued\w+\s+cort\w+|quedaron?\s+(?:debiendo|cort\w+)|les?\s+falt\w+)\s*(?=[?.]*\s*$)"
)
_REASON = said(r"(?P<asked>(?:\S+\s+){4,}\S+?),?\s+(?:puesto|dado|toda\s+vez)\s+que\s+[^?.]*[?.]*\s*$")
_PROMISED = said(
    r"\blo\s+(?:que\s+(?:se\s+)?(?:prometi|ofreci|proyect|propus|planific|program)\w+|prometido|ofrecido|proyectado)\b"
)
_CHARGED_TO = said(r"\b(?:con\s+cargo|imputad[oa]s?|cargad[oa]s?)\s+a(?P<the>l?)\s+")
_FELL_TO = said(
    r"^(?P<lead>[\s¿]*(?:que|cuanta)\s+(?:parte|porcion|porcentaje|proporcion|tajada|fraccion)\b[^?]*?)\s+(?:cayo|recayo|fue\s+a\s+parar|se\s+fue|se\s+concentr[oó]|ocurrio|se\s+dio)\s+(?:en|a)\s+"
)
_ENDED_WITH = said(r"\b(?:termino|terminaron|acabo|acabaron)\s+(?:teniendo|contando\s+con|disponiendo\s+de)\b")
_HOW_STRONG = said(
    r"\bque\s+tan\s+(?:fuerte|grande|alt[oa]|baj[oa]|pronunciad[oa]|marcad[oa]|important\w+|severo|severa|notable|significativ[oa]|brusc[oa]|elevad[oa])\s+(?:fue|es|ha\s+sido|result[oó]|era)\b"
)
_HOW_FAR = said(r"\b(?:que\s+)?tan\s+(?:lejos|cerca)\s+(?:se\s+)?(?:qued|estuv|anduv|est[aá]b|lleg)\w+\b")

_TWO_OF_A_KIND = said(
    r"\b(?P<noun>presupuesto|credito|apropiacion|asignacion|monto)\s+(?P<one>inicial|original|aprobado|votado|asignado)\s+(?P<and>y|e|con|contra|vs\.?|frente\s+a)\s+(?:el\s+)?"
    r"(?P<other>final|vigente|modificado|codificado|reformado|ajustado|definitivo|actualizado)\b"
)
_SHARED_OUT = said(
    r"^[\s¿]*(?:de\s+que\s+(?:forma|manera)|como)\s+(?:se\s+)?(?:distribu\w+|repart\w+|desglos\w+|divid\w+|esta\s+(?:distribuid|repartid|dividid)[oa])\s+(?P<what>(?:el|la|los|las|su)\s[^?]*?)\s+"
    r"(?:entre|por)\s+(?:(?:cada\s+uno\s+de\s+)?(?:sus|l[oa]s\s+(?:dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|\d+|distint[oa]s|diferentes|divers[oa]s)|los|las)\s+)?(?P<noun>programas?|actividad(?:es)?|productos?|proyectos?|partidas?|rubros?|grupos?|unidad(?:es)?|capitulos?|fuentes?|meses|mes|trimestres?)(?P<rest>[^?]*)"
)
_SINGULAR = {"actividades": "actividad", "unidades": "unidad", "meses": "mes"}


def _shared_out(match: re.Match[str]) -> str:
    """ "¿Cómo se distribuye el presupuesto entre sus actividades?": that of each; of those whose codes are said, theirs."""
    noun, rest = fold(match["noun"]), match["rest"]
    if re.search(r"%|porcent|proporci|partes?\b", rest, re.IGNORECASE):
        what = re.sub(r"^el\s+", "del ", match["what"], flags=re.IGNORECASE)
        of = what if what != match["what"] else f"de {what}"
        return f"qué porcentaje {of} representa cada {_SINGULAR.get(noun, noun.removesuffix('s'))}"
    if any(c.isdigit() for c in rest):
        return f"{match['what']} de las {noun}{rest}"
    return f"{match['what']} por {_SINGULAR.get(noun, noun.removesuffix('s'))}{rest}"


_DAY_AND_HOUR = said(
    r"\b(?:(?:en\s+)?que\s+(?:dia|fecha)|cuando|(?:la\s+)?fecha)\s+y\s+(?:(?:a|en)\s+)?(?:que\s+|la\s+)?hora\b"
)

_THOSE_THAT_CHANGED = said(
    r"^[\s¿]*(?:los\s+|las\s+)?(?P<noun>(?!cuales|cuantos|cuantas|que\b)\w+s(?:\s+\w+s)?)\s+(?:que|q|donde|en\s+donde|en\s+(?:los|las)\s+que|en\s+que)\s+"
    r"(?=(?:(?:se\s+)?(?:les?\s+)?)(?:baj|sub|crec|aument|dismin|caye|reduj|increment|decrec)\w+)"
)

_NAMED_TABLE = r"(?:cuadro|tabla|reporte|listado|hoja|por\s+\w{4,})"
_DO_THEY_AGREE = said(
    rf"^[\s¿]*(?:(?:confirm|verifi|indi|compr[uo]eb|revis)\w+\s+)?(?:si\s+)?(?:(?:favor\s+de\s+|sirvase\s+|por\s+favor,?\s+)?concili\w+|cuadran?|coinciden?|concuerdan?)\s+(?P<one>(?:el|la|lo)\s[^?]*?\b{_NAMED_TABLE}\b[^?]*?)\s+con\s+(?P<other>(?:el|la|lo)\s[^?]*?\b{_NAMED_TABLE}\b[^?]*?)"
    r"(?:,?\s*y?,?\s*(?:de\s+no\s+ser\s+asi|si\s+no|en\s+caso\s+contrario|de\s+lo\s+contrario),?\s*(?:por|en|de)\s+cuanto[^?]*)?\?*\s*[.]?\s*$"
)

_AGREES_WITH = said(
    rf"^[\s¿]*(?P<one>(?:el|la|lo)\s[^?]*?\b{_NAMED_TABLE}\b[^?]*?)\s+(?:cuadra|coincide|concuerda)n?\s+con\s+(?P<other>(?:el|la|lo)\s(?!suma)[^?]*?\b{_NAMED_TABLE}\b[^?]*\w)[\s?]*$"
)
_SAME_IN_BOTH = said(
    r"^[\s¿]*(?P<what>(?:el|la|lo|los|las)\s[^?]*?)\s(?:es|son|fue|fueron|da|dan|sale|salen|aparece|aparecen)\s+(?:el|la|lo|los|las)\s+mism[oa]s?(?:\s+(?:cifra|monto|valor|total|dato))?"
    r"\s+en\s+(?P<one>(?:el|la)\s[^?]*?)\s+(?:y|que)\s+en\s+(?P<other>(?:el|la)\s[^?]*\w)[\s?]*$"
)

_MONTH_TO_MONTH = re.compile(
    r"\b(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre)\s+(?:a|hasta)\s+[a-z]+(?:ro|zo|il|yo|io|to|re)\b",
    re.IGNORECASE,
)
_MOST_PASSED = said(
    r"^(?P<lead>[^?]*?\b(?:que|cual)\b[^?]*?)\s(?P<verb>se\s+(?:paso|excedio)|supero|rebaso|sobrepaso|excedio)\s+mas\s+(?P<of>(?:de\s+)?(?:su|la|lo)\s+(?:metas?|programad[oa]|previsto|planificado))"
)
_MONTH = r"(?:ene|feb|mar|abr|may|jun|jul|ago|sept?|oct|nov|dic)"
_NAMES = {
    "ene": "enero", "feb": "febrero", "mar": "marzo", "abr": "abril", "may": "mayo", "jun": "junio", "jul": "julio",
    "ago": "agosto", "sep": "septiembre", "sept": "septiembre", "oct": "octubre", "nov": "noviembre", "dic": "diciembre",
}  # fmt: skip
_MONTHS_APART = re.compile(
    rf"(?<![\w-])(?P<first>{_MONTH})\.?\s*(?:-|–|/|\ba\b)\s*(?P<last>{_MONTH})\b\.?(?![\w-])", re.IGNORECASE
)


def _rate(match: re.Match[str]) -> str:
    least = match["how"].lower() in ("peor", "menos")
    return f"hubo {'menor' if least else 'mayor'} porcentaje de ejecución"


def one_moment(text: str) -> str:
    """ "¿Qué día y a qué hora…?": one thing is asked for, as reports print the two together.

    >>> one_moment("¿Qué día y a qué hora se generó?")
    '¿a qué hora se generó?'
    """
    return _DAY_AND_HOUR.sub("a qué hora", text)


def set_against(text: str) -> str:
    """ "¿Cuadra el total del cuadro A con el del cuadro B?": by how much they differ, both told.

    >>> set_against("¿Coincide el total del cuadro 2 con el del cuadro 3?")
    'diferencia entre el total del cuadro 2 y el del cuadro 3'
    """
    if _MONTH_TO_MONTH.search(text):
        return text  # "… de mayo a agosto" would be read as a growth between the two
    text = _SAME_IN_BOTH.sub(r"diferencia entre \g<what> en \g<one> y \g<what> en \g<other>", text)
    text = _AGREES_WITH.sub(r"diferencia entre \g<one> y \g<other>", text)
    return _DO_THEY_AGREE.sub(r"diferencia entre \g<one> y \g<other>", text)


def rephrased(text: str) -> str:
    """The question in plainer words of the same meaning; as it is where no such turn of phrase is met.

    >>> rephrased("¿Cuánto quedó comprometido pero sin devengar en obras?")
    '¿Cuánto quedó la diferencia entre lo comprometido y lo devengado en obras?'
    >>> rephrased("¿Se cumplió con los talleres o no?")
    'porcentaje de cumplimiento de los talleres?'
    >>> rephrased("cuota pagada may-ago")
    'cuota pagada de mayo a agosto'
    """
    text = _BEFORE.sub(
        _until_the_month_before, _AT_THE_END.sub("al cierre de ", text).replace("al cierre de de ", "al cierre de ")
    )
    if _ASKS_AMOUNT.search(text) and not _ASKS_ROWS.search(text):
        text = _PENDING.sub(r"sin \g<verb>", _NOT_REACHED.sub(r"quedó sin \g<verb>", text))
        text = _UNTOUCHED.sub(_left_of_what_is_in_force, text)
        text = _GAP_OF_VERBS.sub(_gap_of_verbs, _GAP.sub(_gap, text))
    text = _TWO_OF_A_KIND.sub(r"\g<noun> \g<one> \g<and> el \g<noun> \g<other>", text)
    text = _SHARED_OUT.sub(_shared_out, text)
    if not _BY_SHARE.search(text):
        text = _MOST_PASSED.sub(r"\g<lead> más \g<verb> \g<of>", text)
    met = _WAS_IT_MET.match(text)
    if met is not None:
        text = "porcentaje de cumplimiento de " + text[met.end() :]
    text = _HOW_MANY_COINS.sub("cuánto", _OR_NOT.sub("", text))
    passed = _PASSED_MOST.match(text)
    if passed is not None and _BY_SHARE.search(text):  # "en proporción a su meta, ¿qué producto se pasó más…?"
        text = _BY_SHARE.sub(
            "", f"{passed['lead']}{passed['which']} tuvo el mayor porcentaje de cumplimiento{passed['rest']}"
        )
    text = _RECORDS_IN_STATE.sub(r"cuáles \g<all>", text)  # "obras paralizadas": which they are
    text = set_against(text)
    text = _THOSE_THAT_CHANGED.sub(r"qué \g<noun> ", text)  # "oficinas donde bajaron los permisos": which they are
    text = _PLUS.sub(r"\g<before> y ", text)
    text = _HOW_WELL.sub(_rate, text)
    text = _DONE_TO.sub("", text)  # "el recorte que le hicieron a…"
    text = _AND_ITS_SHARE.sub("y su porcentaje", text)
    text = _REASON.sub(r"\g<asked>", text)
    text = _PROMISED.sub("lo programado", text)
    text = _FELL_TO.sub(r"\g<lead> corresponde a ", text)
    text = _CHARGED_TO.sub(lambda m: f"de{m['the']} ", text)
    text = _ENDED_WITH.sub("vigente", text)  # what it had in the end: the budget in force
    text = _HOW_FAR.sub("diferencia", _HOW_STRONG.sub("de cuánto fue", text))
    return _MONTHS_APART.sub(lambda m: f"de {_NAMES[m['first'].lower()]} a {_NAMES[m['last'].lower()]}", text)
