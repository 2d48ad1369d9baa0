"""The second wall: what the word ``audit`` lets be written by raw SQL, and that it lets nothing else be written."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from psycopg.errors import InsufficientPrivilege

from audits_made import Office, finding, office, replied, step, today
from funds_made import Staff, asked, project
from funds_made import staff as funds_staff
from kept import kept
from office_made import contract, dispute, task
from trade_people import as_, person
from youju.foundation.identity.models import User
from youju.foundation.identity.reaching import AUDIT, CUSTOMS, TAX, writes_of
from youju.foundation.identity.roles import Role
from youju.funds.payments.models import AuditFinding

pytestmark = pytest.mark.django_db
OURS = {
    f"internal_audits_{name}"
    for name in (
        "plan",
        "planitem",
        "engagement",
        "sample",
        "sampleitem",
        "finding",
        "reply",
        "reminder",
        "series",
    )
} | {"payments_auditfinding"}
"""The tables whose row policies let the auditor in."""
LET_IN = {
    AUDIT: OURS,
    TAX: {f"exemptions_{name}" for name in ("filing", "certificate", "certificateline")},
    CUSTOMS: set(),
}
"""Word of who oversees → the tables whose row policies let it in."""


@kept
def team() -> Office:
    made = office()
    task(made.market)
    dispute(person(Role.MER))
    contract(made.market, amount=Decimal("50000.00"))
    money: Staff = funds_staff()
    asked(money, project(money))
    return made


def guarded() -> dict[str, str]:
    """Every table under row-level security, and its first column."""
    with connection.cursor() as db:
        db.execute(
            "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0"
            " AND NOT a.attisdropped WHERE c.relrowsecurity AND c.relkind = 'r' ORDER BY c.relname, a.attnum DESC"
        )
        return dict(db.fetchall())


def overseer(team: Office, word: str) -> User:
    """Who writes with the word."""
    return (
        team.auditor
        if word == AUDIT
        else person(Role.TAX if word == TAX else Role.CUS, f"ROWS-{word.upper()}")
    )


def write(user: User, statement: str, *values: object) -> int:
    """Rows that one statement wrote as somebody."""
    with as_(user), transaction.atomic(), connection.cursor() as db:
        db.execute(statement, values)
        return int(db.rowcount)


def refused(user: User, statement: str) -> bool:
    """Whether the row policies refuse a statement, or let it touch no row."""
    try:
        return write(user, statement) <= 0
    except DatabaseError as error:
        return isinstance(error.__cause__, InsufficientPrivilege)


def test_the_auditor_writes_with_a_word_of_its_own(team: Office) -> None:
    assert writes_of(team.auditor) == AUDIT


@pytest.mark.parametrize("word", LET_IN)
def test_who_oversees_adds_no_row_anywhere_else(team: Office, word: str) -> None:
    # The row policies are asked before the other constraints, so a row of defaults tells.
    user, ours, tables = overseer(team, word), LET_IN[word], guarded()
    assert set(tables) >= ours and len(tables) > 40
    let_in = {name for name in tables if not refused(user, f"INSERT INTO {name} DEFAULT VALUES")}
    assert let_in <= ours


@pytest.mark.parametrize("word", LET_IN)
def test_who_oversees_changes_and_removes_no_row_anywhere_else(team: Office, word: str) -> None:
    user, filled = overseer(team, word), []
    for name, column in guarded().items():
        with as_(user), connection.cursor() as db:
            db.execute(f"SELECT count(*) FROM {name}")
            filled += [name] if db.fetchone()[0] else []
        if name not in LET_IN[word]:
            assert refused(user, f"UPDATE {name} SET {column} = {column}"), name
            assert refused(user, f"DELETE FROM {name}"), name
    # Tables whose policies would have let the word through, with rows in them.
    assert {"tasks_task", "tasks_matter", "payments_payment"} <= set(filled)


def test_policies_that_ask_only_for_any_reach_keep_out_who_oversees() -> None:
    with connection.cursor() as db:
        db.execute(
            "SELECT tablename, policyname, coalesce(with_check, qual) FROM pg_policies"
            " WHERE cmd <> 'SELECT' AND (coalesce(with_check, qual) LIKE '%%youju_all(''reads''%%'"
            " OR coalesce(with_check, qual) LIKE '%%youju_reach(''writes''%%' OR coalesce(with_check, qual) = 'true')"
        )
        loose = [
            (table, policy)
            for table, policy, condition in db.fetchall()
            if table not in OURS and "youju_oversees" not in condition and not names_each_word(condition)
        ]
    assert loose == []


def names_each_word(condition: str) -> bool:
    """Whether a condition asks for the reach only by naming the very word that it lets in."""
    asked = condition.count("youju_reach('writes'")
    named = re.findall(r"youju_reach\('writes'::text\)(?: AS youju_reach)?\) = '(\w+)'", condition)
    return 0 < asked == len(named) and "youju_all('reads'" not in condition


def test_who_writes_a_finding(team: Office) -> None:
    row = finding(team)
    change = f"UPDATE internal_audits_finding SET revision = revision + 1 WHERE id = {row.pk}"
    for user, count in (
        (team.auditor, 1), (team.head, 1), (team.market, 1), (team.trade, 0), (team.finance, 0), (team.officer, 0),
    ):  # fmt: skip
        assert write(user, change) == count, user.username
    gone = f"DELETE FROM internal_audits_finding WHERE id = {row.pk}"
    assert refused(team.market, gone) and refused(team.finance, gone)
    with pytest.raises(DatabaseError, match="auditor's to change"):
        write(team.market, f"UPDATE internal_audits_finding SET amount = 1 WHERE id = {row.pk}")
    merchant = person(Role.MER, "M2")
    assert refused(merchant, change)
    with as_(merchant), connection.cursor() as db:
        db.execute("SELECT count(*) FROM internal_audits_finding")
        assert db.fetchone() == (0,)


def test_finance_writes_findings_of_its_section_alone(team: Office) -> None:
    own, other = finding(team, section="CW"), finding(team, section="WM")
    change = "UPDATE internal_audits_finding SET revision = revision + 1 WHERE id = %s"
    assert (write(team.finance, change, own.pk), write(team.finance, change, other.pk)) == (1, 0)


def test_who_answers_adds_a_reply_and_changes_none(team: Office) -> None:
    row = replied(team, finding(team))
    add = (
        "INSERT INTO internal_audits_reply (finding_id, round, text, by, by_name)"
        f" VALUES ({row.pk}, 1, '补充', 'x', 'x')"
    )
    assert write(team.market, add) == 1
    assert refused(team.trade, add) and refused(team.officer, add)
    assert refused(team.market, "UPDATE internal_audits_reply SET text = 'x'")
    assert refused(team.market, "DELETE FROM internal_audits_reply")


def test_staff_write_no_plan_and_no_sample(team: Office) -> None:
    for name in ("plan", "planitem", "engagement", "sample", "sampleitem", "series"):
        for user in (team.market, team.finance, team.officer):
            assert refused(user, f"INSERT INTO internal_audits_{name} DEFAULT VALUES"), name


def test_payments_hear_of_findings_from_auditor_and_head_alone(team: Office) -> None:
    row = step(team.auditor, finding(team), "notify")
    with as_(team.auditor), connection.cursor() as db:
        db.execute("SELECT id FROM payments_payment LIMIT 1")
        ((payment,),) = db.fetchall()
    add = (
        "INSERT INTO payments_auditfinding (payment_id, key, note, is_open, noted_by, noted_at)"
        f" VALUES ({payment}, '{row.number}', '', true, '', now())"
    )
    for user in (team.market, team.finance, team.officer):
        assert refused(user, add), user.username
    assert write(team.auditor, add) == 1
    assert refused(team.market, "UPDATE payments_auditfinding SET is_open = false, closed_at = now()")
    assert AuditFinding.objects.filter(is_open=True).count() == 1
    assert today()
