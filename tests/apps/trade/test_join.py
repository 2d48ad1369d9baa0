"""The parts of the trade as one: one number has one fingerprint whichever way it came; a merge takes the goods along."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from trade_made_changes import party
from trade_made_filing import drafted, merchant_form, resident_id
from trade_made_goods import good
from trade_people import as_, person
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.sealing import fingerprint, registered_sealed
from youju.trade.goods import facts
from youju.trade.goods.models import Good
from youju.trade.orders.facts import why_not
from youju.trade.parties import selectors, services
from youju.trade.parties.models import Identifier, Party
from youju.trade.parties.selectors.partners import partners
from youju.trade.parties.services import BuyerFiling
from youju.trade.parties.services.identifiers import write_identifiers
from youju.trade.parties.services.numbers import keep_number

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


def filing(passport: str) -> BuyerFiling:
    return BuyerFiling("Amina Trading", "AE", "company", passport, "Amina", "a@example.com")


@pytest.mark.parametrize("typed", ["AB1234567", "ab 123-4567", "ＡＢ１２３４５６７"])
def test_a_passport_has_one_fingerprint_from_page_counter_and_change(typed: str) -> None:
    buyer = person(Role.BUY, "CG-1")
    with as_(buyer):
        services.file_buyer(actor=buyer, filing=filing(typed))
    assert Identifier.objects.get().fingerprint == fingerprint("AB1234567", "passport")
    assert Identifier.objects.get().masked == "AB*****67"
    assert keep_number("passport.self", typed).fingerprint == fingerprint("AB1234567", "passport")


def test_a_resident_id_has_one_fingerprint_from_form_and_change() -> None:
    number, merchant = resident_id(7), person(Role.MER, "MS-1")
    row = drafted(merchant, merchant_form(7))
    with reaching_all():
        write_identifiers(row, {"resident_id": number})
        held = Identifier.objects.get(party=row, kind="resident_id")
    assert (
        held.fingerprint == keep_number("resident_id.legal_person", f" {number[:6]} {number[6:]}").fingerprint
    )


def test_a_passport_filed_twice_is_a_hint() -> None:
    for code in ("CG-1", "CG-2"):
        buyer = person(Role.BUY, code)
        with as_(buyer):
            services.file_buyer(actor=buyer, filing=filing("AB 1234567" if code == "CG-1" else "ab-1234567"))
    first, second = Party.objects.order_by("pk")
    with reaching_all():
        hints = selectors.duplicate_hints(first.pk).found
    assert [hint.party for hint in hints] == [second]
    assert any("护照" in reason for reason in hints[0].score.reasons)


def test_numbers_of_requests_take_part_in_the_exchange_of_keys() -> None:
    assert {"parties.change", "parties.identifier"} <= {code for code, _ in registered_sealed()}


def merged(staff: Any, kept: Party, lost: Party) -> Any:
    with as_(staff):
        return services.merge_parties(actor=staff, kept_id=kept.pk, merged_id=lost.pk, reason="同一户")


def test_goods_move_with_their_party_and_back() -> None:
    staff = person(Role.STF, sections=("SC",))
    kept, lost = party("甲商行"), party("乙商行")
    goods = [good(lost, f"SP-{place}") for place in range(2)]
    before = list(Good.objects.order_by("pk").values())
    with as_(staff):
        assert ("商品", 2) in services.standing_on(lost.pk)
    made = merged(staff, kept, lost)
    assert set(Good.objects.values_list("party_id", flat=True)) == {kept.pk}
    with as_(staff):
        services.undo_merge(actor=staff, merge_id=made.pk, reason="看错了")
    assert list(Good.objects.order_by("pk").values()) == before
    made = merged(staff, kept, lost)
    Good.objects.filter(pk=goods[0].pk).update(state="recognised")
    with as_(staff), pytest.raises(InputError, match="移过来的商品有改动"):
        services.undo_merge(actor=staff, merge_id=made.pk, reason="看错了")


def test_goods_lie_where_their_party_went() -> None:
    staff = person(Role.STF, sections=("SC",))
    kept, lost = party("甲商行"), party("乙商行")
    row = good(lost, "SP-1")
    merged(staff, kept, lost)
    row.refresh_from_db()
    with reaching_all():
        assert facts.load([row], as_of=TODAY).facts[0].party.number == kept.number


def test_who_may_not_act_is_told_in_the_words_of_the_rules() -> None:
    row = party("甲商行", state="suspended")
    with reaching_all():
        found = partners([row.number])[row.number]
    assert why_not(found, TODAY) == "“甲商行”的备案状态是“已暂停”，不能办理业务。"
