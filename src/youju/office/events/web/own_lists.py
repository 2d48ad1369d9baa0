"""What the lists of an enterprise show: events on offer, and its own sign-ups."""

from __future__ import annotations

from django import forms
from django.urls import reverse

from youju.foundation.kernel.countries import name_of
from youju.foundation.shell.listing import Column, Listing
from youju.foundation.shell.templatetags.shell import badge
from youju.office.events.web.listings import SIGNUP_TONES, days_of
from youju.rules.office.events.kinds import KIND_NAMES
from youju.rules.office.events.lifecycle import SIGNUP_STATES


class OfferForm(forms.Form):
    """What narrows the events on offer."""

    text = forms.CharField(
        label="查找", required=False, max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "名称或城市"}),
    )  # fmt: skip
    past = forms.BooleanField(label="也看已经截止的", required=False)


OFFERED = Listing(
    name="offered",
    title="展会和培训",
    columns=(
        Column(
            "name",
            "名称",
            sort="name",
            narrow="title",
            href=lambda row: reverse("events:own-event", args=[row.pk]),
        ),
        Column("kind", "类别", value=lambda row: KIND_NAMES[row.kind], sort="kind"),
        Column("days", "时间", value=days_of, sort="starts_on"),
        Column(
            "place", "地点", value=lambda row: f"{name_of(row.country)} {row.city}".strip(), sort="country"
        ),
        Column("until", "报名截止", value=lambda row: row.signup_until or row.starts_on, sort="signup_until"),
        Column(
            "left",
            "余",
            value=lambda row: "不限" if row.places is None else (row.places - row.taken or "已满，可候补"),
        ),
    ),
    order="-days",
    filter_form=OfferForm,
    empty="现在没有可以报名的活动，发布以后这里会列出来。",
)
MINE = Listing(
    name="mine",
    title="我的报名",
    columns=(
        Column(
            "name",
            "活动",
            value="event.name",
            sort="event__name",
            narrow="title",
            href=lambda row: reverse("events:own-event", args=[row.event_id]),
        ),
        Column("days", "时间", value=lambda row: days_of(row.event), sort="event__starts_on"),
        Column("wanted", "展位或名额", value="wanted", sort="wanted", numeric=True),
        Column("booth", "展位号", value="booth"),
        Column(
            "state",
            "状态",
            value=lambda row: SIGNUP_STATES[row.state],
            sort="state",
            draw=lambda row: badge(SIGNUP_STATES[row.state], SIGNUP_TONES.get(row.state, "plain")),
        ),
        Column("applied", "报名时间", value="applied_at", sort="applied_at"),
    ),
    order="-applied",
    empty="还没有报过名。到“可以报名的”里选一次活动。",
)
