"""Types that members and staff both see."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.schema import SchemaKit, Type


def point_forms_type(kit: SchemaKit) -> Any:
    """`PointForms` for one schema."""
    fields = {form: graphene.String(required=True) for form in ("one", "few", "many", "other")}
    return type(
        "PointForms",
        (Type,),
        {
            "__doc__": "What the program calls its points after a number (CLDR: 1 punkt, 2 punkty, 5 punktów, 1,5 punktu).",
            "Meta": type("Meta", (), {"kit": kit}),
            **fields,
        },
    )
