"""People of the trade for tests, and acting as one of them with the reach that the pages would give."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from youju.foundation.identity.models import Organisation, User
from youju.foundation.identity.roles import Role
from youju.foundation.identity.web.naming import who
from youju.foundation.kernel.context import acting

_KINDS = {Role.MER: "merchant", Role.BUY: "buyer", Role.AUD: "audit", Role.FIN: "centre"}


def organisation(code: str, kind: str = "enterprise") -> Organisation:
    """The organisation with the code, made where it is not there."""
    return Organisation.objects.get_or_create(code=code, defaults={"name": f"单位{code}", "kind": kind})[0]


def person(role: Role, code: str = "", *, username: str = "", sections: tuple[str, ...] = ()) -> User:
    """Somebody with one role, of the organisation with the code (the centre for its own roles). The password is unusable.

    Staff belong to all sections unless told otherwise.
    """
    inside = role in {Role.HED, Role.PFO, Role.FIN, Role.STF, Role.ADM}
    body = organisation(
        code or ("ZX" if inside else f"O-{role.value}"),
        "centre" if inside else _KINDS.get(role, "enterprise"),
    )
    if role is Role.STF and not sections:
        sections = ("SC", "WM", "ZH", "CW")
    user = User(
        username=username or f"{role.value.lower()}-{body.code.lower()}",
        display_name=f"{role.label}{body.code}",
        organisation=body,
        roles=[role.value],
        sections=list(sections),
        must_change_password=False,
    )
    user.set_unusable_password()
    user.save()
    return user


@contextmanager
def as_(user: User) -> Iterator[User]:
    """Within the block the user acts: as after a login, row-level security included."""
    with acting(**who(user)):
        yield user
