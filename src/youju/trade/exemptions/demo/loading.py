"""The demo's exemptions, written once in one transaction, the lines by one statement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.database.copying import write
from youju.foundation.identity.selectors import organisation_codes, user_named
from youju.foundation.kernel.chance import Chance
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on
from youju.foundation.workflow.demo import write_cases
from youju.foundation.workflow.walks import CHINA, Walk
from youju.rules.trade.exemptions.lifecycle import ACCEPTED, DEMO_KIND, DRAFT, FILED, FILING_KIND, RETURNED
from youju.rules.trade.exemptions.periods import filing_due, next_month
from youju.trade.exemptions import events
from youju.trade.exemptions.demo.papers import certificates, invoices
from youju.trade.exemptions.demo.walking import Fate, fate_of, walk_of
from youju.trade.exemptions.models import ExportLine, Filing, Series
from youju.trade.parties.selectors.entrusted import tax_ids_of
from youju.trade.parties.selectors.partners import ids_of_organisation, names_of, organisations_of

SEED, YEAR = 2023, 2023
AGENT, MERCHANT = ("demo-agt", "示例代理员工"), ("demo-mer", "示例商户")
_LINES = """
INSERT INTO exemptions_filingline (filing_id, source_id, declaration, entry_number, g_no, order_number, line_no, hs_code, name,
  released_on, currency, amount, amount_cny, live)
SELECT f.id, r.line_id, r.declaration, r.entry_number, r.g_no, r.order_number, r.line_no, r.hs_code, r.name, r.released_on,
  r.currency, r.amount, r.value_cny, true
FROM exemptions_lines r
JOIN exemptions_filing f ON f.consignor_id = r.merchant_id AND f.filer_id = r.filer_id AND f.month = r.month
WHERE f.is_demo
"""
Key = tuple[date, int, int, str]


@transaction.atomic
def load() -> bool:
    """Load them once; whether anything was loaded. Without the demo year's declarations there is nothing to load."""
    with reaching_all():
        if Filing.objects.exists():
            return False
        found = ExportLine.objects.filter(released_on__year=YEAR).order_by()
        keys: list[Key] = sorted(set(found.values_list("month", "merchant", "filer", "mode").distinct()))
        if not keys:
            return False
        filings = _write(keys)
        with connection.cursor() as cursor:
            # Counted over what was just written, the planner would take the tables for small.
            cursor.execute("SET LOCAL enable_nestloop = off")
            cursor.execute(_LINES)
            cursor.execute("SET LOCAL enable_nestloop = on")
        papers = certificates(_mine(AGENT[0])) + invoices(_mine(MERCHANT[0]))
        label = Subject(DEMO_KIND, str(YEAR), "示例年度的免税申报")
        record(events.LOADED, label, None, {"count": filings + papers})
    return True


def _mine(username: str) -> tuple[int, ...]:
    user = user_named(username)
    return ids_of_organisation(user.organisation_id) if user else ()


def _write(keys: list[Key]) -> int:
    parties = {each for _, consignor, filer, _ in keys for each in (consignor, filer)}
    names, bodies, taxes = names_of(parties), organisations_of(parties), tax_ids_of(parties)
    codes = organisation_codes({each for each in bodies.values() if each})
    own = dict.fromkeys(_mine(AGENT[0]), AGENT) | dict.fromkeys(_mine(MERCHANT[0]), MERCHANT)
    fates = _fates(keys, own)
    today, places = timezone.localtime().astimezone(CHINA), dict[date, int]()
    rows, walks = [], []
    for place, key in enumerate(keys):
        month, consignor, filer, mode = key
        due = filing_due(month, law_on(next_month(month))).day
        places[month] = places.get(month, 0) + 1
        people = own.get(filer, ("", names.get(filer, ("", ""))[1]))
        walk = walk_of(fates[key], month, due, people, today, Chance(SEED, "exemptions", place))
        code = codes.get(bodies.get(filer) or 0, "")
        if walk.state in (DRAFT, RETURNED):
            walk.waits_at = (code,) if code else ()
        rows.append(
            {
                "number": f"MS{month:%Y%m}-{places[month]:06d}",
                "consignor_id": consignor,
                "consignor_name": names.get(consignor, ("", ""))[1],
                "tax_id": (taxes.get(consignor) or "")[:20],
                "filer_id": filer,
                "filer_name": names.get(filer, ("", ""))[1],
                "mode": "self" if filer == consignor else mode,
                "month": month,
                "period_due": due,
                "due_on": walk.due_on if walk.state in (DRAFT, RETURNED) and walk.due_on else due,
                "organisations": sorted(
                    {each for each in (bodies.get(consignor), bodies.get(filer)) if each}
                ),
                "is_demo": True,
                **_said(walk),
            }
        )
        walks.append((code, walk))
    write(Filing, tuple(rows[0]), rows)
    Series.objects.bulk_create(Series(code=f"MS{month:%Y%m}", last=last) for month, last in places.items())
    made = _by_number()
    cases = []
    for row, (code, walk) in zip(rows, walks, strict=True):
        filing = made[str(row["number"])]
        cases.append((str(filing.pk), events.subject_of(filing).label, code, walk))
    write_cases(FILING_KIND, cases)
    return len(rows)


def _by_number() -> dict[str, Filing]:
    return {row.number: row for row in Filing.objects.filter(is_demo=True)}


def _fates(keys: list[Key], own: Mapping[int, tuple[str, str]]) -> dict[Key, Fate]:
    drawn = {key: fate_of(Chance(SEED, "fates", place)) for place, key in enumerate(keys)}
    merchant = [key for key in keys if own.get(key[2]) == MERCHANT]
    agent = [key for key in keys if own.get(key[2]) == AGENT]
    for key, fate in zip(reversed(merchant), (Fate.ADMITTED, Fate.MISSED), strict=False):
        drawn[key] = fate
    last = [key for key in agent if key[0] == agent[-1][0]]
    drawn |= dict.fromkeys(last[:6], Fate.QUEUED)
    if last[6:]:
        drawn[last[6]] = Fate.RETURNED
    if agent:
        # Whatever the scale, there is a month to be filed late: a small year has none of the merchant's own exports.
        drawn[agent[0]] = Fate.ADMITTED
    return drawn


def _said(walk: Walk) -> dict[str, Any]:
    filed = [step for step in walk.steps if step.transition == "file"]
    lapsed = any(step.transition == "lapse" for step in walk.steps)
    decided = walk.steps[-1] if walk.state in (ACCEPTED, RETURNED) else None
    return {
        "state": walk.state,
        "filed_on": filed[-1].at.date() if filed and walk.state in (FILED, ACCEPTED) else None,
        "filed_by": filed[-1].by if filed and walk.state in (FILED, ACCEPTED) else "",
        "on_time": False if lapsed else True if filed else None,
        "decided_on": decided.at.date() if decided else None,
        "decided_by": decided.by if decided and walk.state == ACCEPTED else "",
        "reason": decided.reason if decided and walk.state == RETURNED else "",
    }
