"""Whether a question asks what is wanted or what was done: the same words stand under "Objetivos" and under "Logros".

"¿Hasta cuántos días querían bajar la espera?" is told among the objectives, "¿a cuántos días bajó?" among the results.
"""

from __future__ import annotations

import re

from index.text import fold

AIMS = frozenset({"objetivos", "vision", "compromisos", "metas"})
"""Ids of the standard sections that tell what is wanted."""

_WANTED = re.compile(
    r"\b(?:quier\w+|quer(?:ia|ian|emos)|busca\w*|pretend\w+|propon\w+|propus\w+|propuest\w+|aspir\w+|suen\w+|persig\w+|apunta\w*"
    r"|anhel\w+|dese(?:a|an)|plane(?:a|an)|metas?|objetiv\w+|pensaba\w*|espera(?:n|ba|ban)? (?:lograr|ser|conseguir|llegar|alcanzar))\b"
)
_DONE = re.compile(
    r"\b(?:hubo|hizo|hicieron|logr(?:o|aron)|qued(?:o|aron)|consigui\w+|fue|fueron|pudo|pudieron|ahora|ya|\w{3,}(?:aron|ieron)"
    r"|baj(?:o|aron)|subio|llego|paso|mejoro|cumplio|alcanzo|avanzo|entrego|termino|demoran?|estuvo|tuvo|sirvio|gano|dejo"
    r"|sigue|siguen|todavia|aun)\b"
)


def asks_for_aims(text: str) -> int:
    """1 for a question on what is wanted, -1 for one on what was done, 0 where it says neither or both.

    >>> [asks_for_aims(t) for t in ("¿qué quiere lograr?", "¿qué se logró?", "¿cuál es la base legal?")]
    [1, -1, 0]
    """
    folded = fold(text)
    return int(_WANTED.search(folded) is not None) - int(_DONE.search(folded) is not None)
