"""What the pages of the room show: a receipt with its suggestions, a reservation, the overview."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Sum
from django.utils import timezone

from youju.foundation.files.selectors import Attached, attachments
from youju.foundation.identity.permissions import allowed, require
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on
from youju.rules.law import whole
from youju.rules.trade.settlement.accounts import HELD
from youju.rules.trade.settlement.matching import Candidate, Suggestion, suggestions
from youju.rules.trade.settlement.money import converted
from youju.rules.trade.settlement.names import likeness
from youju.trade.parties.selectors.partners import names_of
from youju.trade.settlement import events, permissions
from youju.trade.settlement.models import Finding, Lot, Movement, Receipt, Reservation
from youju.trade.settlement.selectors.ageing import Band, ageing
from youju.trade.settlement.selectors.hints import named_in
from youju.trade.settlement.selectors.rates import quoted

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

MOST = "trade.settlement.match_candidates"
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Offer:
    """A suggestion with what its declaration has left: ``available`` in ``currency``."""

    suggestion: Suggestion
    available: Decimal
    currency: str
    released_on: date
    merchants: str


@dataclass(frozen=True, slots=True)
class MoveView:
    """A movement of a receipt; ``lot`` is None where the line is not in reach. ``left``: what of a write-off stands."""

    row: Movement
    lot: Lot | None
    left: Decimal

    @property
    def key(self) -> str:
        """The declaration of the line, where it is in reach."""
        return f"{self.lot.number}-{self.lot.version}" if self.lot else ""


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """A receipt with what was done with it."""

    row: Receipt
    moves: tuple[MoveView, ...]
    findings: tuple[Finding, ...]
    pictures: tuple[Attached, ...]
    offers: tuple[Offer, ...]
    may_match: bool
    may_record: bool


def receipt_page(*, actor: User, number: str) -> ReceiptPage | None:
    """A receipt in reach, with suggestions while money of it stands nowhere.

    Raises:
        PermissionDenied: the actor does not see settlement.
    """
    require(actor, permissions.VIEW)
    row = Receipt.objects.filter(number=number.replace("\0", "")).first()
    if row is None:
        return None
    moves = list(Movement.objects.filter(receipt=row).order_by("pk"))
    lots = Lot.objects.in_bulk([move.lot_id for move in moves if move.lot_id])
    back: dict[int, Decimal] = {}
    for move in moves:
        if move.of_id:
            back[move.of_id] = back.get(move.of_id, Decimal(0)) + move.amount
    may_match = allowed(actor, permissions.MATCH)
    return ReceiptPage(
        row=row,
        moves=tuple(
            MoveView(
                move,
                lots.get(move.lot_id or 0),
                move.amount - back.get(move.pk, Decimal(0)) if move.kind == "match" else Decimal(0),
            )
            for move in moves
        ),
        findings=tuple(Finding.objects.filter(receipt=row)),
        pictures=tuple(attachments(Subject(events.RECEIPT_KIND, row.number, row.number), "picture")),
        offers=offers_for(row) if may_match and row.suspense > 0 else (),
        may_match=may_match,
        may_record=allowed(actor, permissions.RECORD),
    )  # fmt: skip


def offers_for(row: Receipt) -> tuple[Offer, ...]:
    """The declarations in reach that a receipt is likely for, best first; four queries."""
    law = law_on(row.received_on)
    lots = list(_open_lots(row, whole(law, MOST)))
    by_key: dict[str, list[Lot]] = {}
    for lot in lots:
        by_key.setdefault(f"{lot.number}-{lot.version}", []).append(lot)
    names = names_of(buyer for lot in lots for buyer in lot.buyers)
    rates = quoted({(lot.currency, row.received_on) for lot in lots})
    named = named_in(row.hint, row.remark)
    candidates = []
    for key, group in by_key.items():
        first = group[0]
        rate = rates.get((first.currency, row.received_on))
        if rate is None or any(lot.currency != first.currency for lot in group):
            continue

        def worth(amount: Decimal, currency: str = first.currency, into: Decimal = rate.rate) -> Decimal:
            return amount if currency == row.currency else converted(amount, rate=into, into=row.rate)

        buyers = [names[buyer][1] for lot in group for buyer in lot.buyers if buyer in names]
        candidates.append(
            Candidate(
                key=key,
                available=worth(_sum(lot.available for lot in group)),
                declared=worth(_sum(lot.declared for lot in group)),
                released_on=first.released_on,
                payer_like=likeness(row.payer_name, dict.fromkeys(buyers), law).level,
                named=any(
                    number in {first.number, first.entry_number} and version in {None, first.version} for number, version in named
                ),
                payee=row.payee_id is not None,
                same_currency=row.currency == first.currency,
            )
        )  # fmt: skip
    found = suggestions(row.suspense, row.received_on, candidates, law)[:_SHOWN]
    return tuple(
        Offer(
            each,
            _sum(lot.available for lot in by_key[each.key]),
            by_key[each.key][0].currency,
            by_key[each.key][0].released_on,
            "、".join(dict.fromkeys(lot.merchant_name for lot in by_key[each.key])),
        )
        for each in found
    )


def _open_lots(row: Receipt, most: int) -> Iterable[Lot]:
    rows = Lot.objects.filter(live=True, available__gt=0)
    if row.payee_id is not None:
        rows = rows.filter(merchant=row.payee_id) | rows.filter(agent=row.payee_id)
    # Whole declarations: the newest that were released about when the money came, and the one that is named.
    near = list(
        rows.order_by("-released_on", "-declaration").values_list("declaration", flat=True).distinct()[:most]
    )
    named = [number for number, _ in named_in(row.hint, row.remark)]
    if named:
        near += list(rows.filter(number__in=named).values_list("declaration", flat=True)[:most])
    return rows.filter(declaration__in=near).order_by("number", "g_no", "pk")


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))


def reservation_page(*, actor: User, number: str) -> tuple[Reservation, tuple[Movement, ...]] | None:
    """A reservation in reach, with what was written off on it.

    Raises:
        PermissionDenied: the actor does not see settlement.
    """
    require(actor, permissions.VIEW)
    row = Reservation.objects.select_related("organisation").filter(number=number.replace("\0", "")).first()
    if row is None:
        return None
    return row, tuple(Movement.objects.filter(reservation=row).select_related("receipt"))


@dataclass(frozen=True, slots=True)
class Overview:
    """How settlement stands today: CNY at the customs rate (``left``) and at the days' rates (``collected``)."""

    bands: tuple[Band, ...]
    declarations: int
    unmatched: int
    unmatched_cny: Decimal
    held: int
    findings: int
    collected_cny: Decimal

    @property
    def left_cny(self) -> Decimal:
        """What is still to come."""
        return _sum(band.left_cny for band in self.bands)


def overview(*, actor: User, today: date | None = None) -> Overview:
    """What stands on the first page; five queries, whatever the size of the ledger.

    Raises:
        PermissionDenied: the actor does not see settlement.
    """
    require(actor, permissions.VIEW)
    day = today or timezone.localdate()
    bands = ageing(day)
    open_ = Receipt.objects.filter(suspense__gt=0).aggregate(
        count=Count("pk"), cny=Sum("amount_cny", default=Decimal(0))
    )
    since = day.replace(day=1)
    moved = (
        Movement.objects.filter(day__range=(since, day)).exclude(kind="return").order_by().values_list("kind")
    )
    sums = dict(moved.annotate(sum=Sum("money_cny")))
    return Overview(
        bands=bands,
        declarations=sum(band.declarations for band in bands),
        unmatched=open_["count"],
        unmatched_cny=open_["cny"],
        held=Reservation.objects.filter(state=HELD).count(),
        findings=Finding.objects.filter(explanation="").count(),
        collected_cny=sums.get("match", Decimal(0))
        - sums.get("undo", Decimal(0))
        - sums.get("refund", Decimal(0)),
    )
