"""Password rules beside Django's own, and initial passwords that a person can read aloud."""

from __future__ import annotations

import secrets

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from youju.foundation.identity import limits
from youju.foundation.identity.models import PastPassword, User

# Without the letters and digits that are taken for one another on paper: 0 O o 1 l I.
_LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class LongEnough:
    """At least as many characters as the house asks for."""

    def validate(self, password: str, user: User | None = None) -> None:  # noqa: ARG002 - Django passes it
        """Raise ``ValidationError`` for a short password."""
        least = limits.password_length()
        if len(password) < least:
            raise ValidationError(
                f"密码太短：至少要 {least} 个字符，您输入了 {len(password)} 个。", code="password_too_short"
            )

    def get_help_text(self) -> str:
        """What the page says beside the field."""
        return f"密码至少 {limits.password_length()} 个字符，可以是一句容易记住的话。"


class NotRecent:
    """None of the user's last passwords."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ``ValidationError`` for a password that the user had lately."""
        if user is None or user.pk is None:
            return
        count = limits.password_history()
        past = PastPassword.objects.filter(user=user).values_list("password", flat=True)[: count - 1]
        if any(check_password(password, encoded) for encoded in [user.password, *past]):
            raise ValidationError(
                f"新密码不能与最近 {count} 次用过的密码相同，请换一个。", code="password_recent"
            )

    def get_help_text(self) -> str:
        """What the page says beside the field."""
        return f"不能与最近 {limits.password_history()} 次用过的密码相同。"


def initial_password() -> str:
    """A random password in four groups of four: 93 random bits, shown once and changed at the first login."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    return "-".join(groups)
