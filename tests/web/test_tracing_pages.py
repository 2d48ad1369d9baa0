"""Pages of the tracing room: the search box, the chain, exports, labels, the public page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kept import kept
from trade_deals import make_deal
from trade_declared import declared
from trade_loads import BOXES, confirmed
from trade_people import as_, person
from trade_traced import returned, stall_of, traced_deal
from youju.foundation.audit.selectors import history
from youju.foundation.identity.roles import Role
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.context import reaching_all
from youju.trade.tracing import services
from youju.trade.tracing.epcis.checking import faults
from youju.trade.tracing.models import StallConsent, TraceCode

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _reach() -> Iterator[None]:
    with reaching_all():
        yield


@kept
def deal():
    return traced_deal()


def enter(who) -> Client:
    client = Client()
    client.force_login(who)
    return client


def text_of(answer) -> str:
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()


class TestSearch:
    def test_one_hit_opens_its_chain(self, deal) -> None:
        number = confirmed(deal)
        answer = enter(deal.merchant).get("/tracing/", {"number": f" {number} "})
        assert (answer.status_code, answer["Location"]) == (302, f"/tracing/order/{number}/")

    def test_what_is_not_there_or_several_is_said(self, deal) -> None:
        client = enter(person(Role.STF))
        answer = client.get("/tracing/", {"number": "T999999999999"})
        assert answer.status_code == 404 and "没有找到编号" in text_of(answer)
        for price in (11, 13):
            declared(deal, confirmed(deal, lines=[deal.line(price=Decimal(price))]))
        answer = client.get("/tracing/", {"number": BOXES[0]})
        page = text_of(answer)
        assert answer.status_code == 409 and page.count(f"/tracing/container/{BOXES[0]}@") == 2

    def test_an_empty_box_says_what_can_be_asked(self, deal) -> None:
        page = text_of(enter(deal.merchant).get("/tracing/"))
        assert "能查什么" in page and "公开页与摊位" in page


class TestChain:
    def test_every_node_leads_to_its_record(self, deal) -> None:
        number = confirmed(deal)
        row = declared(deal, number)[0]
        returned_number = number  # nothing came back
        page = text_of(enter(person(Role.STF)).get(f"/tracing/order/{returned_number}/"))
        merchant, good = deal.parties["merchant"].pk, deal.goods[0].pk
        for address in (f"/parties/{merchant}/", f"/goods/{good}/", f"/orders/{number}/",
                        f"/packing/packings/{row.packing.number}/", f"/declarations/{row}/"):  # fmt: skip
            assert f'href="{address}"' in page, address
        assert '<svg class="chain"' in page and "肯尼亚" in page and "白沟第一箱包厂" in page
        assert "平衡" in page and "未装箱" not in page.split("逐行货物")[0].split("各环节")[0]

    def test_returns_are_drawn_and_listed(self, deal) -> None:
        number = confirmed(deal)
        back = returned(deal, number, 30)
        again = returned(deal, back, 10)
        page = text_of(enter(deal.merchant).get(f"/tracing/order/{number}/"))
        assert f"{back}/1" in page and f"{again}/1" in page and "退货的退回" in page
        assert "chain-open" in page and "未装箱" in page

    def test_a_hub_shows_its_first_lines_at_once_and_adds_up_on_request(self, deal, monkeypatch) -> None:
        number = confirmed(deal)
        monkeypatch.setattr("youju.trade.tracing.selectors.pages.whole", lambda _law, _id: 0)
        client = enter(person(Role.STF))
        with CaptureQueriesContext(connection) as few:
            page = text_of(client.get(f"/tracing/order/{number}/"))
        assert "所以没有先算" in page
        assert "逐行货物" in page
        assert "数量平衡：" not in page
        assert f'href="/tracing/order/{number}/?whole=1"' in page
        with CaptureQueriesContext(connection) as all_of_it:
            page = text_of(client.get(f"/tracing/order/{number}/", {"whole": "1"}))
        assert "数量平衡：" in page
        assert "chain-wide" in page
        assert len(few) < len(all_of_it)

    def test_the_other_rooms_lead_here(self, deal) -> None:
        number = confirmed(deal)
        row = declared(deal, number)[0]
        client = enter(person(Role.STF))
        pages = {
            f"/orders/{number}/": f"/tracing/order/{number}/",
            f"/packing/packings/{row.packing.number}/": f"/tracing/packing/{row.packing.number}/",
            f"/declarations/{row}/": f"/tracing/declaration/{row}/",
            f"/parties/{deal.parties['merchant'].pk}/": "/tracing/?number=M1",
        }
        for address, link in pages.items():
            assert f'href="{link}"' in text_of(client.get(address)), address
        from youju.trade.parties.models import Stall

        stall = Stall.objects.get()
        assert f"/tracing/?number=BG:{stall.number}" in text_of(client.get(f"/parties/stalls/{stall.pk}/"))

    def test_all_of_it_leaves_as_a_file_and_the_trail_says_so(self, deal) -> None:
        number = confirmed(deal)
        declared(deal, number)
        client = enter(deal.merchant)
        lines = text_of(client.get(f"/tracing/order/{number}/?export=csv")).splitlines()
        assert len(lines) == 4 and "共 2 行" in lines[-1] and BOXES[0] in lines[1]
        answer = client.get(f"/tracing/order/{number}/?export=xlsx")
        assert answer["Content-Type"].endswith("sheet") and b"".join(answer.streaming_content)[:2] == b"PK"
        told = [line.entry.verb for line in history("tracing.chain", f"order/{number}").lines]
        assert told == ["tracing.chain.exported", "tracing.chain.exported"]

    def test_the_epcis_document_keeps_the_schema(self, deal) -> None:
        number = confirmed(deal)
        returned(deal, number, 30)
        declared(deal, number)
        answer = enter(deal.merchant).get(f"/tracing/order/{number}/epcis.jsonld")
        made = json.loads(text_of(answer))
        assert answer["Content-Type"] == "application/ld+json" and faults(made) == []
        steps = [each.get("bizStep") for each in made["epcisBody"]["eventList"]]
        assert steps == ["commissioning", "packing", "other", "other", "receiving"]

    def test_strangers_learn_nothing(self, deal) -> None:
        number = confirmed(deal)
        stranger = enter(make_deal("Q").merchant)
        for address in ("", "epcis.jsonld", "labels/", "?export=csv"):
            assert stranger.get(f"/tracing/order/{number}/{address}").status_code == 404


class TestLabels:
    def test_codes_and_a_sheet_from_order_packing_and_declaration(self, deal) -> None:
        number = confirmed(deal)
        row = declared(deal, number)[0]
        client = enter(deal.merchant)
        for kind, key in (("order", number), ("packing", row.packing.number), ("declaration", str(row))):
            here = f"/tracing/{kind}/{key}/labels/"
            page = text_of(client.post(f"{here}make/", {"sheet": "a4-24"}, follow=True))
            assert "正在生成" in page
        assert TraceCode.objects.count() == 2
        work_off()
        page = text_of(client.get(here))
        found = re.search(r'href="(/tracing/label-files/[^"]+)"', page)
        assert found
        answer = client.get(found[1])
        assert b"".join(answer.streaming_content)[:5] == b"%PDF-"
        assert "/t/" in page

    def test_a_revoked_code_is_gone_and_the_line_gets_another(self, deal) -> None:
        number = confirmed(deal)
        client = enter(deal.merchant)
        client.post(f"/tracing/order/{number}/labels/make/", {"sheet": "a4-10"})
        code = TraceCode.objects.order_by("line_no")[0]
        assert Client().get(f"/t/{code.token}/").status_code == 200
        back = {"kind": "order", "number": number}
        page = text_of(client.post(f"/tracing/codes/{code.token}/revoke/", back, follow=True))
        assert "作废须写明原因" in page
        client.post(f"/tracing/codes/{code.token}/revoke/", back | {"reason": "贴错了货"})
        assert Client().get(f"/t/{code.token}/").status_code == 404
        with as_(deal.merchant) as user:
            assert services.make_codes(actor=user, kind="order", number=number) == 1
        assert TraceCode.objects.filter(order_line=code.order_line_id).count() == 2
        assert [line.entry.verb for line in history("tracing.code", f"{number}:1").lines] == [
            "tracing.code.revoked"
        ]

    def test_unconfirmed_unknown_and_too_many_are_refused(self, deal) -> None:
        client = enter(deal.merchant)
        number = confirmed(deal)
        assert client.post(f"/tracing/order/{number}/labels/make/", {"sheet": "a5"}).status_code == 404
        assert client.get(f"/tracing/stall/BG:{stall_of(deal)}/labels/").status_code == 404
        many = confirmed(deal, lines=[deal.line(packages=4000, net_weight=80)])
        page = text_of(client.post(f"/tracing/order/{many}/labels/make/", {"sheet": "a4-24"}, follow=True))
        assert "一次最多 3000 张" in page
        assert enter(person(Role.AUD)).post(f"/tracing/order/{number}/labels/make/").status_code == 403


class TestPublicPage:
    @pytest.fixture
    def token(self, deal) -> str:
        number = confirmed(deal)
        declared(deal, number)
        with as_(deal.merchant) as user:
            services.make_codes(actor=user, kind="order", number=number)
        return TraceCode.objects.get(line_no=1).token

    def test_a_stranger_sees_what_may_be_public_and_no_more(self, deal, token) -> None:
        answer = Client().get(f"/t/{token}/")
        page = text_of(answer)
        for word in (
            "女包0",
            "白沟箱包市场",
            "河北白沟",
            "已报关",
            "Declared to customs",
            "Origin of goods",
            "2023-06",
        ):
            assert word in page, word
        number = TraceCode.objects.get(token=token).order
        for secret in (
            stall_of(deal),
            "主体M1",
            "M1",
            "1200",
            "12.0",
            "USD",
            number,
            BOXES[0],
            "KE",
            "肯尼亚",
        ):
            assert secret not in page.replace("1039", ""), secret
        assert not answer.cookies and answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer["Cache-Control"] == "no-store" and 'content="noindex' in page

    def test_the_stall_is_shown_once_the_merchant_consents(self, deal, token) -> None:
        client = enter(deal.merchant)
        assert "不公开摊位" in text_of(client.get("/tracing/stall-consent/"))
        party = deal.parties["merchant"].pk
        client.post("/tracing/stall-consent/", {"party": party, "shown": "1"})
        assert stall_of(deal) in text_of(Client().get(f"/t/{token.lower()}/"))
        client.post("/tracing/stall-consent/", {"party": party, "shown": "0"})
        assert stall_of(deal) not in text_of(Client().get(f"/t/{token}/"))
        assert StallConsent.objects.get().changed_by == deal.merchant.username
        other = traced_deal("Z").parties["merchant"].pk
        assert client.post("/tracing/stall-consent/", {"party": other, "shown": "1"}).status_code == 403

    def test_unknown_codes_are_calmly_not_there_and_trying_is_slowed_down(self, deal, token) -> None:
        client = Client()
        statuses = [client.get(f"/t/{'0' * 26}/").status_code for _ in range(31)]
        assert set(statuses[:30]) == {404} and statuses[30] == 429
        answer = client.get(f"/t/{token}/")
        assert answer.status_code == 429 and int(answer["Retry-After"]) <= 60
        assert "Too many requests" in text_of(answer) and not answer.cookies


def test_another_page_of_the_lines_draws_no_picture(deal) -> None:
    number = confirmed(deal)
    client = enter(deal.merchant)
    asked = {"HX-Request": "true", "HX-Target": "listing-chain"}
    with CaptureQueriesContext(connection) as part:
        page = text_of(client.get(f"/tracing/order/{number}/?size=50", headers=asked))
    with CaptureQueriesContext(connection) as whole:
        client.get(f"/tracing/order/{number}/?size=50")
    assert f"{number}/1" in page and "<svg" not in page and "数量平衡" not in page
    assert len(part) < len(whole)
