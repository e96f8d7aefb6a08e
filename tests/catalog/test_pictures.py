"""Pictures of rewards: what is taken, what is refused, where it lies, who sees it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from PIL import Image

from catalog.rewards import pictures, services
from catalog.rewards.models import Reward
from kolektor.audit.models import AuditEntry
from kolektor.identity.services import ensure_person
from kolektor.kernel import pictures as kernel_pictures
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.pictures import prepare
from kolektor.kernel.tenant import tenant_context
from tenants.members import services as members
from tests.api.client import HostClient, session_key


@pytest.fixture(autouse=True)
def media(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(default_storage, "_wrapped", FileSystemStorage(location=tmp_path))
    yield tmp_path


def drawn(
    size: tuple[int, int] = (800, 500), color: str = "#c02030", format: str = "PNG", mode: str = "RGB", **more: Any
) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size, color).save(buffer, format, **more)
    return buffer.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def reward(name: str = "Kino") -> Reward:
    return services.offer_pool(name=name, brand_name="Kino", amounts=[Decimal(30)])


def lying(media: Path) -> list[str]:
    return sorted(str(path.relative_to(media)) for path in media.rglob("*.webp"))


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP"])
def test_each_width_is_made_and_none_enlarged(format: str) -> None:
    found = prepare(drawn((400, 250), format=format), widths=(160, 320, 640))
    assert {width: opened(data).size for width, data in found.files.items()} == {
        160: (160, 100), 320: (320, 200), 640: (400, 250),
    }  # fmt: skip
    assert {opened(data).format for data in found.files.values()} == {"WEBP"}


def test_a_strip_is_made_small_in_both_directions() -> None:
    (data,) = prepare(drawn((70, 20_000)), widths=(160,)).files.values()
    assert opened(data).size == (2, 640)


def test_a_photo_stands_upright_and_tells_nothing() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010F] = "Telefon Jana"
    exif.get_ifd(0x8825)[1] = "N"
    (data,) = prepare(drawn((400, 200), format="JPEG", exif=exif), widths=(640,)).files.values()
    assert opened(data).size == (200, 400)
    assert not opened(data).getexif() and b"Telefon" not in data


def test_what_is_transparent_stays_so() -> None:
    (data,) = prepare(drawn((100, 100), "#00000000", mode="RGBA"), widths=(160,)).files.values()
    assert opened(data).convert("RGBA").getpixel((5, 5))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "UPLOAD_EMPTY"),
        (b"no picture", "PICTURE_UNREADABLE"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "PICTURE_UNREADABLE"),
        (drawn()[:200], "PICTURE_UNREADABLE"),
        (drawn(format="GIF"), "PICTURE_UNREADABLE"),
        (drawn((63, 500)), "PICTURE_TOO_SMALL"),
        (drawn((9000, 9000)), "PICTURE_TOO_LARGE"),
        (b"x" * (kernel_pictures.MAX_BYTES + 1), "PICTURE_TOO_LARGE"),
    ],
    ids=["empty", "text", "svg", "cut off", "gif", "small", "pixels", "bytes"],
)
def test_what_is_refused_keeps_nothing(in_alfa: Any, media: Path, content: bytes, code: str) -> None:
    row = reward()
    with pytest.raises(DomainError, match=code):
        pictures.put(reward_id=row.pk, content=content)
    row.refresh_from_db()
    assert (row.picture, lying(media)) == ("", [])


def test_replaced_and_removed(in_alfa: Any, media: Path, django_capture_on_commit_callbacks: Any) -> None:
    first, second = reward("Kino"), reward("Teatr")
    red, blue = drawn(), drawn(color="#2030c0")
    with django_capture_on_commit_callbacks(execute=True):
        pictures.put(reward_id=first.pk, content=red)
        pictures.put(reward_id=second.pk, content=red)
        pictures.put(reward_id=first.pk, content=red)
    assert [path.split("/")[0] for path in lying(media)] == ["w_alfa"] * 3
    with django_capture_on_commit_callbacks(execute=True):
        pictures.put(reward_id=first.pk, content=blue)
    assert len(lying(media)) == 6  # the other reward still has the red one
    with django_capture_on_commit_callbacks(execute=True):
        pictures.remove(reward_id=second.pk)
        pictures.remove(reward_id=second.pk)
    assert len(lying(media)) == 3
    entries = AuditEntry.objects.filter(object_type="reward", action__startswith="reward.picture").order_by("id")
    assert [entry.action for entry in entries] == [
        "reward.picture_set", "reward.picture_set", "reward.picture_set", "reward.picture_removed",
    ]  # fmt: skip
    with pytest.raises(NotFound):
        pictures.put(reward_id=uuid4(), content=red)


def test_over_http_at_home_only(alfa: Any, beta: Any, media: Path) -> None:
    with tenant_context(alfa):
        row = reward()
        admin = ensure_person(email="admin@alfa.example")
        members.grant_role(person=admin, role="program_admin")
        member = ensure_person(email="jan@alfa.example")
        members.enroll(person=member)
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n' + drawn() + b"\r\n--x--\r\n"
    sent = {"data": body, "content_type": "multipart/form-data; boundary=x"}
    address = f"/api/console/rewards/{row.pk}/picture"
    here, there = "alfa.kolektor.localhost", "beta.kolektor.localhost"
    assert HostClient(here).request("POST", address, **sent).status_code == 401
    assert HostClient(here, session_key(member, here)).request("POST", address, **sent).status_code == 403
    assert HostClient(there, session_key(admin, there)).request("POST", address, **sent).status_code == 403
    client = HostClient(here, session_key(admin, here))
    answer = client.request("POST", address, **sent)
    assert answer.status_code == 201
    picture = json.loads(answer.content)["picture"]
    shown = HostClient(here).get(f"{picture}-320.webp")
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/webp")
    assert "immutable" in shown["Cache-Control"] and opened(shown.content).size == (320, 200)
    assert HostClient(there).get(f"{picture}-320.webp").status_code == 404
    for name in (f"{picture}-321.webp", "/pictures/..%2F..%2Fetc%2Fpasswd", f"{picture}x-320.webp"):
        assert HostClient(here).get(name).status_code == 404
    bad = client.request("POST", address, data=body.replace(b"PNG", b"XXX", 1), content_type=sent["content_type"])
    assert (bad.status_code, json.loads(bad.content)["errors"][0]["code"]) == (400, "PICTURE_UNREADABLE")
    assert json.loads(client.request("DELETE", address).content) == {"picture": None}
