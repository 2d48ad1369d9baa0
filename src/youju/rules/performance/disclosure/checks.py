"""The rules DIS-…: what may be disclosed, by whom, until when."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import cast

from youju.rules.findings import Finding, Severity
from youju.rules.law import PolicyValue, Table, names, table, whole
from youju.rules.performance.disclosure import identifiers
from youju.rules.performance.disclosure.facts import ReleaseFacts
from youju.rules.performance.disclosure.lifecycle import KINDS
from youju.rules.registry import rule

PERSONAL, CONTENT, TIME, HANDS = (
    "house-disclosure#personal", "house-disclosure#content", "house-disclosure#time", "house-disclosure#hands",
)  # fmt: skip
DAY = date(2020, 1, 1)
SCOPE = "release"
LawOf = Mapping[str, PolicyValue]


def _personal(release: ReleaseFacts, what: str, find: Callable[[str], Iterator[str]]) -> Iterator[Finding]:
    if release.moment == "watch":
        return
    for place, text in release.texts:
        for found in find(text):
            yield Finding(
                f"{place}里有{what}（{identifiers.hidden(found)}）。",
                "公开内容不能带个人信息，请在来源处删去或改写。",
                {"field": place},
            )


@rule("DIS-001", title="公开内容有证件号码", basis=PERSONAL, since=DAY, severity=Severity.ERROR, scope=SCOPE)
def no_card_number_is_disclosed(release: ReleaseFacts, law: LawOf) -> Iterator[Finding]:  # noqa: ARG001
    """公开内容里没有身份证、护照等证件号码。"""
    yield from _personal(release, "证件号码", identifiers.card_numbers)


@rule("DIS-002", title="公开内容有电话号码", basis=PERSONAL, since=DAY, severity=Severity.ERROR, scope=SCOPE,
      parameters=("performance.disclosure.public_phones",))  # fmt: skip
def no_phone_is_disclosed(release: ReleaseFacts, law: LawOf) -> Iterator[Finding]:
    """公开内容里没有电话号码，单位对外公布的除外。"""
    known = {_digits(each) for each in names(law, "performance.disclosure.public_phones")}
    yield from _personal(
        release,
        "电话号码",
        lambda text: (each for each in identifiers.phones(text) if _digits(each) not in known),
    )


@rule("DIS-003", title="公开内容有银行账号", basis=PERSONAL, since=DAY, severity=Severity.ERROR, scope=SCOPE)
def no_account_is_disclosed(release: ReleaseFacts, law: LawOf) -> Iterator[Finding]:  # noqa: ARG001
    """公开内容里没有银行账号。"""
    yield from _personal(release, "银行账号", identifiers.accounts)


@rule("DIS-004", title="公开内容有个人姓名", basis=PERSONAL, since=DAY, severity=Severity.ERROR, scope=SCOPE)
def no_person_is_disclosed(release: ReleaseFacts, law: LawOf) -> Iterator[Finding]:  # noqa: ARG001
    """公开内容里没有工作人员和商户个人的姓名。"""
    yield from _personal(release, "个人姓名", lambda text: identifiers.named(text, release.people))


@rule(
    "DIS-005", title="公开内容有地址或邮箱", basis=PERSONAL, since=DAY, severity=Severity.ERROR, scope=SCOPE
)
def no_address_is_disclosed(release: ReleaseFacts, law: LawOf) -> Iterator[Finding]:  # noqa: ARG001
    """公开内容里没有住址和电子邮箱。"""
    yield from _personal(release, "住址", identifiers.addresses)
    yield from _personal(release, "电子邮箱", identifiers.mails)


@rule("DIS-006", title="公开内容没有批准", basis=CONTENT, since=DAY, severity=Severity.ERROR, scope=SCOPE)
def only_what_is_approved_is_disclosed(release: ReleaseFacts, law: LawOf) -> Iterator[Finding]:  # noqa: ARG001
    """只公开已经批准的目标、进展和自评。"""
    if release.moment != "watch":
        for each in release.unapproved:
            yield Finding(f"{each}还没有批准。", "请先办完审批。", {"field": "approved"})


@rule("DIS-007", title="公开的数没有冻结", basis=CONTENT, since=DAY, severity=Severity.ERROR, scope=SCOPE)
def only_frozen_figures_are_disclosed(release: ReleaseFacts, law: LawOf) -> Iterator[Finding]:  # noqa: ARG001
    """公开的每个数都是冻结值或批准的文本，有公式和依据行的校验值。"""
    if release.moment != "watch":
        for each in release.unfrozen:
            yield Finding(f"{each}没有冻结。", "请冻结后重新生成公开内容。", {"field": "frozen"})


@rule("DIS-008", title="公开了不该公开的项", basis=CONTENT, since=DAY, severity=Severity.ERROR, scope=SCOPE,
      parameters=("performance.disclosure.public_fields",))  # fmt: skip
def only_public_fields_are_disclosed(release: ReleaseFacts, law: LawOf) -> Iterator[Finding]:
    """公开内容只含政策列明可以公开的项。"""
    known = table(law, "performance.disclosure.public_fields")
    for part, given in release.fields.items():
        allowed = set(cast("tuple[str, ...]", known.get(part, ())))
        extra = sorted(set(given) - allowed)
        if extra and release.moment != "watch":
            yield Finding(
                f"“{part}”里的 {'、'.join(extra)} 不在可以公开的项里。",
                "请在来源处去掉，或在政策里列明。",
                {"field": part},
            )


@rule("DIS-009", title="公开逾期", basis=TIME, since=DAY, severity=Severity.WARNING, scope=SCOPE,
      parameters=("performance.disclosure.publish_days",))  # fmt: skip
def what_is_approved_is_disclosed_in_time(release: ReleaseFacts, law: LawOf) -> Finding | None:
    """批准后在规定的期限内公开。"""
    if release.due_on is None or release.published or release.day <= release.due_on:
        return None
    days = whole(cast("Table", law["performance.disclosure.publish_days"]), release.kind)
    return Finding(
        f"{KINDS[release.kind]}应在批准后 {days} 天内公开，{release.due_on} 到期，已经逾期。", "请尽快公开。", {"field": "due_on"}
    )  # fmt: skip


@rule("DIS-010", title="更正没有理由", basis=HANDS, since=DAY, severity=Severity.ERROR, scope=SCOPE,
      parameters=("performance.disclosure.reason_least",))  # fmt: skip
def a_correction_says_why(release: ReleaseFacts, law: LawOf) -> Finding | None:
    """更正或撤下已经公开的内容，写明理由，理由同时公开。"""
    least = whole(law, "performance.disclosure.reason_least")
    if release.moment == "watch" or release.number == 1 or len(release.reason.strip()) >= least:
        return None
    return Finding(
        f"这是第 {release.number} 版，更正的理由至少写 {least} 个字。",
        "请写明更正了什么、为什么。",
        {"field": "reason"},
    )


@rule("DIS-011", title="编制和批准是同一人", basis=HANDS, since=DAY, severity=Severity.ERROR, scope=SCOPE)
def another_person_publishes(release: ReleaseFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """公开由编制人以外的负责人批准。"""
    if release.moment != "publish" or release.actor not in release.hands:
        return None
    return Finding("这份公开内容是您编制的，不能由您批准。", "请由别的负责人批准。", {"field": "actor"})


@rule("DIS-012", title="公开内容有企业名称", basis=PERSONAL, since=DAY, severity=Severity.ERROR, scope=SCOPE)
def no_firm_is_disclosed(release: ReleaseFacts, law: LawOf) -> Iterator[Finding]:  # noqa: ARG001
    """公开内容里没有收款企业和商户的名称，受益企业只公开家数。"""
    yield from _personal(release, "企业名称", lambda text: identifiers.named(text, release.firms))


@rule("DIS-013", title="公开内容不完整", basis=CONTENT, since=DAY, severity=Severity.WARNING, scope=SCOPE)
def what_is_missing_is_said(release: ReleaseFacts, law: LawOf) -> Iterator[Finding]:  # noqa: ARG001
    """应当公开而没有数据的项，说明缺什么。"""
    if release.moment != "watch":
        for each in release.missing:
            yield Finding(f"{each}没有数据。", "可以先公开，数据齐了再更正。", {"field": "missing"})


def _digits(text: str) -> str:
    return "".join(each for each in text if each.isdigit())
