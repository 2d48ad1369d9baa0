"""The owner migrates; the application role is bound: by grants, and by row-level security."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, transaction

from youju.foundation.database.addresses import APP_NAME, OWNER_NAME, Role
from youju.foundation.database.roles import acting_as

pytestmark = pytest.mark.django_db


def _one(statement: str, *values: object) -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()


def test_requests_are_served_as_the_application_role() -> None:
    assert _one("SELECT current_user") == (APP_NAME,)


@pytest.mark.parametrize("name", [APP_NAME, OWNER_NAME])
def test_neither_role_has_attributes_that_lift_limits(name: str) -> None:
    found = _one(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolcanlogin"
        " FROM pg_roles WHERE rolname = %s",
        name,
    )
    assert found == (False, False, False, False, False, True)


def test_every_table_belongs_to_the_owner() -> None:
    owners = _one("SELECT array_agg(DISTINCT tableowner::text) FROM pg_tables WHERE schemaname = 'public'")
    assert owners == ([OWNER_NAME],)


def test_the_application_role_is_no_member_of_the_owner() -> None:
    assert _one("SELECT pg_has_role(%s, %s, 'MEMBER')", APP_NAME, OWNER_NAME) == (False,)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE intruder (n int)",
        "CREATE SCHEMA intruder",
        "ALTER TABLE django_content_type ADD COLUMN intruder int",
        "ALTER TABLE django_content_type DISABLE ROW LEVEL SECURITY",
        "TRUNCATE django_session",
        "DROP TABLE django_session",
        "CREATE INDEX intruder ON django_session (session_key)",
        "SET ROLE youju_owner",
        "COPY django_session TO '/tmp/intruder'",
    ],
)
def test_the_application_role_cannot_change_the_schema(statement: str) -> None:
    with pytest.raises(ProgrammingError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert refused.value.__cause__.sqlstate == "42501"


@pytest.mark.django_db(transaction=True)
def test_row_level_security_binds_the_application_role() -> None:
    try:
        with acting_as(Role.OWNER), connection.cursor() as cursor:
            cursor.execute("CREATE TABLE stall (id int PRIMARY KEY, party text NOT NULL)")
            cursor.execute("INSERT INTO stall VALUES (1, 'ours'), (2, 'theirs')")
            cursor.execute("ALTER TABLE stall ENABLE ROW LEVEL SECURITY")
            cursor.execute("CREATE POLICY own ON stall USING (party = current_setting('youju.party', true))")
        with transaction.atomic():
            assert _one("SELECT count(*) FROM stall") == (0,)
            _one("SELECT set_config('youju.party', 'ours', true)")
            assert _one("SELECT array_agg(id) FROM stall") == ([1],)
        with pytest.raises(ProgrammingError, match="row-level security"), connection.cursor() as cursor:
            cursor.execute("INSERT INTO stall VALUES (3, 'theirs')")
    finally:
        with acting_as(Role.OWNER), connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS stall")


@pytest.mark.django_db(transaction=True)
def test_a_table_made_later_is_open_to_the_application_role_for_rows_only() -> None:
    try:
        with acting_as(Role.OWNER), connection.cursor() as cursor:
            cursor.execute("CREATE TABLE later (id bigserial PRIMARY KEY, name text)")
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO later (name) VALUES ('a') RETURNING id")
            cursor.execute("UPDATE later SET name = 'b'")
            cursor.execute("DELETE FROM later")
        with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
            cursor.execute("TRUNCATE later")
    finally:
        with acting_as(Role.OWNER), connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS later")
