"""The head of a memo or letter: to whom, from whom, date, subject, each with the post of the person named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.model import Fact
from index.readers.text_lines import Line, ends_sentence, glue, list_item, starts_lower
from index.report_head import PEOPLE_KEYS, head_pair, letter_number, memo_pair

_LOOK = 8  # lines of a post sought below a person's name
_HEAD = 60  # lines from the start among which "Key: value" lines are the head of a report


@dataclass(kw_only=True, slots=True)
class Memo:
    """Facts of the memo head and the numbers of the lines that hold them. title: the line with the letter's number."""

    facts: list[Fact] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)
    title: str | None = None
    title_line: int | None = None


def read_memo(lines: Sequence[Line], free: Sequence[int]) -> Memo:
    """The memo head among the free lines (those of no table). Empty unless two different keys of a memo are found."""
    memo = Memo()
    pairs = {i: found for i in free if (found := memo_pair(lines[i].text))}
    head = [i for i, (key, _) in pairs.items() if key != "cc"]
    for i in free[:80]:
        number = letter_number(lines[i].text)
        if number is not None and (not head or i <= head[-1]):
            memo.facts.append(number)
            memo.title, memo.title_line = number.quote, i
            break
    if len({pairs[i][0] for i in head}) < 2:
        pairs = {}
    pairs = dict(sorted((pairs | _declared(lines, free)).items()))
    order = {i: place for place, i in enumerate(free)}
    for i, (key, printed) in pairs.items():
        memo.lines.add(i)
        value, rest = _value(lines, memo, printed, list(free[order[i] + 1 :][: 3 * _LOOK]))
        detail = _post(lines, memo, pairs, rest) if key in PEOPLE_KEYS else _wrapped(lines, memo, pairs, rest, value)
        quote = f"{lines[i].text} {detail}".strip()
        if key not in PEOPLE_KEYS:
            value, detail = glue(value, detail), ""
        memo.facts.append(Fact(key=key, value=value, quote=quote, detail=detail, page=lines[i].page))
    return memo


def _declared(lines: Sequence[Line], free: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Lines "Key: value" above the first prose of a file, when there are two or more: who, when, which office."""
    found: dict[int, tuple[str, str]] = {}
    for i in free[:_HEAD]:
        text = lines[i].text
        pair = head_pair(text) if not lines[i].bookmark else None
        if pair:
            found[i] = pair
        elif len(text) > 160 or (found and list_item(text)):
            break
    return found if len(found) > 1 else {}


def _value(lines: Sequence[Line], memo: Memo, value: str, rest: list[int]) -> tuple[str, list[int]]:
    """A value printed below its key, when the line of the key has none."""
    if value:
        return value, rest
    below = next((n for n in rest if lines[n].text), None)
    if below is None or memo_pair(lines[below].text):
        return "", rest
    memo.lines.add(below)
    return lines[below].text, [n for n in rest if n > below]


def _post(lines: Sequence[Line], memo: Memo, pairs: dict[int, tuple[str, str]], rest: list[int]) -> str:
    """Short lines below a name, up to the next key; nothing when no key follows soon."""
    found: list[int] = []
    for n in rest:
        if n in pairs:
            break
        text = lines[n].text
        if text and (len(text) > 110 or len(found) == _LOOK):
            return _directly_below(lines, memo, rest)
        if text:
            found.append(n)
    else:
        return _directly_below(lines, memo, rest)
    memo.lines.update(found)
    return _join([lines[n].text for n in found])


def _directly_below(lines: Sequence[Line], memo: Memo, rest: list[int]) -> str:
    """The lines that touch the name, for the last person of a memo."""
    found = []
    for n in rest:
        text = lines[n].text
        if not text or len(text) > 110 or ends_sentence(text):
            break
        found.append(n)
    memo.lines.update(found)
    return _join([lines[n].text for n in found])


def _wrapped(lines: Sequence[Line], memo: Memo, pairs: dict[int, tuple[str, str]], rest: list[int], value: str) -> str:
    """Lines that a long subject wraps over: they touch it and it has not ended."""
    text = ""
    for n in rest:
        line = lines[n].text
        if not line or n in pairs or ends_sentence(glue(value, text)) or len(line) > 110:
            break
        memo.lines.add(n)
        text = glue(text, line)
    return text


def _join(parts: list[str]) -> str:
    """Lines of a post as one text: wrapped ones with a space, separate ones with a comma."""
    text = ""
    for part in parts:
        wrapped = (
            starts_lower(part) or part.startswith("(") or re.search(r"(?:\b(?:de|del|la|el|y|en|para)|[,-])$", text)
        )
        text = part if not text else glue(text, part) if wrapped else f"{text}, {part}"
    return text
