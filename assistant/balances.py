"""What is left when one stage of the budget is taken from another, where no column prints it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.named_measures import Mention
from index.text import stem
from tools.catalogue import TableView

# What is left when one stage is taken from another, best base first: deuda flotante is what was accrued and not paid.
BALANCES = {
    "por_pagar": (("devengado", "ejecutado"), "pagado"),
    "por_recaudar": (("vigente", "asignado", "programado"), "recaudado"),
}
STAGE_OF = {
    "comprometer": frozenset({"comprometido"}),
    **dict.fromkeys(("devengar", "ejecutar", "gastar", "ejercer", "obligar"), frozenset({"ejecutado", "devengado"})),
}


_OWED = frozenset("deuda deudas debe deben".split())  # to banks as well: no stage of the budget


def computed(mention: Mention, said: Mapping[int, str]) -> bool:
    """Whether a measure is a balance of two stages, and not a debt in general. said: the words by position."""
    return mention.measure in BALANCES and not {said.get(i) for i in mention.tokens} <= _OWED


def stageless(view: TableView, mentions: Sequence[Mention], said: Mapping[int, str]) -> frozenset[int]:
    """The words of a balance whose stage the table has not: "falta por comprometer" is no balance of a loan.

    said: the words of the question by position.
    """
    kinds = {c.measure for c in view.numbers}
    found: set[int] = set()
    for mention in mentions:
        verbs = [said[i] for i in mention.tokens if said.get(i) in STAGE_OF]
        if (
            mention.measure == "saldo"
            and verbs
            and not kinds & STAGE_OF[verbs[0]]
            and stem(verbs[0]) not in view.header
        ):
            found |= mention.tokens
    return frozenset(found)
