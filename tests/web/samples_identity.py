"""Sample arguments for the addresses of the identity room."""

from __future__ import annotations

from web.samples import Arguments, sample
from youju.foundation.identity.models import Organisation, User


@sample("identity:user-edit", "identity:user-unlock", "identity:user-reset-password")
def user() -> Arguments:
    body = Organisation.objects.create(code="SAMPLE", name="样例单位", kind="public")
    someone = User.objects.create(username="sample", display_name="样例", organisation=body, roles=["STF"])
    return {"user_id": someone.pk}


@sample("identity:organisation-edit")
def organisation() -> Arguments:
    return {"organisation_id": Organisation.objects.create(code="SAMPLE-2", name="样例二", kind="public").pk}


@sample("identity:demo-login")
def role() -> Arguments:
    return {"role": "pfo"}
