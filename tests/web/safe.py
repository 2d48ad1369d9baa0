"""What every answer of the product carries that keeps a browser safe. The walk over all pages asks it of each of them."""

from __future__ import annotations

import re
from typing import Any

INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)|javascript:")


def policy_of(answer: Any) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in answer["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in parts}


WITHOUT_REFERRER = ("tracing:public", "survey_sheet:sheet", "survey_sheet:thanks", "open:home", "open:file")
"""Pages for anybody, whose address may be a secret or say what somebody reads."""


def check(answer: Any, referrer: str = "same-origin") -> None:
    assert policy_of(answer) == {
        "default-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "object-src": "'none'",
    }
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == referrer
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert {"camera=()", "geolocation=()", "microphone=()"} <= set(answer["Permissions-Policy"].split(", "))
    assert len(answer["X-Request-ID"]) >= 8


def check_page(name: str, answer: Any) -> None:
    """The headers, and no inline script or style. Whoever scans a code on a carton takes its secret address nowhere."""
    secret = name in WITHOUT_REFERRER or name.startswith(("claims:public", "open_credit:"))
    check(answer, "no-referrer" if secret else "same-origin")
    if answer["Content-Type"].startswith("text/html") and not answer.streaming:
        assert INLINE.findall(answer.content.decode()) == []
