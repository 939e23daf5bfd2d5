"""Whether a text tells what sort of thing is asked for: the why of that fact, who did it, which ones, how, what was said.

A passage may hold every word of a question and answer another one: "se inauguró el acueducto" names nobody who did,
"86 familias" does not tell which, and what stands after "porque" is the reason, not the fact whose reason is asked.
The rules read the form of the sentence; no word is tied to a report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.asking import Asked, Kind, focus_of, synonyms
from assistant.extract import BODIES, asked_verbs, body_asked_for, enumerates, has_person, holds, names_somebody
from assistant.matching import explains
from assistant.told_apart import beside
from index.frame import is_frame
from index.sentences import sentences
from index.text import STOPWORDS, fold, stem, words

_TOKEN = re.compile(r"[^\W\d_]+|\d[\d.,]*|[.:;()«»,]")
_ASIDE = 2  # small words that may stand between "no" and its verb: "no se ha"

# -- why ---------------------------------------------------------------------------------------------------------------
_BECAUSE = re.compile(
    r"\b(?:porque|debido a|(?:ya|puesto|dado) que|a (?:causa|raiz) de|gracias a|como (?:consecuencia|resultado) de|por falta de|por (?:no|haber)"
    r"|(?:motivo|motivos|causa|causas|razon|razones)\b[^.;:]{0,40}?\b(?:fue|fueron|es|son|ha sido))\b"
)
_LEADING = re.compile(
    r"^\s*(?:debido a|ya que|puesto que|dado que|a (?:causa|raiz) de|gracias a|como (?:consecuencia|resultado) de|por falta de)\b"
)
_SO = re.compile(
    r"\b(?:por (?:eso|ello|esto|tanto|consiguiente|lo (?:que|cual|tanto))|de (?:modo|manera|forma) que|asi que|en consecuencia)\b"
)
_LACKS = re.compile(
    r"\b(?:no|sin|ni|nunca|tampoco|falta\w*|except\w*|salvo|nada|ningun\w*|menos|desiert\w*|(?:in|des|im)[a-z]{5,})\b"
)

# -- who ---------------------------------------------------------------------------------------------------------------
_DEED = re.compile(r"(?:ciones|cion|siones|sion|mientos?|aje|dura|duras|dad|dades|ncia|ncias)$")  # nouns of a deed
_BY = re.compile(
    r"\b(?:por(?: parte de)?|a cargo de|de la mano de|junto a|mediante|entre|con|responsable[s]?:?|autor(?:a|es)?:?)\s+$"
)
_DID = frozenset(  # verbs that stand for any other: "quién hizo la inauguración"
    "hizo hace hicieron hacen realizo realiza realizaron llevo lleva llevaron efectuo dio dieron da tiene tienen tuvo ejecuto ejecuta "
    "es son era fue fueron esta estan seria sera puede debe va van".split()
)
WITH_WHOM = re.compile(r"^(?:y )?(?P<how>con|a|para|de|por|entre) quien(?:es)?\b")

# -- which -------------------------------------------------------------------------------------------------------------
_NAMED_AS = re.compile(
    r"\b(?:como se llaman?|cuales? (?:es|son) (?:el |los )?nombres? de)(?: (?:el|la|los|las))* (?P<thing>[a-z]{4,})"
)
_COUNTED = re.compile(
    r"(?:\d[\d.,]*|un[oa]s?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|quince|veinte|treinta|cien)"
)
_VAGUE = frozenset(
    "algun alguna algunos algunas vari varios varias divers diversos diversas distint distintos distintas otro otra otros otras muchos muchas ciertos ciertas cada ningun ninguna todo toda todos todas cualquier".split()
)
_LINKS = frozenset("de del con para en sobre por a al contra entre hacia como sin".split())
_ENDS = frozenset((".", ";", ",", ")", "»", "y", "e", "o", "que"))
_ARTICLES = frozenset("el la los las su sus un una".split())
_IS = frozenset(
    "es son fue fueron era sera seran llama llaman denomina denominado denominada llamado llamada constituye".split()
)

_PURPOSE = re.compile(r"\b(?:con (?:el (?:fin|objeto|objetivo|proposito)|la finalidad)|a fin) de\b")
_BESIDE = 6  # words before a noun that may name what it is: "La Cruz, San Juan y otros corregimientos"
_CLAUSE = 3  # words of a clause, at least

# -- how, said, most ---------------------------------------------------------------------------------------------------
_HOW_DONE = re.compile(r"\bcomo (?:se|lo|la|los|las) (?!va\b|van\b|encuentra|llama|abrevia|define)(?P<verb>[a-z]{4,})")
_MANNER = re.compile(
    r"\b(?:[a-z]+[aei]ndo(?:se|l[aoe]s?)?|mediante|a traves|por medio|con|segun|conforme|de acuerdo|a partir|cada|entre|en (?:dos|tres|cuatro|cinco|partes|funcion|base)"
    r"|compara\w*|divid\w*|suma\w*|resta\w*|multiplica\w*|equivale\w*|consiste\w*|primer[oa]?|luego|despues|pasos?|via)\b"
)
_SAYS = re.compile(
    r"\b(?:que|como) (?P<verb>dij\w+|opin\w+|piensan?|pensaron|creen?|declar\w+|respondi\w+|contest\w+|coment\w+|manifest\w+|dicen?) (?P<who>.+)"
)
_SAID = re.compile(
    r"\b(?:dij\w+|dice[n]?|senal\w+|indic\w+|manifest\w+|opin\w+|piensa\w*|consider\w+|afirm\w+|declar\w+|expres\w+|establec\w+|dispon\w+|segun|sostien\w+"
    r"|recomend\w+|recomiend\w+|advert\w+|adviert\w+|calific\w+|respond\w+|pid\w+|exig\w+|satisf\w+|quej\w+|reclam\w+|encuesta\w*)\b"
)
_MOST = re.compile(r"\b(?:mas|menos|mayor(?:es)?|menor(?:es)?|mejor(?:es)?|peor(?:es)?)\b")
_COMPARES = re.compile(
    r"\b(?:mas|menos|mayor\w*|menor\w*|mejor\w*|peor\w*|maxim\w*|minim\w*|principal\w*|primer\w*|ultim\w*|frente a|super\w*|encabez\w*|subi\w*|baj\w*|aument\w*|crec\w*|lider\w*)\b"
)


def untold(asked: Asked, text: str, *, place: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """What is asked for and not told by the sentences of a text, as words for the refusal; empty when all is.

    place: stems of the headings that the text stands under and of what introduces it.
    """
    checks = (_why, _polarity, _who, _which_body, _which, _how, _said, _most, _main, beside)
    return next((missing for check in checks if (missing := check(asked, text, place))), ())


def _why(asked: Asked, text: str, place: frozenset[str]) -> tuple[str, ...]:
    """ "¿Por qué se apeló?": of "no se inauguró porque se apeló" the first half alone is explained."""
    if asked.kind is not Kind.CAUSE:
        return ()
    told = [s for s in sentences(text) if holds(asked, s)]
    if not told:
        return ("por qué",)
    heavy = [t.stem for t in asked.terms if not t.light]
    for sentence in told:
        folded = fold(sentence)
        sides = _reason_and_fact(folded)
        if sides is None:
            return ()
        reason, fact = (frozenset(stem(w) for w in words(side)) for side in sides)
        there = [s for s in heavy if explains(s, reason | fact)]
        misplaced = [not explains(s, fact | place) for s in there]
        most = all(misplaced) if _SO.search(folded) else misplaced[:1] == [True] or sum(misplaced) * 2 > len(misplaced)
        if not misplaced or not most:
            return ()
    return ("por qué",)


def _reason_and_fact(folded: str) -> tuple[str, str] | None:
    """A sentence in its reason and the fact it explains; None where its form does not tell them apart."""
    if so := _SO.search(folded):
        return folded[: so.start()], folded[so.end() :]
    if _LEADING.match(folded) and "," in folded:
        reason, _, fact = folded.partition(",")
        return reason, fact
    if because := _BECAUSE.search(folded):
        return folded[because.end() :], folded[: because.start()]
    return None


def _polarity(asked: Asked, text: str, _: frozenset[str]) -> tuple[str, ...]:
    """ "¿Por qué se inauguraron?" is not told by "no se inauguraron porque…"."""
    if asked.kind not in {Kind.CAUSE, Kind.DATE, Kind.AGENT, Kind.PLACE, Kind.HOUR, Kind.LAW, Kind.SOURCE}:
        return ()
    said = fold(text)
    tokens, line = words(said), words(asked.line)
    for term in asked.terms:
        if term.word not in line or is_frame(term.word):
            continue
        here = _denied(line, line.index(term.word))
        there = [_denied(tokens, i) for i, w in enumerate(tokens) if explains(term.stem, frozenset({stem(w)}))]
        if there and not here and all(there):
            return (term.word,)
        if asked.kind is Kind.CAUSE and here and there and not _LACKS.search(said):
            return (f"no {term.word}",)
    return ()


def _denied(tokens: Sequence[str], place: int) -> bool:
    for word in reversed(tokens[max(0, place - _ASIDE - 1) : place]):
        if word in {"no", "nunca", "tampoco", "sin"}:
            return True
        if word not in STOPWORDS and not is_frame(word):
            return False
    return False


def _who(asked: Asked, text: str, place: frozenset[str]) -> tuple[str, ...]:
    """Who did it must stand where the one who does stands: before the verb, or after "por"."""
    if (whom := WITH_WHOM.match(asked.line)) is not None:
        return () if names_somebody(text, asked) else (f"{whom['how']} quién",)
    lists = asked.kind is Kind.LIST and asked.line.startswith("quienes ")
    if asked.kind is not Kind.AGENT and not lists:
        return ()
    verbs = asked_verbs(asked)
    named = "quiénes" if lists else "quién"
    if not names_somebody(text, asked):
        return (named,)
    if not verbs or verbs & _did():
        return ()
    if has_person(text, asked.stems) and (explains(next(iter(verbs)), place) or _same_sentence(asked, text, verbs)):
        return ()
    found = [(s, m) for s in sentences(text) for m in _TOKEN.finditer(s) if explains(stem(fold(m.group())), verbs)]
    if not found:
        return () if explains(next(iter(verbs)), place) else (named,)
    return () if any(_does(sentence, verb, asked) for sentence, verb in found) else (named,)


def _same_sentence(asked: Asked, text: str, verbs: frozenset[str]) -> bool:
    return any(
        has_person(s, asked.stems) and any(explains(stem(w), verbs) for w in words(fold(s))) for s in sentences(text)
    )


@lru_cache(maxsize=1)
def _did() -> frozenset[str]:
    return frozenset(map(stem, _DID))


def _does(sentence: str, verb: re.Match[str], asked: Asked) -> bool:
    """Whether a sentence names who does what a verb of it says."""
    before, after = sentence[: verb.start()], sentence[verb.end() :]
    if _by_somebody(after, asked):
        return True
    if _DEED.search(fold(verb.group())):  # "la aprobación del Concejo"
        owner = re.match(r"\s+(?:de la|del|de los|de las|de)\s+(\S+)", after)
        return owner is not None and _somebody(owner[1], asked)
    if re.search(r"\bse(?: (?:ha|han|le|les|lo|la))*\s+$", fold(before) + " "):
        return False
    clause = re.split(r"[.;:]", before)[-1]
    if any(_somebody(t.group(), asked, first=not t.start()) for t in re.finditer(r"[^\W\d_]+", clause)):
        return True
    behind = re.match(
        r"\s*:?\s*(?:el|la|los|las|a)?\s*([^\W\d_]+)", after
    )  # "que administra la secretaría", "Firman: Ana"
    relative = re.search(r"\b(?:que|lo|la|los|las|cual)\s+$", fold(before) + " ") is not None
    return behind is not None and (relative or after.lstrip().startswith(":")) and _somebody(behind[1], asked)


def _by_somebody(after: str, asked: Asked) -> bool:
    for token in re.finditer(r"[^\W\d_]+", after):
        lead = re.sub(r"\b(?:el|la|los|las|un|una)\s+$", "", fold(after[: token.start()]) + " ")
        if _BY.search(lead) and _somebody(token.group(), asked):
            return True
    return False


def _somebody(word: str, asked: Asked, *, first: bool = False) -> bool:
    """Whether a word, as printed, names a person or a body that the question does not."""
    own = stem(fold(word))
    if own in asked.stems or fold(word) in STOPWORDS:
        return False
    return own in BODIES or (word[0].isupper() and not first) or (word.isupper() and len(word) > 1)


def _which_body(asked: Asked, text: str, _: frozenset[str]) -> tuple[str, ...]:
    body = body_asked_for(asked)
    return (f"qué {body}",) if body and not names_somebody(text, asked) else ()


def _which(asked: Asked, text: str, _: frozenset[str]) -> tuple[str, ...]:
    """ "¿Qué familias…?" is not told by "86 familias", nor "¿qué equipo electrónico…?" by "equipo electrónico"."""
    named = _NAMED_AS.search(asked.line)
    thing = named["thing"] if named else focus_of(asked)
    if not thing or asked.kind not in {Kind.OPEN, Kind.LIST, Kind.DEFINITION, Kind.AGENT, Kind.PERSON}:
        return ()
    if re.search(rf"\b{thing} (?:el|la|los|las|un|una|su|sus|al?)\b", asked.line):
        return ()  # "¿qué señala un signo…?": a verb
    forms = {thing, thing.removesuffix("s"), thing.removesuffix("es"), thing + "s", thing + "es"}
    told = [_tells_which(list(_TOKEN.finditer(s)), forms, asked) for s in sentences(text)]
    said = [t for t in told if t is not None]
    if named and not said:
        return () if names_somebody(text, asked) else (thing,)
    return (thing,) if said and not any(said) else ()


def _tells_which(tokens: Sequence[re.Match[str]], forms: set[str], asked: Asked) -> bool | None:
    """Whether a sentence that says a noun tells which one is meant; None where it does not say it."""
    folded = [fold(t.group()) for t in tokens]
    places = [i for i, w in enumerate(folded) if w in forms]
    if not places:
        return None
    names = [i for i, t in enumerate(tokens) if i and t.group()[0].isupper() and _new(folded[i], asked)]
    return any(any(i - _BESIDE <= n for n in names) or _identified(folded, i, asked) for i in places)


def _identified(folded: Sequence[str], place: int, asked: Asked) -> bool:
    before = [w for w in folded[max(0, place - 2) : place] if w not in {"de", "los", "las"}][-1:]
    counted = bool(before) and (before[0] in _VAGUE or _COUNTED.fullmatch(before[0]) is not None)
    lead = next((w for w in reversed(folded[:place]) if w not in _ARTICLES), "")
    if lead in _IS:
        return True
    link = ""
    for word in folded[place + 1 :]:
        if word in {":", "(", "«"}:
            return True
        if word in _LINKS:
            link = word
        elif word in _ARTICLES:
            link += " the"
        elif word in _ENDS or word in STOPWORDS:
            if word not in {"se", "no"}:
                return False
        elif word[0].isdigit():
            return not counted
        elif _new(word, asked):
            if counted:  # "1.480 subsidios de transporte", not "214 comunidades de los refugios"
                return link == "de"
            return bool(link) or not re.search(r"(?:n|o)$", word) or word.endswith(("ivo", "ico", "ado", "ido"))
        else:
            link = ""
    return False


def _new(word: str, asked: Asked) -> bool:
    own = stem(word)
    if word in STOPWORDS or len(word) < 3:
        return False
    return own not in asked.stems and not (synonyms().get(own, frozenset()) & set(asked.stems))


def _how(asked: Asked, text: str, place: frozenset[str]) -> tuple[str, ...]:
    """ "¿Cómo se presenta un reclamo?" is not told by "se respondieron 289"."""
    match = _HOW_DONE.search(asked.line)
    if match is None or asked.kind not in {Kind.OPEN, Kind.LIST} or explains(stem(match["verb"]), place):
        return ()
    return () if _MANNER.search(fold(text)) else ("cómo",)


def _said(asked: Asked, text: str, _: frozenset[str]) -> tuple[str, ...]:
    """ "¿Qué piensan las comunidades?": what is told of them is not what they say."""
    match = _SAYS.search(asked.line)
    if match is None or _SAID.search(fold(text)):
        return ()
    return (f"qué {match['verb']}",)


def _most(asked: Asked, text: str, _: frozenset[str]) -> tuple[str, ...]:
    """ "¿Qué distrito tiene más habitantes?" is not told by the habitants of five."""
    if asked.kind not in {Kind.OPEN, Kind.LIST, Kind.AGENT, Kind.PLACE}:
        return ()
    match = _MOST.search(asked.line)
    return (match.group(),) if match and not _COMPARES.search(fold(text)) and not enumerates(text) else ()


def _main(asked: Asked, text: str, place: frozenset[str]) -> tuple[str, ...]:
    """ "¿Qué resultados tuvo la campaña?" is not told by "talleres con el propósito de mejorar la campaña"."""
    if asked.kind not in {Kind.OPEN, Kind.LIST} or "para que" in asked.line:
        return ()
    folded = fold(text)
    match = _PURPOSE.search(folded)
    if match is None:
        return ()
    main = folded[: match.start()]
    if len(words(main)) < _CLAUSE:
        main = folded[match.end() :].partition(",")[2]
    heavy = [t for t in asked.terms if not t.light and not explains(t.stem, place)]
    every, first = (frozenset(stem(w) for w in words(part)) for part in (folded, main))
    said = [t for t in heavy if explains(t.stem, every)]
    if not said or any(explains(t.stem, first) for t in said):
        return ()
    return tuple(t.word for t in said)
