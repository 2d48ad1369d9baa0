"""Rules that stop a release, said all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from django.utils import timezone

from youju.foundation.kernel.refusals import RefusedError
from youju.foundation.policies import law_on
from youju.performance.disclosure.facts import release_facts
from youju.rules.findings import Finding
from youju.rules.performance.disclosure.judging import judge

if TYPE_CHECKING:
    from youju.foundation.identity.models import User
    from youju.performance.disclosure.models import Release


class ReleaseRefusedError(RefusedError):
    """The rules stop it: all that they found."""


def found(
    row: Release, moment: Literal["prepare", "publish"], *, actor: User, hands: tuple[str, ...] = ()
) -> list[Finding]:
    """What the rules of today say of a release."""
    day = timezone.localdate()
    return judge(release_facts(row, moment, day, actor=actor, hands=hands), law_on(day))


def checked(
    row: Release, moment: Literal["prepare", "publish"], *, actor: User, hands: tuple[str, ...] = ()
) -> list[Finding]:
    """What the rules say without stopping it.

    Raises:
        ReleaseRefusedError: something stops it.
    """
    return ReleaseRefusedError.unless_clear(found(row, moment, actor=actor, hands=hands))
