"""Drawing a sample, and the working papers of what was drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.files.selectors import Attached, Kept, attachments
from youju.foundation.files.services import attach, keep
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.funds.internal_audits import events, permissions
from youju.funds.internal_audits.models import Sample, SampleItem
from youju.funds.internal_audits.selectors.lists import item_of, sample_of
from youju.funds.internal_audits.selectors.populations import population_of
from youju.funds.internal_audits.selectors.redrawing import units_of
from youju.funds.internal_audits.services.engaging import held_engagement
from youju.funds.internal_audits.services.numbering import SAMPLES, next_numbers
from youju.rules.findings import Finding
from youju.rules.funds.internal_audits import sampling
from youju.rules.funds.internal_audits.facts import SampleFacts
from youju.rules.funds.internal_audits.judging import judge_sample
from youju.rules.funds.internal_audits.kinds import CONCLUSIONS

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

MOST = 5_000
"""Items of a sample at most: each is a working paper."""


@dataclass(frozen=True, slots=True)
class SampleWish:
    """What to draw from, and how: ``population`` is a code of the registry, both days are included, amounts in CNY."""

    population: str
    since: date
    until: date
    seed: str
    size: int
    limits: tuple[Decimal, ...] = ()
    certainty: Decimal | None = None
    allocation: sampling.Allocation = "proportional"
    project: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The sample, and what the rules said besides."""

    sample: Sample
    findings: Sequence[Finding]


def draw_sample(*, actor: User, engagement_id: int, wish: SampleWish) -> Drawn:
    """Draw a sample and keep it as it is: the population as a file under its hash, the items with their random numbers.

    Raises:
        PermissionDenied: the actor carries out no internal supervision, or may not see the records.
        InputError: no such engagement (404), it has ended (409), nothing to draw from, a design that cannot be.
    """
    require(actor, permissions.FIND)
    source = population_of(wish.population)
    if wish.until < wish.since:
        raise InputError("终止日期早于起始日期", where="总体终止日期", how="请改正日期")
    with transaction.atomic():
        # One statement reads the population: what is hashed is what is drawn from.
        records = {each.key: each for each in source.rows(actor, wish.since, wish.until, wish.project)}
    if not records:
        raise InputError("这个总体里没有记录", where="总体", how="请改期间或项目编码")
    try:
        design = sampling.Design(wish.seed.strip(), wish.size, wish.limits, wish.certainty, wish.allocation)
        units = units_of(records.values())
        drawn = sampling.draw(units, design)
    except ValueError as error:
        raise InputError(str(error), where="抽样方法", how="请改正后再抽") from error
    if len(drawn.drawn) > MOST:
        raise InputError(
            f"样本有 {len(drawn.drawn)} 项，至多 {MOST} 项", where="样本量", how="请提高必抽金额或减少样本量"
        )
    text = sampling.population_text(units)
    kept = keep(text.encode(), name="抽样总体.csv", purpose="document")
    today = timezone.localdate()
    said = judge_sample(SampleFacts(today, len(units), len(drawn.drawn)), law_on(today))
    with transaction.atomic():
        engagement = held_engagement(actor, engagement_id)
        row = Sample.objects.create(
            engagement=engagement, number=next_numbers(SAMPLES, today.year)[0], population=source.code,
            since=wish.since, until=wish.until, project=wish.project, seed=design.seed, size=design.size,
            limits=list(design.limits), certainty=design.certainty, allocation=design.allocation,
            method=sampling.METHOD, hash=kept.sha256, count=len(units),
            total=sum((unit.amount for unit in units), Decimal(0)),
            strata=[_plain(stratum) for stratum in drawn.strata],
            findings=[{"rule": each.rule, "message": each.message, "suggestion": each.suggestion} for each in said],
            drawn_by=actor.username, drawn_name=actor.display_name,
        )  # fmt: skip
        SampleItem.objects.bulk_create(
            SampleItem(
                sample=row, place=place, stratum=each.stratum, number=each.number, subject_kind=source.kind,
                subject_key=each.unit.key, label=records[each.unit.key].label, amount=each.unit.amount,
            )
            for place, each in enumerate(drawn.drawn, start=1)
        )  # fmt: skip
        subject = events.sample_subject(row)
        attach(sha256=kept.sha256, subject=subject, name=f"抽样总体{row.number}.csv", role="population")
        told = {"population": source.label, "since": row.since, "until": row.until, "seed": row.seed,
                "size": len(drawn.drawn), "hash": row.hash, "count": row.count, "total": row.total}  # fmt: skip
        record(events.DRAWN, subject, None, told)
    return Drawn(row, said)


@transaction.atomic
def examine_item(
    *, actor: User, item_id: int, examined: str, conclusion: str, revision: int | None = None
) -> SampleItem:
    """Write the working paper of a sampled item: what was looked at, and what it showed.

    Raises:
        PermissionDenied: the actor carries out no internal supervision.
        InputError: none of the kind (404), the engagement has ended or the paper was changed meanwhile (409), words missing.
    """
    require(actor, permissions.FIND)
    seen = item_of(actor, item_id)
    held_engagement(actor, seen.sample.engagement_id)
    row = SampleItem.objects.select_for_update(of=("self",)).select_related("sample").get(pk=seen.pk)
    if revision is not None and revision != row.revision:
        raise InputError("这份工作底稿刚才有改动", where=row.label, how="请刷新页面，看过再写", status=409)
    if conclusion not in CONCLUSIONS:
        raise InputError("没有选结论", where="结论", how="请从列表里选择")
    if not examined.strip():
        raise InputError("没有写查了什么", where="查了什么", how="请写查了哪些资料、核对了什么")
    before = (
        {"examined": row.examined, "conclusion": CONCLUSIONS.get(row.conclusion, "")}
        if row.examined
        else None
    )
    row.examined, row.conclusion = examined.strip(), conclusion
    row.examined_by, row.examined_name = actor.username, actor.display_name
    row.examined_at = timezone.now()
    row.revision += 1
    row.save()
    after = {"examined": row.examined, "conclusion": CONCLUSIONS[conclusion]}
    record(events.EXAMINED, events.item_subject(row), before, after)
    return row


def add_paper(*, actor: User, item_id: int, content: bytes | BinaryIO, name: str) -> Attached:
    """Attach a file to a working paper.

    Raises:
        PermissionDenied: the actor carries out no internal supervision.
        InputError: none of the kind (404), the engagement has ended (409), a file that cannot be taken.
    """
    require(actor, permissions.FIND)
    seen = item_of(actor, item_id)
    kept = keep(content, name=name, purpose="evidence")
    with transaction.atomic():
        held_engagement(actor, seen.sample.engagement_id)
        subject = events.item_subject(seen)
        found = attach(sha256=kept.sha256, subject=subject, name=kept.name, role="paper")
        record(events.PAPER, subject, None, {"file": found.name})
    return found


def hand_out_paper(*, actor: User, item_id: int, file_id: int) -> Attached:
    """A file of a working paper.

    Raises:
        PermissionDenied: the actor sees no internal supervision.
        InputError: there is none (404).
    """
    row = item_of(actor, item_id)
    found = next((each for each in attachments(events.item_subject(row)) if each.id == file_id), None)
    if found is None:
        raise InputError("没有这个文件", how="请回到工作底稿", status=404)
    return found


@transaction.atomic
def hand_out_population(*, actor: User, sample_id: int) -> tuple[str, Kept]:
    """The population of a sample as CSV, with its file name; the download is on the trail.

    Raises:
        PermissionDenied: the actor takes nothing of internal supervision away.
        InputError: there is none (404).
    """
    require(actor, permissions.EXPORT)
    row = sample_of(actor, sample_id)
    subject = events.sample_subject(row)
    found = next((each for each in attachments(subject) if each.role == "population"), None)
    if found is None:
        raise InputError("没有这个样本的总体文件", where=row.number, how="请联系系统管理员", status=404)
    record(events.POPULATION_TAKEN, subject, None, {"file": found.name})
    return found.name, found.kept


def _plain(stratum: sampling.Stratum) -> dict[str, Any]:
    plain = asdict(stratum) | {"label": stratum.label}
    return {key: str(value) if isinstance(value, Decimal) else value for key, value in plain.items()}
