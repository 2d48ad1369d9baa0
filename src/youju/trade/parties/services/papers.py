"""The papers of a filing: what they are, until when they are good, and their pictures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, BinaryIO

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record, record_read
from youju.foundation.files.selectors import Attached, attachments
from youju.foundation.files.services import attach, keep, release
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.rules.law import table
from youju.trade.parties import events, permissions
from youju.trade.parties.models import Paper, Party
from youju.trade.parties.selectors.reach import visible
from youju.trade.parties.services.locking import locked_open

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

# What shows who somebody is has its number sealed among the identifiers, not in plain beside the paper.
PERSONAL = ("identity_card", "passport")
MOST = 40  # papers of one filing: bounds what anybody may store


@dataclass(frozen=True, slots=True)
class PaperWish:
    """What is said of a paper that comes."""

    kind: str
    number: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@transaction.atomic
def add_paper(*, actor: User, party_id: int, wish: PaperWish, name: str, content: bytes | BinaryIO) -> Paper:
    """Put a paper to a filing that is still written; another one of the kind stays beside it.

    Raises:
        InputError: no such filing, past its draft (409), an unknown kind, too many, or a file that is not taken.
        PermissionDenied: the actor may not file.
    """
    require(actor, permissions.FILE)
    party = locked_open(actor, party_id)
    kinds = table(law_on(timezone.localdate()), "trade.parties.paper_kinds")
    if wish.kind not in kinds:
        raise InputError("没有这种材料", where="材料种类", how=f"可选：{'、'.join(map(str, kinds.values()))}")
    if party.papers.count() >= MOST:
        raise InputError(f"一份备案至多 {MOST} 份材料", how="请先删去不用的", status=409)
    longest = Paper._meta.get_field("number").max_length or 0
    number = "" if wish.kind in PERSONAL else wish.number.replace("\0", "").strip()
    if len(number) > longest:
        raise InputError(f"证件号码超过 {longest} 个字", where="证件号码", how="请照证件填写")
    if wish.valid_from and wish.valid_to and wish.valid_to < wish.valid_from:
        raise InputError("到期日早于开始日", where="有效期至", how="请对照证件改正")
    kept = keep(content, name=name, purpose="evidence")
    row = Paper.objects.create(
        party=party,
        kind=wish.kind,
        number=number,
        valid_from=wish.valid_from,
        valid_to=wish.valid_to,
        filename=kept.name,
        added_by=actor.username,
    )
    subject = events.party_subject(party)
    attach(sha256=kept.sha256, subject=subject, name=kept.name, role=file_role(row.pk))
    told = {"paper": str(kinds[wish.kind]), "valid_to": wish.valid_to}
    record(events.PAPER_ADDED, subject, None, told)
    return row


@transaction.atomic
def remove_paper(*, actor: User, party_id: int, paper_id: int) -> Party:
    """Take a paper away from a filing that is still written.

    Raises:
        InputError: no such filing or paper (404), or past its draft (409).
        PermissionDenied: the actor may not file.
    """
    require(actor, permissions.FILE)
    party = locked_open(actor, party_id)
    row = party.papers.filter(pk=paper_id).first()
    if row is None:
        raise InputError("没有这份材料", how="请刷新页面", status=404)
    kinds = table(law_on(timezone.localdate()), "trade.parties.paper_kinds")
    subject = events.party_subject(party)
    release(subject=subject, role=file_role(row.pk))
    record(events.PAPER_REMOVED, subject, {"paper": str(kinds.get(row.kind, row.kind))}, None)
    row.delete()
    return party


@transaction.atomic
def read_paper(*, actor: User, party_id: int, paper_id: int) -> Attached:
    """The file of a paper; that it was looked at is on the trail, for it shows who somebody is.

    Raises:
        InputError: no such paper within the actor's reach, or it has no file (404).
    """
    party = visible(actor).filter(pk=party_id).first()
    row = party.papers.filter(pk=paper_id).first() if party else None
    files = attachments(events.party_subject(party), file_role(row.pk)) if party and row else []
    if party is None or row is None or not files:
        raise InputError("没有这份材料", how="请回到主体的页面重新选择", status=404)
    record_read(events.PAPER_READ, events.party_subject(party), fields=[files[-1].name])
    return files[-1]


def file_role(paper_id: int) -> str:
    """The role of a paper's file among the attachments of its party."""
    return f"paper-{paper_id}"
