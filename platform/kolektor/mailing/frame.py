"""The frame around every mail: the sender's brand, one column, one button, whom to ask. MJML in, HTML out."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Final

import mrml
from lxml import etree

from kolektor.kernel.color import contrast, contrast_text
from kolektor.mailing.templates import Rendered, TemplateRefused

INK: Final = "#1b2329"
MUTED: Final = "#5a6670"
GROUND: Final = "#eef1f3"
# no name among these that MJML would fetch from a font service: a mail loads nothing but the sender's logo
_FONT: Final = "'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
_RADII: Final = {"circle": "20px", "square": "6px", "hexagon": "0"}

# what a template may use inside the frame; nothing that loads, runs or restyles
_BLOCKS: Final = frozenset({"mj-text", "mj-divider", "mj-spacer", "mj-table"})
_INLINE: Final = frozenset({
    "p", "br", "b", "strong", "i", "em", "u", "s", "small", "span", "a", "ul", "ol", "li", "h1", "h2", "h3",
    "table", "thead", "tbody", "tr", "th", "td", "code",
})  # fmt: skip
_ATTRIBUTES: Final = frozenset({
    "align", "color", "font-size", "font-weight", "font-style", "line-height", "letter-spacing", "padding",
    "padding-top", "padding-bottom", "padding-left", "padding-right", "height", "width", "href", "colspan",
    "border-width", "border-color", "border-style",
})  # fmt: skip
_LINKS: Final = ("https://", "http://", "mailto:", "tel:")


@dataclass(frozen=True, slots=True)
class Face:
    """Who a mail comes from. Colors as #rrggbb; `logo_shape` is circle, square or hexagon; `url` is the start page.

    `logo` is the digest of the uploaded logo, or "" for the drawn one.
    """

    name: str
    url: str
    primary: str = "#14323f"
    logo_text: str = "K"
    logo_shape: str = "circle"
    logo: str = ""
    support_email: str = ""
    support_phone: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A finished mail: its two parts."""

    html: str
    text: str


_FOOT: Final = {
    "pl": ("Masz pytanie?", "Wiadomość wysłał program"),
    "en": ("Any questions?", "This message was sent by"),
}


def check(mjml: str) -> None:
    """Whether rendered MJML may stand in the frame. Raises TemplateRefused with the line of the template."""
    try:
        # one line more than the template has: the root opens on the first
        root = etree.fromstring(
            f"<mj-column>\n{mjml}\n</mj-column>", etree.XMLParser(resolve_entities=False, no_network=True)
        )
    except etree.XMLSyntaxError as error:
        last = mjml.count("\n") + 1
        line = min(max((error.lineno or 2) - 1, 1), last)
        raise TemplateRefused("mjml", line, (error.msg or "not well-formed").split(", line")[0]) from error
    for element in root.iter():
        if element is root:
            continue
        line = int(str(element.sourceline or 2)) - 1
        if not isinstance(element.tag, str):
            raise TemplateRefused("mjml", line, "comments and instructions are not allowed")
        parent = element.getparent()
        allowed = _BLOCKS if parent is root else _INLINE
        if element.tag not in allowed:
            raise TemplateRefused("mjml", line, f"<{element.tag!s}> is not allowed here")
        for name, value in ((str(key), str(text)) for key, text in element.attrib.items()):
            if name not in _ATTRIBUTES:
                raise TemplateRefused("mjml", line, f"the attribute {name} is not allowed")
            if name == "href" and not value.strip().startswith(_LINKS):
                raise TemplateRefused("mjml", line, "a link begins with https://, http://, mailto: or tel:")
    stray = (root.text or "") + "".join(child.tail or "" for child in root)
    if stray.strip():
        raise TemplateRefused("mjml", 1, "text stands inside <mj-text>")


def readable_on_white(color: str) -> str:
    """The brand's color where text of it reads on white (4.5:1), else nearly black."""
    return color if contrast(color, "#ffffff") >= 4.5 else INK


def build(rendered: Rendered, *, face: Face, language: str, link: str = "") -> Page:
    """HTML and text of a mail. `link` is where the button leads. Raises TemplateRefused."""
    check(rendered.mjml)
    html = mrml.to_html(_mjml(rendered, face, language, link)).content
    return Page(html=html.replace('lang="und"', f'lang="{language}"'), text=_text(rendered, face, language, link))


def _support(face: Face) -> list[str]:
    return [part for part in (face.support_email, face.support_phone) if part]


def _text(rendered: Rendered, face: Face, language: str, link: str) -> str:
    question, _ = _FOOT[language]
    parts = [rendered.text]
    if rendered.action and link:
        parts.append(f"{rendered.action}:\n{link}")
    foot = [face.name]
    if _support(face):
        foot.append(f"{question} {', '.join(_support(face))}")
    parts.append("-- \n" + "\n".join(foot))
    return "\n\n".join(parts) + "\n"


def _mjml(rendered: Rendered, face: Face, language: str, link: str) -> str:
    on_fill = contrast_text(face.primary)
    question, sent_by = _FOOT[language]
    strong = readable_on_white(face.primary)
    button = ""
    if rendered.action and link:
        button = (
            f'<mj-button href="{escape(link)}" background-color="{face.primary}" color="{on_fill}" align="left" '
            'border-radius="8px" font-size="16px" font-weight="600" inner-padding="14px 22px" padding="12px 28px 20px">'
            f"{escape(rendered.action)}</mj-button>"
        )
    contacts = []
    if face.support_email:
        address = escape(face.support_email)
        contacts.append(f'<a href="mailto:{address}" style="color:{strong}">{address}</a>')
    if face.support_phone:
        phone = escape(face.support_phone)
        contacts.append(f'<a href="tel:{phone.replace(" ", "")}" style="color:{strong}">{phone}</a>')
    support = f"{question} {' · '.join(contacts)}<br/>" if contacts else ""
    mark = (
        f'<table role="presentation" cellpadding="0" cellspacing="0"><tr>{_logo(face, on_fill)}'
        f'<td style="padding-left:12px;color:{on_fill};font-size:18px;font-weight:600">{escape(face.name)}</td></tr></table>'
    )
    return f"""<mjml><mj-head>
<mj-title>{escape(rendered.subject)}</mj-title>
<mj-preview>{escape(" ".join(rendered.text.split())[:120])}</mj-preview>
<mj-attributes>
<mj-all font-family="{_FONT}"/>
<mj-text font-size="16px" line-height="1.5" color="{INK}" padding="6px 28px"/>
</mj-attributes>
</mj-head><mj-body background-color="{GROUND}" width="560px">
<mj-section background-color="{face.primary}" padding="16px 0"><mj-column>
<mj-text color="{on_fill}" padding="0 28px">{mark}</mj-text>
</mj-column></mj-section>
<mj-section background-color="#ffffff" padding="20px 0 12px"><mj-column>
{rendered.mjml}
{button}
</mj-column></mj-section>
<mj-section padding="16px 0 32px"><mj-column>
<mj-text font-size="13px" color="{MUTED}">{support}{sent_by}
<a href="{escape(face.url)}" style="color:{MUTED}">{escape(face.name)}</a></mj-text>
</mj-column></mj-section>
</mj-body></mjml>"""


def _logo(face: Face, on_fill: str) -> str:
    """The cell of the logo: a picture of the sender's own host when it was uploaded, else letters, which load nothing."""
    if face.logo:
        # the digest lets a reader's cache tell a new logo from the old one
        address = escape(f"{face.url}/icons/mail.png?v={face.logo[:12]}")
        return (
            f'<td><img src="{address}" height="40" alt="{escape(face.name)}" style="display:block;height:40px;'
            f'max-width:160px;border:0;color:{on_fill}" /></td>'
        )
    radius = _RADII.get(face.logo_shape, "20px")
    return (
        f'<td style="width:40px;height:40px;border-radius:{radius};background:{on_fill};color:{face.primary};'
        f'text-align:center;font-weight:700;font-size:16px;line-height:40px">{escape(face.logo_text)}</td>'
    )
