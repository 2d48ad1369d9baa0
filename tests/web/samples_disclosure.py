"""Sample arguments for the addresses of the room of disclosure and of the public site."""

from __future__ import annotations

from web.samples import Arguments, sample

NONE = 999_999_999


@sample("disclosure:release", "disclosure:refresh", "disclosure:step", "api:disclosure_release")
def no_such_release() -> Arguments:
    return {"number": NONE}


@sample("disclosure:preview")
def no_such_page() -> Arguments:
    return {"number": NONE, "file": "index.html"}


@sample("open:file")
def sitemap() -> Arguments:
    return {"file": "sitemap.html"}
