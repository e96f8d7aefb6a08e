"""The uploaded logo: what is taken, what is refused, where it lies, where it shows, who sees it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from PIL import Image

from kolektor.audit.models import AuditEntry
from kolektor.identity.clients import id_host
from kolektor.identity.services import ensure_person
from kolektor.kernel.errors import DomainError
from kolektor.kernel.tenant import tenant_context
from kolektor.kernel.wording import PointForms
from kolektor.network.faces import PublicFaces
from kolektor.network.models import Wholesaler
from tenants.members import services as members
from tenants.program import editing, logos, selectors
from tenants.program import services as program
from tenants.program.services import Face
from tests.api.client import HostClient, session_key

ADMIN = uuid4()
HOST, ELSEWHERE = "alfa.kolektor.localhost", "beta.kolektor.localhost"
ADDRESS = "/api/console/branding/logo"


@pytest.fixture(autouse=True)
def media(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(default_storage, "_wrapped", FileSystemStorage(location=tmp_path))
    yield tmp_path


def drawn(size: tuple[int, int] = (1200, 300), color: str = "#c02030ff") -> bytes:
    """A logo with a transparent rim."""
    picture = Image.new("RGBA", size, "#00000000")
    picture.paste(color, (10, 10, size[0] - 10, size[1] - 10))
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGBA")


def lying(media: Path) -> list[str]:
    return sorted(str(path.relative_to(media)) for path in media.rglob("*.webp"))


def actions() -> list[str]:
    rows = AuditEntry.objects.filter(action__startswith="branding.logo").order_by("id")
    return [row.action for row in rows]


def send(client: HostClient, content: bytes) -> tuple[int, dict[str, Any]]:
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n' + content + b"\r\n--x--\r\n"
    answer = client.request("POST", ADDRESS, data=body, content_type="multipart/form-data; boundary=x")
    return answer.status_code, json.loads(answer.content)


@pytest.fixture
def admin(alfa: Any) -> HostClient:
    with tenant_context(alfa):
        person = ensure_person(email="admin@alfa.example")
        members.grant_role(person=person, role="program_admin")
    return HostClient(HOST, session_key(person, HOST))


def test_set_replaced_and_removed(in_alfa: Any, media: Path, django_capture_on_commit_callbacks: Any) -> None:
    def change(content: bytes | None) -> list[str]:
        with django_capture_on_commit_callbacks(execute=True):
            row = logos.put(content=content, actor=ADMIN) if content else logos.remove(actor=ADMIN)
        row.refresh_from_db()
        assert Wholesaler.objects.get(slug="alfa").logo == row.logo
        return [row.logo] if row.logo else []

    red, blue = drawn(), drawn(color="#2030c0ff")
    (first,) = change(red)
    assert lying(media) == [f"w_alfa/logos/{first}-{width}.webp" for width in (256, 768)]
    assert change(red) == [first]
    (second,) = change(blue)
    assert first != second
    assert lying(media) == [f"w_alfa/logos/{second}-{width}.webp" for width in (256, 768)]
    # neither the form of the look nor setting the program up again takes it away
    editing.update_branding(name="Klub", face=Face(logo_text="A"), point_forms=PointForms(), actor=ADMIN)
    program.set_up(name="Alfa")
    assert selectors.branding().logo == Wholesaler.objects.get(slug="alfa").logo == second
    assert change(None) == change(None) == lying(media) == []
    assert actions() == ["branding.logo_set", "branding.logo_set", "branding.logo_removed"]
    last = AuditEntry.objects.filter(action="branding.logo_set").latest("id")
    assert (last.object_type, last.object_id, last.actor, last.data["logo"]) == ("program", "1", ADMIN, second)


def test_a_logo_that_is_set_again_before_its_files_go_keeps_them(
    in_alfa: Any, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        logos.put(content=drawn(), actor=ADMIN)
        logos.remove(actor=ADMIN)
        logos.put(content=drawn(), actor=ADMIN)
    assert len(lying(media)) == 2


def test_it_stays_transparent_and_is_not_enlarged(in_alfa: Any) -> None:
    row = logos.put(content=drawn((100, 400)), actor=ADMIN)
    for width in (256, 768):
        picture = opened(HostClient(HOST).get(f"/logos/{row.logo}-{width}.webp").content)
        assert picture.size == (100, 400)
        assert (picture.getpixel((3, 3))[3], picture.getpixel((50, 200))) == (0, (192, 32, 48, 255))  # type: ignore[index]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "UPLOAD_EMPTY"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "PICTURE_UNREADABLE"),
        (drawn()[:200], "PICTURE_UNREADABLE"),
        (drawn((63, 500)), "PICTURE_TOO_SMALL"),
        (drawn((9000, 9000)), "PICTURE_TOO_LARGE"),
    ],
    ids=["empty", "svg", "cut off", "small", "pixels"],
)
def test_what_is_refused_leaves_the_one_before(in_alfa: Any, media: Path, content: bytes, code: str) -> None:
    before = logos.put(content=drawn((200, 200)), actor=ADMIN).logo
    with pytest.raises(DomainError, match=code):
        logos.put(content=content, actor=ADMIN)
    assert (selectors.branding().logo, len(lying(media)), actions()) == (before, 2, ["branding.logo_set"])


def test_over_http_at_home_only(admin: HostClient, alfa: Any, beta: Any) -> None:
    member = ensure_person(email="jan@alfa.example")
    with tenant_context(alfa):
        members.enroll(person=member)
    assert send(HostClient(HOST), drawn())[0] == 401
    assert send(HostClient(HOST, session_key(member, HOST)), drawn())[0] == 403
    person = ensure_person(email="admin@alfa.example")
    assert send(HostClient(ELSEWHERE, session_key(person, ELSEWHERE)), drawn())[0] == 403
    assert HostClient(HOST).request("DELETE", ADDRESS).status_code == 401
    assert admin.get(ADDRESS).status_code == 405
    status, answer = send(admin, drawn())
    assert status == 201
    address = answer["logo"]
    shown = HostClient(HOST).get(address)
    assert (shown.status_code, shown["Content-Type"], opened(shown.content).size) == (200, "image/webp", (256, 64))
    assert "immutable" in shown["Cache-Control"]
    # not at another wholesaler, and by no other name
    assert HostClient(ELSEWHERE).get(address).status_code == 404
    for name in (address.replace("256", "257"), "/logos/..%2F..%2Fetc%2Fpasswd", "/logos/alfa"):
        assert HostClient(HOST).get(name).status_code == 404
    bad, said = send(admin, b"no picture")
    assert (bad, said["errors"][0]["code"], said["errors"][0]["field"]) == (400, "PICTURE_UNREADABLE", "file")
    assert said["errors"][0]["message"].startswith("To nie jest obraz PNG")
    assert send(admin, b"x" * (5 * 1024 * 1024 + 1))[0] == 413
    _, body = admin.graphql("console", "{ branding { logo } programTimeline { code text } }")
    assert body["data"]["branding"] == {"logo": address}
    assert body["data"]["programTimeline"][-1] == {"code": "branding.logo_set", "text": "Wgrano logo"}
    assert json.loads(admin.request("DELETE", ADDRESS).content) == {"logo": None}
    _, body = admin.graphql("console", "{ branding { logo } }")
    assert body["data"]["branding"] == {"logo": None}


def test_every_face_of_the_program_takes_it_and_gives_it_back(admin: HostClient, alfa: Any, beta: Any) -> None:
    names = ("logo.svg", "180.png", "192.png", "512.png", "maskable-512.png", "mail.png")

    def faces(host: str = HOST) -> list[bytes]:
        client = HostClient(host)
        return [client.get(f"/icons/{name}").content for name in names] + [
            client.get("/brand.json").content, client.get("/manifest.webmanifest").content,
            HostClient(id_host()).get(f"/logos/{host.removesuffix('.kolektor.localhost')}").content,
        ]  # fmt: skip

    before, of_beta = faces(), faces(ELSEWHERE)
    assert json.loads(before[6])["logoUrl"] == "/icons/logo.svg"
    assert json.loads(before[6])["logoGround"] is None
    address = send(admin, drawn())[1]["logo"]
    after = faces()
    assert all(old != new for old, new in zip(before, after, strict=True))
    assert faces(ELSEWHERE) == of_beta
    brand = json.loads(after[6])
    assert (brand["logoUrl"], brand["logoGround"]) == (address, "#ffffff")
    tag = address.removeprefix("/logos/")[:12]
    assert [icon["src"] for icon in json.loads(after[7])["icons"]] == [
        f"/icons/{name}.png?v={tag}" for name in ("192", "512", "maskable-512")
    ]
    # the sign-on shows the same picture, from its own host
    assert b"data:image/webp;base64," in after[0] and after[8] == after[0]
    assert admin.request("DELETE", ADDRESS).status_code == 200
    assert faces() == before


def test_icons_stand_on_the_ground_and_survive_being_cut(in_alfa: Any) -> None:
    program.set_up(name="Alfa", face=Face(surface_color="#fff7ef"))
    logos.put(content=drawn((400, 400)), actor=ADMIN)
    ground, red = (255, 247, 239, 255), (192, 32, 48, 255)
    client = HostClient(HOST)
    for name, size in (("180", 180), ("192", 192), ("512", 512), ("maskable-512", 512)):
        icon = opened(client.get(f"/icons/{name}.png").content)
        assert icon.size == (size, size)
        assert icon.getpixel((size // 2, size // 2)) == red
        corner = icon.getpixel((0, 0))
        assert corner == ground if name in {"180", "maskable-512"} else corner[3] == 0  # type: ignore[index]
    icon = opened(client.get("/icons/maskable-512.png").content)
    outside = [
        (x, y) for x in range(0, 512, 4) for y in range(0, 512, 4) if (x - 256) ** 2 + (y - 256) ** 2 > (0.4 * 512) ** 2
    ]
    assert {icon.getpixel(place) for place in outside} == {ground}


def test_a_file_that_is_gone_leaves_the_drawn_logo(alfa: Any, media: Path) -> None:
    client = HostClient(HOST)
    drawn_one = [client.get(f"/icons/{name}").content for name in ("logo.svg", "192.png", "mail.png")]
    with tenant_context(alfa):
        # a color of its own: icons that were made are kept by the logo's digest
        logos.put(content=drawn(color="#20a030ff"), actor=ADMIN)
    for path in media.rglob("*.webp"):
        path.unlink()
    assert [client.get(f"/icons/{name}").content for name in ("logo.svg", "192.png", "mail.png")] == drawn_one


def test_the_sign_on_knows_the_face_of_a_live_wholesaler(admin: HostClient, alfa: Any) -> None:
    client = HostClient(id_host())

    def face(next: str) -> Any:
        return json.loads(client.request("GET", "/api/face", QUERY_STRING=f"next={next}").content)["face"]

    back = f"/identity/o/authorize%3Fclient_id%3Dhost.{HOST}"
    assert face(back) == {
        "name": "Alfa", "logoUrl": "/logos/alfa", "logoGround": None, "primaryColor": "#1f4e79"
    }  # fmt: skip
    send(admin, drawn())
    assert face(back)["logoGround"] == "#ffffff"
    person = ensure_person(email="admin@alfa.example")
    programs = HostClient(id_host(), session_key(person, id_host())).get("/api/programs")
    (card,) = json.loads(programs.content)["programs"]
    assert (card["logoUrl"], card["logoGround"]) == ("/logos/alfa", "#ffffff")
    for nobody in ("", "/", "/identity/o/authorize%3Fclient_id%3Dhost.nobody.example"):
        assert face(nobody) is None
    assert client.get("/logos/nobody").status_code == 404
    Wholesaler.objects.filter(slug="alfa").update(state=Wholesaler.State.PROVISIONED)
    assert face(back) is None
    assert client.get("/logos/alfa").status_code == 404


def test_mails_show_it_from_the_wholesalers_host(in_alfa: Any) -> None:
    from kolektor.mailing import frame
    from kolektor.mailing.templates import Rendered
    from tenants.messaging import rendering

    program.set_up(name='Klub "Żuraw"', face=Face(logo_text="KŻ", logo_shape="square"))

    def mails() -> list[str]:
        at_sign_on = PublicFaces().face_of(HOST)
        assert at_sign_on is not None
        said = Rendered(subject="S", text="T", mjml="<mj-text>T</mj-text>", action="")
        return [frame.build(said, face=face, language="pl").html for face in (rendering.face(), at_sign_on)]

    for html in mails():
        assert "<img" not in html and "KŻ" in html and "border-radius:6px" in html
    digest = logos.put(content=drawn(), actor=ADMIN).logo
    for html in mails():
        assert f'<img src="http://{HOST}:8000/icons/mail.png?v={digest[:12]}"' in html
        assert 'alt="Klub &quot;Żuraw&quot;"' in html and "KŻ" not in html
    picture = opened(HostClient(HOST).get("/icons/mail.png").content)
    assert picture.height == 120 and 120 < picture.width <= 480
