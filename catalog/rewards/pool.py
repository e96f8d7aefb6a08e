"""Codes that the wholesaler uploaded, each given once. Behind the same order flow: a `VoucherIssuer` that asks the database.

A code is set aside in the transaction that places the order, before the points are held: of two people who reach for the last
one, the second is told at once that there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count, Q, QuerySet

from catalog.rewards.fingerprints import fingerprinter
from catalog.rewards.models import PoolCode, Reward
from catalog.rewards.pool_files import UploadedCode
from catalog.rewards.ports import CatalogItem, IssueResult, VoucherCode, VoucherRequest, WebhookNotice
from kolektor.audit import services as audit
from kolektor.kernel import clock, vault
from kolektor.kernel.errors import DomainError, NotFound
from tenants.partners.models import Connection

ADAPTER: Final = "pool"
_BATCH: Final = 5000
# the ORM takes six times as long for a hundred thousand
_INSERT: Final = """
INSERT INTO rewards_poolcode (reward_id, amount, code_encrypted, pin_encrypted, fingerprint, expires_on)
SELECT %(reward)s::uuid, %(amount)s, decode(x.code, 'hex'), decode(x.pin, 'hex'), decode(x.fingerprint, 'hex'), x.ends
FROM unnest(%(codes)s::text[], %(pins)s::text[], %(fingerprints)s::text[], %(ends)s::date[]) AS x(code, pin, fingerprint, ends)
ON CONFLICT (reward_id, fingerprint) DO NOTHING
"""
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


def put_back(*, reference: str) -> None:
    """Free the code of an order that is not to be, in the caller's transaction. Nobody has seen it."""
    PoolCode.objects.filter(reference=reference).update(reference=None, taken_at=None)


def _insert(reward_id: UUID, amount: Decimal, codes: list[UploadedCode]) -> int:
    """Returns how many are new."""
    encrypt, known_by = vault.encryptor(), fingerprinter(reward_id)
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            {
                "reward": reward_id,
                "amount": amount,
                "codes": _array(encrypt(item.code) for item in codes),
                "pins": _array(encrypt(item.pin) if item.pin else None for item in codes),
                "fingerprints": _array(known_by(item.code) for item in codes),
                "ends": [item.expires_on for item in codes],
            },
        )
        return int(cursor.rowcount)


def _parts(codes: list[UploadedCode]) -> Iterator[list[UploadedCode]]:
    for start in range(0, len(codes), _BATCH):
        yield codes[start : start + _BATCH]


def _array(items: Iterable[bytes | None]) -> str:
    """As PostgreSQL reads an array of texts: one long text is read faster than an expression of thousands."""
    return "{" + ",".join("NULL" if item is None else item.hex() for item in items) + "}"


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
    added = sum(_insert(reward.pk, amount, part) for part in _parts(codes))
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
