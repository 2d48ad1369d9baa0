"""Addresses of the packing room, under ``/packing/``. Words come before numbers."""

from __future__ import annotations

from django.urls import path

from youju.trade.packing.web import consolidations, loading, packings

app_name = "packing"
urlpatterns = [
    path("consolidations/", consolidations.consolidation_list, name="consolidations"),
    path("consolidations/new/", consolidations.new, name="consolidation-new"),
    path("packings/", packings.packing_list, name="packings"),
    path("packings/new/", packings.new, name="packing-new"),
    path("papers/<uuid:document_id>/", loading.made, name="packing-file"),
    path("consolidations/<str:number>/", consolidations.consolidation, name="consolidation"),
    path("consolidations/<str:number>/add/", consolidations.add, name="consolidation-add"),
    path("consolidations/<str:number>/remove/", consolidations.remove, name="consolidation-remove"),
    path("consolidations/<str:number>/step/", consolidations.step, name="consolidation-step"),
    path("packings/<str:number>/", packings.packing, name="packing"),
    path("packings/<str:number>/edit/", packings.edit, name="packing-edit"),
    path("packings/<str:number>/containers/", loading.add_container, name="container-add"),
    path(
        "packings/<str:number>/containers/<int:container>/remove/",
        loading.remove_container,
        name="container-remove",
    ),
    path("packings/<str:number>/pack/", loading.pack, name="pack"),
    path("packings/<str:number>/pack-all/", loading.pack_all, name="pack-all"),
    path("packings/<str:number>/unpack/", loading.unpack, name="unpack"),
    path("packings/<str:number>/step/", loading.step, name="packing-step"),
    path("packings/<str:number>/papers/", loading.papers, name="packing-papers"),
    path("packings/<str:number>/papers/<str:kind>/", loading.make, name="packing-make"),
]
