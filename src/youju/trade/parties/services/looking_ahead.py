"""What a dangerous act would do, told before it is confirmed: counts of every room's rows and the rules' answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.trade.parties import permissions
from youju.trade.parties.models import Merge, Party
from youju.trade.parties.selectors.changes import handled_party
from youju.trade.parties.selectors.standing import (
    MergePage,
    StandingPage,
    merge_of,
    merge_page,
    standing_page,
)
from youju.trade.parties.services.merging import counted, findings, later_work, stamp
from youju.trade.parties.services.moving import movers

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def preview_standing(*, actor: User, party_id: int, step: str) -> StandingPage:
    """What suspending, resuming or cancelling a party would touch.

    Raises:
        InputError: no such party or step (404).
        PermissionDenied: the actor may not suspend.
    """
    require(actor, permissions.SUSPEND)
    return standing_page(party_id, step, standing_on(party_id))


def preview_merge(*, actor: User, kept_id: int, merged_id: int) -> MergePage:
    """What making one party part of another would move, and what stands against it.

    Raises:
        InputError: no such party that the actor handles (404), or twice the same (422).
        PermissionDenied: the actor may not merge.
    """
    require(actor, permissions.MERGE)
    if kept_id == merged_id:
        raise InputError("两边是同一个备案", how="请选两个不同的备案")
    kept, merged = handled_party(kept_id), handled_party(merged_id)
    return merge_page(
        kept,
        merged,
        counts=standing_on(merged_id),
        against=findings(kept, merged),
        stamp=stamp(kept, merged),
    )


def preview_undo(*, actor: User, merge_id: int) -> tuple[Merge, tuple[str, ...], tuple[str, ...]]:
    """A merge, what undoing it would move back, and why it can no longer be undone (empty: it can).

    Raises:
        InputError: no such merge (404).
        PermissionDenied: the actor may not merge.
    """
    require(actor, permissions.MERGE)
    merge = merge_of(merge_id)
    kept, merged = handled_party(merge.kept_id), handled_party(merge.merged_id)
    lines = [
        f"移回 {count} 条{title}到“{merged.name}”。" for title, count in counted(merge.moved["rows"]) if count
    ]
    lines.append("两个备案恢复到合并以前的样子。")
    later = () if merge.undone_at else later_work(merge, kept, merged)
    return merge, tuple(lines), later


def elsewhere(party: Party) -> tuple[tuple[str, int, str], ...]:
    """What of a party stands on pages of other rooms: title, how many, the address of the list."""
    return tuple((each.title, each.count(party.pk), each.url(party)) for each in movers() if each.url)


def standing_on(party_id: int) -> tuple[tuple[str, int], ...]:
    """What stands on a party, by kind: title and how many rows; the rooms above included."""
    return tuple((each.title, each.count(party_id)) for each in movers())
