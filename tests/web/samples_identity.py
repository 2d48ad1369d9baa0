"""Sample arguments for the addresses of the identity room."""

from __future__ import annotations

from web.samples import Arguments, sample
from youju.foundation.identity.models import ApiKey, Organisation, User


@sample(
    "identity:user-edit",
    "identity:user-unlock",
    "identity:user-reset-password",
    "identity:user-sessions-end",
    "identity:user-factor-reset",
)
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


@sample("identity:api-key")
def api_key() -> Arguments:
    body = Organisation.objects.create(code="SAMPLE-3", name="样例三", kind="public")
    owner = User.objects.create(username="sample-key", display_name="样例", organisation=body, roles=["STF"])
    key = ApiKey.objects.create(
        prefix="0a1b2c3d",
        digest="0" * 64,
        name="样例",
        organisation=body,
        owner=owner,
        scopes=["targets.view"],
        expires_on="2099-01-01",
    )
    return {"key_id": key.pk}
