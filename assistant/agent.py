"""The agent: a LlamaIndex workflow of four steps, read → select → run a tool → compose.

It needs the light `workflows` package alone. `Agent.answer` is for plain code and works inside a running event loop
too (a notebook, a web server).
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass

from pydantic import InstanceOf
from workflows import Workflow, step
from workflows.events import Event, StartEvent, StopEvent

from assistant.model import Answer
from assistant.routes import Choice, EvidenceSelector, Library, Reading, Selector, Tool, compose, run_tool
from assistant.shortlist import Scope
from assistant.those_told import Turn


class _Asking:
    """No dataclass: pydantic 2.12 looks into the fields of one, down to a type that is imported for checking alone."""

    def __init__(self, *, text: str, scope: Scope, holdings: Library) -> None:
        self.text = text
        self.scope = scope
        self.holdings = holdings


@dataclass(frozen=True, kw_only=True, repr=False)
class _Found:
    reading: Reading
    tool: Tool
    answer: Answer | None


@dataclass(frozen=True, kw_only=True, repr=False)
class Composed:
    """How a run ends. turn: what the next question may lean on, None after a refusal."""

    answer: Answer
    turn: Turn | None

    def pair(self) -> tuple[Answer, Turn | None]:
        """The answer and the turn."""
        return self.answer, self.turn


# Events carry objects without a `repr`: the engine writes every event out for its traces, and asyncio the result of
# its task for a signal handler, whole tables included.
class AskedEvent(StartEvent):  # type: ignore[misc]  # the workflows package is not followed by mypy
    """A question arrived."""

    asking: InstanceOf[_Asking]


class ReadEvent(Event):  # type: ignore[misc]  # workflows is not followed by mypy
    """The question was read against the library."""

    reading: InstanceOf[Reading]


class SelectedEvent(Event):  # type: ignore[misc]  # workflows is not followed by mypy
    """A tool was chosen."""

    reading: InstanceOf[Reading]
    choice: Choice


class FoundEvent(Event):  # type: ignore[misc]  # workflows is not followed by mypy
    """The tool ran."""

    found: InstanceOf[_Found]


class ComposedEvent(StopEvent):  # type: ignore[misc]  # workflows is not followed by mypy
    """The answer is ready."""

    composed: InstanceOf[Composed]


class AgentWorkflow(Workflow):  # type: ignore[misc]  # workflows is not followed by mypy
    """The steps of `assistant.routes` as a workflow. selector: who chooses the tool."""

    def __init__(self, selector: Selector | None = None) -> None:
        super().__init__(timeout=None)  # the first narrative question of a large store builds an index
        self._selector = selector or EvidenceSelector()

    @step  # type: ignore[untyped-decorator]  # workflows is not followed by mypy
    async def read(self, event: AskedEvent) -> ReadEvent:
        """Mend the typing errors of the question and analyse it."""
        asking = event.asking
        return ReadEvent(reading=Reading(asking.text, asking.scope, asking.holdings))

    @step  # type: ignore[untyped-decorator]  # workflows is not followed by mypy
    async def select(self, event: ReadEvent) -> SelectedEvent:
        """Let the selector choose the tool; read the question again when it put it in other words."""
        reading: Reading = event.reading
        choice = await self._selector.select(reading)
        if choice.text is not None:
            reading = Reading(choice.text, reading.scope, reading.holdings)
        return SelectedEvent(reading=reading, choice=choice)

    @step  # type: ignore[untyped-decorator]  # workflows is not followed by mypy
    async def use_tool(self, event: SelectedEvent) -> FoundEvent:
        """Run the tool; one that cannot account for the whole question finds nothing."""
        tool = event.choice.tool
        return FoundEvent(found=_Found(reading=event.reading, tool=tool, answer=run_tool(event.reading, tool)))

    @step  # type: ignore[untyped-decorator]  # workflows is not followed by mypy
    async def compose(self, event: FoundEvent) -> ComposedEvent:
        """Make the answer or the refusal."""
        answer, turn = compose(event.found.reading, event.found.tool, event.found.answer)
        return ComposedEvent(composed=Composed(answer=answer, turn=turn))


def _inside_a_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


class Agent:
    """Answers single questions by running the workflow. Safe to share between threads: every run has its own loop."""

    def __init__(self, selector: Selector | None = None) -> None:
        self._workflow = AgentWorkflow(selector)

    def answer(self, text: str, scope: Scope, library: Library) -> tuple[Answer, Turn | None]:
        """Answer from plain code. What a step raises is raised here."""
        asking = _Asking(text=text, scope=scope, holdings=library)
        if not _inside_a_loop():
            return self._run(asking).pair()
        # a loop cannot run inside another one
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="consta") as thread:
            return thread.submit(copy_context().run, self._run, asking).result().pair()

    async def answer_async(self, text: str, scope: Scope, library: Library) -> tuple[Answer, Turn | None]:
        """Answer from asynchronous code; the steps themselves hold its loop while they compute."""
        return (await self._ran(_Asking(text=text, scope=scope, holdings=library))).pair()

    def _run(self, asking: _Asking) -> Composed:
        # a factory, so that the thread's current event loop is left as it was
        with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
            return runner.run(self._ran(asking))

    async def _ran(self, asking: _Asking) -> Composed:
        done: ComposedEvent = await self._workflow.run(start_event=AskedEvent(asking=asking))
        return done.composed
