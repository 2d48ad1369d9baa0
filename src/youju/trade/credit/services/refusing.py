"""Rules that stop a deed, said all at once; a policy that cannot be applied, said in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.refusals import RefusedError
from youju.foundation.policies import law_on
from youju.rules.findings import Finding
from youju.rules.trade.credit.judging import Facts, judge
from youju.rules.trade.credit.policy import CreditPolicy, PolicyFaultError, policy_of

Found = TypeVar("Found")


class CreditRefusedError(RefusedError):
    """The rules stop it: all that they found, for the form to show beside its fields."""


def checked(facts: Facts) -> list[Finding]:
    """What the rules say without stopping it.

    Raises:
        CreditRefusedError: something stops it.
    """
    return CreditRefusedError.unless_clear(judge(facts, law_on(facts.day)))


def policy_on(day: date) -> CreditPolicy:
    """The credit policy in force on a day.

    Raises:
        InputError: there is none, or it cannot be applied.
    """
    try:
        law = law_on(day)
        return readable(lambda: policy_of(law), "policies/trade/credit")
    except KeyError as error:
        raise InputError(f"{day} 没有生效的信用评价办法", how="请核对 policies/trade/credit/") from error


def readable(read: Callable[[], Found], where: str) -> Found:
    """What ``read`` returns; a policy that cannot be applied in one sentence.

    Raises:
        InputError: where and what is wrong.
    """
    try:
        return read()
    except PolicyFaultError as error:
        raise InputError(error.what, where=f"{where} {error.where}", how="请改正后再试") from error
