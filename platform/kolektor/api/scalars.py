"""Scalars and small types that all schemas share."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

import graphene
from graphql import StringValueNode

from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.points import Points as PointsValue


class Points(graphene.Scalar):
    """Points as a decimal string with two places, e.g. "1234.50"."""

    @staticmethod
    def serialize(value: Any) -> str:
        if not isinstance(value, PointsValue):
            raise TypeError("a Points field resolves to kernel Points")
        return str(value)

    @staticmethod
    def parse_value(value: Any) -> PointsValue:
        return PointsValue.parse(str(value))

    @staticmethod
    def parse_literal(node: Any, _variables: Any = None) -> PointsValue | None:
        return PointsValue.parse(node.value) if isinstance(node, StringValueNode) else None


class Money(graphene.ObjectType):
    """An amount of cash."""

    amount = graphene.String(required=True, description='Decimal string, e.g. "50.00".')
    currency = graphene.String(required=True, description="ISO 4217.")


def money(amount: Decimal, currency: str) -> Money:
    """Cash with two places."""
    return Money(amount=f"{amount:.2f}", currency=currency)


def uuid_of(value: str, field: str = "id") -> UUID:
    """An id from outside. Nonsense and a foreign id give the same answer. Raises NotFound."""
    try:
        return UUID(value)
    except (ValueError, AttributeError, TypeError) as error:
        raise NotFound(field) from error


def amount_of(text: str, field: str) -> Decimal:
    """A decimal string of cash. Raises DomainError BAD_INPUT."""
    try:
        value = Decimal(text)
    except ArithmeticError as error:
        raise DomainError("BAD_INPUT", field=field) from error
    if not value.is_finite():
        raise DomainError("BAD_INPUT", field=field)
    return value
