"""Many goods at once, from a spreadsheet, and taking them back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record_many
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.trade.goods import events, permissions
from youju.trade.goods.models import Decision, Good
from youju.trade.goods.services.catalogue import next_numbers, state_of
from youju.trade.goods.services.values import GoodValues
from youju.trade.parties.selectors import acting_parties

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class NewGood:
    """A judged good of a party, ready to be stored."""

    party_id: int
    values: GoodValues


@transaction.atomic
def store_goods(*, actor: User, goods: Sequence[NewGood], is_demo: bool = False) -> list[int]:
    """Store goods that were judged before; their ids.

    The rows go in few large INSERTs, which give the ids back.

    Raises:
        PermissionDenied: the actor may not edit goods, or not act for one of the parties.
    """
    require(actor, permissions.EDIT)
    wanted = {each.party_id for each in goods}
    if len(acting_parties(actor, timezone.localdate(), ids=wanted)) < len(wanted):
        raise PermissionDenied("您不能为其中一家经营户登记商品。")
    rows = Good.objects.bulk_create(
        [
            Good(
                party_id=each.party_id,
                number=number,
                created_by=actor.username,
                is_demo=is_demo,
                **asdict(each.values),
            )
            for each, number in zip(goods, next_numbers(len(goods)), strict=True)
        ],
        batch_size=1_000,
    )
    record_many(
        events.GOOD_REGISTERED,
        [(events.good_subject(row), None, {"number": row.number, **state_of(row)}) for row in rows],
    )
    return [row.pk for row in rows]


def bulk_consequences(kept: Mapping[str, Any]) -> list[str]:
    """What taking the goods back would do.

    Raises:
        InputError: one was changed or recognised since (409).
    """
    rows = list(Good.objects.filter(pk__in=kept["ids"]))
    if len(rows) < len(kept["ids"]):
        raise InputError("这一批里有不归您办理的商品", how="请由受理这些经营户的科室撤销", status=409)
    touched = [row.number for row in rows if row.revision or row.state != "draft"]
    touched += list(
        Decision.objects.filter(good__in=rows).order_by().values_list("good__number", flat=True).distinct()
    )
    if touched:
        shown = "、".join(dict.fromkeys(touched[:_SHOWN]))
        raise InputError(
            f"商品 {shown} 后来改过或已办过认定，不能整批撤销", how="不要的商品请逐件下架", status=409
        )
    return [f"删除这一批登记的 {len(rows)} 件商品。"]


@transaction.atomic
def bulk_undo(*, kept: Mapping[str, Any]) -> None:
    """Delete the goods of a batch; the imports room has asked for the permission.

    Raises:
        InputError: one was changed or recognised since, or is beyond the actor's reach (409).
    """
    bulk_consequences(kept)
    rows = list(Good.objects.select_for_update(of=("self",)).filter(pk__in=kept["ids"]))
    record_many(
        events.GOOD_REMOVED,
        [(events.good_subject(row), {"number": row.number, **state_of(row)}, None) for row in rows],
    )
    Good.objects.filter(pk__in=[row.pk for row in rows]).delete()
