"""The demo's parties into the database: once, in one transaction, by COPY, a few thousand at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import count, islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.database.blocks import reserve
from youju.foundation.database.copying import write
from youju.foundation.files.demo import write_attachments
from youju.foundation.files.selectors import Kept
from youju.foundation.files.services import keep
from youju.foundation.identity.demo import load_bodies
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.sealing import Sealer
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on
from youju.foundation.workflow.demo import write_cases
from youju.rules.law import table
from youju.rules.trade.parties.lifecycle import CANCELLED, LIVE, PARTY_KIND
from youju.rules.trade.parties.masking import masked
from youju.rules.trade.parties.roles import PartyRole
from youju.trade.parties import events
from youju.trade.parties.demo.agreement_rows import Body, bodies_of, write_agreements
from youju.trade.parties.demo.following import follow
from youju.trade.parties.demo.making import MadeParty, parties
from youju.trade.parties.demo.places import markets, places
from youju.trade.parties.demo.planning import Plan
from youju.trade.parties.models import Identifier, Market, Paper, Party, Stall, Tenancy
from youju.trade.parties.services.papers import file_role

Progress = Callable[[int, int], None]
_CHUNK = 5_000
_PARTY = (
    "id", "organisation_id", "number", "roles", "sections", "state", "name", "name_en", "credit_code", "legal_person", "contact",
    "address", "registered_capital", "scope", "chapters", "tax_id", "tax_kind", "customs_code", "region", "country", "buyer_type",
    "email", "credit_level", "valid_from", "valid_to", "channel", "created_by", "created_at", "submitted_at", "approved_at",
    "is_demo", "market", "stall_number",
)  # fmt: skip
_PARTY_HAS = frozenset(field.attname for field in Party._meta.concrete_fields)
_IDENTIFIER = ("party_id", "kind", "holder", "sealed", "fingerprint", "masked", "changed_at")
_PAPER = ("id", "party_id", "kind", "number", "valid_to", "filename", "added_by", "added_at")
_TENANCY = ("party_id", "stall_id", "valid_from", "valid_to")


def load(progress: Progress | None = None, plan: Plan | None = None) -> bool:
    """Write the parties, stalls and agreements of the demo; whether anything was written: a second call finds them.

    Args:
        progress: called with (done, all) parties.
        plan: what to make; the demo as of today unless said.
    """
    plan = plan or Plan(timezone.localdate())
    with reaching_all(), transaction.atomic():
        if Party.objects.filter(is_demo=True).exists():
            return False
        first = reserve(Party._meta.db_table, plan.parties)
        stalls = _write_markets(plan)
        files = _specimens()
        done = 0
        bodies: dict[int, Body] = {}
        made = parties(plan)
        while chunk := list(islice(made, _CHUNK)):
            _write_parties(chunk, first, stalls, files)
            bodies.update(bodies_of(chunk, first))
            done += len(chunk)
            if progress:
                progress(done, plan.parties)
        agreements = write_agreements(plan, first, bodies)
        follow(plan, first)
        record(
            events.DEMO_LOADED,
            Subject(events.DEMO_KIND, "parties", "示例主体"),
            None,
            {"parties": done, "agreements": agreements, "seed": plan.seed},
        )
    return True


def first_id() -> int | None:
    """The id of the demo's first party; the others follow in the order of their index. ``None`` where no demo is loaded."""
    return Party.objects.filter(is_demo=True).order_by("pk").values_list("pk", flat=True).first()


def _write_markets(plan: Plan) -> int:
    every = markets(plan.scale)
    ids: list[int] = []
    for each in every:
        row, _ = Market.objects.get_or_create(code=each.code, defaults={"name": each.name, "is_demo": True})
        ids.append(row.pk)
    first = reserve(Stall._meta.db_table, sum(market.stalls for market in every))
    write(
        Stall,
        ("id", "market_id", "floor", "row", "position", "number"),
        (
            {
                "id": first + place.index,
                "market_id": ids[place.market],
                "floor": place.floor,
                "row": place.row,
                "position": place.position,
                "number": place.number,
            }
            for place in places(plan.scale)
        ),
    )
    return first


def _write_parties(chunk: list[MadeParty], first: int, stalls: int, files: Mapping[str, Kept]) -> None:
    bodies = load_bodies(
        (made.organisation, _body_name(made), _body_kind(made), made.values.get("credit_code", ""))
        for made in chunk
        if made.organisation and made.ordinal
    )
    write(
        Party,
        tuple(name for name in _PARTY if name in _PARTY_HAS),
        (
            {
                **made.values,
                "id": first + made.index,
                "organisation_id": bodies.get(made.organisation),
                "is_demo": True,
            }
            for made in chunk
        ),
    )
    write(Identifier, _IDENTIFIER, _identifiers(chunk, first))
    _write_papers(chunk, first, files)
    write(Tenancy, _TENANCY, _tenancies(chunk, first, stalls))
    write_cases(
        PARTY_KIND,
        ((str(first + made.index), made.values["name"], made.organisation, made.walk) for made in chunk),
    )


def _identifiers(chunk: list[MadeParty], first: int) -> Iterator[dict[str, Any]]:
    box = Sealer()
    for made in chunk:
        for kind, holder, number in made.identifiers:
            yield {
                "party_id": first + made.index,
                "kind": kind,
                "holder": holder,
                "sealed": box.seal(number),
                "fingerprint": box.fingerprint(number, kind),
                "masked": masked(kind, number),
                "changed_at": made.values["created_at"],
            }


def _specimens() -> dict[str, Kept]:
    """Kind of paper → a file that says of itself that it is none of anybody's."""
    kinds = table(law_on(timezone.localdate()), "trade.parties.paper_kinds")
    return {
        kind: keep(
            f"示例{label}。演示用的材料，不是真的证件。\n".encode(), name=f"{label}.txt", purpose="evidence"
        )
        for kind, label in kinds.items()
    }


def _write_papers(chunk: list[MadeParty], first: int, files: Mapping[str, Kept]) -> None:
    made = [(each, *paper) for each in chunk for paper in each.papers]
    ids = count(reserve(Paper._meta.db_table, len(made)))
    rows = [
        {
            "id": key,
            "party_id": first + each.index,
            "kind": kind,
            "number": number,
            "valid_to": until,
            "filename": files[kind].name,
            "added_by": each.values["created_by"],
            "added_at": each.values["created_at"],
        }
        for key, (each, kind, number, until) in zip(ids, made, strict=False)
    ]
    write(Paper, _PAPER, rows)
    write_attachments(
        PARTY_KIND,
        (
            (str(row["party_id"]), file_role(row["id"]), files[row["kind"]], row["added_by"] or "demo")
            for row in rows
        ),
    )


def _tenancies(chunk: list[MadeParty], first: int, stalls: int) -> Iterator[dict[str, Any]]:
    for made in chunk:
        state = made.values["state"]
        if made.place is not None and state in {*LIVE, CANCELLED}:
            gone = state == CANCELLED
            yield {
                "party_id": first + made.index,
                "stall_id": stalls + made.place.index,
                "valid_from": made.values["approved_at"].date(),
                "valid_to": made.walk.entered.date() if gone else None,
            }


def _body_kind(made: MadeParty) -> str:
    return {PartyRole.MERCHANT: "merchant", PartyRole.BUYER: "buyer"}.get(made.role, "enterprise")


def _body_name(made: MadeParty) -> str:
    """Names of organisations are unique, those of buyers are not."""
    name = str(made.values["name"])
    return f"{name[:80]}（{made.organisation}）" if made.role is PartyRole.BUYER else name
