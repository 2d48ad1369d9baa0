"""The demo's organisations and accounts: one for each role, with a public password."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from youju.foundation.identity import limits
from youju.foundation.identity.installation import claim, demo_mode
from youju.foundation.identity.models import Installation, Organisation, User
from youju.foundation.identity.roles import Role

PASSWORD = "youju-demo-2023"  # noqa: S105 - public on purpose: these accounts exist beside demo data only

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One account that the login page and ``youju up`` show."""

    role: Role
    role_name: str
    username: str
    password: str


_ORGANISATIONS: dict[str, tuple[str, Organisation.Kind]] = {
    "DEMO-ZX": ("示例市场采购贸易服务中心", Organisation.Kind.CENTRE),
    "DEMO-SJ": ("示例审计局", Organisation.Kind.AUDIT),
    "DEMO-WM": ("示例外贸代理有限公司", Organisation.Kind.ENTERPRISE),
    "DEMO-ZH": ("示例组货有限公司", Organisation.Kind.ENTERPRISE),
    "DEMO-BG": ("示例报关行有限公司", Organisation.Kind.ENTERPRISE),
    "DEMO-SH": ("示例箱包商户", Organisation.Kind.MERCHANT),
    "DEMO-CG": ("示例境外采购商", Organisation.Kind.BUYER),
    "DEMO-YH": ("示例结算银行", Organisation.Kind.ENTERPRISE),
    "DEMO-SW": ("示例税务局", Organisation.Kind.PUBLIC),
    "DEMO-HG": ("示例海关", Organisation.Kind.PUBLIC),
}
_PEOPLE: dict[Role, tuple[str, str]] = {
    Role.PFO: ("DEMO-ZX", "周敏"),
    Role.HED: ("DEMO-ZX", "李建国"),
    Role.FIN: ("DEMO-ZX", "王芳"),
    Role.STF: ("DEMO-ZX", "陈立"),
    Role.AUD: ("DEMO-SJ", "赵明"),
    Role.ADM: ("DEMO-ZX", "孙静"),
    Role.AGT: ("DEMO-WM", "吴强"),
    Role.CSL: ("DEMO-ZH", "郑洁"),
    Role.BRK: ("DEMO-BG", "冯涛"),
    Role.MER: ("DEMO-SH", "许红"),
    Role.BUY: ("DEMO-CG", "阿米娜"),
    Role.BNK: ("DEMO-YH", "何静"),
    Role.TAX: ("DEMO-SW", "马超"),
    Role.CUS: ("DEMO-HG", "林岚"),
}

# Nobody reviews what they asked for: a second member of staff, with the same password, not shown at the login.
_COLLEAGUES = {"demo-stf2": (Role.STF, "DEMO-ZX", "刘洋")}


def accounts() -> list[DemoAccount]:
    """The accounts in the order in which a newcomer wants them."""
    return [DemoAccount(role, role.label, f"demo-{role.value.lower()}", PASSWORD) for role in _PEOPLE]


def accounts_to_show() -> list[DemoAccount]:
    """The accounts, beside demo data only; else none."""
    return accounts() if demo_mode() else []


def find(role: str) -> User | None:
    """The open demo account of a role, beside demo data only."""
    known = {account.role.value.lower(): account.username for account in accounts_to_show()}
    if role.lower() not in known:
        return None
    return User.objects.filter(username=known[role.lower()], is_demo=True, is_active=True).first()


@transaction.atomic
def load(progress: Progress | None = None) -> None:
    """Keep the database for the demo and write its organisations and accounts; a second call changes nothing.

    Args:
        progress: called with (done, all) accounts.

    Raises:
        InputError: the database holds real data.
    """
    claim(Installation.Mode.DEMO)
    bodies = {
        code: Organisation.objects.get_or_create(
            code=code, defaults={"name": name, "kind": kind, "is_demo": True}
        )[0]
        for code, (name, kind) in _ORGANISATIONS.items()
    }
    # One hash for all: the password is public, and a hash costs as much as a login.
    encoded = make_password(PASSWORD)
    people = [(each.username, each.role, *_PEOPLE[each.role]) for each in accounts()]
    people += [(name, *words) for name, words in _COLLEAGUES.items()]
    for done, (username, role, code, display_name) in enumerate(people, start=1):
        User.objects.get_or_create(
            username=username,
            defaults={
                "display_name": display_name,
                "organisation": bodies[code],
                "roles": [role.value],
                "sections": list(limits.sections()) if role is Role.STF else [],
                "password": encoded,
                "must_change_password": False,
                "password_changed_at": timezone.now(),
                "is_demo": True,
            },
        )
        if progress:
            progress(done, len(people))


def load_bodies(bodies: Iterable[tuple[str, str, str, str]]) -> dict[str, int]:
    """Write example organisations without accounts: (code, name, kind, credit code); code → id, of the accounts' own as well.

    Those that are there stay as they are. Within the caller's transaction; for a few thousand at a time.
    """
    made = [
        Organisation(code=code, name=name, kind=kind, credit_code=credit_code, is_demo=True)
        for code, name, kind, credit_code in bodies
    ]
    Organisation.objects.bulk_create(made, batch_size=1_000, ignore_conflicts=True)
    wanted = [each.code for each in made] + list(_ORGANISATIONS)
    return dict(Organisation.objects.filter(code__in=wanted).values_list("code", "pk"))
