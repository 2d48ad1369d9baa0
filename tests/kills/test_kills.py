"""``kill -9`` of application, job worker and database while an approval, an import and a document are under way.

One product for all rounds: ``youju up`` in a folder of its own with a durable database, which people use by its pages and its
API. In each round the three works are begun at once and something is killed at a random moment; the database is looked at as
soon as it answers and again when all is done. ``YOUJU_KILL_ROUNDS`` says how many rounds (500 in the nightly profile). What a
kill does to a backup is tested beside it, in ``tests/apps/foundation/backup``.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from kills import whole
from kills.product import Product, until
from kills.visitor import PASSWORD, Visitor
from kills.works import Approval, Import, again, changed_sheet, paper_of
from youju.foundation.kernel.context import acting

ROUNDS = int(os.environ.get("YOUJU_KILL_ROUNDS", "10"))
# A block of rounds: the database dies alone once in it, for a product ends by itself when that happens five times a minute.
VICTIMS = ("page", "job", "job", "database", "everything")
PROJECTS = 12


@pytest.fixture(scope="module")
def product() -> Iterator[Product]:
    """A running product; its folder is outside pytest's own (which every starting pytest closes)."""
    with tempfile.TemporaryDirectory(prefix="youju-kills-", ignore_cleanup_errors=True) as folder:
        made = Product(Path(folder) / "var")
        try:
            made.start()
            yield made
        finally:
            print(made.told())  # noqa: T201 - shown where a test failed
            made.stop()


@pytest.fixture(scope="module")
def inside(product: Product, django_db_blocker: Any) -> Iterator[None]:
    """This process sees the product's database and folder, to judge them and to do what has no page yet."""
    before, var = dict(connection.settings_dict), os.environ["YOUJU_VAR"]
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict.update(HOST=str(product.places.socket), NAME="youju", USER="youju_app")
        os.environ["YOUJU_VAR"] = str(product.var)
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict.update(before)
            os.environ["YOUJU_VAR"] = var


@pytest.fixture(scope="module")
def people(inside: None) -> dict[str, Any]:
    """The three people of the life cycle."""
    from youju.foundation.identity.models import Organisation, User

    centre = Organisation.objects.create(code="CENTRE", name="试点中心", kind="centre")
    made = {}
    for role in ("PFO", "FIN", "HED"):
        user = User(username=f"kill-{role.lower()}", display_name=role, organisation=centre, roles=[role])
        user.must_change_password = False
        user.set_password(PASSWORD)
        user.save()
        made[role] = user
    return made


@pytest.fixture(scope="module")
def visitors(product: Product, people: dict[str, Any]) -> dict[str, Visitor]:
    """The same people at their browsers."""
    made = {role: Visitor(product, user.username) for role, user in people.items()}
    for each in made.values():
        each.log_in()
    return made


def _stored(person: Any, document: Any, year: int) -> Any:
    from youju.performance.targets.services.storing import store

    serves = {each.code: range(1, len(document.department.subgoals) + 1) for each in document.projects}
    with acting(actor=person.username, actor_name=person.display_name):
        return store(
            document,
            fiscal_year=year,
            source_name="范本.docx",
            source_sha256="0" * 64,
            imported_by=person,
            is_demo=False,
            serves=serves,
        )


@pytest.fixture(scope="module")
def approved(people: dict[str, Any]) -> Any:
    """A draft about which the rules have nothing to say."""
    from rules.performance.targets.model_answer import HEBEI

    return _stored(people["PFO"], HEBEI, 2023)


@pytest.fixture(scope="module")
def edited(people: dict[str, Any]) -> Any:
    """A draft of another year with many tables, for the imports and the documents."""
    from rules.performance.targets.model_answer import code
    from targets_clean import clean_document

    told = clean_document(2022)
    many = tuple(
        replace(told.projects[number % len(told.projects)], code=code(f"13060522P0045681{number:04}"))
        for number in range(PROJECTS)
    )
    return _stored(people["PFO"], replace(told, projects=many), 2022)


def test_a_kill_at_any_moment_leaves_everything_whole(
    product: Product, people: dict[str, Any], visitors: dict[str, Visitor], approved: Any, edited: Any
) -> None:
    from youju.foundation.files import caring

    chance, cut, longest = random.Random(20231123), Counter[str](), 0.0
    victims: list[str] = []
    target_set = approved
    for number in range(1, ROUNDS + 2):
        again(edited.refresh_from_db, meanwhile=product.keep_running)
        works = (
            Approval(visitors, target_set.pk),
            Import(visitors["PFO"], changed_sheet(edited, number), f"第{number}轮.xlsx"),
            paper_of(people["PFO"], edited, number),
        )
        began = time.monotonic()
        with ThreadPoolExecutor(3) as pool:
            ends = [pool.submit(_finish, work) for work in works]
            if number > 1:  # the first round is left alone: it tells how long the works take here
                victims = victims or chance.sample(VICTIMS, len(VICTIMS))
                victim = victims.pop()
                time.sleep(chance.uniform(0, longest))
                product.kill(victim, chance)
                cut.update({victim: 1} | {type(work).__name__: 1 for work in works if not _ended(work)})
                product.keep_running()
                again(whole.look, *works, edited.pk, meanwhile=product.keep_running)
            for end in ends:
                until(lambda end=end: _done(product, end), "the works come to their end")
        longest = longest or time.monotonic() - began
        assert again(whole.look, *works, edited.pk, meanwhile=product.keep_running) == whole.Seen(
            True, True, True
        )
        again(whole.settled, meanwhile=product.keep_running)
        target_set = again(_next, people["PFO"], target_set.pk, meanwhile=product.keep_running)
    assert sum(cut[name] for name in ("Approval", "Import", "Paper")) > 0, cut
    count, faults = caring.check_store()
    assert count > ROUNDS
    assert [fault for fault in faults if fault.what != "unknown"] == []


def _finish(work: Any) -> None:
    try:
        work.run()
    finally:
        connections.close_all()


def _ended(work: Any) -> bool:
    return len(work.answered) == 4 if isinstance(work, Approval) else bool(work.ended)


def _done(product: Product, end: Any) -> bool:
    """Whether a work has ended; meanwhile the product is kept running. Raises what the work met."""
    product.keep_running()
    if end.done():
        end.result()
    return bool(end.done())


def _next(person: Any, target_set: int) -> Any:
    """The next draft to be approved: an adjustment of what was published, or the one that was begun before a cut."""
    from youju.performance.targets import services
    from youju.performance.targets.models import TargetSet

    row = TargetSet.objects.get(pk=target_set)
    there = TargetSet.objects.filter(
        unit_key=row.unit_key, fiscal_year=row.fiscal_year, state="draft"
    ).first()
    if there is not None:
        return there
    with acting(actor=person.username, actor_name=person.display_name):
        return services.begin_adjustment(
            actor=person, target_set_id=target_set, reason="再来一轮", document_number="〔2023〕1号"
        )
