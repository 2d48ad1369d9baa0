"""The live example of the form: the draft kept, and what it would give a party of invented figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from youju.funds.subsidies.models import Policy
from youju.funds.subsidies.selectors.policies_judging import findings_of
from youju.funds.subsidies.services.policies import save_policy
from youju.rules.findings import Finding
from youju.rules.funds.subsidies.computing import Computation, compute
from youju.rules.funds.subsidies.factual import facts_of
from youju.rules.funds.subsidies.reader import PolicyTextError
from youju.rules.funds.subsidies.reading import read_policy

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class Tried:
    """A draft as kept: why it cannot be read yet, or what the rules say and what the example gets."""

    row: Policy
    fault: str
    findings: tuple[Finding, ...]
    computation: Computation | None


@transaction.atomic
def save_and_try(
    *, actor: User, policy_id: int, text: Mapping[str, Any], expected: int, example: Mapping[str, Any]
) -> Tried:
    """Keep a draft and compute it on an example, as :func:`rules.funds.subsidies.factual.facts_of` reads it.

    Raises:
        PermissionDenied, InputError: as :func:`save_policy`.
    """
    row = save_policy(actor=actor, policy_id=policy_id, text=text, expected=expected)
    return tried(row, example)


def tried(row: Policy, example: Mapping[str, Any]) -> Tried:
    """A draft as it stands, on an example."""
    try:
        found = read_policy(row.text)
        computation = compute(found, facts_of(example, where="试算"))
    except PolicyTextError as error:
        return Tried(row, f"{error}。", (), None)
    return Tried(row, "", findings_of(found, today=timezone.localdate()), computation)
