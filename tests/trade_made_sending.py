"""Declarations in pre-entry for tests of the exchange, written by the models; many at once for the long ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from lxml import etree

from goods_files import HEADER
from trade_deals import party
from trade_people import person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.workflow.models import Case
from youju.rules.trade.declarations.lifecycle import DECLARATION_FLOW, DECLARATION_KIND
from youju.trade.declarations.exchange import FolderExchange
from youju.trade.declarations.exchange.forms import NAMESPACE, OURS
from youju.trade.declarations.models import Declaration, DeclaredLine, Message
from youju.trade.declarations.services import replying
from youju.trade.packing.models import Packing
from youju.trade.parties.models import Party

DAY = date(2023, 6, 1)
START = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
ENTRY = "021020230000000001"
SEQ = "I20230000000001234"
SENT_HEADER = HEADER | {"BillNo": "COSU6123456789", "IEPort": "2102", "TrafMode": "2"}


@dataclass
class Desk:
    """Who sends, who supervises, for which packing; ``exchange`` is a folder of the test's own."""

    sender: User
    staff: User
    agent: Party
    packing: Packing
    exchange: FolderExchange
    made: list[Declaration] = field(default_factory=list)

    @property
    def root(self) -> Path:
        """The exchange's folder."""
        return self.exchange.root

    def files(self, folder: str) -> list[str]:
        """What lies in one of the four folders, below it too."""
        return sorted(path.name for path in (self.root / folder).rglob("*") if path.is_file())

    def drop(self, name: str, content: bytes) -> None:
        """A gateway's file in ``in/``."""
        (self.root / "in" / name).write_bytes(content)


def make_desk(root: Path, prefix: str = "") -> Desk:
    """An agent, staff of its section, a packing."""
    sender = person(Role.AGT, f"{prefix}SAGT")
    staff = person(Role.STF, sections=("WM",), username=f"stf-send{prefix.lower()}")
    agent = party(sender, f"{prefix}SA1", "agent", sections=["WM"])
    packing = Packing.objects.create(
        number=f"{prefix}P1", agent=agent, packed_on=DAY, country="KE", organisations=[sender.organisation_id],
        sections=["WM"], bill_of_lading="COSU6123456789", state="closed",
    )  # fmt: skip
    return Desk(sender, staff, agent, packing, FolderExchange(root))


def make_declarations(
    desk: Desk, count: int = 1, *, state: str = "pre_entry", version: int = 1, first: int = 1
):
    """Declarations with one line and their cases; in pre-entry unless told otherwise."""
    rows = Declaration.objects.bulk_create(
        Declaration(
            number=f"D230601{number:06d}", version=version, packing=desk.packing, state=state, agent=desk.agent,
            organisations=[desk.sender.organisation_id], sections=["WM"], declared_on=DAY, country="KE", port="2102",
            currency="USD", rate=Decimal("7.0821"), amount=Decimal("1200.00"), amount_cny=Decimal("8498.52"), packages=10,
            net_weight=Decimal(80), gross_weight=Decimal(90), header=SENT_HEADER, as_of=DAY, policy_hash="0" * 64,
            released_at=START if state in {"released", "exported"} else None,
        )
        for number in range(first, first + count)
    )  # fmt: skip
    DeclaredLine.objects.bulk_create(
        DeclaredLine(
            declaration=row, g_no=1, hs_code="4202220000", chapter="42", name="女包", quantity=Decimal(100), unit="个",
            quantity1=Decimal(80), unit1="千克", quantity2=Decimal(100), unit2="个", amount=row.amount,
            net_weight=row.net_weight, gross_weight=row.gross_weight, packages=row.packages,
        )
        for row in rows
    )  # fmt: skip
    Case.objects.bulk_create(
        Case(
            subject_kind=DECLARATION_KIND, subject_key=str(row), label=row.number, flow=DECLARATION_FLOW.code,
            flow_since=DECLARATION_FLOW.since, state=state, waiting_for=DECLARATION_FLOW.state(state).permission,
            started_by="demo", entered_at=START,
        )
        for row in rows
    )  # fmt: skip
    desk.made += rows
    return rows


def key_of(row: Declaration) -> str:
    return str(row)


def imported(client: str, *, code: str = "0", error: str = "", seq: str = SEQ) -> bytes:
    """A ``DecImportResponse``."""
    return _xml(
        NAMESPACE, "DecImportResponse", ResponseCode=code, ErrorMessage=error, ClientSeqNo=client, SeqNo=seq
    )


def told(client: str, state: str, position: int | None = None, *, entry: str = ENTRY, **fields: str) -> bytes:
    """A ``DecStateResponse``; the entry number is left out of a rejection."""
    number = {"EntryId": entry} if entry and state != "rejected" else {}
    place = {"NoticeNo": str(position)} if position else {}
    return _xml(OURS, "DecStateResponse", ClientSeqNo=client, **number, State=state, **place, **fields)


def _xml(space: str, name: str, **fields: str) -> bytes:
    root = etree.Element(f"{{{space}}}{name}", nsmap={None: space})
    for label, text in fields.items():
        etree.SubElement(root, f"{{{space}}}{label}").text = text
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def receive(content: bytes, name: str = "r.xml", now: datetime = START) -> replying.Receipt:
    """Take one reply in, as a reader does."""
    return replying.receive(content, name=name, now=now)


def state_of(row: Declaration) -> str:
    row.refresh_from_db()
    return row.state


def log_of(row: Declaration) -> list[str]:
    """The steps of its case, in order."""
    case = Case.objects.get(subject_kind=DECLARATION_KIND, subject_key=str(row))
    assert case.state == row.state
    return list(case.steps.order_by("number").values_list("transition", flat=True))


def messages(row: Declaration, way: str) -> list[tuple[str, str]]:
    """Kind and state of what went one way, in order."""
    rows = Message.objects.filter(declaration=row, direction=way).order_by("pk")
    return [(each.kind, each.state) for each in rows]


def later(minutes: int) -> datetime:
    """So many minutes after the start."""
    return START + timedelta(minutes=minutes)
