"""Applications → what the duplicate proof compares: records counted, costs, the filing's people, telephones and address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from youju.funds.subsidies.models import Application, CostLine, CountedLine
from youju.rules.funds.claims.lifecycle import REFUSED, STRUCK, WITHDRAWN
from youju.rules.funds.duplicates.facts import Box, Claim, Invoice, Line
from youju.trade.parties.selectors.claimants import Claimant, claimants

_OUT = (WITHDRAWN, REFUSED, STRUCK)


def is_live(row: Application) -> bool:
    """Whether an application claims anything: it was handed in and is neither withdrawn nor refused."""
    return row.submitted_at is not None and row.state not in _OUT


def claims_of(rows: Iterable[Application]) -> dict[int, Claim]:
    """The claims of applications by key, in the asker's reach. Five queries, however many applications."""
    found = list(rows)
    keys = [row.pk for row in found]
    lines: dict[int, list[CountedLine]] = defaultdict(list)
    for line in CountedLine.objects.filter(application__in=keys, part="window"):
        lines[line.application_id].append(line)
    costs: dict[int, list[CostLine]] = defaultdict(list)
    for cost in CostLine.objects.filter(application__in=keys):
        costs[cost.application_id].append(cost)
    parties = claimants({row.party_id for row in found})
    return {row.pk: _claim(row, lines[row.pk], costs[row.pk], parties.get(row.party_id)) for row in found}


def _claim(
    row: Application, lines: list[CountedLine], costs: list[CostLine], party: Claimant | None
) -> Claim:
    return Claim(
        id=row.number,
        party=f"P{row.party_id}",
        policy=row.policy_code,
        period=period_of(row),
        name=row.party_name,
        code=row.credit_code,
        legal_person=party.legal_person if party else "",
        person_mark=party.person_mark if party else "",
        phones=party.phones if party else (),
        phone_marks=party.phone_marks if party else (),
        agent_phones=party.agent_phones if party else (),
        address=party.address if party else "",
        account=row.account_masked,
        account_mark=row.account_fingerprint,
        # Goods of several merchants stand in one declared line: the source tells whose they are.
        lines=tuple(
            Line(line.entry_number or line.declaration.partition("-")[0], line.g_no, str(line.source))
            for line in lines
        ),
        invoices=tuple(Invoice(cost.invoice, issuer=cost.seller, amount=str(cost.amount)) for cost in costs),
        boxes=_boxes(row, lines),
    )


def period_of(row: Application) -> str:
    """The policy's window: ``2023-01-01/2024-01-01``."""
    window = row.text.get("window", {})
    return f"{window.get('from', '')}/{window.get('to', '')}"[:40]


def _boxes(row: Application, lines: list[CountedLine]) -> tuple[Box, ...]:
    """Containers, where a clause counts them: of each only the share that carried the party's goods."""
    if not any(clause.get("shape") == "per_container" for clause in row.text.get("clauses", ())):
        return ()
    return tuple(
        dict.fromkeys(
            Box(line.container, line.day, shared=True) for line in lines if line.container and line.teu
        )
    )
