"""A message as its member sees it."""

from __future__ import annotations

import graphene

from kolektor.api.kits import MEMBER
from kolektor.api.pagination import connection_type
from kolektor.api.schema import Type
from tenants.messaging.models import Message as MessageRow


class Message(Type):
    """A message of the inbox, in the language and words in which it was said."""

    class Meta:
        kit = MEMBER

    id = graphene.ID(required=True)
    kind = graphene.String(required=True)
    language = graphene.String(required=True)
    subject = graphene.String(required=True)
    body = graphene.String(required=True, description="Plain text; a blank line between paragraphs.")
    action = graphene.String(description="Label of the message's one button, if it has one.")
    path = graphene.String(description="The page of the member app that the button opens.")
    created_at = graphene.DateTime(required=True)
    read_at = graphene.DateTime()


MessageConnection = connection_type(MEMBER, Message)


def message_type(row: MessageRow) -> Message:
    """One message."""
    return Message(
        id=str(row.pk),
        kind=row.kind,
        language=row.language,
        subject=row.subject,
        body=row.body,
        action=row.action or None,
        path=row.path or None,
        created_at=row.created_at,
        read_at=row.read_at,
    )
