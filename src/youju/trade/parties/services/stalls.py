"""Markets, their stalls, and who holds a stall."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.rules.trade.parties.tenancies import Held, TenancyFacts, judge
from youju.trade.parties import events, permissions
from youju.trade.parties.models import Market, Party, Stall, Tenancy
from youju.trade.parties.selectors.may_act import may_act
from youju.trade.parties.selectors.partners import names_of
from youju.trade.parties.services.refusing import locked_party, refuse

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def save_market(*, actor: User, code: str, name: str, market_id: int | None = None) -> Market:
    """Enter a market, or change its code or name.

    Raises:
        InputError: blank or taken (409), or no such market (404).
        PermissionDenied: the actor does not keep the markets.
    """
    require(actor, permissions.REVIEW)
    code, name = code.replace("\0", "").strip().upper(), name.replace("\0", "").strip()
    if not code or not name or len(code) > 8 or len(name) > 100:
        raise InputError("市场代码或名称不对", how="代码 1 到 8 个字符，名称 1 到 100 个字")
    market = (
        Market() if market_id is None else Market.objects.select_for_update().filter(pk=market_id).first()
    )
    if market is None:
        raise InputError("没有这个市场", how="请从市场列表重新选择", status=404)
    before = {"code": market.code, "name": market.name} if market.pk else None
    market.code, market.name = code, name
    try:
        with transaction.atomic():
            market.save()
    except IntegrityError as error:
        raise InputError(f"市场代码 {code} 已有别的市场使用", how="请换一个代码", status=409) from error
    record(events.MARKET_SAVED, events.market_subject(market), before, {"code": code, "name": name})
    return market


@transaction.atomic
def save_stall(
    *,
    actor: User,
    market_id: int,
    floor: int,
    row: int,
    position: int,
    number: str,
    stall_id: int | None = None,
) -> Stall:
    """Enter a stall of a market, or change its place or number.

    Raises:
        InputError: number or place is taken in this market (409), blank, or there is no such market or stall (404).
        PermissionDenied: the actor does not keep the markets.
    """
    require(actor, permissions.REVIEW)
    market = Market.objects.filter(pk=market_id).first()
    stall = Stall(market=market) if stall_id is None else _locked_stall(stall_id)
    if market is None or stall.market_id != market.pk:
        raise InputError("没有这个市场或摊位", how="请从市场列表重新选择", status=404)
    number = number.replace("\0", "").strip()
    if not number or len(number) > 20:
        raise InputError("摊位号不对", where="摊位号", how="请照摊位牌填写，1 到 20 个字符")
    names = ("floor", "row", "position", "number")
    before = {name: getattr(stall, name) for name in names} if stall.pk else None
    after = dict(zip(names, (floor, row, position, number), strict=True))
    for name, value in after.items():
        setattr(stall, name, value)
    try:
        with transaction.atomic():
            stall.save()
    except IntegrityError as error:
        raise InputError(
            f"{market.name}已有摊位 {number}，或 {floor} 层 {row} 排 {position} 位已有摊位",
            how="请核对摊位号和位置",
            status=409,
        ) from error
    record(events.STALL_SAVED, events.stall_subject(stall), before, after)
    return stall


@transaction.atomic
def let_stall(*, actor: User, stall_id: int, holder: str, since: date, until: date | None = None) -> Tenancy:
    """Enter that a party holds a stall from a day on (to ``until``, not included; open without it).

    ``holder`` is its filing number (备案号).

    Raises:
        InputError: no such stall or party (404), or a rule PTY-111…113 says no (409).
        PermissionDenied: the actor does not keep the markets.
    """
    require(actor, permissions.REVIEW)
    stall = _locked_stall(stall_id)
    found = (
        Party.objects.filter(number=holder.strip()).exclude(number="").values_list("pk", flat=True).first()
    )
    if found is None:
        raise InputError(
            f"没有备案号为 {holder.strip()[:20]} 的主体，或不由您的科室办理",
            where="承租人备案号",
            how="请核对备案号",
            status=404,
        )
    party = locked_party(found)
    today = timezone.localdate()
    standing = may_act(party.pk, on=max(since, today))
    _judged(stall, Held(party.name, since, until), today, barred=standing.reason)
    tenancy = Tenancy.objects.create(party=party, stall=stall, valid_from=since, valid_to=until)
    record(
        events.TENANCY_BEGUN,
        events.stall_subject(stall),
        None,
        {"holder": party.name, "since": since, "until": until},
    )
    return tenancy


@transaction.atomic
def end_tenancy(*, actor: User, tenancy_id: int, on: date) -> Tenancy:
    """Enter that a party leaves a stall; ``on`` is the first day on which it no longer holds it.

    Raises:
        InputError: no such tenancy that the actor handles (404), ended already (409), or the day is before it began (PTY-113).
        PermissionDenied: the actor does not keep the markets.
    """
    require(actor, permissions.REVIEW)
    found = Tenancy.objects.filter(pk=tenancy_id).values_list("stall_id", "party_id").first()
    if found is None:
        raise InputError("没有这条承租登记", how="请从摊位页面重新选择", status=404)
    stall = _locked_stall(found[0])
    party = locked_party(found[1])
    tenancy = Tenancy.objects.select_for_update(of=("self",)).get(pk=tenancy_id)
    if tenancy.valid_to is not None:
        raise InputError(f"这条承租登记已在 {tenancy.valid_to} 退租", how="请刷新页面", status=409)
    wanted = Held(party.name, tenancy.valid_from, on)
    _judged(stall, wanted, timezone.localdate(), but=tenancy.pk)
    tenancy.valid_to = on
    tenancy.save(update_fields=["valid_to"])
    record(
        events.TENANCY_ENDED,
        events.stall_subject(stall),
        {"holder": party.name, "until": None},
        {"holder": party.name, "until": on},
    )
    return tenancy


@transaction.atomic
def drop_stall(*, actor: User, stall_id: int) -> None:
    """Take away a stall that nobody ever held.

    Raises:
        InputError: no such stall (404), or somebody held it (409).
        PermissionDenied: the actor does not keep the markets.
    """
    require(actor, permissions.REVIEW)
    stall = _locked_stall(stall_id)
    subject = events.stall_subject(stall)
    before = {name: getattr(stall, name) for name in ("floor", "row", "position", "number")}
    try:
        stall.delete()
    except ProtectedError as error:
        raise InputError("这个摊位有承租登记，不能删去", how="登记要保留备查", status=409) from error
    record(events.STALL_SAVED, subject, before, None)


def _locked_stall(stall_id: int) -> Stall:
    stall = Stall.objects.select_for_update(of=("self",)).select_related("market").filter(pk=stall_id).first()
    if stall is None:
        raise InputError("没有这个摊位", how="请从摊位图重新选择", status=404)
    return stall


def _judged(stall: Stall, wanted: Held, today: date, *, barred: str = "", but: int | None = None) -> None:
    rows = list(stall.tenancies.exclude(pk=but or 0).values_list("party_id", "valid_from", "valid_to"))
    names = names_of(party for party, _, _ in rows)
    others = tuple(Held(names.get(party, ("", "他户"))[1], since, until) for party, since, until in rows)
    refuse(judge(TenancyFacts(today, stall.number, wanted, others, barred), law_on(today)))
