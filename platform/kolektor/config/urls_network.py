"""Paths of a headquarters' host."""

from django.urls import path, re_path

from kolektor.api.permissions import works_at_headquarters
from kolektor.api.view import SchemaView
from kolektor.config import views
from kolektor.config.graphql import NETWORK_SCHEMA
from kolektor.config.urls_common import common, relying_party
from kolektor.reporting import http as reporting

urlpatterns = [
    *common,
    *relying_party,
    path("api/exports/<uuid:export_id>", reporting.download_export),
    path("graphql/network", SchemaView.as_view(schema=NETWORK_SCHEMA, permission=works_at_headquarters)),
    re_path(r"^(?!static/)(?:[a-z0-9-]+/?)*$", views.app_page, {"app": "console", "page": "hq.html"}),
]
handler404 = "kolektor.config.views.not_found"
handler500 = "kolektor.config.views.server_error"
