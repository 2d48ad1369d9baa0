"""A merchant's catalogue: goods registered, changed, withdrawn. A changed good waits for a new recognition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import IO, TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from youju.foundation.audit.encoding import changes
from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.trade.goods import events, permissions
from youju.trade.goods.models import Good
from youju.trade.goods.selectors.tariffs import elements_on
from youju.trade.goods.services import pictures
from youju.trade.goods.services.drafts import drop_draft
from youju.trade.goods.services.values import GoodFaultsError, GoodValues, cleaned, faults_of
from youju.trade.parties.selectors import acting_party

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

FIELDS = (
    "name", "name_en", "model", "brand_kind", "brand", "authorised_until", "producer", "unit", "hs_code", "extra_code",
    "elements",
)  # fmt: skip
DRAFT, WITHDRAWN = "draft", "withdrawn"
# What a picture shows is looked at by people; no rule reads it.
_UNJUDGED = {"picture"}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a form."""

    name: str
    content: bytes | IO[bytes]


class StaleGoodError(InputError):
    """Somebody saved the good in between."""


@transaction.atomic
def save_good(
    *,
    actor: User,
    values: GoodValues,
    good_id: int | None = None,
    party_id: int | None = None,
    base: int | None = None,
    picture: Upload | None = None,
    authorisation: Upload | None = None,
    drop_picture: bool = False,
) -> Good:
    """Register a good (``party_id``) or change one (``good_id``).

    A change counts the revision up and takes the good back to ``draft``: what was recognised was another good. Saving what
    is stored already changes nothing; a new picture alone leaves the recognition as it is.

    Args:
        base: the revision that the change started from; another one now is refused.

    Raises:
        GoodFaultsError: fields that cannot be kept, each with its sentence.
        StaleGoodError: somebody saved it in between (409).
        InputError: no such good (404), withdrawn (409), a file that cannot be kept, no party named.
        PermissionDenied: the actor may not edit goods, or not act for the party.
    """
    require(actor, permissions.EDIT)
    today = timezone.localdate()
    good = _locked(good_id) if good_id is not None else None
    _require_party(actor, party_id if good is None else good.party_id, today)
    if good is not None:
        _require_open(good, base)
    wanted = cleaned(values)
    faults = faults_of(wanted, elements_on(wanted.hs_code, today), day=today)
    if wanted.authorised_until and not authorisation and not (good and good.authorisation):
        faults.append(("authorised_until", "写了有效期，请同时上传授权文件"))
    if faults:
        raise GoodFaultsError(faults)
    if good is None:
        assert party_id is not None  # noqa: S101 - _require_party has asked
        good = Good.objects.create(
            party_id=party_id, number=next_numbers(1)[0], created_by=actor.username, **asdict(wanted)
        )
        before: dict[str, Any] | None = None
    else:
        before = state_of(good)
        for name, value in asdict(wanted).items():
            setattr(good, name, value)
    _take_files(good, picture, authorisation, drop_picture)
    _settle(good, before)
    drop_draft(actor, good_id)
    return good


@transaction.atomic
def withdraw_good(*, actor: User, good_id: int, reason: str) -> Good:
    """Take a good out of the catalogue; it stays on file with its decisions.

    Raises:
        InputError: no such good (404), withdrawn already (409), no reason (422).
        PermissionDenied: the actor may not edit goods, or not act for the party.
    """
    return _turn(actor, good_id, WITHDRAWN, reason)


@transaction.atomic
def restore_good(*, actor: User, good_id: int, reason: str = "") -> Good:
    """Put a withdrawn good back; it waits for a new recognition.

    Raises:
        InputError: no such good (404), not withdrawn (409).
        PermissionDenied: the actor may not edit goods, or not act for the party.
    """
    return _turn(actor, good_id, DRAFT, reason)


def next_numbers(count: int) -> list[str]:
    """The next numbers of the series: ``SP``, the year's two digits, seven digits that never come twice."""
    year = timezone.localdate().strftime("%y")
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('goods_good_number') FROM generate_series(1, %s)", [count])
        return [f"SP{year}{number:07d}" for (number,) in cursor.fetchall()]


def state_of(good: Good) -> dict[str, Any]:
    """What the trail compares."""
    return {
        **{name: getattr(good, name) for name in FIELDS},
        "authorisation": str(good.authorisation or ""),
        "picture": str(good.picture or ""),
    }


def _take_files(good: Good, picture: Upload | None, authorisation: Upload | None, drop: bool) -> None:
    if picture is not None:
        good.picture = pictures.put_picture(good, picture.content, picture.name)
    elif drop and good.picture:
        pictures.drop_picture(good)
        good.picture = None
    if authorisation is not None:
        good.authorisation = pictures.put_authorisation(good, authorisation.content, authorisation.name)


def _settle(good: Good, before: Mapping[str, Any] | None) -> None:
    """Write what became of the good, count its revision, record it."""
    after = state_of(good)
    if before is None:
        good.save()
        record(events.GOOD_REGISTERED, events.good_subject(good), None, {"number": good.number, **after})
        return
    old, new = changes(before, after)
    if not new:
        return
    if new.keys() - _UNJUDGED:
        good.revision += 1
        good.explanation = ""
        if good.state != DRAFT:
            old["state"], new["state"] = good.state, DRAFT
            good.state = DRAFT
    good.changed_at = timezone.now()
    good.save()
    record(events.GOOD_CHANGED, events.good_subject(good), old, new)


def _turn(actor: User, good_id: int, state: str, reason: str) -> Good:
    require(actor, permissions.EDIT)
    good = _locked(good_id)
    _require_party(actor, good.party_id, timezone.localdate())
    reason = reason.replace("\0", "").strip()
    withdraw = state == WITHDRAWN
    if withdraw == (good.state == WITHDRAWN):
        told = "已经下架" if withdraw else "没有下架，不用恢复"
        raise InputError(f"这件商品{told}", where=good.number, how="请刷新页面", status=409)
    if withdraw and not reason:
        raise InputError("下架须写明理由", where="理由", how="请写一句话")
    before = {"state": good.state}
    good.state, good.changed_at = state, timezone.now()
    good.save(update_fields=["state", "changed_at"])
    verb = events.GOOD_WITHDRAWN if withdraw else events.GOOD_RESTORED
    record(verb, events.good_subject(good), before, {"state": state}, reason=reason)
    return good


def _locked(good_id: int) -> Good:
    good = Good.objects.select_for_update(of=("self",)).filter(pk=good_id).first()
    if good is None:
        raise InputError("没有这件商品", how="请回到商品列表重新选择", status=404)
    return good


def _require_party(actor: User, party_id: int | None, day: date) -> None:
    if party_id is None:
        raise GoodFaultsError([("party", "请选是哪家经营户的商品")])
    if acting_party(actor, day, party_id) is None:
        raise PermissionDenied(
            "您不能为这家经营户登记商品：须是您自己已通过备案的主体，或委托协议在有效期内的委托方。"
        )


def _require_open(good: Good, base: int | None) -> None:
    if good.state == WITHDRAWN:
        raise InputError("这件商品已下架，不能修改", where=good.number, how="请先恢复", status=409)
    if base is not None and base != good.revision:
        raise StaleGoodError(
            "您打开之后，别人已经改过这件商品",
            where=good.number,
            how="请刷新页面，看过现在的内容再改",
            status=409,
        )
