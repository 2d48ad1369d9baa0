"""Channels, how many were handed out on each, and one-time tokens."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.office.surveys import events, permissions
from youju.office.surveys.models import Channel, Survey, Token
from youju.office.surveys.selectors.counting import standing_of
from youju.office.surveys.services.building import alive, locked
from youju.rules.law import whole
from youju.rules.office.surveys.channels import CHANNEL_KINDS, CODE, PAPER

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 26  # 5 bits each: 130 bits
MOST_CHANNELS, MOST_HANDED = 20, 1_000_000


def new_token() -> str:
    """A token that nobody guesses: 130 bits of chance in Crockford's alphabet, which a QR code holds compactly."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(LENGTH))


def digest_of(token: str) -> str:
    """What is kept of a token. It is 130 bits of chance, so a plain hash cannot be turned back."""
    return hashlib.sha256(token.strip().upper().encode()).hexdigest()


@transaction.atomic
def add_channel(*, actor: User, survey_id: int, name: str, kind: str) -> Channel:
    """Name a way by which a survey reaches people; one of them may be paper.

    Raises:
        PermissionDenied: the actor builds no surveys.
        InputError: no such survey (404), it is over (409), the name stands there, a second one for paper, too many.
    """
    require(actor, permissions.EDIT)
    survey = locked(actor, survey_id)
    alive(survey)
    name = name.strip()
    there = list(survey.channels.values_list("name", "kind"))
    if kind not in CHANNEL_KINDS or not name:
        raise InputError("渠道没有写全", where="渠道", how="请写名称并选择方式")
    if name in {known for known, _ in there}:
        raise InputError(f"已有渠道“{name}”", where="渠道", how="请换一个名称")
    if kind == PAPER and PAPER in {known for _, known in there}:
        raise InputError("已有纸质问卷的渠道", where="方式", how="纸质问卷合在一个渠道里")
    if len(there) >= MOST_CHANNELS:
        raise InputError(f"至多 {MOST_CHANNELS} 个渠道", how="渠道太多，每个的份数就少到不能分开显示")
    row = Channel.objects.create(survey=survey, name=name, kind=kind)
    record(events.CHANNEL, events.subject_of(survey), None, {"name": name})
    return row


@transaction.atomic
def hand_out(*, actor: User, survey_id: int, channel_id: int, count: int) -> Channel:
    """Write down how many sheets or codes were handed out on a channel, altogether. To whom is written nowhere.

    Raises:
        PermissionDenied: the actor builds no surveys.
        InputError: no such survey or channel (404), the survey is over (409), more than there are codes, fewer than came back.
    """
    require(actor, permissions.EDIT)
    survey = locked(actor, survey_id)
    alive(survey)
    row = _one(survey, channel_id)
    if not 0 <= count <= MOST_HANDED:
        raise InputError("份数不对", where=row.name, how=f"应在 0 至 {MOST_HANDED} 之间")
    if row.kind == CODE and count > row.made:
        raise InputError(
            f"这个渠道只生成了 {row.made} 个码，发不出 {count} 份", where=row.name, how="请核对份数"
        )
    back = next(each.answered for each in standing_of(survey).channels if each.channel.pk == row.pk)
    if count < back:
        raise InputError(f"已经收回 {back} 份，发出的不会更少", where=row.name, how="请核对份数")
    before, row.handed_out = row.handed_out, count
    row.save(update_fields=["handed_out"])
    record(
        events.CHANNEL,
        events.subject_of(survey),
        {"name": row.name, "handed_out": before},
        {"name": row.name, "handed_out": count},
    )
    return row


@transaction.atomic
def make_tokens(*, actor: User, survey_id: int, channel_id: int, count: int) -> tuple[str, ...]:
    """Make one-time tokens for a channel: they are given back here and nowhere else, only their hashes are kept.

    Raises:
        PermissionDenied: the actor builds no surveys.
        InputError: no such survey or channel (404), the survey is over (409), the channel is paper, too many at once.
    """
    require(actor, permissions.EDIT)
    survey = locked(actor, survey_id)
    alive(survey)
    row = _one(survey, channel_id)
    most = whole(law_on(timezone.localdate()), "office.surveys.most_tokens")
    if row.kind != CODE:
        raise InputError("纸质问卷不用一次性码", where=row.name, how="请选择别的渠道")
    if not 1 <= count <= most:
        raise InputError("个数不对", where="个数", how=f"一次生成 1 至 {most} 个")
    tokens = tuple(new_token() for _ in range(count))
    # Rows in the order of their hashes: where a row lies does not say which code of the sheet it is.
    digests = sorted(digest_of(token) for token in tokens)
    Token.objects.bulk_create(Token(digest=digest, survey=survey, channel=row) for digest in digests)
    row.made += count
    row.save(update_fields=["made"])
    record(events.TOKENS, events.subject_of(survey), None, {"channel": row.name, "count": count})
    return tokens


def _one(survey: Survey, channel_id: int) -> Channel:
    row = survey.channels.filter(pk=channel_id).first() if channel_id < 2**63 else None
    if row is None:
        raise InputError("没有这个渠道", where=survey.number, how="请刷新页面", status=404)
    return row
