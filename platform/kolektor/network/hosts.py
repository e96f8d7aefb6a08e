"""Host names of the installation, without port."""

from __future__ import annotations

from django.conf import settings


def network_host(slug: str) -> str:
    """The host of a network's headquarters."""
    return f"hq.{slug}.{settings.BASE_DOMAIN}"


def wholesaler_host(slug: str) -> str:
    """The host that a wholesaler gets at provisioning."""
    return f"{slug}.{settings.BASE_DOMAIN}"
