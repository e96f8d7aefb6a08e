"""The inbox."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import MEMBER
from kolektor.api.pagination import Page, page_arguments, page_of
from kolektor.api.permissions import is_member
from kolektor.api.scalars import uuid_of
from tenants.members.graphql.viewer import member_of
from tenants.messaging import selectors
from tenants.messaging.graphql.member.types import Message, MessageConnection, message_type


@MEMBER.query(graphene.NonNull(MessageConnection), permission=is_member, **page_arguments())
def messages(info: Any, first: int | None = None, after: str | None = None) -> Page[Message]:
    """The member's inbox, youngest first."""
    rows = selectors.inbox(member_of(info).pk)
    return page_of(rows, first=first, after=after, convert=lambda page: [message_type(row) for row in page])


@MEMBER.query(Message, permission=is_member, id=graphene.ID(required=True))
def message(info: Any, id: str) -> Message | None:
    """One message of the inbox, or null."""
    row = selectors.inbox(member_of(info).pk).filter(pk=uuid_of(id)).first()
    return None if row is None else message_type(row)


@MEMBER.query(graphene.NonNull(graphene.Int), permission=is_member)
def unread_messages(info: Any) -> int:
    """How many messages of the inbox were not opened yet."""
    return selectors.unread_count(member_of(info).pk)
