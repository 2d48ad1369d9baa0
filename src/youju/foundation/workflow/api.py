"""The workflow room for programs: what waits for the caller."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, P, QueryEx, Router, Schema

from youju.foundation.identity.web.api_guard import Needs
from youju.foundation.workflow import permissions, selectors

router = Router(tags=["work"])


class TodoOut(Schema):
    """A record that waits for the caller."""

    kind: str = Field(description="对象类别")
    key: str = Field(description="对象编号")
    label: str
    flow: str = Field(description="流程名称")
    state_label: str
    url: str | None = Field(description="本系统里的页面地址")
    since: datetime = Field(description="进入本状态的时间")
    due_on: date | None = Field(description="限办日期；null 是不限期")
    days_left: int | None = Field(description="还有几个工作日；负数是已逾期")
    late: bool
    provisional: bool = Field(description="该年放假安排未公布，日期暂按周末和固定节日计算")
    on_behalf_of: str = Field(description="代谁办理；空是自己的")


class TodoListOut(Schema):
    """The most urgent records, and how many there are in all."""

    total: int = Field(description="共几件；多于 1000 件的写 1001")
    late: int = Field(description="其中已逾期的；多于 1000 件的写 1001")
    items: list[TodoOut]


@router.get(
    "/todo",
    response=TodoListOut,
    auth=Needs(permissions.OWN),
    summary="等我办理的事项，逾期的在前",
    url_name="work_todo",
)
def work_todo(
    request: HttpRequest,
    limit: QueryEx[int, P(ge=1, le=selectors.TODO_MOST, description="至多列出几件")] = selectors.TODO_MOST,
) -> dict[str, Any]:
    """What the page of the to-do list shows."""
    page = selectors.todo_page(permissions.actor_of(request), limit=limit)
    return {
        "total": page.total,
        "late": page.late,
        "items": [
            {
                "kind": item.subject.kind,
                "key": item.subject.key,
                "label": item.subject.label,
                "flow": item.title,
                **{
                    name: getattr(item, name)
                    for name in (
                        "state_label", "url", "since", "due_on", "days_left", "late", "provisional",
                        "on_behalf_of",
                    )
                },
            }
            for item in page.items
        ],
    }  # fmt: skip
