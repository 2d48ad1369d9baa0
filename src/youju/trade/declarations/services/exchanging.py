"""The exchange as jobs: putting out soon after a declaration was sent, and a round each minute that does all of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from youju.foundation.jobs.defining import job, periodic
from youju.foundation.jobs.services import enqueue
from youju.foundation.kernel.context import reaching_all
from youju.trade.declarations.exchange import Exchange, exchange

_KEY = "declarations.exchange"


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


def put_out_soon() -> None:
    """Ask for the files to be put out once the caller's transaction has committed."""
    enqueue(put_out, key=_KEY, once=True)


@job("declarations.put-out", title="发送报文", atomic=False)
def put_out() -> dict[str, Any]:
    """Put out what waits."""
    from youju.trade.declarations.services.sending import put_waiting

    with reaching_all():
        return {"put": put_waiting(exchange())}


@periodic("declarations.exchange", title="与单一窗口交换报文", cron="* * * * *", atomic=False)
def run_round() -> dict[str, Any]:
    """One round of the exchange."""
    with reaching_all():
        return exchange_round(exchange()).as_json()


@periodic("declarations.simulated-window", title="模拟单一窗口（只在示例中）", cron="* * * * *", atomic=False)
def simulate() -> dict[str, Any]:
    """In the demo alone: a simulated Single Window answers, so that a newcomer sees declarations move."""
    from youju.foundation.identity.installation import demo_mode
    from youju.trade.declarations.exchange import exchange_folder
    from youju.trade.declarations.exchange.simulated import SimulatedWindow

    if not demo_mode():
        return {"demo": False}
    return {"demo": True, **SimulatedWindow(exchange_folder()).step().as_json()}
