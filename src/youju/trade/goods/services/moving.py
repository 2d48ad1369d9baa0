"""How goods move with their party when two filings are made one, and back when that is undone."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from youju.trade.goods.models import Good, GoodDraft
from youju.trade.parties.services.moving import Kept, register_mover

if TYPE_CHECKING:
    from youju.trade.parties.models import Party


def register_goods() -> None:
    """Enter goods among what stands on a party."""
    register_mover("goods", "商品", move=_move, move_back=_back, count=count, later=_later, url=_url)


def count(party: int) -> int:
    """How many goods of a party the reader reaches."""
    return Good.objects.filter(party=party).count()


def _url(party: Party) -> str:
    return f"{reverse('goods:goods')}?{urlencode({'party': party.number or party.name})}"


def _move(source: int, target: int) -> Kept:
    rows = Good.objects.select_for_update(of=("self",)).filter(party=source).order_by("pk")
    seen = {
        str(key): [revision, state] for key, revision, state in rows.values_list("pk", "revision", "state")
    }
    keys = [int(key) for key in seen]
    Good.objects.filter(pk__in=keys).update(party=target)
    GoodDraft.objects.filter(good__in=keys).update(party=target)
    return {"ids": keys, "source": source, "target": target, "rows": seen}


def _back(kept: Kept) -> None:
    Good.objects.filter(pk__in=kept["ids"]).update(party=kept["source"])
    GoodDraft.objects.filter(good__in=kept["ids"]).update(party=kept["source"])


def _later(kept: Kept, *, source: int, target: int) -> str:
    """Goods that moved were changed or decided anew, or new ones came to the filing that was given up."""
    rows = Good.objects.filter(pk__in=kept["ids"], party=target)
    now = {
        str(key): [revision, state] for key, revision, state in rows.values_list("pk", "revision", "state")
    }
    if now != kept["rows"]:
        return "移过来的商品有改动"
    return "被合并的备案名下又有新的商品" if Good.objects.filter(party=source).exists() else ""
