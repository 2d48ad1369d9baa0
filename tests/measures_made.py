"""A year of targets with everything that measures stand on but trade: the demo's own rooms, loaded in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from youju.foundation.identity import demo as people
from youju.foundation.kernel.context import reaching_all
from youju.funds.payments.demo import loading as payments
from youju.funds.projects.services import take_up_targets
from youju.office.contracts.demo import loading as contracts
from youju.office.staff.demo import loading as staff
from youju.office.surveys.demo import loading as surveys
from youju.office.tasks.demo import loading as tasks
from youju.performance.measures.demo import loading as measures
from youju.performance.targets import demo as targets
from youju.performance.targets.selectors import active_set
from youju.performance.targets.services.funding import items_of
from youju.trade.statistics.demo import loading as statistics

if TYPE_CHECKING:
    from youju.foundation.identity.models import User
    from youju.performance.targets.models import TargetSet

TRADE, COUNSEL, AFFAIRS = "13060523P00454510001M", "13060523P00456310001Q", "13060523P004544100010"


@dataclass
class Year:
    """The version, and who works with it."""

    target_set: TargetSet
    officer: User
    head: User
    finance: User
    staff: User
    auditor: User


def year_without_trade() -> Year:
    """Load it. Rates over exports have no denominator, so their rows say why they have no value."""
    with reaching_all():
        money_alone()
        statistics.load()
        tasks.load(today=timezone.localdate())
        contracts.load()
        surveys.load(today=timezone.localdate())
        staff.load()
        assert measures.load() and not measures.load()
        return year_of()


def money_alone() -> Year:
    """Targets, accounts, budgets and what was paid, nothing bound."""
    with reaching_all():
        people.load()
        targets.load()
        take_up_targets(year=2023, items=items_of(targets.document(), 2023), is_demo=True)
        payments.load()
        return year_of()


def targets_alone() -> Year:
    """Targets and accounts, nothing bound."""
    with reaching_all():
        people.load()
        targets.load()
        return year_of()


def year_of() -> Year:
    """What was loaded."""
    found = active_set(year=2023)
    assert found is not None
    known = [people.find(role) for role in ("PFO", "HED", "FIN", "STF", "AUD")]
    officer, head, finance, section, auditor = (each for each in known if each is not None)
    return Year(found, officer, head, finance, section, auditor)
