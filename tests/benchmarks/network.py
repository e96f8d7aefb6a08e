"""N1: headquarters' page from its read models against one UNION ALL over the wholesalers' schemas, which must agree."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

from django.db import connections

from kolektor.embedded import home as embedded_home
from kolektor.embedded import postgres
from kolektor.kernel.binding import bound
from kolektor.kernel.outbox import services as outbox
from kolektor.kernel.tenant import public_context, tenant_context
from kolektor.network.models import Network, Wholesaler
from kolektor.reporting import selectors
from tenants.insight.services import _SALES
from tenants.program.onboarding import create_wholesaler
from tenants.rules import services as rules
from tenants.sales import services as sales
from tenants.sales.ports import Feeds
from tests.benchmarks import cluster, imports, seeding
from tests.benchmarks.measuring import Row, compare, say

DATABASE = "bench_network"
SLUG = "siec"
MONTHS = 12
LINES_EACH = 1_000
_RULES = {
    "rules": [{"code": "wszystko", "name": "Wszystko", "award": {"kind": "per_amount", "points": "1", "per": "1"}}]
}
# the figures of `selectors.overview`, from one schema's own tables
_OF_SCHEMA = f"""
SELECT '{{id}}'::uuid AS wholesaler, month, sum(sales), sum(documents), sum(lines), sum(awarded), sum(reversed), sum(spent),
  sum(orders), sum(buyers)
FROM (
  SELECT date_trunc('month', d.sale_date) AS month, coalesce(sum(l.value), 0) AS sales, 0::bigint AS documents,
    count(*) FILTER (WHERE NOT l.before AND NOT l.spread) AS lines, 0::numeric AS awarded, 0::numeric AS reversed,
    0::numeric AS spent, 0::bigint AS orders, 0::bigint AS buyers
  FROM {{schema}}.sales_salesline l JOIN {{schema}}.sales_salesdocument d ON d.id = l.document_id
  WHERE d.sale_date >= %(start)s AND {_SALES} GROUP BY 1
  UNION ALL
  SELECT date_trunc('month', d.sale_date), 0, 0, 0, coalesce(sum(a.units) FILTER (WHERE a.units > 0), 0),
    coalesce(-sum(a.units) FILTER (WHERE a.units < 0), 0), 0, 0, 0
  FROM {{schema}}.rules_awardline a JOIN {{schema}}.sales_salesdocument d ON d.id = a.document_id
  WHERE d.sale_date >= %(start)s GROUP BY 1
  UNION ALL
  SELECT date_trunc('month', d.sale_date), 0, count(*), 0, 0, 0, 0, 0, count(DISTINCT d.member_id)
  FROM {{schema}}.sales_salesdocument d WHERE d.sale_date >= %(start)s AND {_SALES} GROUP BY 1
  UNION ALL
  SELECT date_trunc('month', o.created_at AT TIME ZONE 'Europe/Warsaw'), 0, 0, 0, 0, 0, sum(o.units), count(*), 0
  FROM {{schema}}.orders_order o WHERE o.state = 'FULFILLED' AND o.created_at >= %(start)s GROUP BY 1
) figures GROUP BY month
"""


def n1(*, rounds: int, wholesalers: int, seconds: float) -> Row:
    """Both see the same figures, to the hundredth, or the row is not printed."""
    network_id = _build(wholesalers)
    row = Row(
        "N1",
        f"headquarters' page, {wholesalers} wholesalers, {MONTHS} months",
        "UNION ALL over their schemas",
        "pages per s",
        60,
        100,
    )
    seeding.point_at(DATABASE, "app")
    _as_hq(DATABASE)
    try:
        # as the superuser: no role of ours may read across schemas
        with public_context(), cluster.superuser(DATABASE) as cursor:
            union = _union(network_id)
            assert _ours(network_id) == _theirs(cursor, union) != {}
            row.notes.append("0 differences to recomputation from the schemas")
            compare(
                row,
                lambda: _per_second(lambda: selectors.overview(network_id, months=MONTHS), seconds),
                lambda: _per_second(lambda: _theirs(cursor, union), seconds),
                rounds=rounds,
            )
    finally:
        _as_hq("postgres")
        seeding.point_at("postgres", "app")
    return row


def _as_hq(database: str) -> None:
    connections["hq"].close()
    connections["hq"].settings_dict["NAME"] = database


def _build(count: int) -> UUID:
    """Wholesalers of one network through the services, each with sales that its outbox pushed to headquarters."""
    home = embedded_home.state_home()
    postgres.drop_database(home, DATABASE)
    postgres.ensure_database(home, DATABASE)
    file = home / "network.csv"
    imports.write_file(file, LINES_EACH)
    began = time.perf_counter()
    seeding.point_at(DATABASE, "owner")
    for number in range(count):
        create_wholesaler(slug=f"h{number}", network=SLUG, name=f"Hurtownia {number}", nip="5260250274")
    seeding.point_at(DATABASE, "app")
    outbox.on_wake(lambda schema: None)
    for wholesaler in list(Wholesaler.objects.order_by("slug")):
        with tenant_context(wholesaler):
            _sell(file)
            while outbox.drain():
                pass
    with cluster.superuser(DATABASE) as cursor:
        cursor.execute("VACUUM ANALYZE")
    say(f"  {count} wholesalers were built in {time.perf_counter() - began:.0f} s")
    network_id: UUID = Network.objects.get(slug=SLUG).pk
    seeding.point_at("postgres", "app")
    return network_id


def _sell(file: Path) -> None:
    rules.apply(body=_RULES)
    batch = sales.create_batch(
        format="csv", file_name=file.name, mapping=json.dumps(imports.MAPPING), enroll_buyers=True
    )
    sales.stage(batch=batch, paths=bound(Feeds).expand([file]))
    sales.commit(batch=batch)


def _union(network_id: UUID) -> str:
    owners = Wholesaler.objects.filter(network_id=network_id).order_by("slug")
    return "\nUNION ALL\n".join(_OF_SCHEMA.format(id=owner.pk, schema=f'"{owner.schema_name}"') for owner in owners)


def _ours(network_id: UUID) -> dict[tuple[UUID, str], tuple[Any, ...]]:
    found = {}
    for row in selectors.overview(network_id, months=MONTHS).wholesalers:
        for month in row.months:
            if month.documents or month.orders:
                found[(row.id, month.month)] = (
                    month.sales, month.documents, month.lines, month.units_awarded, month.units_reversed,
                    month.units_spent, month.orders, month.buyers,
                )  # fmt: skip
    return found


def _theirs(cursor: Any, union: str) -> dict[tuple[UUID, str], tuple[Any, ...]]:
    cursor.execute(union, {"start": selectors.last_months(MONTHS)[0]})
    return {(UUID(str(owner)), month.strftime("%Y-%m")): tuple(rest) for owner, month, *rest in cursor.fetchall()}


def _per_second(work: Callable[[], object], seconds: float) -> float:
    times: list[float] = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(times) < 3:
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return 1 / median(times)
