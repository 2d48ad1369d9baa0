"""The demo's agreements into the database: text, signatures and case, as the services would have written them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from youju.foundation.database.blocks import reserve
from youju.foundation.database.copying import write
from youju.foundation.workflow.demo import write_cases
from youju.rules.trade.parties.agreement_facts import AGENT, PRINCIPAL, AgreementFacts, PartyFacts, terms_of
from youju.rules.trade.parties.agreement_text import compose, hash_of
from youju.rules.trade.parties.lifecycle import AGREEMENT_KIND, IN_FORCE, SIGNING
from youju.rules.trade.parties.roles import PartyRole
from youju.trade.parties.demo.agreements import MadeAgreement, agreements, signer
from youju.trade.parties.demo.making import MadeParty
from youju.trade.parties.demo.planning import Plan
from youju.trade.parties.models import Agreement, Signature

_CHUNK = 5_000
_ADDRESS = "192.0.2.10"  # from the block that is kept for documentation
_AGREEMENT = (
    "id", "number", "principal_id", "agent_id", "principal_name", "agent_name", "state", "valid_from", "valid_to", "terms",
    "text", "text_hash", "drafted_by_side", "principal_signed_by", "principal_signed_at", "agent_signed_by", "agent_signed_at",
    "ended_on", "created_by", "created_at", "is_demo",
)  # fmt: skip
_SIGNATURE = (
    "agreement_id", "side", "party_name", "username", "display_name", "address", "text_hash", "signed_at",
)  # fmt: skip
_SIDES = ((PRINCIPAL, PartyRole.MERCHANT), (AGENT, PartyRole.AGENT))
Body = tuple[PartyFacts, str]  # the party and the code of its organisation
Bodies = Mapping[int, Body]


def bodies_of(chunk: list[MadeParty], first: int) -> Iterator[tuple[int, Body]]:
    """What agreements say of the merchants and agents of a chunk, by the party's id."""
    for made in chunk:
        if made.role in {PartyRole.MERCHANT, PartyRole.AGENT}:
            key, values = first + made.index, made.values
            roles = frozenset(PartyRole(code) for code in values["roles"])
            yield (
                key,
                (
                    PartyFacts(key, values["name"], values["number"], roles, values["state"], None),
                    made.organisation,
                ),
            )


def write_agreements(plan: Plan, first: int, bodies: Bodies) -> int:
    """Write every agreement of the plan; how many. Within the caller's transaction.

    Args:
        plan: what is made.
        first: the id of the first party.
        bodies: of every merchant and agent.
    """
    count = 0
    made = agreements(plan)
    while chunk := list(islice(made, _CHUNK)):
        block = reserve(Agreement._meta.db_table, len(chunk))
        rows = [_row(plan, block + place, first, each, bodies) for place, each in enumerate(chunk)]
        write(Agreement, _AGREEMENT, rows)
        write(Signature, _SIGNATURE, _signatures(chunk, rows))
        write_cases(AGREEMENT_KIND, _cases(chunk, rows, bodies))
        count += len(chunk)
    return count


def _row(plan: Plan, key: int, first: int, made: MadeAgreement, bodies: Bodies) -> dict[str, Any]:
    principal = bodies[first + plan.first(PartyRole.MERCHANT) + made.principal][0]
    agent = bodies[first + plan.first(PartyRole.AGENT) + made.agent][0]
    values = made.values
    facts = AgreementFacts(
        principal,
        agent,
        values["valid_from"],
        values["valid_to"],
        values["created_at"].date(),
        terms_of(values["terms"]),
    )
    text = compose(made.number, facts)
    return {
        **values,
        "id": key,
        "number": made.number,
        "principal_id": principal.id,
        "agent_id": agent.id,
        "principal_name": principal.name,
        "agent_name": agent.name,
        "text": text,
        "text_hash": hash_of(text),
        "drafted_by_side": AGENT,
        "is_demo": True,
    }


def _signatures(chunk: list[MadeAgreement], rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for made, row in zip(chunk, rows, strict=True):
        for (side, role), ordinal in zip(_SIDES, (made.principal, made.agent), strict=True):
            if row[f"{side}_signed_at"] is not None:
                yield {
                    "agreement_id": row["id"],
                    "side": side,
                    "party_name": row[f"{side}_name"],
                    "username": row[f"{side}_signed_by"],
                    "display_name": signer(role, ordinal)[1],
                    "address": _ADDRESS,
                    "text_hash": row["text_hash"],
                    "signed_at": row[f"{side}_signed_at"],
                }


def _cases(
    chunk: list[MadeAgreement], rows: list[dict[str, Any]], bodies: Bodies
) -> Iterator[tuple[str, str, str, Any]]:
    for made, row in zip(chunk, rows, strict=True):
        principal, agent = (bodies[row[name]][1] for name in ("principal_id", "agent_id"))
        if row["state"] == SIGNING:  # it waits for those of the two who have not signed
            sides = ((principal, "principal_signed_at"), (agent, "agent_signed_at"))
            made.walk.waits_at = tuple(sorted(code for code, signed in sides if row[signed] is None))
        elif row["state"] == IN_FORCE:
            made.walk.waits_at = ()
        yield str(row["id"]), made.number, agent, made.walk
