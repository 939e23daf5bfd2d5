"""What people tell before they ask: "Estoy escribiendo una nota sobre…", "Me dijeron que hubo recortes. ¿…?"."""

from __future__ import annotations

import re
import unicodedata

_OPENS = re.compile(
    r"\s*(?:(?:hola|buen[oa]s(?: \w+)?|buen dia|estimad\w+|disculp\w+|oiga|mire)[,.! ]+)?(?:soy [^.:¿?]{3,60}?(?:[,.]| y )\s*)?"
    r"(?:(?:yo )?(?:estoy|estamos|ando|andamos|vengo|sigo) \w+(?:ando|iendo|yendo)\b|(?:prepar|investig|elabor|redact|arm)(?:o|amos)\b|"
    r"escrib(?:o|imos)\b|necesit(?:o|amos) (?:dirigir|enviar|presentar)\b|trabaj(?:o|amos) (?:en|para|sobre)\b|cubr(?:o|imos)\b|hag(?:o|emos) (?:un|una)\b|viv(?:o|imos) en\b|"
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
    line = _plain(text)
    if len(line) != len(text) or not _OPENS.match(line):
        return None
    for pattern in _PARTS:
        for end in pattern.finditer(line, 0, _LONGEST):
            story, question = text[: end.start()].strip(" ,.:"), text[end.end() :].strip()
            if len(story.split()) > 2 and _ASKS.search(line[end.end() :]) and not _ASKS_IN.search(line[: end.start()]):
                return story, question
    return None


_ABOUT = re.compile(r".*\b(?:sobre|acerca de|en torno a|que paso con|respecto (?:a|de)|lo de|el caso de)\s+(?=\S)")


def subject_of_story(story: str) -> str:
    """What an introduction is about, the words that only introduce it taken off.

    >>> subject_of_story("Estoy investigando al Consorcio Agua Viva"), subject_of_story("Soy periodista y escribo sobre becas")
    ('al Consorcio Agua Viva', 'becas')
    """
    line = _plain(story)
    opening = _ABOUT.match(line) or _OPENS.match(line)
    return story[opening.end() :].strip(" ,.:") if opening and len(line) == len(story) else ""


def _plain(text: str) -> str:
    """Lower case without accents, as long as the text."""
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))


_ASKS_IN = re.compile(r"[¿?]|\bcuant[oa]s?\b|\bcual(?:es)?\b")
