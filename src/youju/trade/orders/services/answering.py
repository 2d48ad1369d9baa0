"""One order of a program, registered once for its key; together with what came from the same program meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import PermissionDenied

from youju.foundation.identity.services.idempotency import answered_once, digest_of
from youju.foundation.kernel.combining import Combiner
from youju.foundation.kernel.context import Context, current
from youju.foundation.kernel.errors import InputError
from youju.trade.orders.facts import OrderWish
from youju.trade.orders.services.grouping import Given, Sent, groups, register_group
from youju.trade.orders.services.registering import register_within, told

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

# As many as threads may wait; bounds what one statement carries and for how long a segment of the trail is held.
_MOST = 32


class _Wanted(NamedTuple):
    actor: User
    sent: Sent
    came: Context


Outcome = Given | InputError | PermissionDenied


def register_answered(*, actor: User, key: str, address: str, body: bytes, wish: OrderWish) -> Given:
    """Register an order under an idempotency key, or give the answer that the same request got before.

    Requests of one account that arrive while another of its orders is being registered are looked up and written together,
    each judged, recorded and answered for itself.

    Args:
        actor: who registers.
        key: the ``Idempotency-Key`` header.
        address: method and path.
        body: as it came; with the address it says what the key was used for.
        wish: the order.

    Raises:
        InputError: the key is missing or was used for another request; the rules refuse the order (422).
        PermissionDenied: the actor may not register, or belongs to neither side.
    """
    sent = Sent(0, key, digest_of(key, address, body), address, body, wish)
    came = current()
    # Whatever else the database and the trail are told of a request must be the same of all that go together.
    alike = replace(came, address="", request_id="")
    done = _LINE.do(alike, _Wanted(actor, sent, came), lambda: register_alone(actor=actor, sent=sent))
    if isinstance(done, Exception):
        raise done
    return done


def register_alone(*, actor: User, sent: Sent) -> Given:
    """As :func:`register_answered`, in a transaction of its own: three statements with the one that knew the key."""

    def work() -> tuple[int, object]:
        return 201, told(register_within(actor=actor, wish=sent.wish))

    return answered_once(
        actor=actor, key=sent.key, address=sent.address, body=sent.body, work=work, along=True
    )


def _together(wanted: Sequence[_Wanted]) -> list[Outcome | None]:
    """Those that have nothing to do with one another; the others go alone, after them."""
    group = next(groups(each.sent for each in wanted))
    if len(group) == 1:
        return [None] * len(wanted)
    done = register_group(actor=wanted[0].actor, group=group, by=[each.came for each in wanted[: len(group)]])
    return [*done, *[None] * (len(wanted) - len(group))]


_LINE: Combiner[_Wanted, Outcome] = Combiner(_together, most=_MOST)
