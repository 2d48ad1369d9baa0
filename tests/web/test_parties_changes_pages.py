"""The pages of changes, standing, duplicates, markets and statistics: what they show and what they refuse, without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import timezone
from django.utils.safestring import SafeString

from trade_made_changes import agreement, market, paper, party, tenancy
from trade_people import as_, person
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.trade.parties import selectors, services
from youju.trade.parties.models import ChangeRequest, Merge, Pair, Party, Stall
from youju.trade.parties.web import statistics

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _reach() -> Iterator[None]:
    with reaching_all():
        yield


@pytest.fixture
def merchant() -> Any:
    return person(Role.MER, "M1")


@pytest.fixture
def staff() -> Any:
    return person(Role.STF, sections=("SC",))


def of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def shown(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_a_merchant_asks_and_another_officer_grants(merchant: Any, staff: Any) -> None:
    filed = party(organisation=merchant.organisation, phone="13800001234")
    client = of(merchant)
    form = shown(client, f"/parties/{filed.pk}/change/")
    assert "138****1234" in form
    assert "13800001234" not in form
    typed = {
        "revision": "1",
        "name": filed.name,
        "roles": "merchant",
        "country": "CN",
        "address": "新楼 3 号",
        "reason": "搬家",
    }
    refused = client.post(f"/parties/{filed.pk}/change/", typed | {"email": "不对"})
    assert refused.status_code == 422
    assert "新楼 3 号" in refused.content.decode()
    answer = client.post(f"/parties/{filed.pk}/change/", typed | {"phone.contact": "13900009999"})
    change = ChangeRequest.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/parties/changes/{change.pk}/")
    page = shown(client, answer["Location"])
    assert "139****9999" in page
    assert 'value="withdraw"' in page
    assert 'value="approve"' not in page
    officer = of(staff)
    assert filed.name in shown(officer, "/parties/changes/?state=submitted")
    assert 'value="approve"' in shown(officer, f"/parties/changes/{change.pk}/")
    officer.post(f"/parties/changes/{change.pk}/step/", {"transition": "approve", "state": "submitted"})
    filed.refresh_from_db()
    assert filed.address == "新楼 3 号"
    assert "已变更" in shown(client, f"/parties/changes/{change.pk}/")


def test_others_find_no_page(merchant: Any) -> None:
    filed = party(organisation=merchant.organisation)
    with as_(merchant):
        change = services.request_change(
            actor=merchant, party_id=filed.pk, values={"address": "密址"}, reason="搬家", expected=1
        )
    for other in (
        person(Role.MER, "M2"),
        person(Role.STF, username="wm", sections=("WM",)),
        person(Role.BUY, "B1"),
    ):
        client = of(other)
        assert "密址" not in shown(client, f"/parties/changes/{change.pk}/", 404)
        assert filed.name not in shown(client, "/parties/changes/")
        assert client.get(f"/parties/{filed.pk}/change/").status_code == 404
        if Role.STF in other.roles:
            assert filed.name not in shown(client, "/parties/statistics/rows/")
    auditor = of(person(Role.AUD))
    assert "密址" in shown(auditor, f"/parties/changes/{change.pk}/")
    assert "密址" not in shown(of(person(Role.ADM)), f"/parties/changes/{change.pk}/", 403)


def test_renewal_and_reminders_meet_on_the_home_page(merchant: Any, staff: Any) -> None:
    today = timezone.localdate()
    filed = party(organisation=merchant.organisation, valid_to=today + timedelta(days=5))
    paper(filed, "营业执照", valid_to=today - timedelta(days=1))
    services.remind(today=today)
    client = of(merchant)
    home = shown(client, "/")
    assert "到期提醒（2 项，1 项已到期）" in home
    assert "材料：营业执照" in shown(client, "/parties/reminders/?only=ended")
    assert "到期提醒" in shown(of(staff), "/")
    assert "到期提醒（" not in shown(of(person(Role.MER, "M2")), "/")
    assert "起可以申请续期" in shown(client, f"/parties/{filed.pk}/renew/")
    answer = client.post(f"/parties/{filed.pk}/renew/", {"revision": "1"})
    assert answer.status_code == 302
    assert client.post(f"/parties/{filed.pk}/renew/", {"revision": "1"}).status_code == 422


def test_effects_stand_before_the_button(staff: Any) -> None:
    filed = party("鑫达", roles=["agent"])
    agreement(party("委托户"), filed)
    client = of(staff)
    page = shown(client, f"/parties/{filed.pk}/standing/suspend/")
    assert "1 份生效协议停止起作用" in page
    address = f"/parties/{filed.pk}/standing/suspend/"
    assert client.post(address, {"state": "approved", "reason": ""}).status_code == 422
    assert client.post(address, {"state": "approved", "reason": "证照被吊销"}).status_code == 302
    filed.refresh_from_db()
    assert filed.state == "suspended"
    assert "不能暂停" in shown(client, address)
    assert "又可以办理业务" in shown(client, f"/parties/{filed.pk}/standing/resume/")
    assert client.get(f"/parties/{filed.pk}/standing/fly/").status_code == 404


def test_a_pair_is_looked_at_merged_and_unmerged(staff: Any) -> None:
    one, other = party("鑫达箱包商行", phone="13800001234"), party("白沟鑫达箱包", phone="13800001234")
    services.find_duplicates()
    client = of(staff)
    listed = shown(client, "/parties/duplicates/")
    assert "名称的字号相同" in listed
    pair = Pair.objects.get()
    address = f"/parties/merges/new/?kept={one.pk}&merged={other.pk}&pair={pair.pk}"
    page = shown(client, address)
    assert "并入“鑫达箱包商行”" in page
    stamp = re.search(r'name="stamp" value="([^"]+)"', page)
    assert stamp
    fields = {"kept": one.pk, "merged": other.pk, "stamp": stamp[1]}
    assert client.post("/parties/merges/new/", fields).status_code == 422
    answer = client.post("/parties/merges/new/", fields | {"reason": "同一人"})
    merge = Merge.objects.get()
    assert answer["Location"] == f"/parties/merges/{merge.pk}/"
    assert "撤销这次合并" in shown(client, answer["Location"])
    assert one.name in shown(client, "/parties/merges/")
    assert client.post(answer["Location"], {"reason": "看错了"}).status_code == 302
    client.post(f"/parties/duplicates/{pair.pk}/", {"reason": "电话核对过，是两家"})
    assert "白沟鑫达箱包" not in shown(client, "/parties/duplicates/")
    assert "白沟鑫达箱包" in shown(client, "/parties/duplicates/?state=distinct")
    assert "并入保留的备案" in shown(client, f"/parties/merges/new/?kept={one.pk}&q=鑫达")
    assert "查找" in shown(client, "/parties/merges/new/")


def test_the_map_draws_every_state_and_links_only_where_one_may(merchant: Any, staff: Any) -> None:
    place = market(stalls=12)
    stalls = list(Stall.objects.filter(market=place))
    today = timezone.localdate()
    tenancy(party("长租户"), stalls[0])
    tenancy(party("快到期户", valid_to=today + timedelta(days=3)), stalls[1])
    tenancy(party("停业户", state="suspended"), stalls[2])
    page = shown(of(staff), f"/parties/markets/{place.pk}/")
    for words in ("1-001，已租，长租户", "1-002，快到期，快到期户", "1-003，不能营业，停业户", "1-004，空置"):
        assert words in page
    assert page.count('<svg class="stall-map"') == 2
    assert "style=" not in page.split("stall-map")[1]
    outside = shown(of(merchant), f"/parties/markets/{place.pk}/")
    assert "1-003，已租，停业户" in outside
    assert "快到期，" not in outside
    table = shown(of(staff), f"/parties/markets/{place.pk}/stalls/?state=expiring")
    assert "快到期户" in table
    assert "长租户" not in table
    assert "还没有摊位" in shown(of(staff), f"/parties/markets/{market('KONG').pk}/")
    assert "还没有摊位" in shown(of(merchant), f"/parties/markets/{market('KONG').pk}/")


def test_a_market_is_kept_by_its_pages(staff: Any) -> None:
    client = of(staff)
    assert "还没有登记市场" in shown(client, "/parties/markets/")
    assert client.post("/parties/markets/new/", {"code": "", "name": ""}).status_code == 422
    client.post("/parties/markets/new/", {"code": "hd", "name": "和道"})
    place = selectors.market_rows().get()
    assert place.code == "HD"
    assert client.post("/parties/markets/new/", {"code": "HD", "name": "别的"}).status_code == 422
    client.post(f"/parties/markets/{place.pk}/edit/", {"code": "HD", "name": "和道国际"})
    typed = {"number": "A1", "floor": "1", "row": "1", "position": "1"}
    client.post(f"/parties/markets/{place.pk}/stalls/new/", typed)
    stall = Stall.objects.get()
    assert client.post(f"/parties/markets/{place.pk}/stalls/new/", typed).status_code == 422
    client.post(f"/parties/stalls/{stall.pk}/edit/", typed | {"number": "A2"})
    holder = party("承租户")
    address = f"/parties/stalls/{stall.pk}/let/"
    assert client.post(address, {"holder": "没有", "since": "2026-01-01"}).status_code == 422
    assert client.post(address, {"holder": holder.number, "since": "2026-01-01"}).status_code == 302
    page = shown(client, f"/parties/stalls/{stall.pk}/")
    assert "承租户" in page
    assert "现在承租" in page
    held = holder.tenancies.get()
    assert client.post(f"/parties/tenancies/{held.pk}/end/", {"on": "x"}).status_code == 422
    assert client.post(f"/parties/tenancies/{held.pk}/end/", {"on": "2026-06-01"}).status_code == 302
    assert client.post(f"/parties/stalls/{stall.pk}/drop/").status_code == 409


def test_every_figure_of_the_statistics_opens_its_rows(staff: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    # Drawing has a test of its own; here it would cost seconds.
    monkeypatch.setattr(statistics, "_picture", lambda title, shown: SafeString("<svg></svg>"))
    party("商行甲")
    party("外商", roles=["buyer"], country="VN", sections=[])
    party("过期户", valid_to=timezone.localdate() - timedelta(days=1))
    client = of(staff)
    page = shown(client, "/parties/statistics/")
    assert "越南" in page
    links = {
        link.replace("&amp;", "&") for link in re.findall(r'href="(/parties/statistics/rows/\?[^"]+)"', page)
    }
    found = selectors.statistics()
    assert len({link for link in links if "=" in link}) >= sum(len(each) for each in found.by.values())
    for name, slices in found.by.items():
        for each in slices:
            assert f"共 <b>{each.count}</b> 行" in shown(
                client, f"/parties/statistics/rows/?{name}={each.key}"
            )
    assert "没有办过有承诺期限的步骤" in shown(client, "/parties/statistics/steps/")
    assert client.get("/parties/statistics/steps/?kept=no&since=2026-01-01").status_code == 200
    Party.objects.all().delete()
    assert "还没有备案的主体" in shown(client, "/parties/statistics/")


def test_the_section_of_a_party_page(merchant: Any, staff: Any) -> None:
    today = timezone.localdate()
    filed = party(organisation=merchant.organisation, phone="13800001234", valid_to=today + timedelta(days=9))
    party("白沟鑫达箱包", phone="13800001234")
    party("鑫达箱包（高碑店）", phone="13800001234", sections=["WM"])
    tenancy(filed, Stall.objects.filter(market=market(stalls=1))[0])
    services.remind(today=today)
    request = RequestFactory().get("/")

    def section(user: Any) -> str:
        with as_(user):
            found = selectors.party_changes(Party.objects.get(pk=filed.pk), user)
            return render_to_string("parties/_party_changes.html", {"changes": found}, request)

    page = section(staff)
    for words in (
        "疑似重复",
        "电话号码相同",
        "另有 1 个",
        "申请变更",
        "申请续期",
        "暂停",
        "注销",
        "备案还有 9 天到期",
        "1-001",
    ):
        assert words in page, words
    own = section(merchant)
    assert "申请变更" in own
    assert "疑似重复" not in own
    assert "暂停" not in own
    agent = person(Role.AGT, "A1")
    agreement(filed, party("好运", roles=["agent"], organisation=agent.organisation))
    seen = section(agent)
    assert "申请变更" not in seen
    assert "还有 9 天" not in seen


def test_a_picture_has_its_figures_and_its_links() -> None:
    drawn = statistics._picture(
        "主体类型", (("市场经营户", 1234, "/parties/statistics/rows/?role=merchant"),)
    )
    assert drawn.count("<svg") == 2
    assert "1,234" in drawn
    assert 'href="/parties/statistics/rows/?role=merchant"' in drawn
    assert "style=" not in drawn
