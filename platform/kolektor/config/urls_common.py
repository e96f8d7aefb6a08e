"""Paths that every host has."""

from django.urls import path

from kolektor.config import views
from kolektor.identity.http import relying, sign_in

common = [
    path("brand.css", views.brand_css),
    path("brand.json", views.brand_json),
    path("icons/<str:name>", views.icon),
    path("session", views.session),
    path("session/language", views.language),
    path("auth/logout", sign_in.sign_out),
]

relying_party = [
    path("auth/login", relying.start_sign_in),
    path("auth/callback", relying.callback),
]
