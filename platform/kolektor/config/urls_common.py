"""Paths that every host has."""

from django.urls import path

from kolektor.config import views
from kolektor.identity import http as identity

common = [
    path("brand.css", views.brand_css),
    path("brand.json", views.brand_json),
    path("icons/<str:name>", views.icon),
    path("session", views.session),
    path("session/language", views.language),
    path("auth/logout", identity.sign_out),
]

relying_party = [
    path("auth/login", identity.start_sign_in),
    path("auth/callback", identity.callback),
]
