"""A changed law: listed first, asked, decided anew in stretches; nothing silently. Trials decide nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from trade_made_recog import BAG, LINES, good, merchant, tariff
from trade_people import as_, person
from youju.foundation.audit.selectors import history
from youju.foundation.identity.roles import Role
from youju.foundation.jobs.progress import Progress
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.selectors import todo
from youju.trade.goods import selectors, services
from youju.trade.goods.models import Campaign, CampaignGood, Decision, Good, TariffVersion
from youju.trade.goods.services import redeciding

pytestmark = pytest.mark.django_db


@pytest.fixture
def goods() -> list[Good]:
    """Three recognised goods of two merchants."""
    tariff()
    first, second = merchant("O-1"), merchant("O-2")
    rows = [good(first, "A"), good(first, "B"), good(second, "C")]
    with as_(person(Role.STF, username="stf-0")) as actor:
        services.recognise_bulk(actor=actor)
    return rows


def new_tariff() -> TariffVersion:
    """From today on handbags need an export licence."""
    TariffVersion.objects.update(valid_to=timezone.localdate())
    lines = tuple({**line, "supervision": "4"} if line["code"] == BAG else line for line in LINES)
    return tariff("新税则", timezone.localdate(), lines=lines)


def states(*numbers: str) -> list[str]:
    return [Good.objects.get(number=each).state for each in numbers]


def noticed() -> Campaign:
    campaign = services.notice_changes()
    assert campaign is not None
    work_off()
    campaign.refresh_from_db()
    return campaign


def test_nothing_to_notice_while_the_law_is_the_same(goods: list[Good]) -> None:
    assert services.notice_changes() is None


def test_a_new_tariff_is_noticed_listed_and_asked_before_anything_changes(goods: list[Good]) -> None:
    new_tariff()
    campaign = noticed()
    assert (campaign.state, campaign.looked_at, campaign.touched) == ("listed", 3, 3)
    assert states("A", "B", "C") == ["recognised"] * 3
    assert Decision.objects.count() == 3
    row = CampaignGood.objects.filter(campaign=campaign).first()
    assert row is not None
    assert (row.before, row.after, row.rule_ids) == ("recognised", "refused", ["REC-005"])
    officer = person(Role.STF)
    assert [item.subject.label for item in todo(officer)] == [campaign.title]
    assert services.notice_changes() is None


def test_after_a_yes_they_are_decided_anew_and_audited(goods: list[Good]) -> None:
    new_tariff()
    campaign = noticed()
    with as_(person(Role.STF)) as actor:
        services.confirm_campaign(actor=actor, campaign_id=campaign.pk, reason="新税则施行")
        work_off()
    campaign.refresh_from_db()
    assert (campaign.state, campaign.confirmed_by) == ("done", actor.username)
    assert states("A", "B", "C") == ["refused"] * 3
    assert {row.result for row in CampaignGood.objects.all()} == {"decided"}
    latest = Decision.objects.filter(good__number="A").latest("pk")
    assert (latest.decided_by, latest.tariff) == (actor.username, campaign.tariff)
    assert any(
        "新税则" in line.reason or campaign.title in line.reason
        for line in history("goods.good", str(Good.objects.get(number="A").pk)).lines
    )
    assert services.notice_changes() is None


def test_a_no_leaves_everything(goods: list[Good]) -> None:
    new_tariff()
    campaign = noticed()
    with as_(person(Role.STF)) as actor:
        services.drop_campaign(actor=actor, campaign_id=campaign.pk, reason="税则有误")
        with pytest.raises(InputError, match="已经办过"):
            services.confirm_campaign(actor=actor, campaign_id=campaign.pk, reason="又要")
    assert states("A", "B", "C") == ["recognised"] * 3


def test_what_changed_since_it_was_listed_is_left_alone(goods: list[Good]) -> None:
    new_tariff()
    campaign = noticed()
    Good.objects.filter(number="A").update(revision=1, state="draft")
    Good.objects.filter(number="B").update(unit="箱", hs_code="4202920000", name="尼龙背包")
    with as_(person(Role.STF)) as actor:
        services.confirm_campaign(actor=actor, campaign_id=campaign.pk, reason="新税则施行")
        work_off()
    assert dict(CampaignGood.objects.values_list("good__number", "result")) == {
        "A": "changed",
        "B": "differs",
        "C": "decided",
    }
    assert states("A", "B", "C") == ["draft", "recognised", "refused"]
    page = selectors.campaign_page(campaign.pk)
    assert page is not None
    assert (page.handled, page.results["differs"]) == (3, 1)


def test_a_job_that_was_killed_goes_on_where_it_stood(goods: list[Good], monkeypatch: Any) -> None:
    new_tariff()
    campaign = noticed()
    monkeypatch.setattr(redeciding, "STRETCH", 1)
    with as_(person(Role.STF)) as actor:
        services.confirm_campaign(actor=actor, campaign_id=campaign.pk, reason="新税则施行")
    # What a kill between two stretches leaves: one is decided, two wait.
    assert redeciding._decide_batch(campaign.pk) == 1
    assert sorted(states("A", "B", "C")) == ["recognised", "recognised", "refused"]
    assert services.decide_anew(progress=Progress(), campaign_id=campaign.pk) == {
        "decided": 3,
        "changed": 0,
        "differs": 0,
    }
    assert Decision.objects.count() == 6
    services.decide_anew(progress=Progress(), campaign_id=campaign.pk)
    assert Decision.objects.count() == 6


def test_policies_that_change_meanwhile_void_the_list(goods: list[Good], monkeypatch: Any) -> None:
    new_tariff()
    campaign = noticed()
    monkeypatch.setattr(redeciding, "policy_hash", lambda: "f" * 64)
    with as_(person(Role.STF)) as actor, pytest.raises(InputError, match="不再作数"):
        services.confirm_campaign(actor=actor, campaign_id=campaign.pk, reason="新税则施行")


def test_a_changed_policy_hash_that_touches_nobody_is_done_at_once(goods: list[Good]) -> None:
    Good.objects.filter(number="A").update(state="withdrawn")
    with as_(person(Role.STF)) as actor:
        campaign = services.open_campaign(actor=actor, reason="例行查看")
        with pytest.raises(InputError, match="已有一次复认"):
            services.open_campaign(actor=actor, reason="再来")
    work_off()
    campaign.refresh_from_db()
    assert (campaign.state, campaign.looked_at, campaign.touched) == ("done", 2, 0)
    assert not todo(actor)


@pytest.mark.parametrize("role", [Role.MER, Role.AUD, Role.HED])
def test_who_may_not_recognise_opens_and_confirms_nothing(role: Role) -> None:
    with as_(person(role)) as actor:
        with pytest.raises(PermissionDenied):
            services.open_campaign(actor=actor, reason="看看")
        with pytest.raises(PermissionDenied):
            services.confirm_campaign(actor=actor, campaign_id=1, reason="看看")


def trial(role: Role = Role.HED, **changes: Any) -> Campaign:
    with as_(person(role)) as actor:
        made = services.start_trial(
            **{
                "actor": actor,
                "title": "收紧品名",
                "as_of": timezone.localdate(),
                "typed_values": {"trade.goods.vague_names": "聚酯纤维女式手提包\n杂货"},
                **changes,
            }
        )
    work_off()
    made.refresh_from_db()
    return made


def test_a_trial_shows_who_would_change_and_decides_nothing(goods: list[Good]) -> None:
    made = trial()
    assert (made.state, made.looked_at, made.touched, made.trial) == ("done", 3, 3, True)
    assert states("A", "B", "C") == ["recognised"] * 3
    assert Decision.objects.count() == 3
    page = selectors.campaign_page(made.pk)
    assert page is not None
    assert [(each.before, each.after, each.count) for each in page.changes] == [("予以认定", "不予认定", 3)]
    assert [(rule, count) for rule, _, count in page.rules] == [("REC-021", 3)]
    assert page.merchants == (("商户O-1", 2), ("商户O-2", 1))
    with as_(person(Role.STF, username="stf-9")) as actor, pytest.raises(InputError, match="没有这次复认"):
        services.confirm_campaign(actor=actor, campaign_id=made.pk, reason="当真")


def test_a_tariff_version_is_tried_before_its_day(goods: list[Good]) -> None:
    lines = tuple({**line, "supervision": "8"} for line in LINES)
    coming = tariff("明年税则", date(2090, 1, 1), lines=lines)
    assert trial(typed_values={}, tariff_id=coming.pk).touched == 3


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"typed_values": {"foundation.jobs.attempts": "9"}}, "不是商品认定的政策值"),
        ({"typed_values": {"trade.goods.nothing": "9"}}, "不是商品认定的政策值"),
        ({"typed_values": {"trade.goods.name_fit_share": "很多"}}, "不是小数"),
        ({"typed_values": {"trade.goods.name_fit_share": "0.25"}}, "没有改动任何取值"),
        ({"typed_values": {}}, "没有改动任何取值"),
        ({"as_of": date(2019, 12, 31)}, "生效日期"),
        ({"as_of": date(9999, 12, 31)}, "生效日期"),
        ({"tariff_id": 999}, "没有这个税则版本"),
        ({"title": " "}, "名称"),
    ],
)
def test_a_trial_that_makes_no_sense_is_refused(changes: dict[str, Any], why: str) -> None:
    with pytest.raises(InputError, match=why):
        trial(**changes)
    assert not Campaign.objects.exists()


def test_a_merchant_tries_nothing() -> None:
    with pytest.raises(PermissionDenied):
        trial(Role.MER)
