"""Codes that the wholesaler uploaded, each given once. Behind the same order flow: a `VoucherIssuer` that asks the database.

A code is set aside in the transaction that places the order, before the points are held: of two people who reach for the last
one, the second is told at once that there is none.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from catalog.rewards.fingerprints import fingerprint
from catalog.rewards.models import PoolCode, Reward
from catalog.rewards.pool_files import UploadedCode
from catalog.rewards.ports import CatalogItem, IssueResult, VoucherCode, VoucherRequest, WebhookNotice
from kolektor.audit import services as audit
from kolektor.kernel import clock, vault
from kolektor.kernel.errors import DomainError, NotFound
from tenants.partners.models import Connection

ADAPTER: Final = "pool"
# below that many free codes of a face value the console warns
LOW: Final = 10


def _free(reward_id: UUID, amount: Decimal) -> QuerySet[PoolCode]:
    usable = Q(expires_on__isnull=True) | Q(expires_on__gte=clock.local_today())
    return PoolCode.objects.filter(usable, reward_id=reward_id, amount=amount, reference__isnull=True)


def set_aside(*, reward: Reward, amount: Decimal, reference: str) -> None:
    """Give a free code to the order with that reference, in the caller's transaction. Raises DomainError SOLD_OUT.

    The code that expires first goes first. Orders of one face value come here one after another: whoever waits sees whether the
    order ahead kept its code. Locks the face value, so it must be called before anything locks the ledger.
    """
    if reward.denominations.select_for_update(no_key=True).filter(amount=amount).first() is None:
        raise DomainError("BAD_FACE_VALUE", field="faceValue")
    code = _free(reward.pk, amount).order_by("expires_on", "id").first()
    if code is None:
        raise DomainError("SOLD_OUT", field="faceValue")
    PoolCode.objects.filter(pk=code.pk).update(reference=reference, taken_at=clock.now())


@transaction.atomic
def add_codes(
    *, reward_id: UUID, amount: Decimal, codes: list[UploadedCode], actor: UUID | None = None
) -> tuple[int, int]:
    """Put codes into the pool. Returns how many are new and how many were known. Raises NotFound, DomainError."""
    reward = Reward.objects.filter(pk=reward_id, pooled=True).first()
    if reward is None:
        raise NotFound("rewardId")
    if not reward.denominations.filter(amount=amount).exists():
        raise DomainError("BAD_FACE_VALUE", field="faceValue")
    before = reward.codes.count()
    rows = [
        PoolCode(
            reward=reward,
            amount=amount,
            code_encrypted=vault.encrypt(item.code),
            pin_encrypted=vault.encrypt(item.pin) if item.pin else None,
            fingerprint=fingerprint(reward.pk, item.code),
            expires_on=item.expires_on,
        )
        for item in codes
    ]
    PoolCode.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    added = reward.codes.count() - before
    audit.record(
        action="reward.codes_added", object_type="reward", object_id=reward.pk, actor=actor,
        added=added, known=len(codes) - added, amount=f"{amount.normalize():f}",
    )  # fmt: skip
    return added, len(codes) - added


def stock_of(reward_ids: list[UUID]) -> dict[UUID, dict[Decimal, int]]:
    """Free codes that have not expired, by reward and face value; a face value without any is not listed."""
    usable = Q(expires_on__isnull=True) | Q(expires_on__gte=clock.local_today())
    rows = (
        PoolCode.objects.filter(usable, reward_id__in=reward_ids, reference__isnull=True)
        .values_list("reward_id", "amount")
        .annotate(count=Count("id"))
        .order_by()
    )
    found: dict[UUID, dict[Decimal, int]] = {}
    for reward_id, amount, count in rows:
        found.setdefault(reward_id, {})[amount] = count
    return found


class CodePool:
    """The pool as a VoucherIssuer. Placing finds the code that was set aside for the order."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def catalog(self) -> list[CatalogItem]:
        """Nothing: rewards of a pool are made at the console."""
        return []

    def place(self, request: VoucherRequest) -> IssueResult:
        """See the port. Raises DomainError VAULT_UNREADABLE."""
        found = self.poll(request.reference)
        return IssueResult("failed", reason="sold_out") if found.reason == "not_found" else found

    def poll(self, reference: str) -> IssueResult:
        """See the port. Raises DomainError VAULT_UNREADABLE."""
        row = PoolCode.objects.filter(reference=reference, reward__connection=self._connection).first()
        if row is None:
            return IssueResult("failed", reason="not_found")
        pin = vault.decrypt(row.pin_encrypted) if row.pin_encrypted else None
        code = VoucherCode(vault.decrypt(row.code_encrypted), pin, row.expires_on)
        return IssueResult("done", partner_id=str(row.pk), code=code)

    def cancel(self, reference: str) -> IssueResult:
        """A code that was given stays given."""
        return self.poll(reference)

    def balance(self) -> tuple[Decimal, str]:
        """A pool has stock, not money. Raises DomainError PARTNER_UNAVAILABLE."""
        raise DomainError("PARTNER_UNAVAILABLE", reason="pool")

    def verify_webhook(self, raw: bytes, headers: dict[str, str]) -> WebhookNotice:
        """Nobody sends any. Raises DomainError WEBHOOK_REFUSED."""
        raise DomainError("WEBHOOK_REFUSED", reason="pool")
