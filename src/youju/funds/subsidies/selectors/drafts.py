"""A draft as its form shows it: the application and what still keeps it from being signed off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from youju.foundation.kernel.errors import InputError
from youju.funds.subsidies.selectors.claims import ClaimPage, claim_page, cost_kinds
from youju.rules.findings import Finding, Severity

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A draft, the kinds of cost that its policy covers, and what was found missing when it was last computed."""

    page: ClaimPage
    cost_kinds: list[tuple[str, str]]
    findings: tuple[Finding, ...]


def draft_page(actor: User, number: str) -> DraftPage:
    """A draft of the actor's organisation.

    Raises:
        InputError: there is none (404), or it is no draft any more (409).
    """
    page = claim_page(actor, number)
    if not page.own:
        raise InputError("没有这份申请", where=number[:20], how="请回到列表重新选择", status=404)
    if not page.may_edit:
        raise InputError(
            f"申请 {number} {page.state_label}，不能修改", how="要修改，先在申请页面点“继续修改”", status=409
        )
    missing = page.computation.missing if page.computation else []
    findings = tuple(
        Finding(
            message=str(each["message"]),
            suggestion=str(each["suggestion"]),
            rule=str(each["rule"]),
            severity=Severity(str(each["severity"])),
        )
        for each in missing
    )
    return DraftPage(page, cost_kinds(page.policy), findings)
