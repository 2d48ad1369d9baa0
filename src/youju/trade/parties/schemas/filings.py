"""What the parties API takes and gives."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Field, Schema


class FilingIn(Schema):
    """A filing as typed. ``fields``: names as in the form; a field that is left out stays, a blank one is emptied."""

    roles: list[str] | None = Field(
        None, description="主体类型：merchant、agent、buyer、consolidator、broker、warehouse、manufacturer"
    )
    fields: dict[str, str] = Field(
        default_factory=dict, description="字段名 → 文本；见 docs/how-to/parties.md"
    )


class SubmitIn(Schema):
    """Handing in."""

    explanation: str = Field("", description="有警告时的说明")


class PaperIn(Schema):
    """What is said of a paper."""

    kind: str
    number: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


class FilingFindingOut(Schema):
    """What a rule says."""

    rule: str
    severity: str
    field: str
    message: str
    suggestion: str


class NumberOut(Schema):
    """A personal identifier, masked."""

    kind: str
    masked: str


class PaperOut(Schema):
    """A paper."""

    id: int
    kind: str
    number: str
    valid_from: date | None
    valid_to: date | None
    filename: str


class PartyLineOut(Schema):
    """A party in a list."""

    id: int
    number: str
    name: str
    name_en: str
    roles: list[str]
    sections: list[str]
    state: str
    state_label: str
    credit_code: str
    country: str
    valid_from: date | None
    valid_to: date | None
    submitted_at: datetime | None


class PartyListOut(Schema):
    """A page of parties."""

    total: int
    items: list[PartyLineOut]


class PartyOut(PartyLineOut):
    """A party with what is filed of it. While it is written: what is typed, and what the rules say of that."""

    fields: dict[str, str]
    identifiers: list[NumberOut]
    papers: list[PaperOut]
    returned: str = Field(description="退回的理由")
    findings: list[FilingFindingOut]


class RoleSectionOut(Schema):
    """Which sections take in a role."""

    role: str
    label: str
    sections: list[str]
    section_names: str
