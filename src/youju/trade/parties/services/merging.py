"""Making two filings of one party one, and taking that back exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.rules.trade.parties.merging import MERGE, UNDO, MergeFacts, judge
from youju.trade.parties import events, file_facts, permissions
from youju.trade.parties.models import Agreement, Merge, Pair, Party
from youju.trade.parties.services.moving import mover, movers
from youju.trade.parties.services.refusing import locked_pair, refuse

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

UNITED = ("roles", "sections", "chapters")
"""Lists of a filing that are united by a merge."""


@transaction.atomic
def merge_parties(*, actor: User, kept_id: int, merged_id: int, reason: str, expected: str = "") -> Merge:
    """Move everything of one filing to another, of which it becomes part.

    Args:
        actor: who decides; handles both.
        kept_id: the filing that stays.
        merged_id: the filing that is given up; it remains to be read.
        reason: why they are one party.
        expected: ``stamp`` of the two as they were shown; others now are refused (409). Empty: not looked at.

    Raises:
        InputError: no such filing (404), no reason, a rule PTY-121…125 says no, or they have been changed (409).
        PermissionDenied: the actor may not merge.
    """
    require(actor, permissions.MERGE)
    reason = worded(reason, "请写明为什么是同一主体")
    if kept_id == merged_id:
        raise InputError("两边是同一个备案", how="请选两个不同的备案", status=409)
    kept, merged = locked_pair(kept_id, merged_id)
    if expected and expected != stamp(kept, merged):
        raise InputError("两户的内容在您查看以后有改动", how="请刷新页面，看过再合并", status=409)
    refuse(findings(kept, merged))
    before: dict[str, Any] = {name: list(getattr(kept, name)) for name in UNITED}
    before |= {"organisation": kept.organisation_id, "revision": kept.revision}
    moved = {each.kind: dict(each.move(merged.pk, kept.pk)) for each in movers()}
    for name in UNITED:
        # A filing without a section is everybody's: united with one that has some it stays everybody's.
        joined = [*getattr(kept, name), *(e for e in getattr(merged, name) if e not in getattr(kept, name))]
        setattr(kept, name, joined if name != "sections" or (kept.sections and merged.sections) else [])
    kept.organisation_id = kept.organisation_id or merged.organisation_id
    kept.revision += 1
    kept.save(update_fields=[*UNITED, "organisation", "revision"])
    merged.merged_into = kept
    merged.save(update_fields=["merged_into"])
    merge = Merge.objects.create(
        kept=kept,
        merged=merged,
        moved={"kept_before": before, "rows": moved, "merged_revision": merged.revision},
        reason=reason,
        merged_by=actor.username,
    )
    counts = {title: count for title, count in counted(moved) if count}
    record(events.MERGED, events.merge_subject(merge), None, {"moved": counts}, reason=reason)
    record(
        events.MERGED,
        events.party_subject(merged),
        {"merged_into": None},
        {"merged_into": kept.name},
        reason=reason,
    )
    record(events.MERGED, events.party_subject(kept), None, {"moved": counts}, reason=reason)
    return merge


@transaction.atomic
def undo_merge(*, actor: User, merge_id: int, reason: str) -> Merge:
    """Take a merge back: both filings and all that moved are as they were.

    Raises:
        InputError: no such merge (404), undone already (409), no reason, or later work stands on it (PTY-126, 409).
        PermissionDenied: the actor may not merge.
    """
    require(actor, permissions.MERGE)
    reason = worded(reason, "请写明为什么撤销")
    found = Merge.objects.filter(pk=merge_id).first()
    if found is None:
        raise InputError("没有这次合并", how="请从合并记录重新选择", status=404)
    kept, merged = locked_pair(found.kept_id, found.merged_id)
    merge = Merge.objects.select_for_update(of=("self",)).select_related("kept", "merged").get(pk=merge_id)
    if merge.undone_at is not None:
        raise InputError("这次合并已经撤销过", how="请刷新页面", status=409)
    today = timezone.localdate()
    refuse(
        judge(
            MergeFacts(
                today,
                UNDO,
                file_facts.side(kept),
                file_facts.side(merged),
                later=later_work(merge, kept, merged),
            ),
            law_on(today),
        )
    )
    rows: dict[str, Any] = merge.moved["rows"]
    for kind in reversed(list(rows)):
        each = mover(kind)
        if each is not None:
            each.move_back(rows[kind])
    before = merge.moved["kept_before"]
    for name in UNITED:
        setattr(kept, name, before[name])
    kept.organisation_id, kept.revision = before["organisation"], before["revision"]
    kept.save(update_fields=[*UNITED, "organisation", "revision"])
    merged.merged_into = None
    merged.save(update_fields=["merged_into"])
    merge.undone_by, merge.undone_at = actor.username, timezone.now()
    merge.save(update_fields=["undone_by", "undone_at"])
    for subject in (events.merge_subject(merge), events.party_subject(merged), events.party_subject(kept)):
        record(events.UNMERGED, subject, reason=reason)
    return merge


@transaction.atomic
def mark_pair(*, actor: User, pair_id: int, distinct: bool, reason: str) -> Pair:
    """Say that two filings are not of one party (they stay away from the list), or put them back on it.

    Raises:
        InputError: no such pair (404), or no reason.
        PermissionDenied: the actor may not merge.
    """
    require(actor, permissions.MERGE)
    reason = worded(reason, "请写明怎样核对的")[:500]
    pair = (
        Pair.objects.select_for_update(of=("self",))
        .select_related("left", "right")
        .filter(pk=pair_id)
        .first()
    )
    if pair is None:
        raise InputError("没有这一对疑似重复", how="请从疑似重复列表重新选择", status=404)
    pair.state = "distinct" if distinct else "open"
    pair.decided_by, pair.decided_at, pair.decision_reason = actor.username, timezone.now(), reason
    pair.save()
    verb = events.PAIR_DISTINCT if distinct else events.PAIR_REOPENED
    record(verb, events.pair_subject(pair), reason=reason)
    return pair


def findings(kept: Party, merged: Party) -> tuple[Any, ...]:
    """What stands against making one of them part of the other."""
    today = timezone.localdate()
    both = [kept.pk, merged.pk]
    between = Agreement.objects.filter(principal__in=both, agent__in=both).count()
    sides = file_facts.side(kept), file_facts.side(merged)
    return judge(MergeFacts(today, MERGE, *sides, agreements_between=between), law_on(today))


def later_work(merge: Merge, kept: Party, merged: Party) -> tuple[str, ...]:
    """What was done since on either filing or on what moved, in Chinese."""
    found = []
    if kept.revision != merge.moved["kept_before"]["revision"] + 1:
        found.append(f"“{kept.name}”的备案有改动")
    if merged.revision != merge.moved["merged_revision"]:
        found.append(f"“{merged.name}”的备案有改动")
    if kept.merged_into_id is not None:
        found.append(f"“{kept.name}”自己又并入了他户")
    for kind, rows in merge.moved["rows"].items():
        each = mover(kind)
        if each is None:
            found.append(f"本程序里已不能移回“{kind}”")
            continue
        said = each.later(rows, source=merged.pk, target=kept.pk)
        found += [said] if said else []
    return tuple(found)


def counted(moved: dict[str, Any]) -> list[tuple[str, int]]:
    """What moved, by title: how many rows."""
    named = [(mover(kind), rows) for kind, rows in moved.items()]
    return [(each.title, len(rows.get("ids", ()))) for each, rows in named if each]


def stamp(kept: Party, merged: Party) -> str:
    """What a page was shown of two filings: their keys and revisions."""
    return f"{kept.pk}.{kept.revision}-{merged.pk}.{merged.revision}"


def worded(reason: str, how: str) -> str:
    """A reason as it is kept.

    Raises:
        InputError: there is none.
    """
    reason = reason.replace("\0", "").strip()
    if not reason:
        raise InputError("没有写理由", where="理由", how=how)
    return reason[:2000]
