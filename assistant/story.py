"""What people tell before they ask: "Estoy escribiendo una nota sobre…", "Me dijeron que hubo recortes. ¿…?"."""

from __future__ import annotations

import re
import unicodedata

_OPENS = re.compile(
    r"\s*(?:(?:hola|buen[oa]s(?: \w+)?|buen dia|estimad\w+|disculp\w+|oiga|mire)[,.! ]+)?(?:soy [^.:¿?]{3,60}?(?:[,.]| y )\s*)?"
    r"(?:(?:yo )?(?:estoy|estamos|ando|andamos|vengo|sigo) \w+(?:ando|iendo|yendo)\b|(?:prepar|investig|elabor|redact|arm)(?:o|amos)\b|"
    r"escrib(?:o|imos)\b|trabaj(?:o|amos) (?:en|para|sobre)\b|cubr(?:o|imos)\b|hag(?:o|emos) (?:un|una)\b|viv(?:o|imos) en\b|"
    r"represent(?:o|amos)\b|(?:me|nos) (?:dijeron|han dicho|dicen|contaron|han contado|comentaron|informaron|aseguran|llego|preguntan|preguntaron|piden|pidieron)\b|"
    r"(?:yo )?(?:lei|vi|oi|escuche|supe|entiendo|tengo entendido|he (?:leido|visto|oido))\b|se (?:dice|comenta|rumora|habla)\b|dicen que\b|"
    r"los (?:lectores|vecinos|ciudadanos|contribuyentes)\b|para (?:un|una|mi|explic\w+|contar\w*|entender\w*)\b|"
    r"con (?:el|la|tanto|tanta) [^.:¿?]{3,50} (?:encima|encima,)|por (?:un|una) (?:nota|reportaje|trabajo|tesis|tarea|estudio)\b)"
)
_PARTS = (
    re.compile(r"[.!;]\s+(?=\S)"),
    re.compile(r":\s+(?=\S)"),
    re.compile(r"[,\s]+(?=¿)"),
    re.compile(
        r"[,\s]+(?:y|por lo que|asi que|pero)?\s*(?:quisiera(?:mos)?|queria(?:mos)?|queremos|quiero|necesito|necesitamos|me gustaria|me interesa|nos interesa)"
        r"(?: (?:saber|conocer|ver|confirmar|averiguar|contar))?(?: si)?\s+(?=\S)"
    ),
)
_ASKS = re.compile(r"¿|\b(?:cuant|cual|que\b|quien|donde|cuando|como)")
_LONGEST = 260


def story_of(text: str) -> tuple[str, str] | None:
    """What is told before the question, and the question; None when nothing is.

    The question is what follows the last place where the story may end; it must ask something.

    >>> story_of("Me dijeron que hubo obras en el edificio. ¿Qué espacios se remodelaron?")
    ('Me dijeron que hubo obras en el edificio', '¿Qué espacios se remodelaron?')
    """
    line = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    if len(line) != len(text) or not _OPENS.match(line):
        return None
    for pattern in _PARTS:
        for end in pattern.finditer(line, 0, _LONGEST):
            story, question = text[: end.start()].strip(" ,.:"), text[end.end() :].strip()
            if len(story.split()) > 2 and _ASKS.search(line[end.end() :]) and not _ASKS_IN.search(line[: end.start()]):
                return story, question
    return None


def subject_of_story(story: str) -> str:
    """What an introduction is about, the words that only introduce it taken off.

    >>> subject_of_story("Estoy investigando al Consorcio Agua Viva")
    'al Consorcio Agua Viva'
    """
    opening = _OPENS.match(
        "".join(c for c in unicodedata.normalize("NFD", story.lower()) if not unicodedata.combining(c))
    )
    return story[opening.end() :].strip(" ,.:") if opening else ""


_ASKS_IN = re.compile(r"[¿?]|\bcuant[oa]s?\b|\bcual(?:es)?\b")
