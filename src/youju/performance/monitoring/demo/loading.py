"""The demo's round of January to July 2023, authored in ``demo/monitoring``, frozen from the demo's own records, written once."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import yaml
from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.identity.selectors import user_named
from youju.foundation.kernel import places
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow.demo import write_cases
from youju.funds.payments.selectors import board
from youju.performance.measures.selectors import measured_rows
from youju.performance.monitoring import events
from youju.performance.monitoring.demo.orders import load_orders
from youju.performance.monitoring.demo.walking import HEAD, OFFICER, STAFF, at, walk_round
from youju.performance.monitoring.models import MonitoredProject, MonitoredRow, Round
from youju.performance.monitoring.services.freezing import Wish, freeze
from youju.performance.monitoring.services.making import number_of
from youju.performance.targets.selectors import active_set
from youju.rules.funds.payments.plans import end_of
from youju.rules.performance.monitoring.colours import RED, YELLOW
from youju.rules.performance.monitoring.facts import IMPOSSIBLE, POSSIBLE, SURE
from youju.rules.performance.monitoring.lifecycle import ROUND_KIND

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

YEAR, MONTH, CENTRE = 2023, 7, "DEMO-ZX"


@cache
def told() -> dict[str, Any]:
    """The authored round."""
    text = (places.DEMO / "monitoring" / "round.yaml").read_bytes()
    found: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return found


@transaction.atomic
def load(*, today: date) -> bool:
    """Load it once; whether anything was loaded. Where a round stands already nothing is touched."""
    with reaching_all():
        officer, target_set = user_named(OFFICER[0]), active_set(year=YEAR)
        if officer is None or target_set is None or not target_set.is_demo or Round.objects.exists():
            return False
        row = _frozen(officer)
        _filled(row)
        made = load_orders(row, told(), today)
        record(
            events.LOADED, Subject(events.DEMO_KIND, str(YEAR), "示例年度的运行监控"), None, {"count": made}
        )
    return True


def _frozen(officer: User) -> Round:
    target_set, until = active_set(year=YEAR), end_of(YEAR, MONTH)
    assert target_set is not None  # noqa: S101 - looked at before
    lines = {
        each.project.code: each for each in board(actor=officer, year=YEAR, day=until).lines if each.project
    }
    rows = measured_rows(actor=officer, target_set=target_set, until=until)
    wish = Wish(target_set, rows, lines, MONTH, until)
    row = freeze(wish, number=number_of(YEAR, MONTH), by=OFFICER, is_demo=True)
    days = told()["days"]
    walk = walk_round(days)
    row.state = walk.state
    row.submitted_on, row.closed_on = days["submitted"], days["closed"]
    row.approved_on, row.approved_by, row.approved_name = days["approved"], *HEAD
    row.made_at = at(days["made"], 9)
    row.save()
    write_cases(ROUND_KIND, [(row.number, str(row), CENTRE, walk)])
    return row


def _filled(row: Round) -> None:
    """What the sections wrote: the suggestion confirmed, with a cause in turn where it is not sure."""
    causes, when, turn = told()["causes"], at(told()["days"]["filled"], 15), 0
    projects, lines = [], []
    for project in row.projects.prefetch_related("rows"):
        if project.colour in (YELLOW, RED):
            for name, words in told()["execution"].items():
                setattr(project, name, words)
            project.filled_by, project.filled_name, project.filled_at, project.revision = *STAFF, when, 1
        projects.append(project)
        for each in project.rows.all():
            each.likelihood = each.suggested or SURE
            if each.suggested == IMPOSSIBLE:
                # Half a year says little of work that is planned for the last months.
                each.likelihood, each.remark = POSSIBLE, told()["hopeful"]
            if each.likelihood != SURE:
                for name, words in causes[turn % len(causes)].items():
                    setattr(each, name, words)
                turn += 1
            each.filled_by, each.filled_name, each.filled_at, each.revision = *STAFF, when, 1
            lines.append(each)
    signed = ["explanation", "measure", "filled_by", "filled_name", "filled_at", "revision"]
    MonitoredProject.objects.bulk_update(projects, signed)
    MonitoredRow.objects.bulk_update(lines, [*signed, "likelihood", "cause", "remark"])
