"""The exchange as a job: a round each few minutes that does all of it, and one soon after something was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from youju.foundation.identity.installation import demo_mode
from youju.foundation.jobs.defining import periodic
from youju.foundation.jobs.services import enqueue
from youju.foundation.kernel.context import reaching_all
from youju.trade.declarations.exchange import Exchange, exchange, exchange_folder
from youju.trade.declarations.exchange.simulated import SimulatedWindow

_KEY = "declarations.exchange"
_DEMO_STEPS = 2


@dataclass(frozen=True, slots=True)
class Done:
    """What a round did: files put out, replies read by outcome, messages to be sent again, questions asked, to-dos made."""

    put: int
    replies: dict[str, int]
    asked: dict[str, int]

    def as_json(self) -> dict[str, Any]:
        """As the command and the job tell it."""
        return {"put": self.put, "replies": self.replies, "asked": self.asked}


def exchange_round(through: Exchange, *, now: datetime | None = None) -> Done:
    """Read what came, ask for what did not, put out what waits. Each step may be killed and done again."""
    from youju.trade.declarations.services.asking import ask_again
    from youju.trade.declarations.services.poisoning import note_poison
    from youju.trade.declarations.services.replying import read_incoming
    from youju.trade.declarations.services.sending import put_waiting

    replies = read_incoming(through, now=now)
    note_poison(through)
    asked = ask_again(now=now)
    return Done(put_waiting(through, now=now), replies.as_json(), asked.as_json())


def exchange_soon() -> None:
    """Ask for a round once the caller's transaction has committed."""
    enqueue(run_round, key=_KEY, once=True)


@periodic("declarations.exchange", title="与单一窗口交换报文", cron="*/5 * * * *", atomic=False)
def run_round() -> dict[str, Any]:
    """One round of the exchange, each few minutes and whenever something was sent or put back.

    In the demo alone a simulated Single Window answers first, so that a newcomer sees declarations move by themselves.
    """
    with reaching_all():
        if demo_mode():
            _simulate()
        return exchange_round(exchange()).as_json()


def _simulate() -> None:
    """A few steps of the simulated window, with what lies between them; the last one's replies are read by the round."""
    for turn in range(_DEMO_STEPS):
        if turn:
            exchange_round(exchange())
        SimulatedWindow(exchange_folder()).step()
