"""When a page has come to rest. What is looked at before is met between two drawings on a slow machine."""

from __future__ import annotations

from typing import Any

TEXT = "#question textarea"


def at_rest(page: Any) -> int:
    """Wait on the tab «Preguntar» until nothing is looked for or drawn any more. Returns the number of questions."""
    return int(page.wait_for_function(_REST).json_value()["turns"])


def asked(page: Any, question: str) -> Any:
    """Send a question with Enter and wait until its answer and its evidence are there. Returns its turn.

    It is told from others by its number, because the same question may have been asked before.
    """
    number = at_rest(page)
    send(page, question)
    page.wait_for_function(_ANSWERED, arg=number)
    return page.locator(f".turn[data-turn='{number}']")


def send(page: Any, question: str) -> None:
    """Type a question and send it with Enter."""
    page.fill(TEXT, question)
    page.press(TEXT, "Enter")


def begin_anew(page: Any) -> None:
    """Leave the conversation that another test had, as a person does."""
    at_rest(page)
    fresh = page.locator("#fresh")  # there while there is a conversation, or something in the box
    if fresh.is_visible():
        fresh.click()
        fresh.wait_for(state="hidden")
    page.locator(".welcome [data-ask]").first.wait_for()
    page.locator("#proof-view .empty").wait_for()
    at_rest(page)


_STATE = """
  const talk = document.querySelector('#talk-view'), send = document.querySelector('#send');
  const turns = talk ? talk.querySelectorAll('.turn').length : 0;
  const rest = talk && send?.offsetParent && !document.querySelector('#talk-view .step, #proof-view .step')
    && (turns || talk.querySelector('.welcome [data-ask]'));
"""
_REST = f"() => {{ {_STATE} return rest ? {{ turns }} : null; }}"
_ANSWERED = f"""(number) => {{ {_STATE}
  return rest && document.querySelector(`.turn[data-turn='${{number}}'] .answer`)
    && document.querySelector('#proof-view .proof, #proof-view .empty');
}}"""
