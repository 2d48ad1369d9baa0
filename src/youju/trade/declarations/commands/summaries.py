"""What ``declarations plan`` shows to a person on the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from youju.rules.trade.declarations.facts import DeclarationPlan
from youju.rules.trade.declarations.money import spoken

_SHOWN = 4


def print_plan(plan: DeclarationPlan) -> None:
    """The declarations, the refused orders, and how good the plan is."""
    console = Console(highlight=False)
    if plan.declarations:
        table = Table(show_footer=True)
        table.add_column("票", justify="right")
        table.add_column(
            "交易单", f"{sum(len(made.orders) for made in plan.declarations)} 张", overflow="fold"
        )
        table.add_column("商品项", str(plan.lines), justify="right")
        table.add_column("其中归并", justify="right")
        table.add_column("总额", _totals(plan), justify="right", no_wrap=True)
        for made in plan.declarations:
            orders = "、".join(made.orders[:_SHOWN])
            more = f" 等 {len(made.orders)} 张" if len(made.orders) > _SHOWN else ""
            table.add_row(
                str(made.number),
                escape(orders + more),
                str(len(made.lines)),
                str(sum(line.merged for line in made.lines)),
                f"{made.currency} {spoken(made.cents)}",
            )
        console.print(table)
    for refusal in plan.refused:
        console.print(f"[red]不受理[/red] {refusal.rule} {escape(refusal.message)}", soft_wrap=True)
        console.print(f"      {escape(refusal.suggestion)}", soft_wrap=True, style="dim")
    console.print(_verdict(plan))


def _totals(plan: DeclarationPlan) -> str:
    totals: dict[str, int] = {}
    for made in plan.declarations:
        totals[made.currency] = totals.get(made.currency, 0) + made.cents
    return "\n".join(f"{currency} {spoken(cents)}" for currency, cents in totals.items())


def _verdict(plan: DeclarationPlan) -> str:
    proof = plan.proof
    took = f"用时 {proof.seconds:.1f} 秒"
    if not plan.declarations:
        return f"没有可以申报的交易单。{took}。"
    if proof.optimal:
        return f"[green]{proof.declarations} 票，已证明不能更少[/green]；共 {plan.lines} 项。{took}。"
    return (
        f"[yellow]{proof.declarations} 票；已证明至少要 {proof.lower_bound} 票，还差 {proof.gap} 票没有证明[/yellow]；"
        f"共 {plan.lines} 项。{took}。"
    )
