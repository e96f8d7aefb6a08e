"""Where partners send their webhooks: no session, the signature is the permission."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from catalog.fulfillment import webhooks
from kolektor.api.errors import error_response
from kolektor.kernel.errors import DomainError
from tenants.partners.inbox import MAX_BYTES


@csrf_exempt
@require_POST
@never_cache
def partner_webhook(request: HttpRequest, connection_id: UUID) -> HttpResponse:
    """204 when genuine, also for one that was here before; 403 when forged or too old, 404 for no such connection, 413."""
    length = request.headers.get("Content-Length", "")
    if not length.isdigit() or int(length) > MAX_BYTES:
        return error_response(request, DomainError("UPLOAD_TOO_LARGE", limit="0,06"), status=413)
    try:
        webhooks.receive(connection_id=connection_id, raw=request.body, headers=dict(request.headers.items()))
    except DomainError as error:
        status = {"NOT_FOUND": 404, "WEBHOOK_REFUSED": 403}.get(error.code, 503)
        return error_response(request, error, status=status)
    return HttpResponse(status=204)
