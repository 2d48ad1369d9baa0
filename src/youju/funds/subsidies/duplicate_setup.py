"""What the duplicate proof enters when the application is set up: kind, gate of the review, navigation, nightly job."""

from __future__ import annotations


def declare_duplicates() -> None:
    """Called once by ``apps.SubsidiesConfig.ready``."""
    from youju.foundation.audit.subjects import register_kind
    from youju.foundation.shell.navigation import NavItem, register
    from youju.funds.subsidies import (
        addresses_duplicates,
        claim_gates,
        duplicate_events,
        duplicate_jobs,
        permissions,
    )
    from youju.funds.subsidies.claim_setup import SECTION
    from youju.funds.subsidies.selectors.duplicates import open_hits
    from youju.funds.subsidies.services.duplicates import look_for

    register_kind(
        duplicate_events.HIT_KIND,
        "重复线索",
        url=addresses_duplicates.hit,
        fields=duplicate_events.HIT_FIELDS,
    )
    claim_gates.register_gate("duplicates", look=look_for, open_hits=open_hits)
    register(NavItem(SECTION, "重复线索", "duplicates:hits", permissions.VIEW_CLAIMS, "flag", 57))
    _ = duplicate_jobs.compare_all  # being imported it is known to the workers
