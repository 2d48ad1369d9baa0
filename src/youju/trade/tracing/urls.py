"""Addresses of the tracing room: ``/tracing/`` for who logs in, ``/t/…`` for whoever scans a carton."""

from __future__ import annotations

from django.urls import path

from youju.trade.tracing.web import chains, labels, public

app_name = "tracing"
urlpatterns = [
    path("tracing/", chains.search, name="search"),
    path("tracing/stall-consent/", labels.consent, name="consent"),
    path("tracing/label-files/<uuid:document_id>/", labels.made, name="label-file"),
    path("tracing/codes/<str:token>/revoke/", labels.revoke, name="revoke"),
    path("tracing/<str:kind>/<str:number>/", chains.chain, name="chain"),
    path("tracing/<str:kind>/<str:number>/epcis.jsonld", chains.epcis, name="epcis"),
    path("tracing/<str:kind>/<str:number>/labels/", labels.labels, name="labels"),
    path("tracing/<str:kind>/<str:number>/labels/make/", labels.make, name="labels-make"),
    path("t/<str:token>/", public.code, name="public"),
]
