"""The demo's applications and lists as rows: made by the thousand, in the shapes that the services leave behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from youju.foundation.database.blocks import reserve
from youju.foundation.database.copying import write as copy
from youju.foundation.files.services import attach, keep
from youju.foundation.identity.selectors import organisation_codes
from youju.foundation.kernel.sealing import Sealer
from youju.foundation.workflow.demo import write_cases
from youju.foundation.workflow.walks import CHINA, Walk, working_day
from youju.funds.subsidies import claim_events, claim_gates
from youju.funds.subsidies.demo.awarding import award, budget_of
from youju.funds.subsidies.models import (
    Application,
    ApplicationSeries,
    AwardRound,
    Computation,
    CostLine,
    CountedLine,
    ListVersion,
    Objection,
    Opinion,
    RoundLine,
)
from youju.funds.subsidies.selectors.rounds import list_of
from youju.funds.subsidies.services.applying import ACCOUNT_PURPOSE
from youju.funds.subsidies.services.claim_computing import EVIDENCE, line_as_json
from youju.funds.subsidies.services.listing import share_round
from youju.funds.subsidies.services.reviewing import NO_CONFLICT
from youju.rules.funds.claims.lifecycle import (
    AWARDED,
    CLAIM_KIND,
    DECIDED,
    OBJECTION_FLOW,
    OBJECTION_KIND,
    ROUND_FLOW,
    ROUND_KIND,
)
from youju.rules.funds.claims.publishing import list_hash, masked_account
from youju.rules.funds.subsidies.facts import CostFact

if TYPE_CHECKING:
    from youju.funds.subsidies.demo.claims import MadeClaim

STAFF, HEAD = ("demo-stf", "陈立"), ("demo-hed", "李建国")
BANK = "中国示例银行白沟支行"
_LINE = (
    "application_id", "part", "source", "declaration", "entry_number", "g_no", "day", "name", "product", "partner",
    "value_usd", "teu", "container",
)  # fmt: skip
PAPER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
_STAGES = {"submit": "submit", "pass": "review", "confirm": "recheck", "list": "list"}


def cost_lines(facts: Iterable[CostFact]) -> list[CostLine]:
    """Costs as unsaved rows, for computing."""
    return [
        CostLine(kind=each.kind, invoice=each.key, paid_on=each.day, amount=each.amount_cny) for each in facts
    ]


def write(claims: Sequence[MadeClaim]) -> None:
    """Applications with their lines, costs, computations, opinions, papers and cases."""
    box, first = Sealer(), reserve(Application._meta.db_table, len(claims))
    rows = [_application(first + place, each, box) for place, each in enumerate(claims)]
    Application.objects.bulk_create(rows)
    copy(CountedLine, _LINE, _lines(rows, claims))
    kept = keep(PAPER, name="申请材料.pdf", purpose="evidence")
    CostLine.objects.bulk_create(
        CostLine(application=row, file=kept.sha256, filename=kept.name, added_by=each.clerk[0], **cost)
        for row, each in zip(rows, claims, strict=True)
        for cost in each.costs
    )
    Computation.objects.bulk_create(
        made for row, each in zip(rows, claims, strict=True) for made in _computations(row, each)
    )
    Opinion.objects.bulk_create(
        made for row, each in zip(rows, claims, strict=True) for made in _opinions(row, each)
    )
    codes = organisation_codes({row.organisation_id for row in rows if row.organisation_id})
    write_cases(
        CLAIM_KIND,
        [
            (row.number, row.number, codes.get(row.organisation_id or 0, ""), each.walk)
            for row, each in zip(rows, claims, strict=True)
        ],
    )
    for row, each in zip(rows, claims, strict=True):
        for paper in each.policy.text.evidence:
            attach(
                sha256=kept.sha256,
                subject=claim_events.claim_subject(row),
                name=f"{paper.title}.pdf",
                role=f"{EVIDENCE}{paper.code}",
            )
    _numbered_up_to([row.number for row in rows])
    # The nightly job compares them all; what is planted shows at once.
    for row, each in zip(rows, claims, strict=True):
        if each.planted:
            claim_gates.look_for_hits(row.pk)


def write_round(told: dict[str, Any], claims: Sequence[MadeClaim]) -> None:
    """A list of applications that were written: shown, and where they are decided, awarded and perhaps paid."""
    numbers = {each.number for each in claims}
    rows = list(Application.objects.filter(number__in=numbers).order_by("pk"))
    first, decided = rows[0], claims[0].state in DECIDED
    policy, shown_on = claims[0].policy, told["shown_on"]
    until = working_day(shown_on, policy.text.publicity_days)
    place = AwardRound.objects.count() + 1
    shown_at = datetime.combine(shown_on, time(10), CHINA)
    decided_on = shown_on + timedelta(days=told["decided_after"]) if decided else None
    row = AwardRound.objects.create(
        number=f"MD{shown_on.year}-{place:05d}",
        policy_code=first.policy_code,
        policy_title=first.policy_title,
        policy_hash=first.policy_hash,
        text=first.text,
        project=first.project,
        budget=budget_of(policy.text),
        state=AWARDED if decided else "shown",
        version=1,
        shown_on=shown_on,
        shown_until=until,
        decided_on=decided_on,
        decided_by=HEAD[0] if decided else "",
        decided_name=HEAD[1] if decided else "",
        created_by=STAFF[0],
        created_at=shown_at - timedelta(days=1),
        is_demo=True,
    )
    RoundLine.objects.bulk_create(
        RoundLine(round=row, application=each, computed=each.amount, amount=each.amount) for each in rows
    )
    share_round(row)
    content = list_of(row)
    row.list_hash = list_hash(content)
    row.save(update_fields=["list_hash"])
    ListVersion.objects.create(
        round=row,
        version=1,
        content=content,
        hash=row.list_hash,
        shown_on=shown_on,
        shown_until=until,
        published_by=STAFF[0],
        published_at=shown_at,
    )
    walk = Walk(ROUND_FLOW, STAFF, shown_at - timedelta(days=1))
    walk.take("show", STAFF, shown_at)
    if decided_on:
        walk.take("clear", STAFF, datetime.combine(until + timedelta(days=1), time(9), CHINA))
        walk.take("award", HEAD, datetime.combine(decided_on, time(15), CHINA))
        award(row, told, {each.number: each.account for each in claims})
    write_cases(ROUND_KIND, [(row.number, claim_events.round_subject(row).label, "", walk)])
    _numbered_up_to([row.number])
    if objection := told.get("objection"):
        _object(row, objection, shown_at + timedelta(days=1))


def _object(row: AwardRound, told: dict[str, Any], at: datetime) -> None:
    number = f"YY{at.year}-00001"
    Objection.objects.create(
        number=number,
        round=row,
        version=1,
        line=told["line"],
        name=told["name"],
        contact_sealed=Sealer().seal(told["contact"]),
        contact_masked=f"{told['contact'][:3]}****{told['contact'][-2:]}",
        text=told["text"],
        received_at=min(at, timezone.now()),
    )
    walk = Walk(OBJECTION_FLOW, ("", "社会公众"), min(at, timezone.now()))
    write_cases(OBJECTION_KIND, [(number, number, "", walk)])
    _numbered_up_to([number])


def _application(key: int, each: MadeClaim, box: Sealer) -> Application:
    party, policy, moments = each.party, each.policy, each.moments
    return Application(
        id=key,
        number=each.number,
        policy_code=policy.code,
        policy_version=policy.version,
        policy_title=policy.text.title,
        policy_hash=policy.hash,
        text=policy.plain,
        project=policy.text.project,
        party_id=party.pk,
        party_name=party.name,
        credit_code=party.credit_code,
        organisation_id=party.organisation_id,
        sections=list(party.sections),
        state=each.state,
        revision=3,
        amount=each.computed.total,
        account_name=party.name,
        bank=BANK,
        account_sealed=box.seal(each.account),
        account_masked=masked_account(each.account),
        account_fingerprint=box.fingerprint(each.account, ACCOUNT_PURPOSE),
        prepared_by=each.clerk[0],
        certified_by=f"qz-{party.pk}",
        certified_name="签署人",
        certified_at=moments["certify"],
        submitted_at=moments["submit"],
        created_by=each.clerk[0],
        created_at=moments["begun"],
        changed_at=each.walk.entered,
        is_demo=True,
    )


def _lines(rows: Sequence[Application], claims: Sequence[MadeClaim]) -> Iterator[dict[str, Any]]:
    for row, each in zip(rows, claims, strict=True):
        for part, lines in (("window", each.ground.window), ("base", each.ground.base)):
            for line in lines:
                yield {
                    "application_id": row.pk,
                    "part": part,
                    "source": line.source,
                    "declaration": line.declaration,
                    "entry_number": line.entry_number,
                    "g_no": line.g_no,
                    "day": line.day,
                    "name": line.name,
                    "product": line.product,
                    "partner": line.partner,
                    "value_usd": line.usd,
                    "teu": each.ground.teu.get(line.source, Decimal(0)) if part == "window" else Decimal(0),
                    "container": line.container,
                }


def _computations(row: Application, each: MadeClaim) -> Iterator[Computation]:
    for step, stage in (("begun", "draft"), *_STAGES.items()):
        if step not in each.moments:
            continue
        yield Computation(
            application=row,
            stage=stage,
            potential=each.computed.potential,
            total=each.computed.total,
            lines=[line_as_json(line) for line in each.computed.lines],
            cuts=[{"what": c.what, "clause": c.clause, "sentence": c.sentence} for c in each.computed.capped],
            missing=[finding.as_json() for finding in each.computed.missing],
            facts_hash=each.ground.hash,
            policy_hash=row.policy_hash,
            computed_by=each.clerk[0] if stage in ("draft", "submit") else STAFF[0],
            computed_at=each.moments[step],
        )


def _opinions(row: Application, each: MadeClaim) -> Iterator[Opinion]:
    for step in each.walk.steps:
        stage = {"pass": "review", "return": "review", "confirm": "recheck"}.get(step.transition)
        if stage:
            yield Opinion(
                application=row,
                stage=stage,
                verdict="return" if step.transition == "return" else "pass",
                username=step.by,
                display_name=step.by_name,
                declaration=NO_CONFLICT,
                reason=step.reason,
                amount=row.amount,
                given_at=step.at,
            )


def _numbered_up_to(numbers: Sequence[str]) -> None:
    """Let the series of numbers go on behind what was made."""
    for series in sorted({number.partition("-")[0] for number in numbers}):
        last = max(int(number.partition("-")[2]) for number in numbers if number.startswith(series))
        ApplicationSeries.objects.update_or_create(series=series, defaults={"last": last})
