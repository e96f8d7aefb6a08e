"""Paths of a wholesaler's host: member app at `/`, console at `/console`."""

from django.urls import path, re_path

from catalog.fulfillment import http as fulfillment
from catalog.rewards import http as rewards
from kolektor.api.permissions import is_member, works_here
from kolektor.api.view import SchemaView
from kolektor.config import views
from kolektor.config.graphql import CONSOLE_SCHEMA, MEMBER_SCHEMA
from kolektor.config.urls_common import common, relying_party
from tenants.insight import http as insight
from tenants.insight import joining
from tenants.members import http as members
from tenants.messaging import http as messaging
from tenants.program import http as program
from tenants.sales import http as sales

urlpatterns = [
    *common,
    *relying_party,
    path("manifest.webmanifest", views.manifest),
    path("sw.js", views.service_worker),
    path("graphql/member", SchemaView.as_view(schema=MEMBER_SCHEMA, permission=is_member)),
    path("graphql/console", SchemaView.as_view(schema=CONSOLE_SCHEMA, permission=works_here)),
    path("api/invitations", members.invitations),
    path("api/registration", joining.registration),
    path("api/claims", joining.claim),
    path("api/claims/confirm", joining.confirm_claim),
    path("api/console/imports", sales.upload_import),
    path("api/console/imports/template", sales.import_template),
    path("api/console/products", sales.upload_products),
    path("api/console/rewards/<uuid:reward_id>/codes", rewards.upload_codes),
    path("api/console/rewards/<uuid:reward_id>/picture", rewards.reward_picture),
    path("pictures/<str:name>", rewards.picture),
    path("api/console/branding/logo", program.branding_logo),
    path("logos/<str:name>", program.logo),
    path("api/console/messages/preview", messaging.message_preview),
    path("api/console/exports/<uuid:export_id>", insight.download_list),
    path("hooks/partners/<uuid:connection_id>", fulfillment.partner_webhook),
    re_path(r"^console(?:/.*)?$", views.app_page, {"app": "console", "page": "index.html"}),
    re_path(
        r"^(?:$|history|shop|checkout|wallet|orders|messages|profile|firm|terms)(?:/.*)?$",
        views.app_page,
        {"app": "member", "page": "index.html"},
    ),
]
handler404 = "kolektor.config.views.not_found"
handler500 = "kolektor.config.views.server_error"
