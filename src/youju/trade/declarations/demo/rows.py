"""The demo year's plans and declarations into the database, by COPY; within the caller's transaction and reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from youju.foundation.database.blocks import reserve
from youju.foundation.database.copying import write
from youju.foundation.policies import policy_hash
from youju.foundation.workflow.demo import write_cases
from youju.foundation.workflow.walks import Walk
from youju.rules.trade.declarations.lifecycle import (
    DECLARATION_KIND,
    PLANNED,
    PRE_ENTRY,
    REJECTED,
    WITHDRAWN,
)
from youju.rules.trade.declarations.money import amount_of, in_cny, shares_in_cny
from youju.rules.trade.parties.roles import PartyRole
from youju.trade.declarations.demo.records import Filing, MadeDeclaration, MadePlan
from youju.trade.declarations.models import Declaration, DeclaredLine, Message, Plan, SourceLine
from youju.trade.orders.demo.loading import Ids, Written, sections_of
from youju.trade.orders.demo.partners import Partners
from youju.trade.packing.demo.loading import Stored, revision_of

# What later migrations add (broker of a plan, packages of lines) is written as soon as the tables have it.
_PLAN = (
    "id", "packing_id", "broker_id", "state", "revision", "organisations", "sections", "as_of", "policy_hash", "groups",
    "refused", "proof", "moved", "created_by", "created_at", "accepted_by", "accepted_at",
)  # fmt: skip
_DECLARATION = (
    "id", "number", "version", "replaces_id", "plan_id", "packing_id", "state", "revision", "organisations", "sections",
    "agent_id", "broker_id", "declared_on", "country", "port", "transport_mode", "currency", "rate", "amount", "amount_cny",
    "packages", "net_weight", "gross_weight", "header", "entry_number", "sequence_number", "rejection", "as_of",
    "policy_hash", "created_by", "created_at", "sent_at", "accepted_at", "released_at", "exported_at", "changed_at",
    "is_demo",
)  # fmt: skip
_LINE = (
    "id", "declaration_id", "g_no", "hs_code", "chapter", "name", "model", "quantity", "unit", "quantity1", "unit1",
    "quantity2", "unit2", "amount", "net_weight", "gross_weight", "packages", "merged",
)  # fmt: skip
_SOURCE = (
    "line_id", "packed_id", "order_line_id", "merchant_id", "quantity", "amount", "amount_cny", "net_weight", "gross_weight",
    "packages", "live",
)  # fmt: skip
_MESSAGE = (
    "declaration_id",
    "direction",
    "key",
    "state",
    "kind",
    "text",
    "attempts",
    "created_at",
    "done_at",
)


def write_declarations(
    filings: Sequence[Filing],
    orders: Mapping[str, Written],
    packings: Mapping[str, Stored],
    ids: Ids,
    partners: Partners,
) -> int:
    """Write plans, declarations with lines and sources, messages and cases; how many declarations."""
    writer = _Writer(orders, packings, ids, partners)
    writer.plans([each for each in filings if each.plan is not None])
    made = [(filing, each) for filing in filings for each in filing.declarations]
    first = reserve(Declaration._meta.db_table, max(1, len(made)))
    write(Declaration, _DECLARATION, [writer.declaration(first + at, *each) for at, each in enumerate(made)])
    line = reserve(DeclaredLine._meta.db_table, max(1, sum(len(each.lines) for _, each in made)))
    starts = []
    for _, each in made:
        starts.append(line)
        line += len(each.lines)
    write(DeclaredLine, _LINE, writer.lines(made, first, starts))
    write(SourceLine, _SOURCE, writer.sources(made, starts))
    write(Message, _MESSAGE, _messages(made, first))
    write_cases(DECLARATION_KIND, writer.cases(made))
    return len(made)


class _Writer:
    """What the rows of one chunk share."""

    def __init__(
        self,
        orders: Mapping[str, Written],
        packings: Mapping[str, Stored],
        ids: Ids,
        partners: Partners,
    ) -> None:
        self._orders, self._packings, self._ids, self._partners = orders, packings, ids, partners
        self._hash = policy_hash()
        self._sections = sorted({*sections_of(PartyRole.AGENT), *sections_of(PartyRole.MERCHANT)})
        self._plans: dict[str, int] = {}
        self._versions: dict[tuple[str, int], int] = {}

    def plans(self, filings: Sequence[Filing]) -> None:
        """The plans of packings."""
        first = reserve(Plan._meta.db_table, max(1, len(filings)))
        rows = []
        for at, filing in enumerate(filings):
            packing, plan = filing.shipment.packing, filing.plan
            assert packing is not None and plan is not None  # noqa: S101 - the caller chose these
            self._plans[packing.number] = first + at
            stored = self._packings[packing.number]
            rows.append(
                {
                    "id": first + at,
                    "packing_id": stored.id,
                    "broker_id": self._ids.party(PartyRole.BROKER, filing.shipment.batch.broker),
                    "state": plan.state,
                    "revision": 1 + (plan.accepted_at is not None),
                    "organisations": stored.organisations,
                    "sections": self._sections,
                    "as_of": plan.as_of,
                    "policy_hash": self._hash,
                    "groups": [list(each.orders) for each in plan.made.declarations],
                    "refused": [
                        {"order": each.order, "rule": each.rule, "message": each.message + each.suggestion}
                        for each in plan.made.refused
                    ],
                    "proof": {"basis": revision_of(packing), **_proof(plan)},
                    "created_by": plan.created_by,
                    "created_at": plan.created_at,
                    "accepted_by": plan.created_by if plan.accepted_at else "",
                    "accepted_at": plan.accepted_at,
                }
            )
        write(Plan, _PLAN, rows)

    def declaration(self, key: int, filing: Filing, made: MadeDeclaration) -> dict[str, Any]:
        """The head of one version."""
        batch, packing, ids = filing.shipment.batch, filing.shipment.packing, self._ids
        assert packing is not None  # noqa: S101 - a declaration is of a packing
        self._versions[made.number, made.version] = key
        cents = sum(each.line.cents for each in made.lines)
        return {
            "id": key,
            "number": made.number,
            "version": made.version,
            "replaces_id": self._versions[made.number, made.version - 1] if made.replaces else None,
            "plan_id": self._plans.get(packing.number),
            "packing_id": self._packings[packing.number].id,
            "state": made.state,
            "revision": len(made.walk.steps) - 1,
            "organisations": self._taking_part(filing, made),
            "sections": self._sections,
            "agent_id": ids.party(PartyRole.AGENT, batch.agent),
            "broker_id": ids.party(PartyRole.BROKER, made.broker),
            "declared_on": made.declared_on,
            "country": batch.country,
            "port": made.header["IEPort"],
            "transport_mode": packing.transport_mode,
            "currency": made.currency,
            "rate": made.rate,
            "amount": amount_of(cents),
            "amount_cny": in_cny(amount_of(cents), made.rate),
            "packages": sum(each.line.packages for each in made.lines),
            "net_weight": sum(each.line.net_weight for each in made.lines),
            "gross_weight": sum(each.line.gross_weight for each in made.lines),
            "header": dict(made.header),
            "entry_number": made.entry_number,
            "sequence_number": made.sequence_number,
            "rejection": made.rejection,
            "as_of": made.declared_on,
            "policy_hash": self._hash,
            "created_by": made.created_by,
            "created_at": made.created_at,
            "sent_at": made.sent_at,
            "accepted_at": made.accepted_at,
            "released_at": made.released_at,
            "exported_at": made.exported_at,
            "changed_at": made.walk.entered,
            "is_demo": True,
        }

    def lines(
        self, made: Sequence[tuple[Filing, MadeDeclaration]], first: int, starts: Sequence[int]
    ) -> Iterator[dict[str, Any]]:
        """The declared lines."""
        for at, (_, declaration) in enumerate(made):
            for place, each in enumerate(declaration.lines):
                line = each.line
                yield {
                    "id": starts[at] + place,
                    "declaration_id": first + at,
                    "g_no": line.number,
                    "hs_code": line.hs_code,
                    "chapter": line.hs_code[:2],
                    "name": line.name,
                    "model": each.model,
                    "quantity": line.quantity,
                    "unit": line.unit,
                    "quantity1": line.first_quantity,
                    "unit1": line.first_unit,
                    "quantity2": line.second_quantity,
                    "unit2": line.second_unit,
                    "amount": amount_of(line.cents),
                    "net_weight": line.net_weight,
                    "gross_weight": line.gross_weight,
                    "packages": line.packages,
                    "merged": line.merged,
                }

    def sources(
        self, made: Sequence[tuple[Filing, MadeDeclaration]], starts: Sequence[int]
    ) -> Iterator[dict[str, Any]]:
        """Which packed goods stand in which line."""
        for at, (filing, declaration) in enumerate(made):
            packing = filing.shipment.packing
            assert packing is not None  # noqa: S101
            first = self._packings[packing.number].first_packed - 1
            amounts = (source.amounts.amount for each in declaration.lines for source in each.sources)
            shares = shares_in_cny(amounts, declaration.rate)
            for place, each in enumerate(declaration.lines):
                for source in each.sources:
                    yield {
                        "line_id": starts[at] + place,
                        # A withdrawn one has let go of its goods, which can be unpacked again.
                        "packed_id": None if declaration.state == WITHDRAWN else first + source.number,
                        "order_line_id": self._orders[source.order.number].first_line
                        + source.line.line_no
                        - 1,
                        "merchant_id": self._ids.party(PartyRole.MERCHANT, source.order.merchant),
                        "quantity": source.amounts.quantity,
                        "amount": source.amounts.amount,
                        "amount_cny": next(shares),
                        "net_weight": source.amounts.net_weight,
                        "gross_weight": source.amounts.gross_weight,
                        "packages": source.amounts.packages,
                        "live": declaration.live,
                    }

    def cases(self, made: Sequence[tuple[Filing, MadeDeclaration]]) -> Iterator[tuple[str, str, str, Walk]]:
        """The ways of declarations; before customs has them they wait for the agent's and the broker's people."""
        for filing, each in made:
            batch, walk = filing.shipment.batch, each.walk
            agent = self._partners.one(PartyRole.AGENT, batch.agent).organisation
            broker = self._partners.one(PartyRole.BROKER, each.broker).organisation
            if each.state in {PLANNED, PRE_ENTRY, REJECTED}:
                # A rejected one that was corrected waits for nobody: its next version does.
                walk.waits_at = tuple(sorted({agent, broker} - {""})) if each.live else ()
            label = each.number if each.version == 1 else f"{each.number}（第 {each.version} 版）"
            yield f"{each.number}-{each.version}", label, agent, walk

    def _taking_part(self, filing: Filing, made: MadeDeclaration) -> list[int]:
        """Who stands behind the packing, and the parties of the orders in this declaration."""
        batch, ids = filing.shipment.batch, self._ids
        gatherer = (
            None if batch.consolidator is None else ids.party(PartyRole.CONSOLIDATOR, batch.consolidator)
        )
        own = ids.organisations(
            ids.party(PartyRole.AGENT, batch.agent),
            ids.party(PartyRole.BROKER, made.broker),
            ids.party(PartyRole.WAREHOUSE, batch.warehouse),
            gatherer,
        )
        orders = {source.order.number for each in made.lines for source in each.sources}
        return sorted({*own, *(o for number in orders for o in self._orders[number].organisations)})


def _proof(plan: MadePlan) -> dict[str, Any]:
    proof = plan.made.proof
    return {
        "declarations": proof.declarations,
        "lower_bound": proof.lower_bound,
        "optimal": proof.optimal,
        "gap": proof.gap,
        "seconds": proof.seconds,
    }


def _messages(made: Sequence[tuple[Filing, MadeDeclaration]], first: int) -> Iterator[dict[str, Any]]:
    for at, (_, declaration) in enumerate(made):
        for each in declaration.messages:
            yield {
                "declaration_id": first + at,
                "direction": each.direction,
                "key": each.key,
                "state": each.state,
                "kind": each.kind,
                "text": each.text,
                "attempts": int(each.direction == "out"),
                "created_at": each.created_at,
                "done_at": each.done_at,
            }
