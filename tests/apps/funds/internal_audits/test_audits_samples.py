"""Samples: drawn over the rooms' records, kept as they were drawn, drawn again by anybody; working papers."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from typer.testing import CliRunner

from assets_made import asset
from audits_made import Office, engagement, office, sample, today, wish
from kept import kept
from office_made import PNG, contract, task
from trade_people import as_, person
from youju.foundation.files.selectors import read_kept
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.funds.internal_audits import selectors, services
from youju.funds.internal_audits.commands import app
from youju.funds.internal_audits.models import Sample, SampleItem
from youju.funds.internal_audits.selectors import Population, Record, register_population
from youju.funds.internal_audits.selectors.populations import _populations
from youju.funds.internal_audits.services import SampleWish

pytestmark = pytest.mark.django_db
AMOUNTS = (500, 2_000, 9_999, 10_000, 20_000, 30_000, 99_999, 100_000, 800_000)


@kept
def team() -> Office:
    made = office()
    for place, amount in enumerate(AMOUNTS):
        contract(made.market, number=f"HT-{place}", amount=Decimal(amount))
    contract(made.market, number="HT-旧", signed_on=today().replace(year=today().year - 5))
    return made


def test_drawn_by_strata_with_what_is_certain(team: Office) -> None:
    row = sample(team, engagement(team), size=6)
    assert (row.count, row.total) == (9, Decimal(sum(AMOUNTS)))
    assert [(each["count"], each["taken"], each["certain"]) for each in row.strata] == [
        (3, 2, False), (4, 2, False), (2, 2, True),
    ]  # fmt: skip
    assert row.items.count() == 6
    assert {each.amount for each in row.items.filter(stratum=2)} == {Decimal(100_000), Decimal(800_000)}
    assert row.findings[0]["rule"] == "IAU-005"
    assert row.number == f"CY{today().year}-0001"


def test_drawn_again_it_is_the_same_though_records_have_changed(team: Office) -> None:
    row = sample(team, engagement(team))
    with as_(team.auditor):
        again = selectors.redraw(team.auditor, row.pk)
    assert again.same and again.changed is False and again.now == 9
    contract(team.market, number="HT-新", amount=Decimal(77))
    with as_(team.head):
        again = selectors.redraw(team.head, row.pk)
    assert again.same and again.changed and again.now == 10
    with as_(team.market):
        again = selectors.redraw(team.market, row.pk)
    assert again.same and again.changed is None


def test_assets_are_sampled_by_what_they_cost_and_named_by_their_number(team: Office) -> None:
    keeper = person(Role.STF, username="aud-keeper", sections=("ZH",))
    cards = [
        asset(keeper, name=f"设备 {place}", cost=Decimal(cost))
        for place, cost in enumerate((1_500, 60_000, 250_000))
    ]
    row = sample(team, engagement(team), population="assets", size=2)
    assert (row.count, row.total) == (3, Decimal(311_500))
    assert str(cards[2].pk) in set(row.items.values_list("subject_key", flat=True))
    with as_(team.auditor):
        found = selectors.population_of("assets").named(team.auditor, cards[0].number.lower())
    assert found is not None and found.key == str(cards[0].pk)
    with as_(merchant := person(Role.MER, username="aud-mer")):
        assert selectors.population_of("assets").named(merchant, cards[0].number) is None


def test_the_command_draws_the_same_sample_from_the_downloaded_population(
    team: Office, tmp_path: Path
) -> None:
    row = sample(team, engagement(team), allocation="neyman")
    with as_(team.auditor):
        name, kept_file = services.hand_out_population(actor=team.auditor, sample_id=row.pk)
    assert name == f"抽样总体{row.number}.csv" and kept_file.sha256 == row.hash
    file = tmp_path / "总体.csv"
    file.write_bytes(read_kept(kept_file.sha256))
    asked = [
        "sample",
        str(file),
        "--seed",
        "2023",
        "--size",
        "3",
        "--limits",
        "10000.00",
        "--certainty",
        "100000.00",
    ]
    done = CliRunner().invoke(app, [*asked, "--allocation", "neyman", "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["hash"] == row.hash
    assert [each["key"] for each in told["sample"]] == list(
        row.items.order_by("place").values_list("subject_key", flat=True)
    )
    plain = CliRunner().invoke(app, asked)
    assert plain.exit_code == 0 and row.hash in plain.stdout


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"key,amount\n", "没有记录"),
        (b"number,amount\nA,1\n", "缺少 key"),
        (b"key,amount\nA,x\n", "不是金额"),
        (b"key,amount\nA,NaN\n", "不是金额"),
        (b"key,amount\n,1\n", "没有编号"),
        (b"key,amount\nA,1\nA,2\n", "两次"),
        (b"key,amount\nA,-1\n", "负数"),
        (b"\xff\xfe\x00", "读不出"),
        (b"key,amount\nA\n", "不是金额"),
    ],
)
def test_a_bad_population_file_is_said_in_a_sentence(content: bytes, told: str, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(content)
    done = CliRunner().invoke(app, ["sample", str(file), "--seed", "s", "--size", "1"])
    assert isinstance(done.exception, InputError) and told in str(done.exception)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"seed": " "}, "种子"),
        ({"size": 0}, "样本量"),
        ({"limits": (Decimal(5), Decimal(2))}, "分层界限"),
        ({"population": "nothing"}, "没有这种记录"),
        ({"project": "NONE"}, "没有记录"),
    ],
)
def test_what_cannot_be_drawn_is_said(team: Office, given: dict[str, object], told: str) -> None:
    row = engagement(team)
    with pytest.raises(InputError, match=told):
        sample(team, row, **given)
    assert not Sample.objects.exists()


def test_dates_the_wrong_way_round_and_an_ended_engagement(team: Office) -> None:
    row = engagement(team)
    with pytest.raises(InputError, match="早于起始"):
        sample(team, row, since=today(), until=today().replace(year=today().year - 1))
    with as_(team.auditor):
        services.end_engagement(actor=team.auditor, engagement_id=row.pk, conclusion="完")
    with pytest.raises(InputError, match="已经结束"):
        sample(team, row)


def test_who_draws(team: Office) -> None:
    row = engagement(team)
    for other in (team.market, team.head, team.finance):
        with as_(other), pytest.raises(PermissionDenied):
            services.draw_sample(
                actor=other, engagement_id=row.pk, wish=SampleWish("contracts", today(), today(), "s", 1)
            )


def test_a_sample_never_changes_whoever_writes(team: Office) -> None:
    row = sample(team, engagement(team))
    one = row.items.first()
    for statement in (
        f"UPDATE internal_audits_sample SET seed = 'x' WHERE id = {row.pk}",
        f"DELETE FROM internal_audits_sample WHERE id = {row.pk}",
        f"UPDATE internal_audits_sampleitem SET amount = 1 WHERE id = {one.pk}",
        f"UPDATE internal_audits_sampleitem SET subject_key = '1' WHERE id = {one.pk}",
        f"DELETE FROM internal_audits_sampleitem WHERE id = {one.pk}",
    ):
        with (
            pytest.raises(IntegrityError, match="as it was drawn"),
            transaction.atomic(),
            connection.cursor() as db,
        ):
            db.execute(statement)


def test_tasks_have_no_amount_and_make_one_stratum(team: Office) -> None:
    for place in range(6):
        task(team.market, title=f"任务{place}")
    row = sample(
        team, engagement(team), population="tasks", until=today().replace(year=today().year + 1), limits=(),
        certainty=None, size=4,
    )  # fmt: skip
    assert (row.count, row.total, len(row.strata), row.items.count()) == (6, 0, 1, 4)
    assert row.items.first().label.startswith("GZ") or row.items.first().label


def test_another_room_joins_with_one_registration(team: Office) -> None:
    things = [Record(f"ZC-{place}", f"资产 {place}", Decimal(100 * place)) for place in range(12)]
    register_population(
        Population(
            "things", "资产", "test.thing", "入账日期", lambda *_: things,
            lambda _, key: next((each for each in things if each.key == key), None),
            lambda _, key: next((each for each in things if each.key == key), None),
        )
    )  # fmt: skip
    try:
        row = sample(team, engagement(team), population="things", limits=(), certainty=None, size=5)
        assert row.count == 12 and row.items.count() == 5
        with as_(team.auditor):
            made = services.register_finding(
                actor=team.auditor, wish=wish(record="things", key="ZC-3", amount=Decimal(300))
            ).finding
        assert (made.subject_kind, made.subject_key, made.record_amount) == (
            "test.thing",
            "ZC-3",
            Decimal(300),
        )
    finally:
        _populations.pop("things")


def test_a_working_paper_with_files_leads_to_a_finding(team: Office) -> None:
    row = sample(team, engagement(team))
    one = row.items.order_by("place").first()
    with as_(team.auditor):
        for given, told in (
            ({"examined": "", "conclusion": "fine"}, "没有写"),
            ({"examined": "凭证", "conclusion": "good"}, "没有选结论"),
        ):
            with pytest.raises(InputError, match=told):
                services.examine_item(actor=team.auditor, item_id=one.pk, **given)
        services.examine_item(
            actor=team.auditor, item_id=one.pk, examined="合同文本", conclusion="found", revision=0
        )
        with pytest.raises(InputError, match="刚才有改动"):
            services.examine_item(
                actor=team.auditor, item_id=one.pk, examined="又看", conclusion="fine", revision=0
            )
        paper = services.add_paper(actor=team.auditor, item_id=one.pk, content=PNG, name="合同.png")
        made = services.register_finding(
            actor=team.auditor, wish=wish(item=one.pk, amount=Decimal("1.00"), category="contract")
        ).finding
        page = selectors.item_page(team.auditor, one.pk)
    assert (made.subject_kind, made.subject_key, made.item_id) == (
        "contracts.contract",
        one.subject_key,
        one.pk,
    )
    assert made.engagement_id == row.engagement_id and made.record_amount == one.amount
    assert page.url == f"/contracts/{one.subject_key}/" and page.findings == (made,)
    with as_(team.market):
        handed = services.hand_out_paper(actor=team.market, item_id=one.pk, file_id=paper.id)
        assert handed.name == "合同.png" and not selectors.item_page(team.market, one.pk).may_write
        with pytest.raises(PermissionDenied):
            services.add_paper(actor=team.market, item_id=one.pk, content=PNG, name="a.png")
    with as_(team.auditor):
        with pytest.raises(InputError, match="没有结论"):
            services.end_engagement(actor=team.auditor, engagement_id=row.engagement_id, conclusion="完")
        for each in SampleItem.objects.filter(conclusion=""):
            services.examine_item(actor=team.auditor, item_id=each.pk, examined="合同文本", conclusion="fine")
        services.end_engagement(actor=team.auditor, engagement_id=row.engagement_id, conclusion="完")
        with pytest.raises(InputError, match="已经结束"):
            services.examine_item(actor=team.auditor, item_id=one.pk, examined="再看", conclusion="fine")


def test_an_enterprise_sees_nothing(team: Office) -> None:
    row = sample(team, engagement(team))
    merchant = person(Role.MER)
    with as_(merchant):
        assert not Sample.objects.exists() and not SampleItem.objects.exists()
        with pytest.raises(PermissionDenied):
            selectors.sample_page(merchant, row.pk)


def test_the_pages_ask_as_many_queries_for_any_size(
    team: Office, django_assert_max_num_queries: object
) -> None:
    row = sample(team, engagement(team), size=9)
    with as_(team.auditor), django_assert_max_num_queries(4):  # type: ignore[operator]
        assert len(selectors.sample_page(team.auditor, row.pk).items) == 9


def test_the_kept_population_is_csv_that_a_spreadsheet_opens(team: Office) -> None:
    row = sample(team, engagement(team))
    rows = list(csv.DictReader(io.StringIO(read_kept(row.hash).decode())))
    assert len(rows) == 9 and sum(Decimal(each["amount"]) for each in rows) == row.total
