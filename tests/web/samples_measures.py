"""Sample arguments for the addresses of the room of measures."""

from __future__ import annotations

from web.samples import Arguments, sample

NONE = 999_999_999


@sample("measures:row", "measures:trend", "measures:bind")
def no_such_row() -> Arguments:
    return {"year": 2099, "project": "NONE", "number": 1}


@sample("measures:project")
def no_such_project() -> Arguments:
    return {"year": 2099, "project": "NONE"}


@sample("measures:sign")
def nothing_to_sign() -> Arguments:
    return {"year": 2099, "project": "NONE", "number": 1, "kind": "attestation"}


@sample("measures:refuse", "measures:freeze")
def no_such_record() -> Arguments:
    return {"number": NONE}


@sample("measures:statements", "api:sign_measure_statement")
def statements() -> Arguments:
    return {"kind": "attestation"}


@sample("measures:step")
def no_such_step() -> Arguments:
    return {"kind": "attestation", "number": NONE, "step": "withdraw"}


@sample("measures:file")
def no_such_file() -> Arguments:
    return {"kind": "attestation", "number": NONE, "file": 1}


@sample("api:countersign_measure_statement")
def nothing_to_countersign() -> Arguments:
    return {"kind": "attestation", "number": NONE}
