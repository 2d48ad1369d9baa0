"""Orders move with a party that is merged into another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from youju.trade.orders.models import Order
from youju.trade.parties.selectors.partners import organisations_of

ROLES = ("merchant", "agent", "buyer", "consolidator")
TITLE = "交易单"


def move(source: int, target: int) -> dict[str, Any]:
    """Put ``target`` in the place of ``source``; its organisation takes part from now on. Who took part before still does."""
    organisation = organisations_of([target]).get(target)
    kept: dict[str, Any] = {"rows": {}}
    for order in _standing(source).select_for_update():
        roles = [role for role in ROLES if getattr(order, f"{role}_id") == source]
        kept["rows"][str(order.pk)] = {
            "roles": roles,
            "organisations": list(order.organisations),
            "revision": order.revision + 1,
        }
        for role in roles:
            setattr(order, f"{role}_id", target)
        if organisation is not None and organisation not in order.organisations:
            order.organisations = sorted([*order.organisations, organisation])
        order.revision += 1
        order.save(update_fields=[*(f"{role}_id" for role in roles), "organisations", "revision"])
    return kept | {"source": source, "target": target}


def move_back(kept: Mapping[str, Any]) -> None:
    """As it was before, from what :func:`move` gave."""
    for order in Order.objects.filter(pk__in=[int(key) for key in kept["rows"]]).select_for_update():
        was = kept["rows"][str(order.pk)]
        for role in was["roles"]:
            setattr(order, f"{role}_id", kept["source"])
        order.organisations = was["organisations"]
        order.revision += 1
        order.save(update_fields=[*(f"{role}_id" for role in was["roles"]), "organisations", "revision"])


def count(party: int) -> int:
    """How many orders name a party."""
    return int(_standing(party).count())


def later(kept: Mapping[str, Any], *, source: int, target: int) -> str:  # noqa: ARG001 - the signature of Later
    """Why what moved can no longer be moved back."""
    there = dict(
        Order.objects.filter(pk__in=[int(key) for key in kept["rows"]]).values_list("pk", "revision")
    )
    if any(there.get(int(key)) != was["revision"] for key, was in kept["rows"].items()):
        return "移过来的交易单有改动"
    return "被合并的备案名下又有新的交易单" if count(source) else ""


def _standing(party: int) -> Any:
    named = Q()
    for role in ROLES:
        named |= Q(**{f"{role}_id": party})
    return Order.objects.filter(named).order_by("pk")
