"""Settings and look of a program: what is written, what is refused with its field, what the timeline and the network hear."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from kolektor.audit.models import AuditEntry
from kolektor.identity.services import ensure_person
from kolektor.kernel.errors import DomainError
from kolektor.kernel.tenant import tenant_context
from kolektor.kernel.wording import PointForms
from kolektor.network.models import Wholesaler
from tenants.members import services as members
from tenants.program import editing, selectors
from tenants.program.models import Branding, ProgramSettings
from tenants.program.services import Face
from tests.api.client import HostClient, session_key

ADMIN = uuid4()
SETTINGS: dict[str, Any] = {
    "name": "Klub Alfa", "nip": "526-025-02-74", "support_email": "pomoc@alfa.example", "support_phone": "+48 12 345 67 89",
    "rounding": "half_up", "lot_life_months": 12, "late_match_days": 30, "confirm_above": 900,
}  # fmt: skip
FACE = Face("#0A7D3C", "#ffb000", "#fafafa", "ka", "hexagon")
DROPS = PointForms("kropla", "krople", "kropel", "kropli")
HOST = "alfa.kolektor.localhost"
UPDATE_PROGRAM = """mutation T($input: UpdateProgramInput!) { updateProgram(input: $input) {
  program { name nip rounding lotLifeMonths lateMatchDays supportEmail supportPhone } errors { code field message } } }"""
UPDATE_BRANDING = """mutation T($input: UpdateBrandingInput!) { updateBranding(input: $input) {
  branding { primaryColor logoText logoShape } errors { code field message } } }"""
BRANDING = {
    "name": "Klub Alfa", "primaryColor": "#0A7D3C", "accentColor": "#ffb000", "surfaceColor": "#fafafa", "logoText": "ka",
    "logoShape": "hexagon", "pointOne": "kropla", "pointFew": "krople", "pointMany": "kropel", "pointOther": "kropli",
}  # fmt: skip


def entries() -> list[AuditEntry]:
    changed = ("program.settings_changed", "program.branding_changed")
    return list(AuditEntry.objects.filter(object_type="program", action__in=changed).order_by("id"))


def change_look(
    *, actor: UUID = ADMIN, name: str = "Klub Alfa", face: Face = FACE, forms: PointForms = DROPS
) -> Branding:
    return editing.update_branding(name=name, face=face, point_forms=forms, actor=actor)


def test_settings_are_written_with_before_and_after(in_alfa: Any) -> None:
    row = editing.update_program(**SETTINGS, actor=ADMIN)
    row.refresh_from_db()
    assert {field: getattr(row, field) for field in SETTINGS} == {**SETTINGS, "nip": "5260250274"}
    [entry] = entries()
    assert (entry.action, entry.object_id, entry.actor) == ("program.settings_changed", "1", ADMIN)
    assert entry.data == {
        "before": {
            "name": "Alfa", "support_email": "", "support_phone": "", "rounding": "half_even", "lot_life_months": 24,
            "late_match_days": 90,
            "confirm_above": 5000,
        },
        "after": {
            "name": "Klub Alfa", "support_email": "pomoc@alfa.example", "support_phone": "+48 12 345 67 89",
            "rounding": "half_up", "lot_life_months": 12, "late_match_days": 30, "confirm_above": 900,
        },
    }  # fmt: skip
    # the switcher knows the new name at once, with the look that it had
    face = Wholesaler.objects.get(slug="alfa")
    assert (face.name, face.primary_color) == ("Klub Alfa", selectors.branding().primary_color)
    editing.update_program(**SETTINGS, actor=ADMIN)
    assert len(entries()) == 1


def test_points_may_live_without_end(in_alfa: Any) -> None:
    row = editing.update_program(**{**SETTINGS, "lot_life_months": None}, actor=ADMIN)
    row.refresh_from_db()
    assert row.lot_life_months is None
    assert entries()[0].data["after"]["lot_life_months"] is None


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"name": "  "}, "NAME_MISSING", "name"),
        ({"name": "a" * 121}, "NAME_TOO_LONG", "name"),
        ({"nip": "5260250275"}, "BAD_NIP", "nip"),
        ({"support_email": "pomoc@"}, "BAD_EMAIL", "supportEmail"),
        ({"support_phone": "12345"}, "BAD_PHONE", "supportPhone"),
        ({"support_phone": "zadzwoń"}, "BAD_PHONE", "supportPhone"),
        ({"rounding": "up"}, "UNKNOWN_ROUNDING", "rounding"),
        ({"lot_life_months": 0}, "OUT_OF_RANGE", "lotLifeMonths"),
        ({"lot_life_months": 121}, "OUT_OF_RANGE", "lotLifeMonths"),
        ({"late_match_days": -1}, "OUT_OF_RANGE", "lateMatchDays"),
        ({"late_match_days": 731}, "OUT_OF_RANGE", "lateMatchDays"),
        ({"confirm_above": 0}, "OUT_OF_RANGE", "confirmAbove"),
        ({"confirm_above": 10_000_001}, "OUT_OF_RANGE", "confirmAbove"),
    ],
)
def test_bad_settings_change_nothing(in_alfa: Any, change: dict[str, Any], code: str, field: str) -> None:
    before = ProgramSettings.objects.values().get()
    with pytest.raises(DomainError) as refused:
        editing.update_program(**{**SETTINGS, **change}, actor=ADMIN)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert ProgramSettings.objects.values().get() == before
    assert entries() == []


def test_the_look_is_written_and_published(in_alfa: Any) -> None:
    row = change_look()
    row.refresh_from_db()
    assert (row.primary_color, row.accent_color, row.surface_color) == ("#0a7d3c", "#ffb000", "#fafafa")
    assert (row.logo_text, row.logo_shape) == ("KA", "hexagon")
    assert selectors.settings().point_forms == DROPS.as_dict()
    face = Wholesaler.objects.get(slug="alfa")
    assert (face.name, face.primary_color, face.accent_color) == ("Klub Alfa", "#0a7d3c", "#ffb000")
    assert face.point_forms == DROPS.as_dict()
    [entry] = entries()
    assert entry.data["before"]["primary_color"] == "#1f4e79"
    assert entry.data["after"]["primary_color"] == "#0a7d3c"
    assert entry.data["after"]["point_forms"] == DROPS.as_dict()
    change_look()
    assert len(entries()) == 1


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"name": ""}, "NAME_MISSING", "name"),
        ({"face": replace(FACE, primary_color="green")}, "BAD_COLOR", "primaryColor"),
        ({"face": replace(FACE, accent_color="#12345")}, "BAD_COLOR", "accentColor"),
        ({"face": replace(FACE, surface_color="#fff;}")}, "BAD_COLOR", "surfaceColor"),
        ({"face": replace(FACE, logo_text="")}, "BAD_LOGO_TEXT", "logoText"),
        ({"face": replace(FACE, logo_text="ABCD")}, "BAD_LOGO_TEXT", "logoText"),
        ({"face": replace(FACE, logo_text="<b")}, "BAD_LOGO_TEXT", "logoText"),
        # one letter that is two in capitals still fits; four do not
        ({"face": replace(FACE, logo_text="ßßa")}, "BAD_LOGO_TEXT", "logoText"),
        ({"face": replace(FACE, logo_shape="star")}, "UNKNOWN_SHAPE", "logoShape"),
        ({"forms": replace(DROPS, many=" ")}, "POINT_FORM_MISSING", "pointMany"),
        ({"forms": replace(DROPS, other="k" * 25)}, "NAME_TOO_LONG", "pointOther"),
    ],
)
def test_a_bad_look_changes_nothing(in_alfa: Any, change: dict[str, Any], code: str, field: str) -> None:
    before = (ProgramSettings.objects.values().get(), Branding.objects.values().get())
    with pytest.raises(DomainError) as refused:
        change_look(**change)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert (ProgramSettings.objects.values().get(), Branding.objects.values().get()) == before
    assert entries() == []


@pytest.fixture
def admin(alfa: Any) -> HostClient:
    person = ensure_person(email="szefowa@alfa.example", first_name="Anna", last_name="Zielińska")
    with tenant_context(alfa):
        members.grant_role(person=person, role="program_admin")
    return HostClient(HOST, session_key(person, HOST))


def test_face_of_the_host_follows_at_once(alfa: Any, admin: HostClient) -> None:
    """Style, manifest and icons change with the next request, and what a browser kept is no longer current."""
    stranger = HostClient(HOST)
    paths = ("/brand.css", "/brand.json", "/manifest.webmanifest", "/icons/logo.svg", "/icons/192.png")
    before = {path: stranger.get(path) for path in paths}
    for path, answer in before.items():
        assert stranger.request("GET", path, HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 304
    status, body = admin.graphql("console", UPDATE_BRANDING, {"input": BRANDING})
    assert status == 200
    assert body["data"]["updateBranding"] == {
        "branding": {"primaryColor": "#0a7d3c", "logoText": "KA", "logoShape": "hexagon"}, "errors": []
    }  # fmt: skip
    for path, answer in before.items():
        again = stranger.request("GET", path, HTTP_IF_NONE_MATCH=answer["ETag"])
        assert again.status_code == 200, path
        assert again.content != answer.content
        assert again["Cache-Control"] == "no-cache"
    assert "--brand-primary:#0a7d3c;--brand-primary-contrast:#ffffff" in stranger.get("/brand.css").content.decode()
    manifest = stranger.get("/manifest.webmanifest").content.decode()
    assert '"theme_color": "#0a7d3c"' in manifest
    assert '"background_color": "#fafafa"' in manifest
    assert '"name": "Klub Alfa"' in manifest


@pytest.mark.parametrize(
    ("language", "said"),
    [("pl", "Kolor musi mieć postać #rrggbb: zielony"), ("en", "A color looks like #rrggbb: zielony")],
)
def test_a_refusal_names_the_field_in_the_readers_language(admin: HostClient, language: str, said: str) -> None:
    assert admin.post("/session/language", {"language": language}).status_code == 200
    _, body = admin.graphql("console", UPDATE_BRANDING, {"input": {**BRANDING, "primaryColor": "zielony"}})
    assert body["data"]["updateBranding"] == {
        "branding": None, "errors": [{"code": "BAD_COLOR", "field": "primaryColor", "message": said}]
    }  # fmt: skip


def test_the_timeline_says_who_changed_what_from_what_to_what(admin: HostClient) -> None:
    settings = {
        "name": "Alfa",
        "nip": "",
        "supportEmail": "",
        "supportPhone": "",
        "rounding": "half_up",
        "lateMatchDays": 90,
    }
    _, body = admin.graphql("console", UPDATE_PROGRAM, {"input": settings})
    assert body["data"]["updateProgram"] == {
        "program": {
            "name": "Alfa", "nip": "", "rounding": "half_up", "lotLifeMonths": None, "lateMatchDays": 90, "supportEmail": "",
            "supportPhone": "",
        },
        "errors": [],
    }  # fmt: skip
    _, body = admin.graphql("console", "{ programTimeline { code text actor } }")
    assert body["data"]["programTimeline"][-1] == {
        "code": "program.settings_changed",
        "text": "Zmieniono ustawienia: NIP 5260250274 → –; zaokrąglanie bankowe → w górę od połowy; "
        "ważność punktów w miesiącach 24 → bezterminowo",
        "actor": "Anna Zielińska",
    }
