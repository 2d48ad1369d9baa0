"""The examples inside a policy run as tests, and the case in which a text is judged."""

from __future__ import annotations

from decimal import Decimal

from youju.rules.funds.subsidies.cases import Failing, TextCase
from youju.rules.funds.subsidies.cents import cents
from youju.rules.funds.subsidies.computing import compute
from youju.rules.funds.subsidies.factual import facts_of
from youju.rules.funds.subsidies.texts import Example, PolicyText


def text_case(
    policy: PolicyText, *, others: tuple[PolicyText, ...] = (), available: Decimal | None = None
) -> TextCase:
    """A text with what surrounds it, its examples run."""
    failing = tuple(each for example in policy.examples for each in run(policy, example))
    return TextCase(policy, others, available, failing)


def run(policy: PolicyText, example: Example) -> list[Failing]:
    """What of an example does not come out as written: lines under their clause's cap, and the total."""
    found = compute(policy, facts_of(example.facts, where=f"算例“{example.title}”"))
    amounts = {line.clause: line.amount for line in found.lines}
    wrong = [
        Failing(example.title, clause, cents(expected), amounts[clause])
        for clause, expected in example.lines.items()
        if amounts[clause] != expected
    ]
    if found.total != example.total:
        wrong.append(Failing(example.title, "", cents(example.total), found.total))
    return wrong
