"""A load that is cut short leaves nothing, and the next one is whole."""

from __future__ import annotations

import pytest

from trade_made_demo import SMALL
from youju.foundation.identity import demo as people
from youju.trade.parties.demo import loading
from youju.trade.parties.models import Agreement, Market, Party, Stall

pytestmark = pytest.mark.django_db


class _CutError(Exception):
    """The machine stops."""


def test_a_load_cut_short_is_completed_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    people.load()

    def cut(*_: object) -> int:
        raise _CutError

    with monkeypatch.context() as patch:
        patch.setattr(loading, "write_agreements", cut)
        with pytest.raises(_CutError):
            loading.load(plan=SMALL)
    assert not Party.objects.exists()
    assert not Stall.objects.exists()
    assert not Market.objects.exists()
    seen: list[tuple[int, int]] = []
    assert loading.load(lambda done, total: seen.append((done, total)), plan=SMALL)
    assert seen[-1] == (SMALL.parties, SMALL.parties)
    assert Agreement.objects.exists()


def test_real_parties_do_not_hold_the_demo_up() -> None:
    people.load()
    Party.objects.create(name="窗口刚填的", roles=["merchant"], sections=["SC"])
    assert loading.load(plan=SMALL)
    assert Party.objects.count() == SMALL.parties + 1
