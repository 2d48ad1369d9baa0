"""Policies drafted, kept, judged, passed by three people, replaced and ended; files in and out; each deed on the trail."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.exceptions import PermissionDenied

from subsidy_texts import FLAT, plain
from trade_people import as_, person
from youju.foundation.audit.selectors import history
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import load, written
from youju.funds.subsidies import selectors, services
from youju.funds.subsidies.demo import policies as demo
from youju.funds.subsidies.events import POLICY_KIND
from youju.funds.subsidies.models import Policy
from youju.rules.funds.subsidies.writing import plain_policy

pytestmark = pytest.mark.django_db
STEPS = (("submit", "drafter"), ("review", "finance"), ("approve", "head"))


class People:
    """Who drafts, reviews, approves; and a merchant."""

    def __init__(self) -> None:
        self.drafter, self.finance = person(Role.STF), person(Role.FIN)
        self.head, self.merchant = person(Role.HED), person(Role.MER)


@pytest.fixture
def people() -> Iterator[People]:
    found = People()
    with as_(found.drafter):
        yield found


def begun(people: People, **terms: object) -> Policy:
    return services.begin_policy(actor=people.drafter, code="test-2023", text=plain(**terms))


def passed(people: People, row: Policy) -> Policy:
    for step, who in STEPS:
        actor: User = getattr(people, who)
        with as_(actor):
            row = services.step_policy(actor=actor, policy_id=row.pk, step=step)
    return row


def test_a_draft_may_be_unfinished_and_is_kept_with_what_changed(people: People) -> None:
    row = services.begin_policy(actor=people.drafter, code="new-2024")
    assert (row.number, row.state, row.budget) == (1, "draft", None)
    kept = services.save_policy(
        actor=people.drafter, policy_id=row.pk, text=plain(code="ignored"), expected=0
    )
    assert (kept.revision, kept.code, str(kept.budget)) == (1, "new-2024", "1000000.00")
    again = services.save_policy(actor=people.drafter, policy_id=row.pk, text=plain(), expected=1)
    assert again.revision == 1
    services.save_policy(
        actor=people.drafter, policy_id=row.pk, text=plain({**FLAT, "rate": "0.08"}), expected=1
    )
    said = str(history(POLICY_KIND, str(row.pk)).lines[0])
    assert "定额率：算法" in said


def test_what_was_changed_meanwhile_is_not_overwritten(people: People) -> None:
    row = begun(people)
    services.save_policy(actor=people.drafter, policy_id=row.pk, text=plain(budget="5"), expected=0)
    with pytest.raises(InputError) as caught:
        services.save_policy(actor=people.drafter, policy_id=row.pk, text=plain(budget="6"), expected=0)
    assert caught.value.status == 409


def test_three_people_pass_a_policy_and_it_is_in_force(people: People) -> None:
    row = passed(people, begun(people))
    assert row.state == "in_force"
    assert row.in_force_at is not None
    found = selectors.policy_in_force("test-2023")
    assert found is not None
    assert found.text.code == "test-2023"
    from subsidy_texts import AFTER, LAST

    assert [each.text.code for each in selectors.policies_in_force(filing_on=AFTER)] == ["test-2023"]
    assert selectors.policies_in_force(filing_on=LAST) == []


def test_nobody_passes_their_own(people: People) -> None:
    both = person(Role.FIN, username="both")
    both.roles = [Role.STF.value, Role.FIN.value, Role.HED.value]
    both.save()
    with as_(both):
        row = services.begin_policy(actor=both, code="own", text=plain())
        services.step_policy(actor=both, policy_id=row.pk, step="submit")
        with pytest.raises((PermissionDenied, InputError)):
            services.step_policy(actor=both, policy_id=row.pk, step="review")
    with as_(people.finance):
        services.step_policy(actor=people.finance, policy_id=row.pk, step="review")
    with as_(both), pytest.raises((PermissionDenied, InputError)):
        services.step_policy(actor=both, policy_id=row.pk, step="approve")
    assert Policy.objects.get(pk=row.pk).state == "reviewed"


def test_a_text_with_an_error_does_not_go_on(people: People) -> None:
    row = begun(people, publicity_days=1)
    with pytest.raises(services.PolicyRefusedError) as caught:
        services.step_policy(actor=people.drafter, policy_id=row.pk, step="submit")
    assert [each.rule for each in caught.value.findings] == ["SUB-106"]
    unread = services.begin_policy(actor=people.drafter, code="empty")
    with pytest.raises(InputError, match="政策的 title：没有填写"):
        services.step_policy(actor=people.drafter, policy_id=unread.pk, step="submit")


def test_the_next_version_takes_the_place_of_the_one_in_force(people: People) -> None:
    first = passed(people, begun(people))
    second = services.begin_policy(actor=people.drafter, code="test-2023")
    assert (second.number, second.text, second.made_from_id) == (2, first.text, first.pk)
    with pytest.raises(InputError, match="还没有办完"):
        services.begin_policy(actor=people.drafter, code="test-2023")
    services.save_policy(
        actor=people.drafter, policy_id=second.pk, text=plain({**FLAT, "rate": "0.08"}), expected=0
    )
    passed(people, second)
    first.refresh_from_db()
    assert first.state == "replaced"
    found = selectors.difference_of(actor=people.drafter, policy_id=second.pk, other_id=first.pk)
    assert found is not None
    assert [each.label for each in found[2]] == ["定额率：算法"]


def test_a_policy_in_force_is_ended_with_a_reason_by_the_head(people: People) -> None:
    row = passed(people, begun(people))
    with pytest.raises(PermissionDenied):
        services.step_policy(actor=people.drafter, policy_id=row.pk, step="end", reason="到期")
    with as_(people.head):
        with pytest.raises(InputError):
            services.step_policy(actor=people.head, policy_id=row.pk, step="end")
        ended = services.step_policy(
            actor=people.head, policy_id=row.pk, step="end", reason="资金用完，提前终止"
        )
    assert (ended.state, selectors.policy_in_force("test-2023")) == ("ended", None)
    with as_(people.head), pytest.raises(InputError):
        services.step_policy(actor=people.head, policy_id=row.pk, step="replace")


def test_parties_read_what_was_issued_alone(people: People) -> None:
    row = begun(people)
    with as_(people.merchant):
        assert selectors.policy_page(actor=people.merchant, policy_id=row.pk) is None
        with pytest.raises(PermissionDenied):
            services.begin_policy(actor=people.merchant, code="mine")
        with pytest.raises(InputError):
            services.hand_policy_out(actor=people.merchant, policy_id=row.pk)
    passed(people, row)
    with as_(people.merchant):
        page = selectors.policy_page(actor=people.merchant, policy_id=row.pk)
        assert page is not None
        assert (page.may_edit, page.may_test, list(page.back_tests), list(page.findings)) == (
            False,
            False,
            [],
            [],
        )


def test_a_file_comes_in_and_goes_out_as_it_was(people: People) -> None:
    text = load().subsidies["growth-2023"]
    row = services.read_policy_in(
        actor=people.drafter, data=written(plain_policy(text)), name="growth-2023.yaml"
    )
    assert row.title == text.title
    name, data = services.hand_policy_out(actor=people.drafter, policy_id=row.pk)
    assert name == "growth-2023.yaml"
    assert services.policy_of_file(data, name) == text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xff\xff\x00", "读不出来"),
        (b"a: [", "读不出来"),
        (b"code: 1.5", "要加引号"),
        (b"- list", "应是一组"),
        (b"code: a\ncode: b", "写了两次"),
        (b"x" * 400_000, "文件太大"),
        (b"!!python/object/apply:os.system ['true']", "读不出来"),
        (b"", "应是一组"),
    ],
)
def test_a_bad_file_stores_nothing(people: People, data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words):
        services.read_policy_in(actor=people.drafter, data=data, name="bad.yaml")
    assert not Policy.objects.exists()


def test_a_code_that_cannot_stand_in_an_address_is_refused(people: People) -> None:
    for code in ("", "A", "a b", "a/../b", "a" * 41):
        with pytest.raises(InputError):
            services.begin_policy(actor=people.drafter, code=code)


def test_the_example_says_what_a_draft_gives(people: People) -> None:
    row = begun(people)
    example = {"filed_on": "2000-01-01", "exports": [{"day": "2023-01-01", "usd": "1000"}]}
    tried = services.save_and_try(
        actor=people.drafter,
        policy_id=row.pk,
        text=plain({**FLAT, "rate": "0.08"}),
        expected=0,
        example=example,
    )
    assert tried.computation is not None
    assert (tried.computation.total, tried.row.revision, tried.fault) == (80, 1, "")
    broken = services.save_and_try(
        actor=people.drafter, policy_id=row.pk, text={"clauses": []}, expected=1, example=example
    )
    assert broken.fault
    assert broken.computation is None


def test_the_demo_puts_the_examples_into_force_once() -> None:
    for role, name in ((Role.STF, "demo-stf"), (Role.FIN, "demo-fin"), (Role.HED, "demo-hed")):
        person(role, username=name)
    assert demo.load()
    assert not demo.load()
    assert Policy.objects.filter(state="in_force").count() == len(load().subsidies)
    assert list(Policy.objects.filter(state="draft").values_list("code", flat=True)) == [demo.NEXT]


def test_SUB_109_a_policy_promises_no_more_than_its_project_has(people: People) -> None:  # noqa: N802
    from funds_made import asked, project, staff

    team = staff()
    money = project(team, "1000000.00", code="P-SUB-109", year=2023)
    asked(team, money, "0.01")
    row = begun(people, project="P-SUB-109", budget="1000000.00")
    page = selectors.policy_page(actor=people.drafter, policy_id=row.pk)
    assert page is not None
    assert [each.rule for each in page.findings if each.severity == "error"] == ["SUB-109"]
    with pytest.raises(services.PolicyRefusedError) as caught:
        services.step_policy(actor=people.drafter, policy_id=row.pk, step="submit")
    assert "可用 999,999.99 元" in str(caught.value.findings[0].message)
    kept = services.save_policy(
        actor=people.drafter,
        policy_id=row.pk,
        text=plain(project="P-SUB-109", budget="999999.99"),
        expected=row.revision,
    )
    row = passed(people, kept)
    # In force: what its own awards draw on the project later is no fault of it.
    asked(team, money, "500.00")
    page = selectors.policy_page(actor=people.drafter, policy_id=row.pk)
    assert page is not None
    assert "SUB-109" not in {each.rule for each in page.findings}


def test_SUB_109_says_nothing_where_no_project_is_known(people: People) -> None:  # noqa: N802
    row = begun(people, project="no-such-project")
    page = selectors.policy_page(actor=people.drafter, policy_id=row.pk)
    assert page is not None
    assert "SUB-109" not in {each.rule for each in page.findings}
