"""The populations of today: payments made, awards decided, assets acquired, contracts signed, tasks due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from youju.foundation.identity.permissions import allowed
from youju.funds.assets.permissions import VIEW as VIEW_ASSETS
from youju.funds.assets.selectors import cards
from youju.funds.internal_audits.selectors.populations import Population, Record
from youju.funds.payments.permissions import VIEW as VIEW_PAYMENTS
from youju.funds.payments.selectors import payments
from youju.funds.subsidies.permissions import VIEW_CLAIMS
from youju.funds.subsidies.selectors.awards import awards
from youju.office.contracts.permissions import VIEW as VIEW_CONTRACTS
from youju.office.contracts.selectors import contracts
from youju.office.tasks.permissions import VIEW as VIEW_TASKS
from youju.office.tasks.selectors import tasks
from youju.rules.funds.assets.lifecycle import ASSET_KIND
from youju.rules.funds.claims.lifecycle import CLAIM_KIND
from youju.rules.funds.payments.lifecycle import KIND as PAYMENT_KIND
from youju.rules.funds.payments.lifecycle import PAID
from youju.rules.office.contracts.lifecycle import CONTRACT_KIND, VOID
from youju.rules.office.tasks.lifecycle import CANCELLED, TASK_KIND

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from youju.foundation.identity.models import User

_LABEL = 200
_PAYMENT = ("number", "payee_name", "purpose", "amount")
_AWARD = ("application__number", "application__party_name", "application__policy_code", "amount")
_ASSET = ("pk", "number", "name", "keeper_name", "cost")
_CONTRACT = ("pk", "number", "title", "party", "amount")
_TASK = ("pk", "number", "title")


def _records(rows: QuerySet[Any], fields: tuple[str, ...]) -> Iterator[Record]:
    """Key first, amount last; the words between make the label."""
    for key, *words, amount in rows.values_list(*fields).iterator(chunk_size=5_000):
        # Where the key is an id, the number stands behind it.
        shown = words if fields[0] == "pk" else [key, *words]
        yield Record(str(key), " ".join(map(str, shown))[:_LABEL], Decimal(amount), str(shown[0]))


def _first(rows: Iterable[Record]) -> Record | None:
    return next(iter(rows), None)


def _pk(key: str) -> int:
    return int(key) if key.isascii() and key.isdecimal() and len(key) <= 18 else 0


def _plain(word: str) -> str:
    return word.replace("\0", "").strip()


def _payments(actor: User, since: date, until: date, project: str) -> Iterable[Record]:
    rows = payments(actor=actor, state=PAID).filter(paid_on__gte=since, paid_on__lte=until)
    return _records(rows.filter(project__code=project) if project else rows, _PAYMENT)


def _payment(actor: User, number: str) -> Record | None:
    if not allowed(actor, VIEW_PAYMENTS):
        return None
    return _first(_records(payments(actor=actor).filter(number=_plain(number)), _PAYMENT))


def _awards(actor: User, since: date, until: date, project: str) -> Iterable[Record]:
    rows = awards(actor).filter(decided_on__gte=since, decided_on__lte=until)
    return _records(rows.filter(application__project=project) if project else rows, _AWARD)


def _award(actor: User, number: str) -> Record | None:
    if not allowed(actor, VIEW_CLAIMS):
        return None
    return _first(_records(awards(actor).filter(application__number=_plain(number)), _AWARD))


def _assets(actor: User, since: date, until: date, project: str) -> Iterable[Record]:
    rows = cards(actor).filter(acquired_on__gte=since, acquired_on__lte=until)
    return _records(rows.filter(project=project) if project else rows, _ASSET)


def _asset(actor: User, key: str) -> Record | None:
    if not allowed(actor, VIEW_ASSETS):
        return None
    return _first(_records(cards(actor).filter(pk=_pk(key)), _ASSET))


def _asset_named(actor: User, number: str) -> Record | None:
    if not allowed(actor, VIEW_ASSETS):
        return None
    return _first(_records(cards(actor).filter(number=_plain(number).upper()), _ASSET))


def _contracts(actor: User, since: date, until: date, project: str) -> Iterable[Record]:
    rows = contracts(actor).exclude(state=VOID).filter(signed_on__gte=since, signed_on__lte=until)
    return _records(rows.filter(project=project) if project else rows, _CONTRACT)


def _contract(actor: User, key: str) -> Record | None:
    if not allowed(actor, VIEW_CONTRACTS):
        return None
    return _first(_records(contracts(actor).filter(pk=_pk(key)), _CONTRACT))


def _contract_named(actor: User, number: str) -> Record | None:
    if not allowed(actor, VIEW_CONTRACTS):
        return None
    return _first(_records(contracts(actor).filter(number=_plain(number)), _CONTRACT))


def _tasks(actor: User, since: date, until: date, project: str) -> Iterable[Record]:
    rows = tasks(actor).exclude(state=CANCELLED).filter(due_on__gte=since, due_on__lte=until)
    return _plain_tasks(rows.filter(project=project) if project else rows)


def _task(actor: User, key: str) -> Record | None:
    return _first(_plain_tasks(tasks(actor).filter(pk=_pk(key)))) if allowed(actor, VIEW_TASKS) else None


def _task_named(actor: User, number: str) -> Record | None:
    if not allowed(actor, VIEW_TASKS):
        return None
    return _first(_plain_tasks(tasks(actor).filter(number=_plain(number))))


def _plain_tasks(rows: QuerySet[Any]) -> Iterator[Record]:
    # A task has no amount: all of them make one stratum.
    for key, number, title in rows.values_list(*_TASK).iterator(chunk_size=5_000):
        yield Record(str(key), f"{number} {title}"[:_LABEL], None, number)


PAYMENTS = Population("payments", "已付款", PAYMENT_KIND, "银行付出的日期", _payments, _payment, _payment)
AWARDS = Population("awards", "补贴", CLAIM_KIND, "决定补贴的日期", _awards, _award, _award)
ASSETS = Population("assets", "固定资产", ASSET_KIND, "取得日期", _assets, _asset, _asset_named)
CONTRACTS = Population("contracts", "合同", CONTRACT_KIND, "签订日期", _contracts, _contract, _contract_named)
TASKS = Population("tasks", "任务", TASK_KIND, "任务期限", _tasks, _task, _task_named)
