"""Sample arguments for the addresses of the tracing room."""

from __future__ import annotations

import uuid

from web.samples import Arguments, sample


@sample("tracing:chain", "tracing:epcis", "tracing:labels", "tracing:labels-make")
def no_such_record() -> Arguments:
    """None that is there: every role that may ask gets the same sentence."""
    return {"kind": "order", "number": "T000000000000"}


@sample("tracing:revoke", "tracing:public")
def no_such_code() -> Arguments:
    return {"token": "0" * 26}


@sample("tracing:label-file")
def no_such_file() -> Arguments:
    return {"document_id": uuid.UUID(int=7)}


@sample("api:trace", "api:trace_epcis")
def no_such_number() -> Arguments:
    return {"number": "T000000000000"}
