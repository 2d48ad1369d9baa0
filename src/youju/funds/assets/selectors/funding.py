"""Paid payments and what became of them: cards, the part that is no asset, what nobody registered yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.funds.assets import permissions
from youju.funds.assets.models import Asset, Expensed, Funding
from youju.funds.payments.selectors import payments
from youju.rules.law import names

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_MONEY: Any = DecimalField(max_digits=18, decimal_places=2)
_ZERO = Value(Decimal("0.00"), output_field=_MONEY)


@dataclass(frozen=True, slots=True)
class PaymentView:
    """A paid payment as this room needs it; money in CNY. ``open``: neither card nor expensed."""

    id: int
    number: str
    project: str
    amount: Decimal
    purpose: str
    payee: str
    paid_on: date
    cards: int
    registered: Decimal
    expensed: Decimal
    expensed_note: str

    @property
    def open(self) -> Decimal:
        """What nobody registered yet."""
        return self.amount - self.registered - self.expensed


def paid_payments(
    actor: User,
    *,
    text: str = "",
    project: str = "",
    every: bool = False,
    only_open: bool = False,
    year: int = 0,
) -> QuerySet[Any]:
    """Paid payments with ``registered``, ``expensed``, ``cards`` and ``rest`` (CNY); those of capital kind unless ``every``.

    Raises:
        PermissionDenied: the actor sees no assets, or no payments.
    """
    require(actor, permissions.VIEW)
    rows = payments(actor=actor, text=text, state="paid").annotate(
        registered=Coalesce(_sum(Funding), _ZERO),
        expensed=Coalesce(_sum(Expensed), _ZERO),
        cards=Coalesce(
            Subquery(
                Funding.objects.filter(payment_id=OuterRef("pk"))
                .values("payment_id")
                .order_by()
                .annotate(count=Count("pk"))
                .values("count")
            ),
            0,
        ),
    )
    rows = rows.annotate(rest=F("amount") - F("registered") - F("expensed"))
    if project:
        rows = rows.filter(project__code=project)
    if year:
        rows = rows.filter(paid_on__year=year)
    if not every:
        rows = rows.filter(capital())
    return rows.filter(rest__gt=0) if only_open else rows


def capital() -> Q:
    """Payments of capital kind: by their tags, by words of their purpose, or because a card was made of them."""
    law = law_on(timezone.localdate())
    found = Q(tags__overlap=list(names(law, "funds.assets.capital_tags"))) | Q(registered__gt=0)
    for word in names(law, "funds.assets.capital_words"):
        found |= Q(purpose__contains=word)
    return found


def payment_of(actor: User, number: str) -> PaymentView:
    """A paid payment by its number.

    Raises:
        PermissionDenied: the actor sees no assets, or no payments.
        InputError: there is none that is paid (404).
    """
    plain = number.replace("\0", "").strip()
    row = paid_payments(actor, every=True).filter(number=plain).first()
    if row is None:
        raise InputError(
            "没有这笔已付的付款", where="付款编号", how="请核对编号；没付成的不能登记资产", status=404
        )
    note = Expensed.objects.filter(payment_id=row.pk).values_list("note", flat=True).first() or ""
    return PaymentView(
        row.pk, row.number, row.project.code, row.amount, row.purpose, row.payee_name, row.paid_on, row.cards,
        row.registered, row.expensed, note,
    )  # fmt: skip


def cards_of(actor: User, payment_id: int) -> list[Asset]:
    """The cards that a payment paid for, with ``part``: how much of it each took, CNY.

    Raises:
        PermissionDenied: the actor sees no assets.
    """
    require(actor, permissions.VIEW)
    rows = Asset.objects.filter(fundings__payment_id=payment_id).annotate(part=F("fundings__amount"))
    return list(rows.order_by("number"))


def fundings_of(actor: User, asset_ids: Iterable[int]) -> list[Funding]:
    """What paid for cards, with payment and project. One query.

    Raises:
        PermissionDenied: the actor sees no assets.
    """
    require(actor, permissions.VIEW)
    return list(Funding.objects.filter(asset_id__in=list(asset_ids)).select_related("payment"))


def _sum(model: type[Funding] | type[Expensed]) -> Subquery:
    rows = model._default_manager.filter(payment_id=OuterRef("pk")).values("payment_id").order_by()
    return Subquery(rows.annotate(sum=Sum("amount")).values("sum"), output_field=_MONEY)
