"""Whose applications: by selectors, and by raw SQL as the application role with another party set."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from claims_made import Centre, Firm, begun, filled, firm, policies, shown, submitted
from trade_people import as_, person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import acting, reaching_all
from youju.funds.subsidies import services
from youju.funds.subsidies.models import Application, ListVersion
from youju.funds.subsidies.selectors.claims import claims

pytestmark = pytest.mark.django_db
TABLES = ("subsidies_application", "subsidies_countedline", "subsidies_computation")


@pytest.fixture(autouse=True)
def _policies():
    with reaching_all(), policies():
        yield


def seen(who: User, table: str = "subsidies_application") -> int:
    with as_(who), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def listed(who: User) -> set[int]:
    with as_(who):
        return {row.pk for row in claims(who)}


@pytest.fixture
def two() -> tuple[Firm, Firm]:
    return firm("A", 10_000), firm("B", 4_000)


def test_each_reads_its_own_and_the_centre_what_was_handed_in(two: tuple[Firm, Firm]) -> None:
    one, draft = submitted(two[0]), begun(two[1])
    assert listed(two[0].clerk) == {one.pk}
    assert listed(two[1].clerk) == {draft.pk}
    for who in (person(Role.STF), person(Role.FIN), person(Role.HED), person(Role.PFO), person(Role.AUD)):
        assert listed(who) == {one.pk}  # a draft is its writer's
    admin = person(Role.ADM)
    for table in TABLES:
        assert seen(two[0].clerk, table) >= 1
        assert seen(admin, table) == 0
    assert seen(two[1].clerk) == 1
    other = person(Role.STF, username="stf-zh", sections=("ZH",))
    assert (listed(other), seen(other)) == (set(), 0)


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE subsidies_application SET state = 'passed', amount = 999999",
        "DELETE FROM subsidies_countedline",
        "UPDATE subsidies_costline SET amount = 1",
        "UPDATE subsidies_roundline SET amount = 0",
    ],
)
def test_raw_sql_changes_no_foreign_row(two: tuple[Firm, Firm], deed: str) -> None:
    submitted(two[0])
    for who in (two[1].clerk, person(Role.AUD), person(Role.PFO), person(Role.ADM)):
        with as_(who), connection.cursor() as cursor:
            cursor.execute(deed)
            assert cursor.rowcount == 0


def test_what_was_computed_thought_and_published_is_nobodys_to_change(two: tuple[Firm, Firm]) -> None:
    centre = Centre()
    shown(centre, two[0])
    for who in (centre.head, centre.finance, centre.staff, two[0].clerk):
        for table in ("subsidies_computation", "subsidies_opinion", "subsidies_listversion"):
            with as_(who), connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {table}")
                assert cursor.rowcount == 0
    with reaching_all():
        assert ListVersion.objects.count() == 1


def test_finance_writes_the_money_side_and_nothing_of_the_trade(two: tuple[Firm, Firm]) -> None:
    row, finance = submitted(two[0]), person(Role.FIN)
    with as_(finance), connection.cursor() as cursor:
        cursor.execute("UPDATE subsidies_application SET remark = 'x' WHERE id = %s", [row.pk])
        assert cursor.rowcount == 1
        cursor.execute("UPDATE parties_party SET name = 'x'")
        assert cursor.rowcount == 0


def test_a_stranger_adds_an_objection_and_reads_none(two: tuple[Firm, Firm]) -> None:
    row = shown(Centre(), two[0])
    with acting(reads="", writes=""):
        services.object_to_list(
            number=row.number, line=0, name="王某", contact="13800001234", text="计算的办法应当公开说明。"
        )
        with connection.cursor() as cursor:
            for table in (
                "subsidies_objection",
                "subsidies_application",
                "subsidies_roundline",
                "subsidies_award",
            ):
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone()[0] == 0
            cursor.execute("UPDATE subsidies_objection SET reply = 'x'")
            assert cursor.rowcount == 0
    assert seen(two[0].clerk, "subsidies_objection") == 0
    assert seen(person(Role.AUD), "subsidies_objection") == 1


def test_nobody_puts_in_an_application_for_another(two: tuple[Firm, Firm]) -> None:
    row = filled(two[0])
    with as_(two[1].clerk), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO subsidies_costline (application_id, kind, invoice, seller, paid_on, amount, file, filename, added_by)"
            " VALUES (%s, 'platform', '1', '', '2023-01-01', 1, '', '', '')",
            [row.pk],
        )
    assert Application.objects.get(pk=row.pk).costs.count() == 0


def test_the_account_is_sealed(two: tuple[Firm, Firm]) -> None:
    row = filled(two[0], account="6222020200001234567")
    assert "6222020200001234567" not in row.account_sealed
    assert row.account_masked == "**** 4567"
    services.applying.reseal_accounts()
    assert Application.objects.get(pk=row.pk).account_fingerprint == row.account_fingerprint
