"""The addresses of the room of measures. Words come before numbers."""

from __future__ import annotations

from django.urls import path

from youju.performance.measures.web import bindings, freezes, overviews, rows, statements

app_name = "measures"
urlpatterns = [
    path("", overviews.overview, name="overview"),
    path("rows/", overviews.rows, name="rows"),
    path("bindings/", bindings.bindings, name="bindings"),
    path("bindings/waiting/", bindings.waiting, name="waiting"),
    path("bindings/suggest/", bindings.suggest, name="suggest"),
    path("bindings/confirm/", bindings.confirm, name="confirm"),
    path("bindings/approve/", bindings.approve, name="approve"),
    path("bindings/<int:number>/refuse/", bindings.refuse, name="refuse"),
    path("freezes/", freezes.freezes, name="freezes"),
    path("freezes/make/", freezes.make, name="freeze-make"),
    path("freezes/<int:number>/", freezes.freeze, name="freeze"),
    path("statements/<str:kind>/", statements.statements, name="statements"),
    path("statements/<str:kind>/<int:number>/files/<int:file>/", statements.file, name="file"),
    path("statements/<str:kind>/<int:number>/<str:step>/", statements.step, name="step"),
    path("<int:year>/<str:project>/", overviews.project, name="project"),
    path("<int:year>/<str:project>/<int:number>/", rows.row, name="row"),
    path("<int:year>/<str:project>/<int:number>/trend.svg", rows.trend, name="trend"),
    path("<int:year>/<str:project>/<int:number>/bind/", bindings.bind, name="bind"),
    path("<int:year>/<str:project>/<int:number>/sign/<str:kind>/", statements.sign, name="sign"),
]
