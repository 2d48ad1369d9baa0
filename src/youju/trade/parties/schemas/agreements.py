"""What the API of the parties room takes and gives."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from ninja import Field, Schema


class TermsIO(Schema):
    """What the two agreed; the fee is a string of decimal digits: per cent of the FOB value, or CNY for each declaration."""

    goods: str = Field("", max_length=500, description="出口货物范围")
    fee_kind: Literal["rate", "each", "none"] = "rate"
    fee: str = Field("", max_length=12)
    collection: Literal["principal", "agent"] = Field("principal", description="由谁收汇")
    settle_days: int | None = Field(None, description="代收后几日内付款")
    exemption: Literal["", "principal", "agent"] = Field("", description="免税申报由谁办理")
    reports_consignor: bool = Field(False, description="受托方报送实际委托出口方")
    other: str = Field("", max_length=1000)


class AgreementIn(Schema):
    """An agreement to be drafted; one of the two parties is the caller's own."""

    principal: int = Field(ge=1, le=2**62, description="委托方的主体编号")
    agent: int = Field(ge=1, le=2**62, description="受托方的主体编号")
    valid_from: date
    valid_to: date = Field(description="这一天仍然有效")
    terms: TermsIO


class SignIn(Schema):
    """A signature: the sha256 of the text that was read."""

    text_hash: str = Field(
        min_length=64, max_length=64, description="所读文本的校验值，与现文本不同时拒绝（409）"
    )


class AgreementStepIn(Schema):
    """A step: a reason where it asks for one; ``expected`` refuses an agreement that has moved on."""

    reason: str = Field("", max_length=2000)
    expected: str = Field("", max_length=12, description="调用者看到的状态；已有变化时拒绝（409）")


class AgreementLine(Schema):
    """A line of the list."""

    id: int
    number: str
    principal: int
    principal_name: str
    agent: int
    agent_name: str
    state: Literal["draft", "signing", "in_force", "ended", "refused", "cancelled"]
    valid_from: date
    valid_to: date
    ended_on: date | None = Field(description="自这一天起不再有效")


class AgreementsOut(Schema):
    """A page of the list, newest first; ``total`` counts all that fit."""

    total: int
    items: list[AgreementLine]


class SignatureOut(Schema):
    """A signature; ``voided_at`` says when a changed text made it void."""

    side: Literal["principal", "agent"]
    party_name: str
    username: str
    display_name: str
    signed_at: datetime
    text_hash: str
    voided_at: datetime | None


class AgreementOut(AgreementLine):
    """One agreement with its text, signatures, and what the caller may do with it now."""

    revision: int
    terms: TermsIO
    text: str
    text_hash: str
    signatures: list[SignatureOut]
    next: list[str] = Field(description="现在可以办理的步骤")
