"""After a wholesaler came to this server: what `public` and headquarters know of it is written anew from its own schema."""

from __future__ import annotations

from kolektor.kernel.tenant import tenant_context
from kolektor.network.models import Wholesaler
from tenants.insight import services as insight
from tenants.ledger.verification import Verification, verify
from tenants.members import services as members
from tenants.members.models import StaffRole
from tenants.members.selectors import present_members
from tenants.program import selectors as program
from tenants.program import services as program_deeds
from tenants.sales.models import SalesDocument


def settle_in(wholesaler: Wholesaler) -> Verification:
    """Face, Passport and headquarters' figures; then the ledger is verified. Again changes nothing. Runs as the role `owner`."""
    with tenant_context(wholesaler):
        program_deeds.publish(program.settings(), program.branding())
        people = {
            *present_members().values_list("person_id", flat=True),
            *StaffRole.objects.values_list("person_id", flat=True),
        }
        for person_id in sorted(people):
            members.stamp(person_id)
        insight.stamp_passports(present_members().values_list("pk", flat=True))
        insight.push_days(SalesDocument.objects.values_list("sale_date", flat=True).distinct())
        return verify()
