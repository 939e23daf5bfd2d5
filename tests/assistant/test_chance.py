"""The chance of an answer: a share, that grows with what speaks for it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.chance import LIMITS, MeaningSigns, WordSigns, by_meaning, by_words

SHARE = st.floats(0, 1)
WORDS = st.builds(
    WordSigns,
    support=SHARE,
    ahead=st.floats(0, 3),
    behind=st.floats(-3, 0),
    typed=st.booleans(),
    passages=st.integers(0, 10**6),
)
MEANING = st.builds(
    MeaningSigns,
    ahead=st.floats(-1, 3),
    said=SHARE,
    section=SHARE,
    sentence=SHARE,
    farthest=SHARE,
    left=st.integers(0, 20),
    terms=st.integers(0, 20),
    passages=st.integers(0, 10**6),
)


@given(WORDS, MEANING)
def test_a_chance_is_a_share(words: WordSigns, meaning: MeaningSigns) -> None:
    assert 0 <= by_words(words) <= 1
    assert 0 <= by_meaning(meaning) <= 1


@pytest.mark.parametrize("name", ["support", "ahead", "behind"])
@given(signs=WORDS, value=st.floats(-1, 0) | SHARE)
def test_what_speaks_for_words_never_lowers_it(name: str, signs: WordSigns, value: float) -> None:
    more = max(value, getattr(signs, name))
    assert by_words(replace(signs, **{name: more})) >= by_words(signs)


@pytest.mark.parametrize("name", ["said", "section", "sentence", "farthest"])
@given(signs=MEANING, value=SHARE)
def test_what_speaks_for_meaning_never_lowers_it(name: str, signs: MeaningSigns, value: float) -> None:
    more = max(value, getattr(signs, name))
    assert by_meaning(replace(signs, **{name: more})) >= by_meaning(signs)


def test_more_passages_to_meet_by_accident_make_words_less_likely() -> None:
    few = WordSigns(support=0.6, ahead=0.6, behind=0.0, typed=False, passages=30)
    assert by_words(few) > by_words(replace(few, passages=3000))
    assert by_words(few) > LIMITS.words > by_words(replace(few, ahead=0.0))
