"""The watch stores each alert once, keeps its evidence, and an alert is settled once with a conclusion."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from kept import kept
from statistics_released import released
from trade_deals import make_deal
from trade_people import as_, person
from youju.foundation.audit.selectors import history
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.trade.declarations.models import Declaration
from youju.trade.statistics import selectors, services
from youju.trade.statistics.events import ALERT_KIND
from youju.trade.statistics.jobs import watch
from youju.trade.statistics.models import Alert

pytestmark = pytest.mark.django_db
TODAY = date(2023, 7, 3)


@kept
def deal():
    """A month far below last year's and the one before, a merchant gone quiet, a port with a declaration stuck."""
    deal = make_deal()
    released(deal, "2022-06-10", 90_000)
    released(deal, "2023-04-01", 500, 600)
    released(deal, "2023-04-02", 700)
    released(deal, "2023-05-02", 95_000, country="RU")
    (stuck,) = released(deal, "2023-06-20", 800)
    Declaration.objects.filter(pk=stuck.pk).update(state="accepted", released_at=None)
    return deal


def test_a_round_finds_each_thing_once(deal) -> None:
    first = services.watch(today=TODAY)
    found = {(row.rule, row.subject): row for row in Alert.objects.all()}
    assert ("STA-001", "total") in found
    assert ("STA-001", "country:KE") in found
    assert ("STA-005", "country:RU") in found
    assert ("STA-003", "port:0202") in found
    assert found["STA-004", "releases"].period == "2023-05-02"
    total = found["STA-001", "total"]
    assert total.evidence["query"] == {"period": "2023-06"}
    assert total.evidence["figures"]["本月出口额（元）"] == "0.00"
    assert (total.as_of, len(total.policy_hash)) == (TODAY, 64)
    stuck = found["STA-003", "port:0202"]
    assert stuck.period == "2023-06-20"
    assert len(stuck.evidence["declarations"]) == 1
    again = services.watch(today=TODAY)
    assert (again.new, again.known) == (0, first.new)
    assert Alert.objects.count() == first.new


def test_a_quiet_merchant_is_told_again_only_after_trading_again(deal) -> None:
    services.watch(today=date(2023, 7, 10))
    services.watch(today=date(2023, 7, 20))
    quiet = Alert.objects.filter(rule="STA-002")
    assert [row.period for row in quiet] == ["2023-05-02"]
    assert quiet[0].label == "主体M1"
    released(deal, "2023-07-21", 550)
    services.watch(today=date(2023, 9, 30))
    assert sorted(row.period for row in Alert.objects.filter(rule="STA-002")) == ["2023-05-02", "2023-07-21"]


def test_an_alert_is_settled_once_with_a_conclusion(deal) -> None:
    staff, reader = person(Role.STF), person(Role.AUD)
    services.watch(today=TODAY)
    row = Alert.objects.get(rule="STA-001", subject="total")
    assert selectors.open_alerts(actor=staff) == Alert.objects.count()
    assert selectors.open_alerts(actor=reader) == 0
    with as_(reader), pytest.raises(PermissionDenied):
        services.handle_alert(actor=reader, alert=row.pk, conclusion="看过")
    with as_(staff):
        with pytest.raises(InputError, match="没有写处理结论"):
            services.handle_alert(actor=staff, alert=row.pk, conclusion=" \n ")
        services.handle_alert(actor=staff, alert=row.pk, conclusion="春节前集中出口，\n本月为淡季")
        with pytest.raises(InputError, match="已经处理过"):
            services.handle_alert(actor=staff, alert=row.pk, conclusion="再来")
        with pytest.raises(InputError, match="没有这条"):
            services.handle_alert(actor=staff, alert=row.pk + 999, conclusion="无")
    page = selectors.alert_page(actor=reader, alert=row.pk)
    assert page is not None
    assert (page.row.conclusion, page.row.handled_by) == ("春节前集中出口， 本月为淡季", staff.username)
    assert not page.may_handle
    assert len(history(ALERT_KIND, str(row.pk)).lines) == 2
    assert not selectors.alerts(actor=reader, state="open", rule="STA-001", text="全部").exists()


def test_the_nightly_job_and_the_button_do_the_same(deal) -> None:
    assert set(watch()) == {"new", "known"}
    with as_(person(Role.STF)) as staff:
        assert services.watch_now(actor=staff).new == 0
    with as_(deal.agent) as agent, pytest.raises(PermissionDenied):
        services.watch_now(actor=agent)
