"""The colour of a project's spending (四色预警): how far it lags behind where it should be."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from youju.rules.law import PolicyValue, decimal

GREEN, BLUE, YELLOW, RED = "green", "blue", "yellow", "red"
COLOURS = {GREEN: "绿色", BLUE: "蓝色", YELLOW: "黄色", RED: "红色"}
MEANINGS = {GREEN: "正常", BLUE: "关注", YELLOW: "预警", RED: "严重滞后"}


def colour_of(executed: Decimal, expected: Decimal, law: Mapping[str, PolicyValue]) -> str:
    """The colour of an executed rate against the expected one, both in per cent of the adjusted budget."""
    behind = expected - executed
    for colour, policy in (
        (RED, "funds.payments.red_from"),
        (YELLOW, "funds.payments.yellow_from"),
        (BLUE, "funds.payments.blue_from"),
    ):
        if behind >= decimal(law, policy):
            return colour
    return GREEN
