"""The reference page of the catalogue is current and complete."""

from __future__ import annotations

from youju.analytics.metrics import metrics
from youju.analytics.tables import analytic_tables
from youju.foundation.kernel import places
from youju.foundation.metrics.linking import row_kind
from youju.foundation.metrics.reference import PAGE, page


def test_the_page_in_the_repository_is_current() -> None:
    stored = (places.ROOT / "docs" / "reference" / PAGE).read_text(encoding="utf-8")
    assert stored == page(), "run: make reference"


def test_every_metric_and_table_stands_on_it_with_a_worked_example() -> None:
    text = page()
    for code, metric in metrics().items():
        section = text.split(f"\n## `{code}`\n")[1].split("\n## ")[0]
        assert metric.definition in section and metric.definition_en in section
        assert "- 算例：" in section and "→ 无" not in section
    for name, table in analytic_tables().items():
        section = text.split(f"\n## `{name}`\n")[1].split("\n## ")[0]
        assert all(f"| `{column.name}` |" in section for column in table.columns)


def test_each_kind_of_row_opens_somewhere() -> None:
    for kind in ("declarations.line", "declarations.declaration", "parties.party"):
        assert row_kind(kind).label
