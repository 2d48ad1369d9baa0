"""Buyers' pages: in English through and through, in Chinese for everybody else; the passport is covered."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client

from trade_people import as_, person
from youju.foundation.audit.models import Entry
from youju.foundation.identity.models import Organisation, User
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.sealing import unseal
from youju.foundation.workflow import selectors as workflow
from youju.foundation.workflow.services import advance
from youju.rules.trade.parties.lifecycle import PARTY_FLOW
from youju.trade.parties import countries, events, services
from youju.trade.parties.models import Identifier, Party
from youju.trade.parties.services import BuyerFiling

pytestmark = pytest.mark.django_db
OWN, FORM, WELCOME = "/parties/buyer/", "/parties/buyer/file/", "/parties/buyers/"
GIVEN = {
    "name": "Amina Trading LLC",
    "buyer_type": "company",
    "country": "AE",
    "passport": "ab 1234567",
    "contact": "Amina Yusuf",
    "email": "amina@example.com",
}
CHINESE = re.compile(r"[一-鿿、：。，（）]")


@pytest.fixture(autouse=True)
def _reach() -> Iterator[None]:
    with reaching_all():
        yield


@pytest.fixture
def buyer() -> User:
    who = person(Role.BUY, "CG-1")
    User.objects.filter(pk=who.pk).update(display_name="Amina")
    Organisation.objects.filter(code="CG-1").update(name="Amina Trading")
    return User.objects.get(pk=who.pk)


def enter(who: User | None, language: str = "en") -> Client:
    client = Client(headers={"Accept-Language": language})
    if language == "en":
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    if who is not None:
        client.force_login(who)
    return client


def body(answer: object) -> str:
    """What a reader sees or hears, but for the switch, which names each language in itself."""
    html = re.sub(r'<form class="language".*?</form>', "", answer.content.decode(), flags=re.DOTALL)  # type: ignore[attr-defined]
    spoken = " ".join(re.findall(r'(?:aria-label|placeholder|title|alt)="([^"]*)"', html))
    return re.sub(r"<[^>]+>", " ", html) + spoken


def step(who: User, row: Party, code: str, reason: str = "") -> None:
    """What an officer does with a filing."""
    Party.objects.filter(pk=row.pk).update(state={"accept": "reviewing", "return": "returned"}[code])
    with as_(who):
        advance(flow=PARTY_FLOW, subject=events.party_subject(row), transition=code, actor=who, reason=reason)


def test_every_page_is_english_through_and_through(buyer: User) -> None:
    client, officer = enter(buyer), person(Role.STF)
    for address in (WELCOME, OWN, FORM):
        assert CHINESE.findall(body(client.get(address))) == [], address
    refused = client.post(FORM, {**GIVEN, "passport": "?", "email": "x", "country": ""})
    assert refused.status_code == 422
    assert CHINESE.findall(body(refused)) == []
    assert "Please correct the following" in body(refused)
    wrong = client.post(FORM, {**GIVEN, "passport": "???????"})
    assert "5 to 20 letters and digits" in body(wrong)
    assert CHINESE.findall(body(wrong)) == []
    sent = client.post(FORM, GIVEN, follow=True)
    assert "Sent. The result appears on this page" in body(sent)
    assert CHINESE.findall(body(sent)) == []
    row = Party.objects.get()
    step(officer, row, "return", "Please use the full name")
    returned = client.get(OWN)
    assert "Please use the full name" in body(returned)
    assert CHINESE.findall(body(returned)) == []
    assert CHINESE.findall(body(client.get(FORM))) == []
    assert CHINESE.findall(body(enter(None).get(WELCOME))) == []


def test_the_same_pages_are_chinese_for_a_chinese_reader(buyer: User) -> None:
    client = enter(buyer, "zh-CN")
    assert "我的采购商备案" in body(client.get(OWN))
    assert "护照或证件号码" in body(client.get(FORM))
    assert "要准备什么" in body(client.get(WELCOME))


def test_a_filing_is_sealed_masked_and_waits_for_the_officers(buyer: User) -> None:
    client = enter(buyer)
    client.post(FORM, GIVEN)
    row, number = Party.objects.get(), Identifier.objects.get()
    assert (row.state, row.roles, row.country, row.organisation_id) == (
        "submitted", ["buyer"], "AE", buyer.organisation_id,
    )  # fmt: skip
    assert (number.masked, unseal(number.sealed)) == ("AB*****67", "AB1234567")
    page = body(client.get(OWN))
    assert "AB*****67" in page
    assert "AB1234567" not in client.get(OWN).content.decode()
    assert "United Arab Emirates" in page
    assert [item.subject.label for item in workflow.todo(person(Role.STF))] == ["Amina Trading LLC"]
    assert not any("1234567" in f"{entry.before}{entry.after}" for entry in Entry.objects.all())
    again = client.get(FORM)
    assert (again.status_code, again["Location"]) == (302, OWN)


def test_a_returned_filing_is_corrected_without_typing_the_number_again(buyer: User) -> None:
    client, officer = enter(buyer), person(Role.STF)
    client.post(FORM, GIVEN)
    row = Party.objects.get()
    step(officer, row, "return", "name")
    form = client.get(FORM).content.decode()
    assert 'value="Amina Trading LLC"' in form
    assert "On record: AB*****67" in form
    client.post(FORM, {**GIVEN, "name": "Amina General Trading LLC", "passport": ""})
    row.refresh_from_db()
    assert (row.state, row.name_en, row.revision) == ("submitted", "Amina General Trading LLC", 1)
    assert unseal(Identifier.objects.get().sealed) == "AB1234567"
    with as_(buyer), pytest.raises(InputError):
        services.file_buyer(actor=buyer, filing=BuyerFiling(**GIVEN))


def test_one_buyer_sees_nothing_of_another(buyer: User) -> None:
    enter(buyer).post(FORM, GIVEN)
    other = person(Role.BUY, "CG-2")
    assert "Amina" not in body(enter(other).get(OWN))
    with as_(other):
        assert not Party.objects.exists()
        assert not Identifier.objects.exists()


@pytest.mark.parametrize("role", [Role.MER, Role.AGT, Role.STF, Role.AUD])
def test_the_form_is_for_buyers_alone(role: Role) -> None:
    who = person(role, "X-1" if role in (Role.MER, Role.AGT) else "")
    for address in (OWN, FORM):
        assert enter(who).get(address).status_code == 403
    assert enter(who).get(WELCOME).status_code == 200


def test_a_buyers_home_is_the_own_filing(buyer: User) -> None:
    answer = enter(buyer).get("/")
    assert (answer.status_code, answer["Location"]) == (302, OWN)
    assert enter(person(Role.MER, "MS-1")).get("/").status_code == 200


def test_countries_in_both_languages() -> None:
    english, chinese = dict(countries.countries("en")), dict(countries.countries("zh-hans"))
    assert len(english) == len(chinese) > 240
    assert "CN" not in english
    assert (english["AE"], chinese["AE"]) == ("United Arab Emirates", "阿联酋")
    assert (english["TW"], chinese["TW"]) == ("Taiwan, China", "中国台湾")
    assert countries.country_name("ZZ", "en") == "ZZ"
