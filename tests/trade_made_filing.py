"""Filings for tests: forms without a fault, papers, and parties on their way."""

from __future__ import annotations

import base64
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from stdnum.cn import ric, uscc

from trade_people import as_
from youju.foundation.identity.models import User
from youju.trade.parties import services
from youju.trade.parties.models import Market, Party, Stall

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
AFTER = date(2099, 1, 1)
MERCHANT_PAPERS = (("business_license", None), ("identity_card", None), ("stall_lease", AFTER))
BUYER_PAPERS = (("passport", AFTER),)


def credit_code(number: int = 1, kind: str = "92") -> str:
    """A right code, another one for each number."""
    body = f"{kind}130684MA{number:07d}".replace("I", "J")
    return body + str(uscc.calc_check_digit(body))


def resident_id(number: int = 1, born: str = "19800101") -> str:
    """A right resident ID, another one for each number below 1000."""
    body = f"130684{born}{number:03d}"
    return body + str(ric.calc_check_digit(body + "0"))


def merchant_form(number: int = 1, **changes: str) -> dict[str, str]:
    """What a merchant types."""
    form = {
        "name": f"白沟新城示例箱包商行{number}",
        "credit_code": credit_code(number),
        "legal_person": "许红",
        "resident_id": resident_id(number % 1000),
        "contact": "许红",
        "phone": f"138{number:08d}",
        "address": "白沟新城富强路 1 号",
        "market": "HD",
        "stall_number": f"A{number:04d}",
        "chapters": "42",
    }
    return form | changes


def buyer_form(number: int = 1, **changes: str) -> dict[str, str]:
    """What a foreign buyer types."""
    form = {
        "name": f"Amina Trading {number}",
        "name_en": f"Amina Trading {number}",
        "country": "AE",
        "buyer_type": "company",
        "passport": f"A{number:07d}",
        "contact": "Amina",
        "phone": f"+9715{number:08d}",
    }
    return form | changes


def stalls(count: int = 5) -> Market:
    """A market with stalls ``A0001``…"""
    market = Market.objects.create(code="HD", name="和道国际箱包交易中心")
    Stall.objects.bulk_create(
        Stall(market=market, floor=1, row=1, position=n, number=f"A{n:04d}") for n in range(1, count + 1)
    )
    return market


def drafted(
    user: User,
    form: dict[str, str] | None = None,
    *,
    roles: tuple[str, ...] = ("merchant",),
    papers: Any = MERCHANT_PAPERS,
) -> Party:
    """A filing that could be handed in."""
    form = merchant_form() if form is None else form
    with as_(user):
        party = services.open_filing(actor=user, roles=roles, name=form["name"])
        services.keep_filing(actor=user, party_id=party.pk, base=1, typed=form)
        for kind, valid_to in papers:
            services.add_paper(
                actor=user,
                party_id=party.pk,
                wish=services.PaperWish(kind, valid_to=valid_to),
                name=f"{kind}.png",
                content=PNG,
            )
    return party


def submitted(user: User, form: dict[str, str] | None = None, **more: Any) -> Party:
    """A filing that was handed in."""
    party = drafted(user, form, **more)
    with as_(user):
        return services.submit_filing(actor=user, party_id=party.pk)


def approved(user: User, staff: User, form: dict[str, str] | None = None, **more: Any) -> Party:
    """A filing that was handed in, accepted and approved."""
    party = submitted(user, form, **more)
    with as_(staff):
        services.take_step(actor=staff, party_id=party.pk, transition="accept")
        return services.take_step(actor=staff, party_id=party.pk, transition="approve")


def today() -> date:
    """The local day."""
    return timezone.localdate()


def yesterday() -> date:
    """The day before."""
    return today() - timedelta(days=1)
