"""Django app `rewards`."""

from django.apps import AppConfig


class RewardsConfig(AppConfig):
    name = "catalog.rewards"
    label = "rewards"
