"""Movements and receipts, which members and staff both read: the same types once for each schema."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.scalars import Money, Points, money
from kolektor.api.schema import SchemaKit, Type
from tenants.insight.history import Entry
from tenants.rules.selectors import ReceiptRow


class HistoryTypes:
    """`ReceiptReason`, `ReceiptLine` and `HistoryEntry` of one schema, and how a row becomes one."""

    def __init__(self, of: SchemaKit) -> None:
        class ReceiptReason(Type):
            """One rule's share of a line's points."""

            class Meta:
                kit = of

            rule_name = graphene.String(required=True)
            rule_version = graphene.Int(required=True)
            sentence = graphene.String(
                required=True, description="The arithmetic as a sentence in the reader's language."
            )
            points = graphene.Field(Points, required=True)

        class ReceiptLine(Type):
            """One invoice line and why it gave points."""

            class Meta:
                kit = of

            position = graphene.Int(required=True)
            product_name = graphene.String(required=True)
            sku = graphene.String()
            quantity = graphene.String(required=True)
            unit = graphene.String()
            net = graphene.Field(Money, required=True)
            points = graphene.Field(Points, required=True)
            reasons = graphene.List(graphene.NonNull(ReceiptReason), required=True)

        class SharedPoints(Type):
            """What a fitter of the buyer's firm got of a purchase."""

            class Meta:
                kit = of

            name = graphene.String(required=True)
            points = graphene.Field(Points, required=True)

        class HistoryEntry(Type):
            """A movement of available points: AWARD, MATURE, REVERSE, REPAY, HOLD, RELEASE, EXPIRE, ADJUST, TRANSFER"""

            class Meta:
                kit = of

            id = graphene.ID(required=True)
            kind = graphene.String(required=True)
            occurred_at = graphene.DateTime(required=True)
            points = graphene.Field(Points, required=True, description="Signed change of what the member can spend.")
            balance_after = graphene.Field(Points, required=True)
            document_number = graphene.String()
            document_date = graphene.Date()
            order_number = graphene.String()
            reward_name = graphene.String()
            reason = graphene.String(description="Of an adjustment by hand; of points passed on the giver's note.")
            counterpart = graphene.String(description="Who gave or got points that were passed on inside a firm.")
            lines = graphene.List(graphene.NonNull(ReceiptLine), required=True)
            firm_share = graphene.Boolean(
                required=True,
                description="A fitter's part of a purchase of the firm, whose lines are the buyer's to see.",
            )
            shared = graphene.List(
                graphene.NonNull(SharedPoints),
                required=True,
                description="What the buyer's fitters got of the document.",
            )

        self.shared: Any = SharedPoints
        self.reason: Any = ReceiptReason
        self.line: Any = ReceiptLine
        self.entry: Any = HistoryEntry

    def line_of(self, row: ReceiptRow) -> Any:
        """A receipt's line."""
        reasons = [
            self.reason(
                rule_name=reason.rule_name,
                rule_version=reason.rule_version,
                sentence=reason.sentence,
                points=reason.points,
            )
            for reason in row.reasons
        ]
        return self.line(
            position=row.position,
            product_name=row.product_name,
            sku=row.sku,
            quantity=f"{row.quantity.normalize():f}",
            unit=row.unit,
            net=money(row.net, row.currency),
            points=row.points,
            reasons=reasons,
        )

    def entry_of(self, row: Entry) -> Any:
        """A movement with its receipt."""
        return self.entry(
            id=str(row.id),
            kind=row.kind,
            occurred_at=row.occurred_at,
            points=row.points,
            balance_after=row.balance_after,
            document_number=row.document_number,
            document_date=row.document_date,
            order_number=row.order_number,
            reward_name=row.reward_name,
            reason=row.reason,
            lines=[self.line_of(line) for line in row.lines],
            counterpart=row.counterpart,
            firm_share=row.firm_share,
            shared=[self.shared(name=name, points=points) for name, points in row.shared],
        )
