"""Whose decisions: no foreign row is read or written, through selectors or by raw SQL under the application's role."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.db import ProgrammingError, connection, transaction

from kept import kept
from trade_made_recog import BAG, DRIED, good, merchant, tariff
from trade_people import as_, organisation, person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.trade.goods import selectors, services
from youju.trade.goods.models import Campaign, CampaignGood, Decision, Good

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class World:
    mine: Good
    theirs: Good
    campaign: Campaign


@kept
def world() -> World:
    """A good of O-1 and a good of O-2, both decided, in one campaign; O-2's is handled by section WM alone."""
    tariff()
    mine = good(merchant("O-1"), "MINE")
    theirs = good(merchant("O-2", sections=["WM"]), "THEIRS", hs_code=DRIED, name="尼龙背包")
    staff = person(Role.STF, username="stf-all")
    with as_(staff):
        services.recognise_bulk(actor=staff)
    campaign = Campaign.objects.create(title="复认", as_of="2026-01-01", state="listed", touched=2)
    for row in (mine, theirs):
        CampaignGood.objects.create(
            campaign=campaign, good=row, good_revision=0, before="recognised", after="refused"
        )
    return World(mine, theirs, campaign)


def seen_by(user: User) -> set[str]:
    """Goods whose decisions the user sees: by selectors and by raw SQL, which must agree."""
    with as_(user):
        with connection.cursor() as cursor:
            cursor.execute("SELECT g.number FROM goods_decision d JOIN goods_good g ON g.id = d.good_id")
            raw = {row[0] for row in cursor.fetchall()}
            cursor.execute("SELECT count(*) FROM goods_decision")
            assert cursor.fetchone()[0] == len(raw)
        assert {row.number for row in selectors.goods_to_recognise()} == raw
        assert {n for n in ("MINE", "THEIRS") if selectors.latest_page(n)} == raw
        assert sum(selectors.state_counts().values()) == len(raw)
        return raw


BOTH, NONE = {"MINE", "THEIRS"}, set()


@pytest.mark.parametrize(
    ("role", "code", "sections", "sees"),
    [
        (Role.MER, "O-1", (), {"MINE"}),
        (Role.MER, "O-2", (), {"THEIRS"}),
        (Role.MER, "O-3", (), NONE),
        (Role.AGT, "O-A", (), NONE),
        (Role.BUY, "O-B", (), NONE),
        (Role.CSL, "O-C", (), NONE),
        (Role.BRK, "O-D", (), NONE),
        (Role.STF, "", ("SC",), {"MINE"}),
        (Role.STF, "", ("WM",), BOTH),
        (Role.HED, "", (), BOTH),
        (Role.AUD, "", (), BOTH),
        (Role.PFO, "", (), BOTH),
        (Role.FIN, "", (), BOTH),
        (Role.ADM, "", (), NONE),
    ],
)
def test_each_role_sees_the_decisions_of_its_own_goods(
    world: World, role: Role, code: str, sections: tuple[str, ...], sees: set[str]
) -> None:
    assert seen_by(person(role, code, sections=sections)) == sees


def test_an_agent_sees_and_recognises_its_principals_goods_while_the_agreement_lasts(world: World) -> None:
    from youju.trade.parties.models import Agreement, Party

    agent = Party.objects.create(
        organisation=organisation("O-A"), roles=["agent"], name="代理", state="approved", number="BA-A"
    )
    agreement = Agreement.objects.create(
        principal_id=world.mine.party_id,
        agent=agent,
        number="XY-1",
        state="in_force",
        valid_from="2020-01-01",
        valid_to="2099-01-01",
    )
    user = person(Role.AGT, "O-A")
    assert seen_by(user) == {"MINE"}
    with as_(user):
        assert services.recognise_good(actor=user, number="MINE").outcome == "recognised"
    Agreement.objects.filter(pk=agreement.pk).update(state="ended")
    assert seen_by(user) == NONE


_FOREIGN_DECISION = """
INSERT INTO goods_decision (good_id, good_revision, as_of, policy_hash, facts, rule_ids, findings, outcome, step,
  explanation, explained_by, comment, decided_by)
SELECT %s, 0, '2026-01-01', repeat('0', 64), '{}', '{}', '[]', 'recognised', 'rules', '', '', '', ''
"""


@pytest.mark.parametrize("role", [Role.MER, Role.AGT, Role.BUY, Role.AUD, Role.FIN, Role.PFO, Role.ADM])
def test_raw_sql_writes_no_foreign_decision_and_changes_no_foreign_good(world: World, role: Role) -> None:
    with as_(person(role, "O-1" if role is Role.MER else "")):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_FOREIGN_DECISION, [world.theirs.pk])
        with connection.cursor() as cursor:
            cursor.execute("UPDATE goods_good SET state = 'recognised' WHERE number = 'THEIRS'")
            assert cursor.rowcount == 0
            cursor.execute("DELETE FROM goods_decision WHERE good_id = %s", [world.theirs.pk])
            assert cursor.rowcount == 0


@pytest.mark.parametrize("role", [Role.MER, Role.AGT, Role.BUY, Role.CSL, Role.BRK, Role.ADM])
def test_nobody_outside_the_centre_sees_or_writes_a_campaign(world: World, role: Role) -> None:
    with as_(person(role, "O-1" if role is Role.MER else "")):
        assert not Campaign.objects.exists()
        assert not CampaignGood.objects.exists()
        assert selectors.campaign_page(world.campaign.pk) is None
        with pytest.raises(ProgrammingError), transaction.atomic():
            Campaign.objects.create(title="偷试", as_of="2026-01-01")


def test_the_auditor_reads_campaigns_and_writes_none(world: World) -> None:
    with as_(person(Role.AUD)):
        assert selectors.campaign_page(world.campaign.pk) is not None
        assert Campaign.objects.update(state="done") == 0


def test_goods_of_other_sections_are_counted_and_not_named(world: World) -> None:
    with as_(person(Role.STF, sections=("SC",))):
        page = selectors.campaign_page(world.campaign.pk)
        assert page is not None
        assert (page.hidden, page.merchants) == (1, (("商户O-1", 1),))
        assert [row.good.number for row in selectors.campaign_goods(page.campaign)] == ["MINE"]


def test_the_queue_shows_an_officer_his_section_alone(world: World) -> None:
    user = person(Role.MER, "O-2")
    with as_(user):
        services.explain_good(actor=user, number="THEIRS", text="由供货商报检")
    with as_(person(Role.STF, username="stf-sc", sections=("SC",))):
        assert not selectors.waiting().exists()
    with as_(person(Role.STF, username="stf-wm", sections=("WM",))):
        assert [row.good.number for row in selectors.waiting()] == ["THEIRS"]
        assert [each.rule for each in selectors.refusals_by_rule(Decision.objects.latest("pk").as_of)] == [
            "REC-007"
        ]


def test_a_job_looks_at_every_good_whoever_asked(world: World) -> None:
    with reaching_all():
        Campaign.objects.all().delete()
    with as_(person(Role.STF, username="stf-sc", sections=("SC",))) as officer:
        made = services.open_campaign(actor=officer, reason="查看")
        from youju.foundation.jobs.progress import Progress

        assert services.list_touched(progress=Progress(), campaign_id=made.pk)["looked_at"] == 1
        assert BAG
