"""What a program is called where there is little room."""

from __future__ import annotations

import pytest

from kolektor.config.branding import Brand, logo_svg, short_name


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Bystrzyk", "Bystrzyk"),
        ("Klub Bystrzyk", "Bystrzyk"),
        ("Iskrownia Premium Plus", "Plus"),
        ("Program Elektroinstalatorski", "Program"),
        ("Elektroinstalatorzy", "Elektroinsta"),
        ("Hurt i my oraz", "oraz"),
    ],
)
def test_a_short_name_is_not_cut_inside_a_word_if_it_can_be_helped(name: str, short: str) -> None:
    assert short_name(name) == short


@pytest.mark.parametrize("shape", ["circle", "square", "hexagon"])
def test_a_logo_has_a_rim_that_shows_on_its_own_color(shape: str) -> None:
    dark = Brand(kind="wholesaler", name="A", slug="a", primary="#102030", logo_shape=shape)
    assert 'fill="#102030" stroke="#ffffff"' in logo_svg(dark)
