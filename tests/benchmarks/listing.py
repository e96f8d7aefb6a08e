"""G1: a GraphQL page of 100 orders with reward and voucher against the ORM's `values()` of the same rows."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any

from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from catalog.orders.models import Order
from kolektor.api.execution import run
from kolektor.api.permissions import Actor
from kolektor.api.view import check_limits
from kolektor.config.graphql import MEMBER_SCHEMA
from kolektor.kernel.tenant import tenant_context
from tenants.members.models import Member
from tests.benchmarks import cluster, seeding
from tests.benchmarks.measuring import Row, compare

PAGE = 100
# what the member's list of orders asks for, and the voucher beside it
QUERY = """
query Orders($first: Int!) {
  orders(first: $first) {
    pageInfo { hasNextPage endCursor }
    edges { node {
      id number state createdAt rewardName brandName faceValue { amount currency } points voucher { id }
    } }
  }
}
"""
_COLUMNS = (
    "id", "sequence", "state", "created_at", "reward__name", "reward__brand_name", "units", "face_value", "currency",
    "voucher__id",
)  # fmt: skip


def g1(*, rounds: int, seconds: int) -> Row:
    """Milliseconds a page, limits and permission checks included; the HTTP around it is S2's matter."""
    row = Row(
        "G1", f"GraphQL page of {PAGE} rows with 2 relations", "ORM `values()`", "ms", 10, 3, higher_is_better=False
    )
    seeding.point_at(cluster.fresh(cluster.TEMPLATE), "app")
    wholesaler = seeding.wholesaler()
    with tenant_context(wholesaler):
        member = Member.objects.get(email=seeding.buyer_email(0))
        request = _request(member, wholesaler)
        page(request, 10)  # the member is looked up once a request
        few, many = _queries(request, 10), _queries(request, PAGE)
        assert few == many, f"N+1: {few} queries for 10 rows, {many} for {PAGE}"
        row.notes.append(f"{many} queries for 10 rows and for {PAGE}")
        compare(
            row,
            lambda: _milliseconds(lambda: page(request, PAGE), seconds),
            lambda: _milliseconds(lambda: plain(member), seconds),
            rounds=rounds,
        )
    seeding.point_at("postgres", "app")
    return row


def _request(member: Member, wholesaler: Any) -> Any:
    request: Any = RequestFactory().post("/graphql/member")
    request.actor = Actor(member.person_id, frozenset({"member"}))
    request.site_kind, request.wholesaler, request.network = "wholesaler", wholesaler, None
    return request


def page(request: Any, first: int) -> int:
    """One page as the endpoint makes it; returns how many rows."""
    checked = check_limits(QUERY, MEMBER_SCHEMA)
    assert not checked.errors
    schema = MEMBER_SCHEMA.graphql_schema
    answer = run(schema, checked.document, variables={"first": first}, request=request)
    assert answer.data is not None and not answer.errors, answer
    return len(answer.data["orders"]["edges"])


def plain(member: Member) -> int:
    """The same rows and columns, as a Django developer would fetch them."""
    return len(list(Order.objects.filter(member=member).order_by("-sequence").values(*_COLUMNS)[:PAGE]))


def _queries(request: Any, first: int) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert page(request, first) == first
    return len(seen)


def _milliseconds(work: Callable[[], int], seconds: float) -> float:
    """Median time of one page within a time box."""
    times: list[float] = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(times) < 3:
        begun = time.perf_counter()
        assert work() == PAGE
        times.append((time.perf_counter() - begun) * 1000)
    return median(times)
