"""Addresses of the webhooks room."""

from __future__ import annotations

from django.urls import path

from youju.foundation.webhooks.web import deliveries, endpoints

app_name = "webhooks"
urlpatterns = [
    path("", endpoints.endpoint_list, name="endpoints"),
    path("new", endpoints.new_endpoint, name="endpoint-new"),
    path("<int:endpoint_id>", deliveries.one_endpoint, name="endpoint"),
    path("<int:endpoint_id>/edit", endpoints.edit_endpoint, name="endpoint-edit"),
    path("<int:endpoint_id>/deliveries/<int:delivery_id>", deliveries.one_delivery, name="delivery"),
]
