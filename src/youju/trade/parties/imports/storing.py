"""What a batch of filings does: judged by the rules of any filing, stored as handed in, taken back whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from youju.foundation.audit.services import record_many
from youju.foundation.files.services import release
from youju.foundation.identity import selectors as identity
from youju.foundation.imports.declaring import Batch, CellFinding, Effects, Row
from youju.foundation.kernel.context import current
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow import services as flow
from youju.rules.law import Law
from youju.rules.trade.parties.facts import FilingFacts
from youju.rules.trade.parties.fields import FIELDS, SECRETS
from youju.rules.trade.parties.judging import judge, rules_on
from youju.rules.trade.parties.lifecycle import DRAFT, PARTY_FLOW, RETURNED, REVIEWING, SUBMITTED
from youju.trade.parties import events
from youju.trade.parties.facts import IMPORTED, Stalls, filed_codes, filing_facts
from youju.trade.parties.imports.columns import ROLES
from youju.trade.parties.models import Identifier, Paper, Party
from youju.trade.parties.selectors.parties import section_words
from youju.trade.parties.services.drafting import sections_of
from youju.trade.parties.services.filing import put_facts
from youju.trade.parties.services.identifiers import identifier

_CODES = tuple(field.code for field in FIELDS)
_COLUMNS = {ROLES, *_CODES}


def _form(row: Row) -> tuple[tuple[str, ...], dict[str, str]]:
    roles, *values = row.values
    form = {code: str(value) for code, value in zip(_CODES, values, strict=True) if value}
    return tuple(str(roles).split(",")) if roles else (), form


def _facts(rows: Iterable[Row], law: Law) -> Iterator[tuple[Row, Mapping[str, str], FilingFacts]]:
    """Each row as the facts of a filing; what is on file already is asked once for all."""
    today, stalls = timezone.localdate(), Stalls()
    forms = [(row, *_form(row)) for row in rows]
    filed = filed_codes([form.get("credit_code", "") for _, _, form in forms])
    for row, roles, form in forms:
        if "market" in form:
            form["market"] = stalls.market_code(form["market"])
        yield (
            row,
            form,
            filing_facts(form, roles, day=today, law=law, papers=None, filed=filed, stalls=stalls),
        )


def check(batch: Batch) -> Iterator[CellFinding]:
    """What the rules of a filing say of each row, at its cell; a stall twice in the file; what is another section's."""
    law = law_on(timezone.localdate())
    rules, sections = rules_on(law), set(batch.actor.sections)
    stalls: dict[tuple[str, str], int] = {}
    for row, _, facts in _facts(batch.rows, law):
        for finding in judge(facts, law, rules):
            field = str(finding.at.get("field", ""))
            message = f"{finding.message.rstrip('。')}；{finding.suggestion}（{finding.rule}）"
            severity = "error" if finding.severity.value == "error" else "warning"
            yield CellFinding(row.number, field if field in _COLUMNS else "", message, severity)
        wanted = sections_of(facts.roles, law)
        if facts.roles and not sections.intersection(wanted):
            yield CellFinding(row.number, ROLES, f"这类主体由{section_words(wanted)}受理，请交该科室导入")
        place = (facts.market, facts.stall_number)
        if all(place) and place in stalls:
            yield CellFinding(row.number, "stall_number", f"与第 {stalls[place]} 行是同一个摊位")
        stalls.setdefault(place, row.number)


def compare(batch: Batch) -> Effects:
    """All rows are new; the token says which of their codes were on file when it was looked, and under which law."""
    law = law_on(timezone.localdate())
    codes = [form.get("credit_code", "") for _, form in map(_form, batch.rows)]
    seen = f"{law.hash} {sorted(filed_codes(codes))}"
    sample = tuple(
        (row.number, "新备案", "", str(row.values[1 + _CODES.index("name")])) for row in batch.rows[:20]
    )
    return Effects(len(batch.rows), 0, 0, hashlib.sha256(seen.encode()).hexdigest(), sample)


def store(batch: Batch) -> Mapping[str, Any]:
    """Every row a filing that was handed in; a colleague accepts and approves."""
    law, now = law_on(timezone.localdate()), timezone.now()
    parties, numbers = [], []
    for _, form, facts in _facts(batch.rows, law):
        party = Party(
            channel=IMPORTED, state=SUBMITTED, revision=1, submitted_at=now, created_by=batch.actor.username
        )
        put_facts(party, facts)
        party.sections = sections_of(party.roles, law)
        parties.append(party)
        numbers.append({kind: form[kind] for kind in SECRETS if form.get(kind)})
    try:
        with transaction.atomic():
            Party.objects.bulk_create(parties, batch_size=1_000)
    except IntegrityError as error:
        raise InputError("有的统一社会信用代码刚刚已经备案", how="请重新上传检查") from error
    Identifier.objects.bulk_create(
        (
            identifier(party, kind, number)
            for party, held in zip(parties, numbers, strict=True)
            for kind, number in held.items()
        ),
        batch_size=2_000,
    )
    subjects = [events.party_subject(party) for party in parties]
    flow.start_many(flow=PARTY_FLOW, subjects=subjects, actor=batch.actor)
    flow.advance_many(
        flow=PARTY_FLOW, subjects=subjects, transition="submit", actor=batch.actor, reason="批量导入"
    )
    record_many(events.IMPORTED, [(subject, None, {"batch": batch.id}) for subject in subjects])
    return {"rows": len(parties), "parties": [party.pk for party in parties]}


def consequences(batch: Batch) -> Sequence[str]:
    """What taking the batch back would touch.

    Raises:
        InputError: filings of it are approved by now, or beyond this user's reach (409).
    """
    rows = _rows(batch)
    told = [f"删去这一批导入的 {len(rows)} 份备案，连同其中的证件号码和材料；流程记录标为已注销。"]
    reviewed = sum(1 for party in rows if party.state != SUBMITTED)
    if reviewed:
        told.append(f"其中 {reviewed} 份已经开始办理。")
    return told


def undo(batch: Batch) -> None:
    """Cancel the cases of a batch and take its filings away."""
    rows = _rows(batch)
    actor = identity.user_named(current().actor) or batch.actor
    reason = "撤销导入批次"
    by_state: dict[str, list[Party]] = {}
    for party in rows:
        by_state.setdefault(party.state, []).append(party)
    for state, parties in by_state.items():
        subjects = [events.party_subject(party) for party in parties]
        for step in ("return", "cancel") if state in (SUBMITTED, REVIEWING) else ("cancel",):
            flow.advance_many(flow=PARTY_FLOW, subjects=subjects, transition=step, actor=actor, reason=reason)
    with_papers = set(Paper.objects.filter(party__in=rows).values_list("party_id", flat=True))
    for party in rows:
        if party.pk in with_papers:
            release(subject=events.party_subject(party))
    record_many(
        events.IMPORT_UNDONE, [(events.party_subject(party), {"batch": batch.id}, None) for party in rows]
    )
    try:
        Party.objects.filter(pk__in=[party.pk for party in rows]).delete()
    except ProtectedError as error:
        raise InputError("别的记录已经用到这一批里的主体", how="请先撤销那些记录", status=409) from error


def _rows(batch: Batch) -> list[Party]:
    wanted = list(batch.kept.get("parties", ()))
    rows = list(Party.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk"))
    if len(rows) != len(wanted):
        raise InputError("这一批里有您看不到的备案，不能撤销", how="请由导入的科室撤销", status=409)
    done = [party for party in rows if party.state not in (DRAFT, SUBMITTED, REVIEWING, RETURNED)]
    if done:
        raise InputError(f"这一批里有 {len(done)} 份已经通过备案，不能整批撤销", how="请逐份注销", status=409)
    return rows
