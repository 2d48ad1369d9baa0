"""What a merchant, an agent or another party of the trade needs first: the own filings, agreements to sign, goods, orders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from youju.foundation.identity.permissions import Permission, allowed
from youju.rules.trade.parties.lifecycle import APPROVED, DRAFT, RETURNED, SUSPENDED
from youju.trade.goods import selectors as goods
from youju.trade.orders import selectors as orders
from youju.trade.parties import selectors as parties

SHOWN = 5
_TONES = {APPROVED: "approved", RETURNED: "error", SUSPENDED: "warning"}
_GOODS = ("draft", "outdated", "refused", "recognised", "explained")


@dataclass(frozen=True, slots=True)
class Filing:
    """A filing of the own organisation: what it is called, how it stands, what is to be done with it and where."""

    name: str
    number: str
    state: str
    tone: str
    url: str
    action: str
    urgent: bool


@dataclass(frozen=True, slots=True)
class Signing:
    """An agreement that waits for the signature of the own organisation."""

    number: str
    partner: str
    url: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many records stand in a state, and where they are listed; ``url`` empty: nowhere yet."""

    label: str
    count: int
    url: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class OwnTrade:
    """The parts that the user may see; the others are empty."""

    filings: tuple[Filing, ...]
    filings_more: int
    may_file: bool
    signing: tuple[Signing, ...]
    signing_more: int
    goods: tuple[Tally, ...]
    sees_goods: bool
    may_sell: bool
    orders: Tally | None


def own_trade(user: Any) -> OwnTrade | None:
    """What stands with the user's own organisation; ``None`` for who has no filings of its own."""
    if not allowed(user, Permission.PARTIES_OWN):
        return None
    filings = parties.own_filings(user)
    signs = allowed(user, Permission.AGREEMENTS_SIGN)
    signing = parties.agreements_to_sign(user) if signs else []
    mine = {each.pk for each in filings}
    sees_goods = allowed(user, Permission.GOODS_VIEW)
    return OwnTrade(
        filings=tuple(_filing(each) for each in filings[:SHOWN]),
        filings_more=max(0, len(filings) - SHOWN),
        may_file=allowed(user, Permission.PARTIES_FILE),
        signing=tuple(
            Signing(
                row.number,
                row.agent_name if row.principal_id in mine else row.principal_name,
                reverse("parties:agreement", args=[row.pk]),
            )
            for row in signing[:SHOWN]
        ),
        signing_more=max(0, len(signing) - SHOWN),
        goods=_goods() if sees_goods else (),
        sees_goods=sees_goods,
        may_sell=allowed(user, Permission.GOODS_EDIT) and any(each.state == APPROVED for each in filings),
        orders=_orders(user) if allowed(user, Permission.ORDERS_CONFIRM) else None,
    )


def _filing(row: Any) -> Filing:
    page = reverse("parties:party", args=[row.pk])
    form = reverse("parties:edit", args=[row.pk, "fields"])
    url, action = {RETURNED: (form, "补正"), DRAFT: (form, "接着填")}.get(row.state, (page, "查看"))
    return Filing(
        row.name,
        row.number,
        parties.state_label(row),
        _TONES.get(row.state, "hint"),
        url,
        action,
        row.state in {RETURNED, DRAFT},
    )


def _goods() -> tuple[Tally, ...]:
    counts, here = goods.state_counts(), reverse("goods:recognition")
    return tuple(
        Tally(goods.STATES[code], counts[code], f"{here}?state={code}", "error" if code == "refused" else "")
        for code in _GOODS
        if counts.get(code)
    )


def _orders(user: Any) -> Tally:
    try:
        url = f"{reverse('orders:orders')}?waiting=on"
    except NoReverseMatch:  # their pages are not mounted
        url = ""
    return Tally("待双方确认的交易", orders.orders(actor=user, waiting=True).count(), url)
