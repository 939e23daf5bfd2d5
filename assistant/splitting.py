"""The separate questions of a message: cut at its marks, its sentences and the second halves that ask anew."""

from __future__ import annotations

import re

from assistant.particulars import asked_as_noun, particulars
from assistant.question import analyse
from assistant.rephrase import one_moment, set_against
from assistant.two_tables import names_two_tables
from index.frame import strip_frame
from index.lexicon import abbreviations
from index.spelling import is_spanish
from index.text import fold

_SECOND = r"(?:el|su|la)\s+(?:porcentaje|%|saldo|promedio|diferencia)"
_PERCENT = re.compile(r"%|\bporcentaje\b", re.IGNORECASE)
_PERCENT_AGAIN = re.compile(r",?\s+(?:y|e)\s+(?=(?:el\s+)?(?:%|porcentaje)\s*de\b)", re.IGNORECASE)

_ORDINAL = re.compile(r"\d{1,2}(?:er|ro|ra|do|da|to|ta|mo|ma|vo|va|no|na)")  # "el 2do. Trimestre"
_NUMBERED_TITLE = re.compile(
    r"(?<!\S)(?:cuadro|tabla|anexo|apartado|seccion|hoja)s? (?:de|del|sobre|titulad[oa]|llamad[oa]) [\"«“]?(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,4})$"
)
_TITLES = frozenset(
    "dra nro sra sr vol etc trim cuatrim sem bim mej ampl const constr rehab sup".split()
)  # their full stop ends no sentence either


_BY_HOW_MUCH = re.compile(
    r"[¿\s]*(?:y )?(?:por|en|de|con) cuant[oa]s?(?: (?:es |fue )?(?:la |de )?(?:diferencia|margen|ventaja))?[?.\s]*"
)


_SAID_AGAIN = re.compile(
    r"(?:,?\s+(?:y|e))\s+(?:(?:de|con|en)\s+)?(?:cu[aá]l|cu[aá]nto|qu[eé])\s+(?:fue|es|era|qued[oó]|result[oó])?\s*(?:(?:ese|el|su|esa|la)\s+)?"
    r"(?:porcentaje|monto|valor|cifra|total|cantidad|proporci[oó]n)?[?.\s]*$",
    re.IGNORECASE,
)


_OF_EACH = re.compile(
    r",?\s+(?:y|e)\s+(?:con\s+)?cu[aá]nt[oa]s?\s+(?:\w+\s+){0,2}?(?:(?:a|de|en|por)\s+)?cada\s+(?:un[oa]|cual)[?.\s]*$",
    re.IGNORECASE,
)


_AND_HOW_MANY = re.compile(
    r"(?:,?\s+(?:y|e|,)?\s*(?:cu[aá]nt[oa]s?\s+(?:se\s+|era[n]?\s+|fueron\s+)?(?:l[oa]s?\s+)?(?:hicieron|hizo|ejecut|realiz|logr|entreg|produj|program|alcanz|evalu|planific|previst)\w*"
    r"|con\s+(?:qu[eé]|cu[aá]les)\s+(?:n[uú]meros|cifras|cantidades|datos)))+[?.\s]*$",
    re.IGNORECASE,
)  # after rows chosen by their goal: the list tells both figures of each


_NOT_THE_REST = r"(?!\s+no\b\s*(?:en\b|[?.]|$))"  # "¿qué se hizo bien y qué no en Piedraclara?" is one question


_AND_BY_HOW_MUCH = re.compile(
    r"\?\s*(?:si\s+no,?\s*|en\s+caso\s+contrario,?\s*)?[¿\s]*(?:y\s+)?(?:por|en|de)\s+cu[aá]nto\s+(?:es\s+la\s+diferencia|difieren|se\s+diferencian|es)\s*\??\s*$",
    re.IGNORECASE,
)


def _without_repeat(text: str) -> str:
    """ "¿En qué mes fue más baja la proporción y cuál fue ese porcentaje?": the second half asks for what the first tells."""
    each = _OF_EACH.search(text)
    if each is not None:
        return f"{text[: each.start()]}?"  # a list tells the figure of each
    met = _AND_HOW_MANY.search(text)
    tested = analyse(text[: met.start()]) if met else None
    if met and tested and tested.conditions.keys() & {"exceeded", "missed", "met", "greater", "less", "none_done"}:
        return f"{text[: met.start()]}?"
    told = _SAID_AGAIN.search(text)
    first = analyse(text[: told.start()]) if told else None
    return text[: told.start()] + "?" if told and first is not None and first.orders else text


def _sentences(piece: str) -> list[str]:
    """A piece cut at its full stops when each sentence asks something; abbreviations ("Rec. Afec.") do not end one."""
    parts = re.split(r"(?<=[a-záéíóúñ\d)])\.\s+(?=[A-ZÁÉÍÓÚ¿])", piece)
    if any(p.split()[-1:] and (_cut_short(fold(p.split()[-1])) or _torn_off(p.split()[-1])) for p in parts[:-1]):
        return [piece]
    if any(_NUMBERED_TITLE.search(fold(p)) for p in parts[:-1]):
        return [piece]  # "en el cuadro de 5. Ejecución por objeto del gasto": the title of a table, number and all
    return parts if len(parts) > 1 and all(_speaks(p) and len(p.split()) > 2 for p in parts) else [piece]


def _cut_short(word: str) -> bool:
    return word in _TITLES or word in abbreviations() or _ORDINAL.fullmatch(word) is not None


def _torn_off(word: str) -> bool:
    """A short piece that ends in a consonant and is no word of Spanish ("prev. Presupuestaria"); not an acronym."""
    plain = fold(word)
    return (
        word.islower() and 2 < len(plain) <= _LONGEST_PIECE and plain[-1] not in "aeiousnlrdz" and not is_spanish(plain)
    )


_LONGEST_PIECE = 6


_LEVELS = re.compile(
    r"\b(?P<one>f[ií]sic[oa]s?|financier[oa]s?)\s*(?:,|\by\b|\be\b)\s*(?:(?:el|la|su|de|del)\s+)*(?:(?:porcentaje|%|avance|ejecuci[oó]n|cumplimiento)\s+(?:de\s+)?)*"
    r"(?P<other>f[ií]sic[oa]s?|financier[oa]s?)\b",
    re.IGNORECASE,
)
_ONE_AGAINST = re.compile(
    r"\b(?:entre|compar\w+|diferencia|brecha|versus|vs|mayor|menor|m[aá]s|menos|mejor|peor|coincid\w+|cuadr\w+|igual\w*)\b",
    re.IGNORECASE,
)


def _both_levels(piece: str) -> list[str]:
    """ "La ejecución física y financiera del programa": the one and the other, where they are not set against each other."""
    found = _LEVELS.search(piece)
    if found is None or fold(found["one"])[:4] == fold(found["other"])[:4] or _ONE_AGAINST.search(piece):
        return [piece]
    asked = re.search(r"%|porcentaje|avance|ejecuci[oó]n|cumplimiento|ejecut", piece, re.IGNORECASE)
    return [piece[: found.start()] + found[k] + piece[found.end() :] for k in ("one", "other")] if asked else [piece]


def split_questions(text: str) -> tuple[str, ...]:
    """The separate questions of one message, in order.

    >>> split_questions("¿Cuánto se programó? ¿Y cuánto se ejecutó?")
    ('¿Cuánto se programó?', '¿Y cuánto se ejecutó?')
    """
    alone = _AND_BY_HOW_MUCH.sub("?", text)
    if alone.count("?") < 2 and names_two_tables(alone):
        return (alone,)  # one figure in two tables and by how much they differ: told together
    pieces = [p.strip() for p in re.split(r"(?<=\?)\s+|\n+|;\s+", text)]
    pieces = [p for piece in pieces for s in _sentences(piece) for p in particulars(s)]
    pieces = [p for piece in pieces for p in _both_levels(piece)]
    pieces = [p for p in pieces if p.strip(" \t.,-*•·")]
    found: list[str] = []
    ask = r"(?:a qui[eé]n(?:es)?|cu[aá]nt[oa]s?|cu[aá]l(?:es)?|qu[eé]|q|qui[eé]n(?:es)?|d[oó]nde|cu[aá]ndo|c[oó]mo|(?:de|cada) cu[aá]nto|por\s+qu[eé]\s+(?:monto|valor|suma|precio)|(?:a|en|con|de|desde|hasta|para|bajo|sobre)\s+(?:qu[eé]|q(?=\s)|cu[aá]l(?:es)?|qui[eé]n(?:es)?)(?!\s+(?:el |la |se )?(?:m[aá]s|menos|mayor|menor|no)\b)|en\s+d[oó]nde)"
    for piece in map(_without_repeat, pieces):
        twice = _PERCENT_AGAIN.split(piece)
        if len(twice) == 2 and _PERCENT.search(twice[0]):  # "% de avance del gasto y % de la meta física"
            found.extend(twice)
            continue
        parts = re.split(
            rf",?\s+(?:y|e)\s+(?:tambi[eé]n\s+)?(?=(?:{ask}|{_SECOND})\b{_NOT_THE_REST})", piece, flags=re.IGNORECASE
        )
        if len(parts) > 1 and (
            asked_as_noun(parts[0]) or re.search(rf"\b(?:{ask}|{_SECOND}|saldo|monto)\b", parts[0], re.IGNORECASE)
        ):
            found.extend(parts)
        elif found and _BY_HOW_MUCH.fullmatch(fold(piece)):  # "¿Dónde hubo más, en A o en B? ¿Por cuánto?"
            found[-1] = f"{found[-1].rstrip('? ')} y por cuánto"
        elif found and found[-1].endswith("?") and "?" not in piece and len(piece.split()) <= 5 and not _speaks(piece):
            found[-1] = f"{found[-1].rstrip('? ')} {piece}"  # "¿Cuánto gastó? Quebrada Alta": where, not what
        else:
            found.append(piece)
    return tuple(p for p in found if len(fold(p)) > 1)


def questions_of(text: str) -> tuple[str, ...]:
    """The questions of a message or letter, its courtesy taken off; the message itself when nothing else is left."""
    text = one_moment(text)
    alone = _AND_BY_HOW_MUCH.sub("?", text)
    whole = set_against(alone) if set_against(alone) != alone else text
    asked = strip_frame(whole) or whole
    parts = [p for p in split_questions(asked) if _asks(p)]
    return tuple(parts) or (text,)


def with_period(parts: tuple[str, ...]) -> tuple[str, ...]:
    """ "¿Cuánto se programó y cuánto se ejecutó en el III trimestre?": the period said last is that of both halves.

    A first half that is a question of its own, with its mark, keeps its silence.
    """
    if len(parts) < 2 or parts[0].rstrip().endswith("?"):
        return parts
    last = analyse(parts[-1])
    if len(last.periods) != 1:
        return parts
    used = sorted(last.periods[0][1])
    before = last.tokens[used[0] - 1].text if used[0] else ""
    if last.tokens[used[0]].text.isdigit() and before not in _WHEN:
        return parts  # "el Plan Anual 2022": a name
    said = " ".join(t.text for t in last.tokens[used[0] : used[-1] + 1])
    return tuple(p if analyse(p).periods else f"{p.rstrip()} en {said}" for p in parts[:-1]) + parts[-1:]


_WHEN = frozenset("en de del durante para al a hasta desde ano anos y entre vigencia periodo gestion ejercicio".split())


def _asks(piece: str) -> bool:
    read = analyse(piece)
    return bool(read.content or read.mentions or read.orders or read.periods)


def _speaks(piece: str) -> bool:
    read = analyse(piece)
    return bool(read.mentions or read.cues or read.orders)
