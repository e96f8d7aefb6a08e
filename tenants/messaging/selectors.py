"""The member's inbox."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from tenants.messaging.models import Message


def inbox(member_id: UUID) -> QuerySet[Message]:
    """A member's messages, youngest first."""
    mine = Message.objects.filter(member_id=member_id, channel=Message.Channel.INBOX)
    return mine.defer("html").order_by("-created_at", "-id")


def unread_count(member_id: UUID) -> int:
    """How many of them were not opened yet."""
    return Message.objects.filter(member_id=member_id, channel=Message.Channel.INBOX, read_at__isnull=True).count()
