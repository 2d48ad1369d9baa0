"""What this room tells of the conduct of parties: disputes that ended in favour of who brought them, told of the other side."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from youju.foundation.kernel.conduct import ConductRecord
from youju.office.tasks import addresses
from youju.office.tasks.models import Matter
from youju.rules.office.tasks.kinds import DISPUTE_TOPICS, TaskKind
from youju.rules.office.tasks.lifecycle import ACCEPTED

LOST = "disputes.lost"
KINDS = frozenset((LOST,))
_AGAINST_US, _WON = "service", "met"


def conduct(parties: frozenset[int] | None, since: date, until: date) -> Iterator[ConductRecord]:  # noqa: ARG001 - by codes
    """One query. This room knows the other side by the code that was given for it; without one nobody is told of.

    Complaints about the centre itself are nobody else's conduct.
    """
    rows = (
        Matter.objects.filter(
            task__kind=TaskKind.DISPUTE, task__state=ACCEPTED, task__accepted_on__gte=since, task__accepted_on__lte=until,
            outcome=_WON,
        )
        .exclude(other_code="")
        .exclude(topic=_AGAINST_US)
    )  # fmt: skip
    named = ("task_id", "task__number", "task__accepted_on", "other_code", "topic", "amount")
    for pk, number, day, code, topic, amount in rows.order_by("task__accepted_on", "pk").values_list(*named):
        yield ConductRecord(
            0, day, LOST, str(pk), number, addresses.task(str(pk)) or "", amount=amount,
            outcome=f"{DISPUTE_TOPICS.get(topic, topic)}纠纷，对方诉求得到支持", party_code=code,
        )  # fmt: skip
