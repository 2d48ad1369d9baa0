"""From words to a question: the metric by its code, the period, the parameters; each refused with one sentence."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings

from youju.analytics.metrics import Metric, metrics
from youju.analytics.periods import HOW, Period, PeriodError
from youju.analytics.scopes import Scope
from youju.foundation.kernel.errors import InputError


def metric_named(code: str) -> Metric:
    """A metric by its code.

    Raises:
        InputError: the catalogue has none (404).
    """
    found = metrics().get(code.strip())
    if found is None:
        near = [
            known for known in metrics() if code.strip() and code.strip().split(".")[0] == known.split(".")[0]
        ]
        how = f"这一类有：{'、'.join(near[:6])}" if near else "请看指标目录（youju metrics list）"
        raise InputError(f"没有编码为“{code}”的指标", where="指标编码", how=how, status=404)
    return found


def period_named(text: str) -> Period:
    """A period from its text.

    Raises:
        InputError: it cannot be read (422).
    """
    if not text.strip():
        raise InputError("没有写期间", where="期间", how=HOW, status=422)
    try:
        return Period.parse(text)
    except PeriodError as error:
        raise InputError(str(error).split("：")[0], where="期间", how=HOW, status=422) from error


def scope_of(metric: Metric, period: Period, parameters: Mapping[str, str] | None = None) -> Scope:
    """The question, of this installation's pilot.

    Raises:
        InputError: a parameter that the metric does not have (422).
    """
    given = {name: value for name, value in (parameters or {}).items() if value}
    if unknown := sorted(set(given) - set(metric.parameters)):
        known = "、".join(metric.parameters) or "没有参数"
        raise InputError(
            f"指标 {metric.code} 没有参数“{unknown[0]}”", where="参数", how=f"它的参数：{known}", status=422
        )
    return Scope(period, settings.PILOT, given)
