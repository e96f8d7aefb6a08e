"""Django app `orders`."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "catalog.orders"
    label = "orders"
