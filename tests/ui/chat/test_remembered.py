"""What a page remembers of its conversation comes back as it was; what is none of that is nothing."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.chat.remembered import recalled, remembered
from ui.chat.turns import Turn

TEXT = st.text(min_size=1, max_size=50).filter(str.strip)


@given(
    st.lists(st.builds(Turn, question=TEXT, documents=st.lists(st.text(max_size=9), max_size=3).map(tuple)), max_size=9)
)
def test_a_conversation_is_recalled_as_it_was(turns: list[Turn]) -> None:
    assert recalled(remembered(turns), 50) == tuple(turns)


def test_of_a_long_conversation_the_last_questions_are_recalled() -> None:
    turns = [Turn(question=f"¿{n}?") for n in range(60)]
    assert recalled(remembered(turns), 50) == tuple(turns[-40:])


@pytest.mark.parametrize(
    "told",
    [
        None, 7, "", "{", "null", "7", "{}", '["x"]', "[[]]", '[["x"]]', '[["x", "d"]]', '[["x", [1]]]', '[["", []]]', "[" * 9999,
        json.dumps([["x" * 51, []]]), json.dumps([["x", []]] * 41), json.dumps([["x", []], ["y", None]]),
    ],
)  # fmt: skip
def test_what_is_no_conversation_is_nothing(told: object) -> None:
    assert recalled(told, 50) == ()
