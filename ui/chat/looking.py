"""Which evidence each session wants to see: what was pressed last wins, however events overtake one another."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, replace

from ui.chat.views import Place

_MOST = 5000  # sessions; the one that pressed longest ago is forgotten, and then nothing of it is held back


@dataclass(frozen=True, kw_only=True, slots=True)
class _Wish:
    number: int
    place: Place | None


class Wishes:
    """Safe to share between threads.

    Events of one page travel on several connections and are worked off by several threads: a press may arrive before
    an earlier one, and evidence that is slow to draw may be ready after what was pressed later. The page numbers its
    presses, and evidence that is no longer wanted is not sent.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._of: OrderedDict[str, _Wish] = OrderedDict()

    def press(self, session: str, number: int, place: Place) -> bool:
        """A press of a session. number: as the page counts them, from 1; any other says nothing of the order.

        Returns whether no later one came before it.
        """
        with self._lock:
            before = self._of[session].number if session in self._of else 0
            if 0 < number < before:
                return False
            self._keep(session, _Wish(number=max(number, before), place=place))
            return True

    def turn_to(self, session: str, place: Place | None) -> None:
        """Another thing than a press asks for evidence: an answer that came; None for none, a conversation begun anew."""
        with self._lock:
            last = self._of.get(session, _Wish(number=0, place=None))
            self._keep(session, replace(last, place=place))

    def still(self, session: str, place: Place) -> bool:
        """Whether this evidence is what the session wants to see now."""
        with self._lock:
            last = self._of.get(session)
            return last is None or last.place == place

    def _keep(self, session: str, wish: _Wish) -> None:
        self._of[session] = wish
        self._of.move_to_end(session)
        while len(self._of) > _MOST:
            self._of.popitem(last=False)
