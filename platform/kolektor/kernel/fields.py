"""Column types shared by all apps."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.functions import Lower, Now
from django.db.models.lookups import Exact


class UuidV7(models.Func):
    """PostgreSQL 18's uuidv7(): ids that sort by time, made by the database."""

    function = "uuidv7"
    arity = 0
    output_field = models.UUIDField()


def uuid_key() -> models.UUIDField[Any, Any]:
    """A primary key made by the database."""
    return models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)


def created_stamp() -> models.DateTimeField[Any, Any]:
    """When the row was written (UTC), by the database's clock."""
    return models.DateTimeField(db_default=Now(), editable=False)


def units_field(**options: Any) -> models.BigIntegerField[Any, Any]:
    """An amount of points in hundredths."""
    return models.BigIntegerField(**options)


def same_address(address: str, field: str = "email") -> Exact:
    """A filter: the column holds that address of e-mail, whatever the case. By `lower`, as the constraints have it."""
    return Exact(Lower(field), address.lower())
