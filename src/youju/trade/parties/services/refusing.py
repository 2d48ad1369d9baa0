"""What the services of this room share: a party under lock within the actor's reach, and a refusal by rule."""

from __future__ import annotations

from collections.abc import Iterable

from youju.foundation.kernel.errors import InputError
from youju.rules.findings import Finding, stopping
from youju.trade.parties.models import Party


def locked_party(party_id: int) -> Party:
    """A party that the actor handles, locked until the transaction ends.

    The lock asks row-level security for the right to write: an agent sees its principals' files and locks none of them.

    Raises:
        InputError: there is none that the actor handles (404).
    """
    party = Party.objects.select_for_update().filter(pk=party_id).first()
    if party is None:
        raise InputError("没有这个主体，或不由您办理", how="请从主体列表重新选择", status=404)
    return party


def locked_pair(one: int, other: int) -> tuple[Party, Party]:
    """Two parties, locked in the order of their keys, so that two people who take them the other way round never wait for ever.

    Raises:
        InputError: one of them is not handled by the actor (404).
    """
    rows = {key: locked_party(key) for key in sorted({one, other})}
    return rows[one], rows[other]


def refuse(findings: Iterable[Finding], *, where: str = "", status: int = 409) -> None:
    """Stop where a rule found an error; the sentence names the rule.

    Raises:
        InputError: with everything that stands against it.
    """
    errors = stopping(findings)
    if errors:
        what = "；".join(f"{each.message.rstrip('。')}（{each.rule}）" for each in errors)
        raise InputError(what, where=where, how=errors[0].suggestion.rstrip("。"), status=status)
