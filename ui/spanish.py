"""The words of the command line library in Spanish: it has no translations of its own.

Each pair is tried on help texts and error messages; a new wording of the library shows in English, nothing breaks.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_PAIRS = tuple(
    (re.compile(english, re.MULTILINE), spanish)
    for english, spanish in (
        (r"^Usage: ", "Uso: "),
        (r"^Options:$", "Opciones:"),
        (r"^Commands:$", "Órdenes:"),
        (r"^Arguments:$", "Argumentos:"),
        (r"\[OPTIONS\]", "[OPCIONES]"),
        (r"\bCOMMAND \[ARGS\]\.\.\.", "ORDEN [ARGUMENTOS]…"),
        (r"Show this message and exit\.", "Muestra esta ayuda y termina."),
        (r"Show the version and exit\.", "Muestra la versión y termina."),
        (r"\{([A-ZÁÉÍÓÚÑ]+)\}", r"\1"),  # a required argument
        (r"(?<=[A-ZÁÉÍÓÚÑ\]])\.\.\.", "…"),
        (r";\s+-?[\d.]+<=x<=[\d.]+\]", "]"),  # limits: the help text of the option tells them
        (r"\[required\]", "[obligatorio]"),
        (r"; required\]", "; obligatorio]"),
        (r"\[default:", "[si no se indica:"),
        (r"; default:", "; si no se indica:"),
        (r"\[env\s+var:", "[variable de entorno:"),
        (r" <list\[\w+\]>", ""),
        (r"^Missing command\.?$", "Falta la orden."),
        (r"^No such command ('.*?')\.?", r"No existe la orden \1."),
        (r"^No such option: (\S+)", r"No existe la opción \1"),
        (r"\(Possible options: (.+)\)", r"(¿quiso decir \1?)"),
        (r"Did you mean (.+)\?", r"¿Quiso decir \1?"),
        (r"^Missing argument (.+?)\.?$", r"Falta el argumento \1."),
        (r"^Missing option (.+?)\.?$", r"Falta la opción \1."),
        (r"^Missing parameter:? (.+?)\.?$", r"Falta \1."),
        (r"^Option (\S+) requires an argument\.?$", r"La opción \1 necesita un valor."),
        (r"^Option (\S+) does not take a value\.?$", r"La opción \1 no lleva valor."),
        (r"^Got unexpected extra arguments? ?(?:\(s\) )?\((.+)\)$", r"Sobra: \1."),
        (r"^Invalid value for (.+?): ", r"Valor inválido en \1: "),
        (r"^Invalid value: ", "Valor inválido: "),
        (r"(.+) is not in the range (.+)\.$", r"\1 no está en el intervalo \2."),
        (r"(.+) is not a valid (?:integer|int)\b.*$", r"\1 no es un número entero."),
        (r"(.+) is not a valid float\b.*$", r"\1 no es un número."),
        (r"Input should be less than or equal to (.+)$", r"debe ser \1 o menos."),
        (r"Input should be greater than or equal to (.+)$", r"debe ser \1 o más."),
        (r"Input should be a valid number.*$", "debe ser un número."),
        (r"Input should be a valid integer.*$", "debe ser un número entero."),
        (r"(?:Path|File|Directory) (.+) does not exist\.", r"no existe \1."),
    )
)


def _as_wide(word: str) -> Callable[[re.Match[str]], str]:
    """Replaces by a word padded to the same width, so that the columns of a help text stay."""
    return lambda match: word.ljust(len(match.group()))


_TYPES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(?<=^  )(?P<name>[A-ZÁÉÍÓÚÑ]+) <str>", re.MULTILINE), lambda m: m["name"].ljust(len(m.group()))),
    (re.compile(r"<(?:path|directory|file)>|\b(?:PATH|DIRECTORY|FILE)\b"), _as_wide("RUTA")),
    (re.compile(r"<(?:str|text)>|\bTEXT\b"), _as_wide("TEXTO")),
    (re.compile(r"<float(?: range)?>|\bFLOAT(?: RANGE)?\b"), _as_wide("NÚMERO")),
    (re.compile(r"<(?:int|integer)(?: range)?>|\bINTEGER(?: RANGE)?\b"), _as_wide("ENTERO")),
)


def in_spanish(text: str) -> str:
    """The text with every known English wording of the library replaced.

    >>> in_spanish("No such command 'cragar'.")
    "No existe la orden 'cragar'."
    """
    for english, spanish in _PAIRS:
        text = english.sub(spanish, text)
    for english, fit in _TYPES:
        text = english.sub(fit, text)
    return text
