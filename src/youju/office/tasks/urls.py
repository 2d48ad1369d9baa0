"""Addresses of the room of tasks. Words come before numbers."""

from __future__ import annotations

from django.urls import path

from youju.office.tasks.web import boards, lists, matters, one, own, planning

app_name = "tasks"
urlpatterns = [
    path("", lists.task_list, name="list"),
    path("board/", boards.board, name="board"),
    path("calendar/", boards.calendar, name="calendar"),
    path("new/", planning.new, name="new"),
    path("matters/new/<str:kind>/", matters.receive, name="receive"),
    path("own/", own.own_list, name="own"),
    path("own/new/<str:kind>/", own.new, name="own-new"),
    path("own/<int:number>/", own.own, name="own-one"),
    path("own/<int:number>/files/", own.attach, name="own-attach"),
    path("own/<int:number>/files/<int:file>/", own.file, name="own-file"),
    path("<int:number>/", one.task, name="task"),
    path("<int:number>/step/", one.step, name="step"),
    path("<int:number>/hand/", one.hand, name="hand"),
    path("<int:number>/edit/", planning.edit, name="edit"),
    path("<int:number>/evidence/", one.attach, name="evidence"),
    path("<int:number>/files/<int:file>/", one.file, name="file"),
    path("<int:number>/mediation/", matters.mediate, name="mediate"),
    path("<int:number>/contact/", matters.unmask, name="contact"),
]
