"""Sample arguments for the addresses of the packing room."""

from __future__ import annotations

import uuid

from web.samples import Arguments, sample


@sample(
    "packing:consolidation",
    "packing:consolidation-add",
    "packing:consolidation-remove",
    "packing:consolidation-step",
    "packing:packing",
    "packing:packing-edit",
    "packing:packing-papers",
    "packing:packing-step",
    "packing:container-add",
    "packing:pack",
    "packing:pack-all",
    "packing:unpack",
    "api:consolidation_add",
    "api:consolidation_detail",
    "api:consolidation_remove",
    "api:consolidation_take_step",
    "api:container_add",
    "api:packing_detail",
    "api:packing_pack",
    "api:packing_pack_all",
    "api:packing_revise",
    "api:packing_take_step",
    "api:packing_unpack",
)
def no_such_record() -> Arguments:
    """None that is there: every role that may ask gets the same sentence."""
    return {"number": "X000000000000"}


@sample("packing:container-remove", "api:container_remove")
def no_such_container() -> Arguments:
    return {"number": "X000000000000", "container": 7}


@sample("packing:packing-make")
def no_such_paper() -> Arguments:
    return {"number": "X000000000000", "kind": "pdf"}


@sample("packing:packing-file")
def no_such_file() -> Arguments:
    return {"document_id": uuid.UUID(int=7)}
