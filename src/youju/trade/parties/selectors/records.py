"""A party as a program gets it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from youju.foundation.policies import law_on
from youju.rules.law import names, table
from youju.rules.trade.parties.fields import BY_CODE, SECRETS
from youju.rules.trade.parties.lifecycle import DRAFT, RETURNED
from youju.rules.trade.parties.masking import masked
from youju.rules.trade.parties.roles import PartyRole
from youju.trade.parties.facts import form_of
from youju.trade.parties.models import Party
from youju.trade.parties.selectors.filing import editor
from youju.trade.parties.selectors.parties import party_page, section_words, state_label
from youju.trade.parties.selectors.reach import is_writer

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_LINE = (
    "id",
    "number",
    "name",
    "name_en",
    "roles",
    "sections",
    "state",
    "credit_code",
    "country",
    "valid_from",
    "valid_to",
    "submitted_at",
)
FIELD_CODES: tuple[str, ...] = tuple(BY_CODE)
_PAPER = ("id", "kind", "number", "valid_from", "valid_to", "filename")


def line(party: Party) -> dict[str, Any]:
    """A party in a list."""
    return {name: getattr(party, name) for name in _LINE} | {"state_label": state_label(party)}


def party_record(user: User, party_id: int) -> dict[str, Any]:
    """A party; while the user writes it, as it is typed and judged. Identifiers are masked either way.

    Raises:
        InputError: there is none that the user may see (404).
    """
    page = party_page(user, party_id)
    found = page.party
    numbers = [{"kind": each.kind, "masked": each.masked} for each in page.identifiers]
    plain = {code: text for code, text in form_of(found).items() if code not in SECRETS}
    findings: list[dict[str, str]] = []
    roles = list(found.roles)
    if is_writer(user, found) and found.state in (DRAFT, RETURNED):
        editing = editor(user, party_id)
        plain, roles = dict(editing.values), list(editing.typed.roles)
        typed = editing.typed.form
        numbers = [{"kind": code, "masked": masked(code, typed[code])} for code in SECRETS if code in typed]
        findings = [
            {
                "rule": each.rule,
                "severity": each.severity.value,
                "field": str(each.at.get("field", "")),
                "message": each.message,
                "suggestion": each.suggestion,
            }
            for each in editing.findings
        ]
    return line(found) | {
        "roles": roles,
        "fields": plain,
        "identifiers": numbers,
        "papers": [{name: getattr(each.paper, name) for name in _PAPER} for each in page.papers],
        "returned": page.returned,
        "findings": findings,
    }


def role_sections() -> list[dict[str, Any]]:
    """Which sections take in which role, by today's policy."""
    rows = table(law_on(timezone.localdate()), "trade.parties.section_of_role")
    return [
        {
            "role": role.value,
            "label": role.label,
            "sections": list(names(rows, role.value)),
            "section_names": section_words(names(rows, role.value)),
        }
        for role in PartyRole
    ]
