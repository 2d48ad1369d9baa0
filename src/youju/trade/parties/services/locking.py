"""Who may write which filing: found under lock, within the writer's reach. Inner steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.kernel.errors import InputError
from youju.rules.trade.parties.lifecycle import DRAFT, PARTY_FLOW, RETURNED
from youju.trade.parties.models import Party
from youju.trade.parties.selectors.reach import is_writer, visible

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def locked(actor: User, party_id: int) -> Party:
    """A party that the actor sees, locked until the transaction ends.

    Raises:
        InputError: there is none, or none that the actor may see (404: both sound alike).
    """
    found = visible(actor).select_for_update(of=("self",)).filter(pk=party_id).first()
    if found is None:
        raise InputError("没有这份备案", how="请回到列表重新选择", status=404)
    return found


def locked_open(actor: User, party_id: int) -> Party:
    """A filing whose form the actor may write now.

    Raises:
        InputError: there is none (404), it is another's to write (403), or it is past its draft (409).
    """
    party = locked(actor, party_id)
    if not is_writer(actor, party):
        raise InputError("这份备案由对方自己填写", how="需要补正的，请退回并写明理由，由对方修改", status=403)
    if party.state not in (DRAFT, RETURNED):
        word = PARTY_FLOW.state(party.state).label
        raise InputError(
            f"这份备案{word}，不能再改", how="没有受理的可以撤回；已备案的请申请变更", status=409
        )
    return party
