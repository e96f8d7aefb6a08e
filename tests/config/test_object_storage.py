"""With a bucket set, uploads go to S3, under the wholesaler's prefix; without one, to the home folder."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import boto3
import httpx
import pytest
from django.core.files.storage import storages
from moto.server import ThreadedMotoServer
from PIL import Image

from catalog.rewards import pictures
from catalog.rewards import services as rewards
from kolektor.identity.services import ensure_person
from kolektor.kernel import clock
from kolektor.kernel.outbox import services as outbox
from kolektor.kernel.tenant import public_context, tenant_context
from kolektor.network.models import NetworkRole
from kolektor.network.services import grant_network_role
from kolektor.reporting import exports
from kolektor.reporting.models import Export
from tenants.program import logos
from tenants.sales import console_imports
from tests.api.client import HostClient, session_key

BUCKET = "kolektor-test"


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Any]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    client = boto3.client("s3", endpoint_url=endpoint)
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": BUCKET,
                "endpoint_url": endpoint,
                "default_acl": None,
                "file_overwrite": False,
                "querystring_auth": True,
            },
        },
    }
    yield client
    # moto's state is the process's, not the server's
    for item in client.list_objects_v2(Bucket=BUCKET).get("Contents", ()):
        client.delete_object(Bucket=BUCKET, Key=item["Key"])
    client.delete_bucket(Bucket=BUCKET)
    server.stop()


def test_an_upload_lies_under_the_wholesalers_prefix(alfa: Any, bucket: Any) -> None:
    with tenant_context(alfa):
        batch = console_imports.upload(
            file=io.BytesIO(b"<a/>"),
            file_name="../../etc/faktura.xml",
            size=4,
            format="ksef",
            mapping="",
            actor=uuid4(),
        )
    listed = bucket.list_objects_v2(Bucket=BUCKET)["Contents"]
    assert [item["Key"] for item in listed] == [batch.storage_key]
    assert batch.storage_key.startswith("w_alfa/imports/")
    assert batch.file_name == "faktura.xml"
    with storages["default"].open(batch.storage_key) as stored:
        assert stored.read() == b"<a/>"


def drawn(color: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (400, 250), color).save(buffer, "PNG")
    return buffer.getvalue()


def test_a_picture_lies_under_the_wholesalers_prefix_and_goes_when_it_is_replaced(
    alfa: Any, bucket: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with tenant_context(alfa):
        reward = rewards.offer_pool(name="Kino", brand_name="Kino", amounts=[Decimal(30)])
        found = []
        for color in ("red", "blue"):
            with django_capture_on_commit_callbacks(execute=True):
                row = pictures.put(reward_id=reward.pk, content=drawn(color))
            listed = [item["Key"] for item in bucket.list_objects_v2(Bucket=BUCKET)["Contents"]]
            assert sorted(listed) == sorted(f"w_alfa/pictures/{row.picture}-{width}.webp" for width in pictures.WIDTHS)
            found.append(row.picture)
    assert found[0] != found[1]
    host = "alfa.kolektor.localhost"
    assert HostClient(host).get(f"/pictures/{found[1]}-160.webp").content.startswith(b"RIFF")
    assert HostClient(host).get(f"/pictures/{found[0]}-160.webp").status_code == 404


def test_a_logo_lies_under_the_wholesalers_prefix_and_goes_when_it_is_replaced(
    alfa: Any, bucket: Any, django_capture_on_commit_callbacks: Any
) -> None:
    found = []
    for color in ("red", "blue"):
        with tenant_context(alfa), django_capture_on_commit_callbacks(execute=True):
            found.append(logos.put(content=drawn(color), actor=uuid4()).logo)
        listed = [item["Key"] for item in bucket.list_objects_v2(Bucket=BUCKET)["Contents"]]
        assert sorted(listed) == [f"w_alfa/logos/{found[-1]}-{width}.webp" for width in (256, 768)]
    client = HostClient("alfa.kolektor.localhost")
    assert client.get(f"/logos/{found[1]}-256.webp").content.startswith(b"RIFF")
    assert client.get(f"/logos/{found[0]}-256.webp").status_code == 404
    assert client.get("/icons/512.png").content.startswith(b"\x89PNG")
    # the sign-on finds it without the wholesaler's schema
    assert b"data:image/webp" in HostClient("id.kolektor.localhost").get("/logos/alfa").content
    with tenant_context(alfa), django_capture_on_commit_callbacks(execute=True):
        logos.remove(actor=uuid4())
    assert "Contents" not in bucket.list_objects_v2(Bucket=BUCKET)


def test_an_export_is_fetched_by_a_link_of_a_minute(fresh: Callable[..., Any], bucket: Any) -> None:
    network = fresh("kubel", network="siec-kubla").network
    with public_context():
        analyst = ensure_person(email="analityk@hq.example")
        grant_network_role(network=network, person_id=analyst.pk, role="analyst")
        row = exports.ask(network_id=network.pk, months=1, language="pl", actor=analyst.pk)
        outbox.drain()
    listed = [item["Key"] for item in bucket.list_objects_v2(Bucket=BUCKET)["Contents"]]
    assert listed == [f"network-siec-kubla/exports/{row.pk.hex}.xlsx"]
    host = "hq.siec-kubla.kolektor.localhost"
    answer = HostClient(host, session_key(analyst, host)).get(f"/api/exports/{row.pk}")
    assert answer.status_code == 302
    link = answer["Location"]
    assert {"X-Amz-Signature", "X-Amz-Expires"} <= parse_qs(urlsplit(link).query).keys() and "X-Amz-Expires=60" in link
    assert httpx.get(link).content.startswith(b"PK")
    # without the signature the bucket's own rule holds; nothing was made public
    assert "AllUsers" not in str(bucket.get_object_acl(Bucket=BUCKET, Key=listed[0])["Grants"])
    with public_context():
        Export.objects.filter(pk=row.pk).update(expires_at=clock.now())
        assert exports.tidy() == 1
        NetworkRole.objects.filter(network=network).delete()
    assert "Contents" not in bucket.list_objects_v2(Bucket=BUCKET)
