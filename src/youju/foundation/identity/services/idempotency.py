"""One request, one effect: a program that is not sure whether it was heard sends the same request under the same key again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.utils import timezone

from youju.foundation.database.statements import Part, as_array, ask, later, send
from youju.foundation.identity import limits
from youju.foundation.identity.models import ApiRequest
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.json_text import json_text, parsed

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

Answer = tuple[int, Any]

_ENCODER = DjangoJSONEncoder()

_LOOK = "identity_answer(%s::bigint, %s)"
_CLAIM = "identity_claim(%s::bigint, %s)"
_KEEP = "identity_keep(%s::bigint, %s, %s, %s::smallint, %s::jsonb)"
_LOOK_MANY = "identity_answers(%s::bigint, %s::text[])"
_KEEP_MANY = "identity_keep_many(%s::bigint, %s::json)"


class _AnsweredBeforeError(Exception):
    """What was found under the key: digest, status, answer."""

    def __init__(self, digest: str, status: int, answer: Any) -> None:
        super().__init__(status)
        self.digest, self.status, self.answer = digest, status, answer

    def given(self, digest: str) -> tuple[int, Any, bool]:
        """The answer, to the very same request."""
        if self.digest != digest:
            raise InputError(
                "这个幂等键已用于另一个请求", where="Idempotency-Key 标头", how="请换一个新的键"
            ) from None
        return self.status, self.answer, True


def digest_of(key: str, address: str, body: bytes) -> str:
    """By what a request under a key is known again; arguments as of :func:`answered_once`.

    Raises:
        InputError: the key is missing or too long (422).
    """
    longest = ApiRequest._meta.get_field("key").max_length or 0
    if not key or len(key) > longest or "\0" in key:
        raise InputError(
            "请求缺少幂等键", where="Idempotency-Key 标头", how=f"每次办理带一个新的键，1 到 {longest} 个字符"
        )
    return hashlib.sha256(address.encode() + b"\0" + body).hexdigest()


class Earlier:
    """What was answered under keys of one user; known with the next statement of the transaction."""

    def __init__(self, actor: User, keys: Iterable[str]) -> None:
        self._found: dict[str, Any] = {}
        later(Part(_LOOK_MANY, [str(actor.pk), as_array(keys)], self._take, reads=True))

    def _take(self, told: str | None) -> None:
        self._found = parsed(told) if told else {}

    def answer(self, key: str, digest: str) -> tuple[int, Any, bool] | None:
        """The earlier answer to the very same request (status, answer, true), or ``None``.

        Raises:
            InputError: the key was used for another request (422).
        """
        found = self._found.get(key)
        return _AnsweredBeforeError(*found).given(digest) if found is not None else None


def keep_many(actor: User, answers: Sequence[tuple[str, str, int, Any]]) -> None:
    """Keep answers (key, digest, status, answer) with what the transaction sends next, at the latest its commit.

    One of two at once under one key fails there as a whole (``IntegrityError``) and is told the other's when it asks again.
    """
    rows = [dict(zip(("key", "digest", "status", "answer"), each, strict=True)) for each in answers]
    later(Part(_KEEP_MANY, [str(actor.pk), json_text(rows, default=_ENCODER.default)]))


class _Look:
    """Takes what was found under the key; ends the work where there is an answer."""

    made = False

    def __call__(self, found: str | None) -> None:
        self.made = True
        if found is not None:
            raise _AnsweredBeforeError(*parsed(found))


def answered_once(
    *,
    actor: User,
    key: str,
    address: str,
    body: bytes,
    work: Callable[[], Answer],
    along: bool = False,
) -> tuple[int, Any, bool]:
    """Do the work of a request, or give the answer that the same request got before.

    Work and answer are one transaction: a request that was refused, or died, may be sent again under its key.

    Args:
        actor: whose key it is.
        key: the ``Idempotency-Key`` header, 1 to 100 characters.
        address: method and path.
        body: the body as it came.
        work: does it and returns status and answer as plain data; may raise.
        along: for work that does nothing outside the database. Nothing is locked: the look for an earlier answer goes along with
            the work's first statement and ends it, and of two at once under one key the slower one fails where it
            keeps its answer, as a whole, and gets the other's.

    Returns:
        Status, answer, and whether it is one from before.

    Raises:
        InputError: the key is missing or too long, or it was used for another request (422).
    """
    digest = digest_of(key, address, body)
    user = str(actor.pk)
    try:
        with transaction.atomic():
            look = _Look()
            later(Part(_LOOK if along else _CLAIM, [user, key], look, reads=along))
            if not along:
                send()
            try:
                status, answer = work()
            except Exception:
                # Of work that was refused before it asked the database anything: who was answered once gets that answer.
                if not look.made:
                    send()
                raise
            text = json_text(answer, default=_ENCODER.default)
            later(Part(_KEEP, [user, key, digest, str(status), text]))
    except _AnsweredBeforeError as earlier:
        return earlier.given(digest)
    except IntegrityError as error:
        # Its twin was faster, and has committed: keeping the answer waited for it. Nothing of ours was written.
        if "api_request_once" not in str(error):
            raise
        return _AnsweredBeforeError(*parsed(ask(Part(_LOOK, [user, key])))).given(digest)
    return status, parsed(text), False


def forget_requests() -> int:
    """Remove answers that are older than a program may still ask for; how many."""
    oldest = timezone.now() - timedelta(days=limits.request_days())
    return ApiRequest.objects.filter(at__lt=oldest).delete()[0]
