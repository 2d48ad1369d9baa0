"""The way of each of the demo year's declarations: planned, sent, answered, inspected, released, exported, corrected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from youju.foundation.kernel.chance import Chance
from youju.foundation.workflow.walks import Walk, next_moment
from youju.rules.trade.declarations.lifecycle import DECLARATION_FLOW, WITHDRAWN
from youju.rules.trade.parties.roles import PartyRole
from youju.trade.declarations.demo.records import MadeDeclaration, MadeDeclaredLine, MadeMessage
from youju.trade.orders.demo.rates import rate_of
from youju.trade.packing.demo.records import Shipment
from youju.trade.parties.demo.agreements import signer
from youju.trade.parties.demo.tables import authored

CUSTOMS = ("customs", "海关回执")
"""Who makes the steps that replies tell of."""
_INSPECTED = 6  # of a hundred
_ENTRY_OFFICE = "9999"  # no customs office has it
_WAYS: dict[str, tuple[str, ...]] = {
    "planned": (),
    "pre_entry": ("enter",),
    "sent": ("enter", "send"),
    "accepted": ("enter", "send", "accept"),
    "rejected": ("enter", "send", "reject"),
    "inspection": ("enter", "send", "accept", "inspect"),
    "released": ("enter", "send", "accept", "release"),
    "exported": ("enter", "send", "accept", "release", "export"),
    "withdrawn": ("enter", "send", "accept", "inspect", "withdraw"),
}
_DAYS = {
    "enter": (0, 0), "send": (0, 1), "accept": (0, 0), "reject": (0, 0), "inspect": (0, 1), "release": (0, 1),
    "export": (1, 4), "withdraw": (1, 1),
}  # fmt: skip
"""Step → from how many to how many working days after the one before."""
_REPLIES = frozenset({"accept", "reject", "inspect", "release", "export"})


@dataclass(slots=True)
class Numbers:
    """The last numbers given to declarations and entries."""

    declaration: int = 0
    entry: int = 0


def versions(  # noqa: PLR0917 - what a declaration hangs on
    shipment: Shipment,
    currency: str,
    lines: tuple[MadeDeclaredLine, ...],
    header: Mapping[str, str],
    stage: str,
    began: datetime,
    numbers: Numbers,
    chance: Chance,
) -> Iterator[MadeDeclaration]:
    """One declaration in the stage that is asked for; two versions of it where customs rejected the first."""
    numbers.declaration += 1
    number = f"D{began:%y%m%d}{numbers.declaration:06d}"
    maker = _Maker(shipment, number, currency, lines, header, numbers, chance)
    if stage not in {"corrected", "ended_corrected"}:
        yield maker.version(1, stage, began)
        return
    first = maker.version(1, "rejected", began)
    yield replace(first, live=False)
    again = next_moment(first.walk.entered, 1, chance)
    yield maker.version(2, "pre_entry" if stage == "corrected" else "exported", again)


@dataclass(slots=True)
class _Maker:
    shipment: Shipment
    number: str
    currency: str
    lines: tuple[MadeDeclaredLine, ...]
    header: Mapping[str, str]
    numbers: Numbers
    chance: Chance

    def version(self, version: int, stage: str, began: datetime) -> MadeDeclaration:
        """One version on its way."""
        batch, chance = self.shipment.batch, self.chance
        planner = signer(PartyRole.AGENT, batch.agent)
        broker = signer(PartyRole.BROKER, batch.broker)
        walk = Walk(DECLARATION_FLOW, planner, began)
        way = list(_WAYS[stage])
        if "release" in way and chance.percent(_INSPECTED):
            way.insert(way.index("release"), "inspect")
        reasons = authored("year")["reasons"]
        rejection = ""
        for step in way:
            by = {"enter": planner, "send": broker, "withdraw": planner}.get(step, CUSTOMS)
            reason = chance.pick(reasons[step]) if step in reasons else ""
            rejection = reason if step == "reject" else rejection
            walk.take(step, by, next_moment(walk.entered, chance.between(*_DAYS[step]), chance), reason)
        at = {step.transition: step.at for step in walk.steps}
        entry = sequence = ""
        if "send" in at:
            self.numbers.entry += 1
            sequence = f"E{at['send']:%Y}{self.numbers.entry:013d}"
            if "accept" in at:
                entry = f"{_ENTRY_OFFICE}{at['send']:%Y}0{self.numbers.entry:09d}"
        return MadeDeclaration(
            number=self.number,
            version=version,
            replaces=version > 1,
            state=walk.state,
            broker=batch.broker,
            declared_on=began.date(),
            currency=self.currency,
            rate=rate_of(self.currency, began.date()),
            lines=self.lines,
            header=self.header,
            entry_number=entry,
            sequence_number=sequence,
            rejection=rejection,
            created_by=planner[0],
            created_at=began,
            sent_at=at.get("send"),
            accepted_at=at.get("accept"),
            released_at=at.get("release"),
            exported_at=at.get("export"),
            live=walk.state != WITHDRAWN,
            walk=walk,
            messages=tuple(self._messages(f"{self.number}-{version}", walk)),
        )

    @staticmethod
    def _messages(key: str, walk: Walk) -> Iterator[MadeMessage]:
        """What went out and what came back, as the steps tell; nothing of what customs has not answered yet."""
        if not {"accept", "reject"} & {step.transition for step in walk.steps}:
            return
        for step in walk.steps:
            if step.transition == "send":
                yield MadeMessage("out", key, "answered", "DecMessage", "", step.at, step.at)
            elif step.transition in _REPLIES:
                kind = "DecImportResponse" if step.transition in {"accept", "reject"} else "DecStateResponse"
                yield MadeMessage("in", f"{key}-{step.target}", "read", kind, step.reason, step.at, step.at)
