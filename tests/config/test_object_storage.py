"""With a bucket set, uploads go to S3, under the wholesaler's prefix; without one, to the home folder."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import boto3
import pytest
from django.core.files.storage import storages
from moto.server import ThreadedMotoServer

from kolektor.kernel.tenant import tenant_context
from tenants.sales import console_imports

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
            "OPTIONS": {"bucket_name": BUCKET, "endpoint_url": endpoint, "default_acl": None, "file_overwrite": False},
        },
    }
    yield client
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
