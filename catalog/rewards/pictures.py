"""Pictures of rewards: kept in object storage under the wholesaler's prefix, named by their content."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db import transaction

from catalog.rewards.models import Reward
from kolektor.audit import services as audit
from kolektor.kernel import picture_files, pictures
from kolektor.kernel.errors import NotFound
from kolektor.kernel.picture_files import PictureFiles

# of a list, of a card, of a card on a sharp screen
WIDTHS: Final = (160, 320, 640)
FILES: Final = PictureFiles("pictures", widths=WIDTHS)


def put(*, reward_id: UUID, content: bytes, actor: UUID | None = None) -> Reward:
    """Give a reward a picture in place of the one it has. Raises NotFound, and DomainError as `pictures.prepare`."""
    made = pictures.prepare(content, widths=WIDTHS)
    with transaction.atomic():
        reward = _locked(reward_id)
        if reward.picture == made.digest:
            return reward
        # files first: a row never names a picture that is not there
        FILES.store(made)
        _change(reward, made.digest, action="reward.picture_set", actor=actor)
    return reward


@transaction.atomic
def remove(*, reward_id: UUID, actor: UUID | None = None) -> Reward:
    """Take a reward's picture away; without one nothing changes. Raises NotFound."""
    reward = _locked(reward_id)
    if reward.picture:
        _change(reward, "", action="reward.picture_removed", actor=actor)
    return reward


def address_of(digest: str) -> str | None:
    """The address that, with "-WIDTH.webp" behind it, gives the picture; None without one."""
    return FILES.address_of(digest)


def _locked(reward_id: UUID) -> Reward:
    reward = Reward.objects.select_for_update().filter(pk=reward_id).first()
    if reward is None:
        raise NotFound("id")
    return reward


def _change(reward: Reward, digest: str, *, action: str, actor: UUID | None) -> None:
    before = reward.picture
    reward.picture = digest
    reward.save(update_fields=["picture"])
    audit.record(action=action, object_type="reward", object_id=reward.pk, actor=actor)
    if before and not Reward.objects.filter(picture=before).exists():
        keys = FILES.keys_of(before)
        transaction.on_commit(lambda: picture_files.delete(keys), robust=True)
