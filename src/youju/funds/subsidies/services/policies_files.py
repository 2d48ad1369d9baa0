"""Policies as files: read one in as a draft, hand one out as YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import parse_one, written
from youju.funds.subsidies import events, permissions
from youju.funds.subsidies.models import Policy
from youju.funds.subsidies.selectors.policies import policy_row
from youju.funds.subsidies.services.policies import begin_policy, subject_of
from youju.rules.funds.subsidies.reader import PolicyTextError
from youju.rules.funds.subsidies.reading import read_policy
from youju.rules.funds.subsidies.texts import PolicyText
from youju.rules.funds.subsidies.writing import plain_policy

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_MOST_BYTES = 300_000


def policy_of_file(data: bytes, name: str) -> PolicyText:
    """A policy from a YAML file.

    Raises:
        InputError: it is too large, no YAML, or no policy: what, where, how to mend it.
    """
    if len(data) > _MOST_BYTES:
        raise InputError("文件太大", where=name, how=f"政策文件至多 {_MOST_BYTES // 1000} KB")
    plain = parse_one(data, name)
    try:
        return read_policy(plain)
    except PolicyTextError as error:
        raise InputError(error.what, where=f"{name}，{error.where}", how=error.how) from error


@transaction.atomic
def read_policy_in(*, actor: User, data: bytes, name: str, is_demo: bool = False) -> Policy:
    """A file as the next version of its code, a draft.

    Raises:
        PermissionDenied: the actor does not draft policies.
        InputError: the file cannot be read (422), or a version of the code is on its way (409).
    """
    require(actor, permissions.DRAFT)
    text = policy_of_file(data, name)
    return begin_policy(
        actor=actor, code=text.code, text=plain_policy(text), file=name[:100], is_demo=is_demo
    )


@transaction.atomic
def hand_policy_out(*, actor: User, policy_id: int) -> tuple[str, bytes]:
    """A version as YAML: the name of the file and its bytes; reading it in gives an equal text.

    Raises:
        PermissionDenied: the actor does not read policies.
        InputError: none such in the actor's reach (404).
    """
    require(actor, permissions.VIEW)
    row = policy_row(actor=actor, policy_id=policy_id)
    if row is None:
        raise InputError("没有这项政策", how="请回到列表重新选择", status=404)
    record(events.POLICY_TAKEN_OUT, subject_of(row), None, {"sha256": row.sha256})
    return f"{row.code}.yaml", written(row.text)
