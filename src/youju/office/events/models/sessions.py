"""Sessions of trainings and research visits, and who came."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from youju.office.events.models.events import Event
from youju.office.events.models.partaking import Signup


class Session(models.Model):
    """One sitting of a training or one visit; ``token`` stands in the address of its check-in page (签到码)."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sessions")
    title = models.CharField("场次", max_length=100)
    held_on = models.DateField("日期")
    hours = models.DecimalField("学时", max_digits=5, decimal_places=1)
    place = models.CharField("地点", max_length=100, blank=True)
    speaker = models.CharField("主讲或接待", max_length=100, blank=True)
    token = models.CharField("签到码", max_length=43, unique=True)
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["held_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="events_session_hours", condition=Q(hours__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.held_on} {self.title}"


class Attendance(models.Model):
    """Somebody of a firm who was to come to a session, and whether they came; a name, nothing else of the person."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendances")
    signup = models.ForeignKey(
        Signup, on_delete=models.PROTECT, null=True, blank=True, related_name="attendances"
    )
    organisation = models.BigIntegerField("单位", null=True, blank=True)
    firm = models.CharField("企业名称", max_length=100)
    person = models.CharField("姓名", max_length=50)
    present = models.BooleanField("到场", default=False)
    came_at = models.DateTimeField("签到时间", null=True, blank=True)
    source = models.CharField("来源", max_length=8)
    batch = models.CharField("导入批次", max_length=40, blank=True)
    written_at = models.DateTimeField("登记时间", db_default=Now())
    is_demo = models.BooleanField("示例数据", default=False)

    class Meta:
        default_permissions = ()
        ordering: ClassVar = ["firm", "person", "pk"]
        indexes: ClassVar = [
            models.Index(name="events_attendance_batch", fields=["batch"], condition=~Q(batch="")),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="events_attendance_once", fields=["session", "firm", "person"]),
            models.CheckConstraint(
                name="events_attendance_source", condition=Q(source__in=["signup", "import", "typed", "qr"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.firm} {self.person}"
