"""Sample arguments for the addresses of the portal."""

from __future__ import annotations

from web.samples import Arguments, sample


@sample("portal:rule")
def rule() -> Arguments:
    return {"rule_id": "TGT-001"}


@sample("portal:policy")
def policy() -> Arguments:
    return {"policy_id": "foundation.identity.idle_minutes"}


@sample("portal:source")
def source() -> Arguments:
    return {"source_id": "house-identity"}


@sample("portal:manual-chapter")
def manual_chapter() -> Arguments:
    return {"slug": "merchant"}


@sample("portal:manual-picture")
def manual_picture() -> Arguments:
    return {"name": "merchant-home.png"}
