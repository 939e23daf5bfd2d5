"""What rows are said to hold or to lack: "sin meta pero con ejecución", "no tenían nada programado", "en cero en ambas".

Each is a statement on one measure, nothing or more than nothing. Several of a question hold together, so that "sin
meta y sin ejecución" is no row that was done without a goal. They are read by their parts (who holds, whether it is
denied, which measure), as the ways of saying them have no end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.numerals import Token

GOAL, DONE, MONEY, LEFT = "programado", "hecho", "presupuesto", "saldo"

_NAMES = {
    GOAL: r"(?:metas?(?: (?:fisicas?|fijadas?|programadas?|establecidas?|definidas?|anuales))?|programacion(?: fisica)?|planificacion"
    r"|(?:cantidad(?:es)? |metas? |unidades )?(?:programad|planificad|planead|previst)[oa]s?)",
    DONE: r"(?:ejecucion(?: fisica| financiera| presupuestaria)?|avances?(?: fisicos?)?|gastos?|pagos?"
    r"|(?:cantidad(?:es)? |gastos? |montos? |unidades )?(?:ejecutad|evaluad|realizad|lograd|devengad|gastad|ejercid|pagad|hech)[oa]s?)",
    LEFT: r"(?:subejercicios?|saldos?(?: (?:disponibles?|presupuestari[oa]s?|por (?:ejecutar|gastar|ejercer|devengar)))?|remanentes?|disponibilidad)",
    MONEY: r"(?:(?:presupuesto|asignacion|dinero|plata|recursos|fondos|montos?|credito)(?: (?:asignad|vigent|aprobad|programad|modificad)[oae]s?)?(?: presupuestari[oa]s?)?"
    r"|(?:asignad|presupuestad|vigent|codificad|modificad|aprobad)[oae]s?)",
}
_MEASURE = "|".join(f"(?P<{{0}}{key}>{pattern})" for key, pattern in _NAMES.items())


def _measure(tag: str) -> str:
    """One of the measures in groups of the tag's own names."""
    return "(?:" + _MEASURE.replace("{0}", tag) + ")"


_HOLD = (
    r"(?:(?:se )?(?:les? )?(?:ha|han|habia|habian|haya|hayan)? ?(?:ten(?:ia|ian|ga|gan|er|ido)|tien(?:e|en)|tuv(?:o|ieron)|hay|hubo|hubieron|habia|registr\w+|report\w+"
    r"|tra(?:e|en|ia|ian|jo|jeron)|present\w+|muestra\w*|mostr\w+|consign\w+|figur\w+|aparec\w+|recib\w+|cuenta[n]? con|contab\w+ con|conto con|contaron con"
    r"|reflej\w+|marc(?:a|an|o|aron)|llev(?:a|an|aba|aban)|exhib\w+|asign(?:o|aron)))"
)
_NOTHING = r"(?:nada|ningun[oa]?s?|ni un[oa]?(?: (?:solo|sola))?|ni (?:siquiera )?un (?:peso|centavo|quetzal|lempira)|algun[oa]?s?)"
_SOME = r"(?:algo|algun[oa]?s?|un[oa]?s?|alguna? cantidad)"
_DEEDS = r"(?:ejecut|realiz|hic|hiz|evalu|lograron|logro|avanz|entreg|gast|deveng|pag)\w*"
_PLANNED = r"(?:programaron|programo|planificaron|planifico|planearon|planeo|previeron|previo)"
_END = r"(?= (?:y|e|o|ni|pero|aunque|sino|sin|con|en|para|durante|al|a la|segun|del?|los|las|cuant\w+|cual\w*|que|si|igual|aun|tampoco|no|tambien|como|qued\w+|termin\w+)(?!\S)|$)"
_NOT_A_LIMIT = r"(?! (?:mayor(?:es)?|menor(?:es)?|mas|menos|superior(?:es)?|inferior(?:es)?|de \d|de mas|de menos|del \d|por \d|alt[oa]s?|baj[oa]s?)(?!\S))"
_AND = r"(?: y| e| ni| pero| como| y tampoco| tampoco)"
_ZERO = r"(?:ceros?|0)"


def _p(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\S)(?:{pattern})(?!\S)")


_BOTH = (  # two measures, both nothing
    _p(
        rf"(?:(?:en|con) )?{_ZERO} (?:tanto )?(?:en |de )?(?:lo |la )?{_measure('a')}{_AND} (?:en |de |tambien )*(?:{_ZERO} )?(?:en |de )?(?:lo |la )?{_measure('b')}"
    ),
    _p(
        rf"(?:lo |la |con )?{_measure('a')} (?:y|e) (?:lo |la )?{_measure('b')} (?:(?:quedo|quedaron|esta|estan|son|fueron|es) )?(?:ambos |ambas |los dos |las dos )?(?:en|de|a|igual(?:es)? a) {_ZERO}"
    ),
    _p(
        rf"(?:sin|no (?:{_HOLD} )?|ni) ?(?:{_NOTHING} )?{_measure('a')} (?:ni|o) (?:{_NOTHING} )?(?:de )?{_measure('b')}"
    ),
)
_BOTH_COLUMNS = _p(
    rf"(?:(?:en|con) )?{_ZERO} (?:en|por) (?:ambas|ambos|las dos|los dos)(?: columnas| lados| cantidades| casos| cosas)?"
)
_LACKS = (
    _p(
        rf"(?:no|ni|tampoco|nunca) {_HOLD} (?:{_NOTHING} )?(?:de |en |que (?:se )?(?:hubiera|haya) )?(?:lo )?{_measure('')}(?: algun[oa]| ningun[oa]| {_ZERO})?{_END}"
    ),
    _p(
        rf"(?:sin|ni) (?:haber(?:se|les|la|lo)? (?:sido |tenido |registrado )?|estar |ser |tener |contar con )?(?:{_HOLD} )?(?:{_NOTHING} )?(?:de )?{_measure('')}(?: algun[oa]| ningun[oa])?{_END}"
    ),
    _p(rf"(?:nada|ningun[oa]?) (?:de )?{_measure('')}{_END}"),
    _p(
        rf"{_measure('')} (?:(?:(?:que )?(?:es|son|fue|fueron|era|quedo|quedaron|esta|estan|aparece|aparecen|figura)) )?(?:en |de |a |como )?(?:igual(?:es)? a |valor )?{_ZERO}{_END}"
    ),
    _p(rf"(?:con )?{_ZERO} (?:de |en |como )?(?:lo |la |unidades )?{_measure('')}{_END}"),
)
_HOLDS = (
    _p(rf"(?:si )?(?:{_HOLD}|con) (?:si )?(?:{_SOME} )?(?:de )?{_measure('')}{_NOT_A_LIMIT}{_END}"),
    _p(rf"{_measure('')} (?:mayor(?:es)? (?:a|que|de)|distint[oa]s? (?:a|de)|diferentes? (?:a|de)) {_ZERO}"),
)
_DEED_DONE = _p(
    rf"(?:(?:igual|aun asi|asi|si|de todos modos|de todas formas|sin embargo|tambien|pero) )+(?:se )?(?:les? )?{_DEEDS}(?: algo)?"
)
_DEED_WITHOUT = _p(rf"(?:se )?(?:les? )?{_DEEDS}(?: algo)?(?= (?:sin|aunque no|pese a no|a pesar de no|y no)(?!\S))")
_ENDED_AT_ZERO = _p(rf"(?:qued|termin|cerr|acab|sigu|est)\w+ (?:en|con) {_ZERO}(?: (?:ejecucion|avance))?{_END}")
_DEED_LACKING = _p(
    rf"(?:no|ni|tampoco) (?:se )?(?:les? )?{_DEEDS}(?: (?:absolutamente )?nada| ningun[oa]s?| algo)?{_END}"
)
_PLAN_LACKING = _p(
    rf"(?:no|ni|tampoco) (?:se )?(?:les? )?(?:habian? |fueron |fue |estaban? )?(?:{_PLANNED}|programad[oa]s?)(?: nada| ningun[oa]s?)?{_END}"
)
_UNDONE = _p(
    rf"(?:(?:que )?(?:se )?(?:qued|sigu|est|permanec|continu)\w+ )?(?:aun |todavia )?sin (?:ejecutar|gastar|devengar|ejercer|realizar)(?:se)?{_END}"
)
_OF_MONEY = re.compile(
    r"(?:recursos|fondos|montos?|saldos?|dineros?|gastos|quetzales|lempiras|pesos|soles|colones|dolares|bolivianos|millones|miles)$"
)
_COUNTED = re.compile(
    r"(?<!algo )(?<!metas )(?:programad|planificad|previst|ejecutad|evaluad|realizad|lograd|hech|planead)[oa]s$"
)
_DENIES = frozenset("sin no ni nunca jamas tampoco cero ceros 0 nada ninguno ninguna ningun".split())
_ASKS_ROWS = _p(
    r"(?:a |en |de |con |para )?(?:cuant[oa]s|cuales|que|cual|list\w+|enumer\w+|muestr\w+|detall\w+|numero de)"
)
_ASKS_AMOUNT = _p(r"cuant[oa]|monto|promedio|total|suma\w*|porcentaje|que porcentaje")


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """measure: "programado", "hecho", "presupuesto" or "saldo"; holds: more than nothing, or nothing; words: their positions."""

    measure: str
    holds: bool
    words: frozenset[int]


def standings_of(tokens: Sequence[Token], line: str, starts: Sequence[int]) -> tuple[Standing, ...]:
    """The statements of a question that asks which or how many rows; none where an amount is asked for.

    That nothing was done, said alone, is of what had a goal, and a condition of its own: see `undone_of`.

    >>> from assistant.tokens import line_of, tokens_of
    >>> words = tokens_of("¿Cuántos productos no tenían nada programado y aun así reportan ejecución?")
    >>> [(s.measure, s.holds) for s in standings_of(words, *line_of(words))]
    [('programado', False), ('hecho', True)]
    """
    found = _statements(tokens, line, starts)
    return () if _only_undone(found) else found


def undone_of(tokens: Sequence[Token], line: str, starts: Sequence[int]) -> frozenset[int]:
    """The words that say, and nothing else, that nothing was done in the rows asked for: "no tienen nada devengado"."""
    found = _statements(tokens, line, starts)
    return found[0].words if _only_undone(found) else frozenset()


def _only_undone(found: Sequence[Standing]) -> bool:
    return len(found) == 1 and found[0].measure == DONE and not found[0].holds


def _statements(tokens: Sequence[Token], line: str, starts: Sequence[int]) -> tuple[Standing, ...]:
    plural = bool(tokens) and tokens[0].content and tokens[0].text.endswith("s")
    if not (_ASKS_ROWS.match(line) or plural) or _ASKS_AMOUNT.match(line):
        return ()
    found: dict[str, Standing] = {}
    taken: set[int] = set()

    def take(measure: str, *, holds: bool, match: re.Match[str]) -> None:
        words = frozenset(i for i, at in enumerate(starts) if match.start() <= at < match.end())
        if measure not in found:
            found[measure] = Standing(measure=measure, holds=holds, words=words)
            taken.update(words)

    def free(match: re.Match[str]) -> bool:
        return not any(match.start() <= starts[i] < match.end() for i in taken)

    for match in _BOTH_COLUMNS.finditer(line):
        for measure in (GOAL, DONE):
            take(measure, holds=False, match=match)
    for pattern in _BOTH:
        for match in pattern.finditer(line):
            if free(match):
                for tag in ("a", "b"):
                    take(_met(match, tag), holds=False, match=match)
    for patterns, holds in ((_LACKS, False), (_HOLDS, True)):
        for pattern in patterns:
            for match in pattern.finditer(line):
                if free(match) and not (holds and _COUNTED.search(match[0])):
                    take(_met(match, ""), holds=holds, match=match)
    things = [t for t in tokens if t.content and t.text.endswith("s")]
    if things and not _OF_MONEY.match(things[0].text):  # "recursos sin ejecutar" are an amount
        for match in _UNDONE.finditer(line):
            if free(match):
                take(DONE, holds=False, match=match)
    lacking = _PLAN_LACKING.search(line)
    if found or lacking is not None:  # alone, "no se hizo" is of what had a goal
        for pattern, measure, holds in (
            (_PLAN_LACKING, GOAL, False),
            (_DEED_LACKING, DONE, False),
            (_DEED_DONE, DONE, True),
            (_DEED_WITHOUT, DONE, True),
            (_ENDED_AT_ZERO, DONE, False),
        ):
            for match in pattern.finditer(line):
                if free(match):
                    take(measure, holds=holds, match=match)
    if any(t.text in _DENIES and t.position not in taken for t in tokens):
        return ()  # something more is denied than what was read: half of it would be another question
    return tuple(sorted(found.values(), key=lambda s: min(s.words)))


def _met(match: re.Match[str], tag: str) -> str:
    return next(key for key in _NAMES if match[tag + key] is not None)
