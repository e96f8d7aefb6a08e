"""Django app `fulfillment`."""

from django.apps import AppConfig


class FulfillmentConfig(AppConfig):
    name = "catalog.fulfillment"
    label = "fulfillment"
