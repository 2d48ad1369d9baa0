"""Soft findings: the merchant explains them, an officer confirms where the policy says so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.rules.law import names, whole
from youju.rules.trade.goods.lifecycle import ACCEPTED, REJECTED, RULES, WAITS, state_after
from youju.rules.trade.goods.recognising import CONFIRMED
from youju.trade.goods import events, facts, permissions
from youju.trade.goods.models import Decision, Good
from youju.trade.goods.services.judging import judge, latest_decisions
from youju.trade.goods.services.recognition import locked_good, write

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

LENGTH = "trade.goods.explanation_length"


@transaction.atomic
def explain_good(*, actor: User, number: str, text: str) -> Decision:
    """Explain the soft findings of a good; it is decided anew with the explanation.

    Where none of the rules that spoke wants an officer, and no explanation was rejected before, it is accepted at once.

    Raises:
        InputError: nothing is to be explained (409), or the text is blank or too long (422).
        PermissionDenied: the actor may not edit goods.
    """
    require(actor, permissions.EDIT)
    today = timezone.localdate()
    law = law_on(today)
    text = _worded(text, whole(law, LENGTH))
    good = locked_good(number)
    loaded = facts.load([good], as_of=today)
    (judged,) = judge([good], loaded.facts, law)
    if judged.before is None or judged.recognition.outcome != "explain":
        raise InputError("这件商品没有需要说明的意见", how="请先认定，看过意见后再说明", status=409)
    wants = set(judged.recognition.soft) & set(names(law, CONFIRMED))
    step = WAITS if wants or judged.step == REJECTED else ACCEPTED
    said = Decision(explanation=text, explained_by=actor.username)
    judged = replace(judged, before=said, step=step, state=_state(good, step))
    (decision,) = write(
        [judged], law=law, version=loaded.version, verb=events.EXPLAINED, reason=text, by=actor.username
    )
    Good.objects.filter(pk=good.pk).update(explanation=text)
    return decision


@transaction.atomic
def judge_explanation(
    *, actor: User, number: str, decision_id: int, accept: bool, comment: str = ""
) -> Decision:
    """Accept or reject an explanation that waits. Nobody judges what he registered or explained himself.

    The decision that was looked at is kept again with the officer's word: facts and law stay those that he saw.

    Raises:
        InputError: it was judged, explained or decided anew meanwhile (409), or a rejection without a reason (422).
        PermissionDenied: the actor may not recognise goods, or it is his own.
    """
    require(actor, permissions.RECOGNISE)
    longest = whole(law_on(timezone.localdate()), LENGTH)
    comment = comment.replace("\0", "").strip()
    if not accept and not comment:
        raise InputError("不予采纳须写明理由", where="理由", how="请写一句话，经营户会看到", status=422)
    if len(comment) > longest:
        raise InputError(f"理由有 {len(comment)} 个字，至多 {longest} 个", where="理由", how="请写短一些")
    good = locked_good(number)
    before = latest_decisions([good]).get(good.pk)
    if (
        before is None
        or before.pk != decision_id
        or before.step != WAITS
        or before.good_revision != good.revision
    ):
        raise InputError(
            "这件商品的说明已经办理，或商品已有改动", how="请刷新页面，看过最新情况再办理", status=409
        )
    if actor.username in {before.explained_by, good.created_by}:
        raise PermissionDenied("自己登记或说明的商品，须由别人确认。")
    step = ACCEPTED if accept else REJECTED
    state, was = _state(good, step), good.state
    decision = Decision.objects.create(
        good=good,
        good_revision=before.good_revision,
        as_of=before.as_of,
        policy_hash=before.policy_hash,
        tariff_id=before.tariff_id,
        facts=before.facts,
        rule_ids=before.rule_ids,
        findings=before.findings,
        outcome=before.outcome,
        step=step,
        explanation=before.explanation,
        explained_by=before.explained_by,
        comment=comment,
        decided_by=actor.username,
    )
    Good.objects.filter(pk=good.pk).update(state=state)
    record(
        events.ACCEPTED if accept else events.REJECTED,
        events.good_subject(good),
        {"state": was},
        {"state": state, "explanation": before.explanation},
        reason=comment,
    )
    return decision


def _state(good: Good, step: str) -> str:
    return state_after(good.state, "explain", step if step != WAITS else RULES)


def _worded(text: str, longest: int) -> str:
    text = text.replace("\0", "").strip()
    if not text:
        raise InputError("没有写说明", where="说明", how="请写明为什么这样填报", status=422)
    if len(text) > longest:
        raise InputError(
            f"说明有 {len(text)} 个字，至多 {longest} 个",
            where="说明",
            how="请写短一些，详细材料另附文件",
            status=422,
        )
    return text
