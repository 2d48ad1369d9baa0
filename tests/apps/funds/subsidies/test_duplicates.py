"""The duplicate proof in the application: looking, what people decide, who may, what bars an award."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from duplicates_made import applied
from trade_people import as_, organisation, person
from youju.foundation.audit.selectors import history
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.funds.subsidies import claim_gates, duplicate_events
from youju.funds.subsidies.duplicate_jobs import compare_all
from youju.funds.subsidies.models import Application, ClaimKey, ComparedClaim, DuplicateHit, Opinion
from youju.funds.subsidies.selectors import duplicates as selectors
from youju.funds.subsidies.services.duplicate_decisions import decide
from youju.funds.subsidies.services.duplicates import look_for, look_through
from youju.trade.parties.models import Party

pytestmark = pytest.mark.django_db
LINE = (("040220230000000001", 3, 71),)


def pair(**both: object) -> tuple[Application, Application]:
    """Two applications with the same line, both compared."""
    one, other = applied(lines=LINE, **both), applied(lines=LINE, **both)
    for row in (one, other):
        look_for(row.pk)
    return one, other


def soft() -> tuple[Application, Application]:
    one, other = applied(phone="13800001112"), applied(phone="13800001112")
    for row in (one, other):
        look_for(row.pk)
    return one, other


def hit() -> DuplicateHit:
    return DuplicateHit.objects.select_related("first", "second").get()


@pytest.fixture
def staff() -> User:
    return person(Role.STF)


@pytest.fixture
def finance() -> User:
    return person(Role.FIN)


def test_an_application_is_found_with_the_one_that_claims_the_same_line() -> None:
    one, other = pair()
    found = hit()
    assert (found.first.number, found.second.number) == (one.number, other.number)
    assert (found.hard, found.state, found.rules) == (True, "open", ["DUP-001"])
    assert found.reasons[0]["message"] == "两份申报都用了报关单 040220230000000001 第 3 项。"
    assert found.as_of >= date(2023, 1, 1) and len(found.policy_hash) == 64
    (line,) = selectors.hits_of(other.pk)
    assert (line.number, line.name) == (one.number, one.party_name)


def test_other_goods_of_a_merged_line_and_records_of_the_base_period_are_no_hit() -> None:
    one, other = applied(lines=LINE), applied(lines=(("040220230000000001", 3, 72),))
    with reaching_all():
        third = applied(lines=LINE)
        third.lines.update(part="base")
    for row in (one, other, third):
        assert look_for(row.pk) == []


def test_invoice_account_identity_and_telephone_are_compared_and_no_number_is_kept_in_the_clear() -> None:
    first = {
        "invoices": ("24132000000012345678",),
        "account": "6217000012345678",
        "resident_id": "130684198001010011",
    }
    applied_ones = [applied(phone="13800001112", **first), applied(phone="13800001112", **first)]
    for row in applied_ones:
        look_for(row.pk)
    assert hit().rules == ["DUP-002", "DUP-005", "DUP-006", "DUP-007"]
    kept = json.dumps(list(ComparedClaim.objects.values_list("facts", flat=True)))
    kept += json.dumps(list(ClaimKey.objects.values_list("value", flat=True))) + json.dumps(hit().reasons)
    for secret in ("13800001112", "6217000012345678", "130684198001010011"):
        assert secret not in kept


def test_an_agents_telephone_joins_nobody() -> None:
    applied(phone="13800001112", roles=("agent",), state="draft")
    Application.objects.filter(state="draft").update(submitted_at=None)
    soft()
    assert not DuplicateHit.objects.exists()


def test_names_written_otherwise_are_found() -> None:
    one = applied("保定市白沟新城宏达箱包有限公司", legal_person="张建国", address="白沟富强路3号楼2层15号")
    other = applied("（白沟）鸿达箱包厂", legal_person="张建国")
    look_for(one.pk)
    assert len(look_for(other.pk)) == 1
    assert hit().rules == ["DUP-008", "DUP-011"]


def test_looking_twice_changes_nothing_and_the_queries_do_not_grow(django_assert_max_num_queries) -> None:
    one, _ = pair()
    for _ in range(6):
        look_for(applied(lines=LINE).pk)
    before = set(DuplicateHit.objects.values_list("pk", flat=True))
    assert len(before) == 28
    with django_assert_max_num_queries(24):
        look_for(one.pk)
    assert set(DuplicateHit.objects.values_list("pk", flat=True)) == before


def test_what_was_withdrawn_claims_nothing() -> None:
    one, other = pair()
    with reaching_all():
        Application.objects.filter(pk=one.pk).update(state="withdrawn")
    assert look_for(one.pk) == []
    assert hit().state == "gone"
    assert look_for(other.pk) == []
    assert selectors.blocking_hits(other.pk) == []


def test_a_claim_whose_records_change_is_let_go_and_found_again() -> None:
    one, other = pair()
    with reaching_all():
        other.lines.update(source=99)
    look_for(other.pk)
    assert hit().state == "gone"
    with reaching_all():
        other.lines.update(source=71)
    assert look_for(other.pk) == [hit().pk]
    assert hit().state == "open"
    assert one.pk


def test_the_night_finds_the_same_and_what_changed_since() -> None:
    one, other = applied(lines=LINE), applied(lines=LINE)
    assert look_through() == {"compared": 2, "hits": 1, "new": 1, "gone": 0}
    assert compare_all() == {"compared": 2, "hits": 1, "new": 0, "gone": 0}
    with reaching_all():
        Application.objects.filter(pk=other.pk).update(state="refused")
    assert look_through() == {"compared": 1, "hits": 0, "new": 0, "gone": 1}
    with reaching_all():
        Party.objects.filter(pk=one.party_id).update(address="白沟富强路3-2-15")
    look_through()
    assert ComparedClaim.objects.get(application=one.pk).facts["address"] == "白沟富强路3-2-15"


def test_one_and_all_give_the_same_hits() -> None:
    names = ["白沟宏达箱包有限公司", "宏达箱包厂", "鸿达箱包", "宏达服饰", "白沟宏达箱包有限公司第一分公司"]
    rows = [applied(name, legal_person="张建国", phone=f"1380000111{n % 2}") for n, name in enumerate(names)]
    for row in rows:
        look_for(row.pk)
    for row in rows:
        look_for(row.pk)
    singly = set(DuplicateHit.objects.exclude(state="gone").values_list("first__number", "second__number"))
    DuplicateHit.objects.all().delete()
    look_through()
    assert set(DuplicateHit.objects.values_list("first__number", "second__number")) == singly
    assert singly


def test_a_confirmed_duplicate_bars_the_one_it_was_confirmed_against(staff: User) -> None:
    one, other = pair()
    assert [len(selectors.blocking_hits(row.pk)) for row in (one, other)] == [1, 1]
    with as_(staff):
        row = decide(actor=staff, hit=hit().pk, verdict="duplicate", against="second", why="同一票货报了两次")
    assert (row.state, row.decided_by) == ("confirmed", staff.username)
    assert [len(selectors.blocking_hits(each.pk)) for each in (one, other)] == [0, 1]
    assert [selectors.open_hits(each.pk) for each in (one, other)] == [0, 0]
    last = history(duplicate_events.HIT_KIND, str(row.pk)).lines[0]
    assert last.reason == "同一票货报了两次"


def test_clearing_hard_evidence_takes_two_people(staff: User, finance: User) -> None:
    _, other = pair()
    with as_(staff):
        assert (
            decide(actor=staff, hit=hit().pk, verdict="distinct", why="两项政策可以叠加").state == "proposed"
        )
        assert selectors.open_hits(other.pk) == 1
        with pytest.raises(PermissionDenied, match="要两个人"):
            decide(actor=staff, hit=hit().pk, verdict="distinct", why="再说一次")
    colleague = person(Role.STF, username="stf-2")
    with as_(colleague), pytest.raises(PermissionDenied, match="复核人员"):
        decide(actor=colleague, hit=hit().pk, verdict="distinct", why="我也同意")
    with as_(finance):
        row = decide(actor=finance, hit=hit().pk, verdict="distinct", why="查过政策条文")
    assert (row.state, row.proposed_by, row.decided_by) == ("cleared", staff.username, finance.username)
    assert row.why == "两项政策可以叠加 复核：查过政策条文"
    assert selectors.blocking_hits(other.pk) == []


def test_the_database_too_wants_two_people() -> None:
    pair()
    with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
        DuplicateHit.objects.update(
            state="cleared", why="x", proposed_by="a", decided_by="a", decided_at="2024-01-01T00:00Z"
        )


def test_a_mere_likeness_is_cleared_by_one_and_not_asked_about_again(staff: User) -> None:
    one, other = soft()
    with as_(staff):
        decide(actor=staff, hit=hit().pk, verdict="distinct", why="号码换了主人")
    again = applied(party=other.party, policy="container")
    assert look_for(again.pk) == []
    row = DuplicateHit.objects.get(second__application=again)
    assert row.state == "cleared"
    assert row.why == f"沿用对 {one.number} 与 {other.number} 的判断：号码换了主人"


def test_new_evidence_reopens_what_was_judged(staff: User) -> None:
    one, other = soft()
    with as_(staff):
        decide(actor=staff, hit=hit().pk, verdict="distinct", why="号码换了主人")
    with reaching_all():
        for row in (one, other):
            Application.objects.filter(pk=row.pk).update(account_fingerprint="ab")
    look_for(one.pk)
    look_for(other.pk)
    assert (hit().state, hit().hard, hit().rules) == ("open", True, ["DUP-005", "DUP-007"])


def test_only_who_rechecks_opens_a_judged_hit_again(staff: User, finance: User) -> None:
    pair()
    with as_(staff):
        decide(actor=staff, hit=hit().pk, verdict="duplicate", against="both", why="同一票货")
        with pytest.raises(PermissionDenied, match="复核人员"):
            decide(actor=staff, hit=hit().pk, verdict="reopen", why="看错了")
    with as_(finance):
        assert decide(actor=finance, hit=hit().pk, verdict="reopen", why="看错了").state == "open"


@pytest.mark.parametrize(
    ("given", "status", "words"),
    [
        ({"verdict": "maybe"}, 422, "没有“maybe”这种判断"),
        ({"why": "  \0 "}, 422, "没有写判断的理由"),
        ({"verdict": "duplicate", "against": ""}, 422, "哪一份不予补助"),
        ({"expected": "cleared"}, 409, "现在是“待核对”"),
        ({"hit": 99}, 404, "没有这条重复线索"),
        ({"verdict": "reopen"}, 409, "还没有判断"),
    ],
)
def test_what_cannot_be_decided(finance: User, given: dict[str, object], status: int, words: str) -> None:
    pair()
    wish = {"hit": hit().pk, "verdict": "distinct", "why": "看过", **given}
    with as_(finance), pytest.raises(InputError, match=words) as refused:
        decide(actor=finance, **wish)
    assert refused.value.status == status
    assert hit().state == "open"


def test_who_reviews_nothing_or_has_an_interest_decides_nothing(staff: User) -> None:
    one, _ = pair()
    auditor = person(Role.AUD, "AU")
    with as_(auditor), pytest.raises(PermissionDenied):
        decide(actor=auditor, hit=hit().pk, verdict="distinct", why="看过")
    with reaching_all():
        Opinion.objects.create(
            application=one, stage="review", verdict="conflict", username=staff.username, display_name="甲",
            conflict=True, declaration="亲属",
        )  # fmt: skip
    with as_(staff), pytest.raises(PermissionDenied, match="利害关系"):
        decide(actor=staff, hit=hit().pk, verdict="distinct", why="看过")


def test_nobody_decides_about_its_own_organisation() -> None:
    body = organisation("ZX", "centre")
    pair(organisation=body)
    user = person(Role.FIN, "ZX")
    with as_(user), pytest.raises(PermissionDenied, match="利害关系"):
        decide(actor=user, hit=hit().pk, verdict="distinct", why="看过")


def test_the_review_asks_the_duplicate_proof() -> None:
    one, other = applied(lines=LINE), applied(lines=LINE)
    claim_gates.look_for_hits(one.pk)
    claim_gates.look_for_hits(other.pk)
    assert claim_gates.open_hits(other.pk) == 1


def test_hits_are_for_who_sees_all_applications(staff: User) -> None:
    pair()
    merchant = person(Role.MER, "M1")
    with as_(merchant), pytest.raises(PermissionDenied):
        selectors.hits(actor=merchant)
    with as_(staff):
        assert selectors.hits(actor=staff).count() == 1
        assert selectors.hits(actor=staff, state="cleared").count() == 0
        assert selectors.hits(actor=staff, rule="DUP-002").count() == 0
        assert selectors.hits(actor=staff, text="BT2023", hard=True).count() == 1


TABLES = ("subsidies_comparedclaim", "subsidies_claimkey", "subsidies_duplicatehit")


def counts(who: User) -> list[int]:
    with as_(who), connection.cursor() as cursor:
        found = []
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            found.append(int(cursor.fetchone()[0]))
        return found


def test_raw_sql_shows_the_proof_to_the_centre_and_to_no_applicant() -> None:
    one, _ = pair()
    firm = person(Role.MER, "M-1")
    Application.objects.filter(pk=one.pk).update(organisation=firm.organisation)
    for who in (firm, person(Role.AGT, "A-1"), person(Role.ADM)):
        assert counts(who) == [0, 0, 0], who
    keys = ClaimKey.objects.count()
    assert keys
    for who in (person(Role.STF), person(Role.FIN), person(Role.HED), person(Role.AUD), person(Role.PFO)):
        assert counts(who) == [2, keys, 1], who


@pytest.mark.parametrize(
    ("deed", "writers"),
    [
        ("UPDATE subsidies_comparedclaim SET live = false", {Role.HED}),
        ("DELETE FROM subsidies_claimkey", {Role.HED}),
        ("UPDATE subsidies_duplicatehit SET why = 'x'", {Role.HED, Role.STF, Role.FIN}),
    ],
)
def test_raw_sql_changes_the_proof_only_for_who_judges(deed: str, writers: set[Role]) -> None:
    pair()
    for role in (Role.MER, Role.STF, Role.FIN, Role.HED, Role.AUD, Role.PFO, Role.ADM):
        with as_(person(role)), connection.cursor() as cursor, transaction.atomic():
            cursor.execute(deed)
            assert (cursor.rowcount > 0) is (role in writers), role
            transaction.set_rollback(True)
