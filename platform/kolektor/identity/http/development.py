"""On a development machine only: what an authenticator app would show for the demo's people."""

from __future__ import annotations

import time
from typing import Final

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kolektor.identity.second_factor import current_code
from kolektor.mailing.http import development_only

# addresses that can be nobody's (RFC 2606): whoever tries the product with an address of their own is not shown here
_NOBODYS: Final = ".example"


@require_GET
@never_cache
@development_only
def second_factors(_request: HttpRequest) -> HttpResponse:
    """The present codes of the apps of people with an address of `.example`, by name, and for how many seconds they are shown."""
    rows = Authenticator.objects.filter(type=Authenticator.Type.TOTP, user__email__endswith=_NOBODYS)
    people = [
        {"name": row.user.get_full_name(), "email": row.user.email, "code": current_code(decrypt(row.data["secret"]))}
        for row in rows.select_related("user").order_by("user__last_name", "user__email")[:20]
    ]
    period = app_settings.TOTP_PERIOD
    return JsonResponse({"people": people, "seconds": period - int(time.time()) % period})
