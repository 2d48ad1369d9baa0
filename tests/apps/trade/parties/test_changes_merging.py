"""Duplicates: hints with reasons, pairs that stay away, merging with everything that moves, undo to the letter."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from trade_made_changes import agreement, identifier, market, paper, party, tenancy
from trade_people import as_, organisation, person
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.trade.parties import jobs, selectors, services
from youju.trade.parties.models import Agreement, Identifier, Merge, Pair, Paper, Party, Stall, Tenancy
from youju.trade.parties.services import moving

pytestmark = pytest.mark.django_db
TABLES = (Party, Identifier, Paper, Tenancy, Agreement)


@pytest.fixture
def staff() -> Any:
    return person(Role.STF, sections=("SC",))


def everything() -> dict[str, list[dict[str, Any]]]:
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in TABLES}


def merge(actor: Any, kept: Party, merged: Party, **more: Any) -> Merge:
    with as_(actor):
        return services.merge_parties(
            actor=actor, kept_id=kept.pk, merged_id=merged.pk, **({"reason": "同一人"} | more)
        )


def undo(actor: Any, made: Merge) -> Merge:
    with as_(actor):
        return services.undo_merge(actor=actor, merge_id=made.pk, reason="看错了")


def hints(actor: Any, filed: Party) -> dict[str, tuple[str, ...]]:
    with as_(actor):
        return {hint.party.name: hint.score.reasons for hint in selectors.duplicate_hints(filed.pk).found}


def test_hints_say_why(staff: Any, django_assert_num_queries: Any) -> None:
    mine = party(
        "白沟新城鑫达隆箱包商行",
        phone="13800001234",
        legal_person="张三",
        address="河北省保定市白沟国际箱包城 3-12",
    )
    party("鑫达隆皮具有限公司", legal_person="张三")
    party("鑫达龙箱包", address="白沟国际箱包城3－12号")
    party("完全不同", phone="13800001234", legal_person="张三")
    party("路人甲", legal_person="张三")
    party("鑫达隆注销", state="cancelled")
    with as_(staff):
        selectors.handled_party(mine.pk)
        with django_assert_num_queries(4):
            selectors.duplicate_hints(mine.pk)
    assert hints(staff, mine) == {
        "鑫达隆皮具有限公司": ("名称的字号相同", "法定代表人同名（张三）"),
        "完全不同": ("电话号码相同", "法定代表人同名（张三）"),
    }


def test_a_number_speaks_across_sections_without_telling_whose(staff: Any) -> None:
    mine = party("甲", resident_id="110105194912310021")
    party("乙", resident_id="110105194912310021", sections=["WM"])
    with as_(staff):
        found = selectors.duplicate_hints(mine.pk)
    assert (found.found, found.elsewhere) == ((), 1)
    assert hints(person(Role.HED), mine) == {"乙": ("法定代表人身份证号相同",)}
    with as_(person(Role.MER, "M1")):
        assert selectors.duplicate_hints(mine.pk).elsewhere == 0


def test_the_nightly_list_and_a_pair_that_stays_away(staff: Any) -> None:
    one, other = party("鑫达隆箱包"), party("白沟鑫达隆商行")
    party("鑫达隆他科", sections=["WM"])
    assert jobs.look_for_duplicates() == {"listed": 1, "new": 1, "gone": 0} or Pair.objects.count() == 1
    with as_(staff):
        (pair,) = selectors.pair_rows()
        assert (pair.left_id, pair.right_id, pair.reasons) == (one.pk, other.pk, ["名称的字号相同"])
        with pytest.raises(InputError, match="理由"):
            services.mark_pair(actor=staff, pair_id=pair.pk, distinct=True, reason=" ")
        services.mark_pair(actor=staff, pair_id=pair.pk, distinct=True, reason="两家店")
    jobs.look_for_duplicates()
    assert list(selectors.pair_rows()) == []
    assert hints(staff, one) == {}
    with as_(staff):
        services.mark_pair(actor=staff, pair_id=pair.pk, distinct=False, reason="再看看")
    assert selectors.pair_rows().count() == 1
    Party.objects.filter(pk=other.pk).update(name="改了名的")
    assert jobs.look_for_duplicates()["gone"] == 1


def test_blocking_compares_no_crowd() -> None:
    Party.objects.bulk_create(
        Party(
            name=f"鑫达{number:04d}",
            roles=["merchant"],
            sections=["SC"],
            state="approved",
            number=f"N{number}",
        )
        for number in range(300)
    )
    twin = party("丽人坊箱包")
    party("白沟丽人坊")
    jobs.look_for_duplicates()
    assert Pair.objects.filter(left=twin).count() == 1
    assert Pair.objects.count() < 300


def test_everything_moves_and_comes_back_exactly(staff: Any) -> None:
    kept = party("保留户", phone="13800001234", roles=["merchant"])
    merged = party(
        "并入户", phone="13900001234", resident_id="110105194912310021", roles=["manufacturer"],
        organisation=organisation("M9"), chapters=["42"],
    )  # fmt: skip
    agent = party("代理", roles=["agent"])
    paper(merged, "营业执照")
    agreement(merged, agent)
    agreement(party("委托户"), merged)
    tenancy(merged, Stall.objects.filter(market=market(stalls=1))[0])
    before = everything()
    with as_(staff):
        page = services.preview_merge(actor=staff, kept_id=kept.pk, merged_id=merged.pk)
    assert "移动 1 条备案材料" in "".join(page.effects)
    made = merge(staff, kept, merged, expected=page.stamp)
    kept.refresh_from_db()
    merged.refresh_from_db()
    assert (merged.merged_into_id, kept.roles, kept.chapters) == (
        kept.pk,
        ["merchant", "manufacturer"],
        ["42"],
    )
    assert kept.organisation == merged.organisation
    assert {each.kind for each in kept.identifiers.all()} == {"phone", "resident_id"}
    assert [each.kind for each in merged.identifiers.all()] == ["phone"]
    for rows in (kept.papers, kept.tenancies, kept.agreements_given, kept.agreements_held):
        assert rows.count() == 1  # type: ignore[attr-defined]
    undo(staff, made)
    assert everything() == before
    with pytest.raises(InputError, match="撤销过"):
        undo(staff, made)
    assert merge(staff, kept, merged).pk != made.pk


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    roles=some.tuples(
        *[some.lists(some.sampled_from(["merchant", "agent", "broker"]), min_size=1, max_size=3, unique=True)]
        * 2
    ),
    sections=some.tuples(*[some.lists(some.sampled_from(["SC", "WM"]), max_size=2, unique=True)] * 2),
    numbers=some.tuples(*[some.sets(some.sampled_from(["phone", "resident_id", "passport"]))] * 2),
    papers=some.tuples(*[some.integers(0, 3)] * 2),
    given_to=some.integers(0, 2),
)
def test_undo_restores_whatever_there_was(
    roles: Any, sections: Any, numbers: Any, papers: Any, given_to: int
) -> None:
    head = person(Role.HED, username=f"hed-{Party.objects.count()}-{Merge.objects.count()}")
    two = [party(f"户{at}", roles=roles[at], sections=sections[at]) for at in (0, 1)]
    for at in (0, 1):
        for kind in sorted(numbers[at]):
            identifier(two[at], kind, "self", f"1380000{at}234")
        for each in range(papers[at]):
            paper(two[at], f"材料{each}", valid_to=date(2027, 1, 1))
    for _ in range(given_to):
        agreement(two[1], party("代理", roles=["agent"]))
    before = everything()
    made = merge(head, two[0], two[1])
    assert everything() != before
    undo(head, made)
    assert everything() == before


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda kept, merged: Party.objects.filter(pk=kept.pk).update(revision=9), "“保留户”的备案有改动"),
        (
            lambda kept, merged: Paper.objects.filter(party=kept).update(number="改了"),
            "移过来的备案材料有改动",
        ),
        (lambda kept, merged: Paper.objects.filter(party=kept).delete(), "移过来的备案材料有改动"),
        (lambda kept, merged: paper(merged, "新材料"), "又有新的备案材料"),
        (lambda kept, merged: Agreement.objects.update(state="ended"), "代理协议有改动"),
    ],
)
def test_PTY_126_later_work_stands_on_it(staff: Any, change: Any, words: str) -> None:  # noqa: N802
    kept, merged = party("保留户"), party("并入户")
    paper(merged, "营业执照")
    agreement(merged, party("代理", roles=["agent"]))
    made = merge(staff, kept, merged)
    change(kept, merged)
    state = everything()
    with pytest.raises(InputError, match=f"{words}.*PTY-126"):
        undo(staff, made)
    assert everything() == state


def test_rooms_above_move_their_rows_or_nothing_moves(staff: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moving, "_movers", dict(moving._movers))
    told: list[Any] = []
    services.register_mover(
        "goods",
        "商品",
        move=lambda source, target: told.append((source, target)) or {"ids": [1, 2]},
        move_back=told.append,
        count=lambda _: 2,
    )
    kept, merged = party("保留户"), party("并入户")
    made = merge(staff, kept, merged)
    undo(staff, made)
    assert told == [(merged.pk, kept.pk), {"ids": [1, 2]}]

    def fails(source: int, target: int) -> Any:
        raise InputError("商品正在报关", how="等报关结束")

    services.register_mover("goods", "商品", move=fails, move_back=told.append, count=lambda _: 2)
    before = everything()
    with pytest.raises(InputError, match="报关"):
        merge(staff, kept, merged)
    assert everything() == before
    made = Merge.objects.get()
    Merge.objects.filter(pk=made.pk).update(undone_at=None, undone_by="")
    del moving._movers["goods"]
    with pytest.raises(InputError, match="goods"):
        undo(staff, made)


def test_who_may_not_merge(staff: Any) -> None:
    kept, merged = party("保留户"), party("并入户")
    elsewhere = party("他科户", sections=["WM"])
    for role in (Role.MER, Role.AUD, Role.FIN, Role.ADM):
        with pytest.raises(PermissionDenied):
            merge(person(role), kept, merged)
    with pytest.raises(InputError) as said:
        merge(staff, kept, elsewhere)
    assert said.value.status == 404
    for wrong in ({"reason": ""}, {"expected": "1.1-2.1"}):
        with pytest.raises(InputError):
            merge(staff, kept, merged, **wrong)
    with pytest.raises(InputError):
        merge(staff, kept, kept)
    assert not Merge.objects.exists()
