"""What `kolektor demo` tells the person at the terminal."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from kolektor.demo.network import NETWORK_NAME, NETWORK_SLUG, WHOLESALERS, wholesaler
from kolektor.demo.people import ADMINS, ANALYST, CLERK, PASSWORD, REPRESENTATIVE, SECOND_FACTOR, Staff, installers
from kolektor.identity.clients import id_host
from kolektor.network import hosts


@dataclass(frozen=True, slots=True)
class SignIn:
    """An account that can sign in. `url` is where this person starts; `second_factor` the secret of an app (base32), if any."""

    who: str
    name: str
    email: str
    password: str
    url: str
    second_factor: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """A page to open."""

    what: str
    url: str


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """Accounts and addresses of the demo network."""

    network: str
    installer: SignIn
    admins: tuple[SignIn, ...]
    analyst: SignIn
    clerk: SignIn
    representative: SignIn
    addresses: tuple[Address, ...]

    @property
    def sign_ins(self) -> tuple[SignIn, ...]:
        return (self.installer, *self.admins, self.clerk, self.representative, self.analyst)


def _url(host: str, path: str = "/") -> str:
    scheme = "https" if settings.SECURE else "http"
    port = settings.PUBLIC_PORT
    usual = 443 if settings.SECURE else 80
    return f"{scheme}://{host}{'' if port == usual else f':{port}'}{path}"


def _at_console(staff: Staff, does: str, consoles: dict[str, str]) -> SignIn:
    return SignIn(
        f"{does} {wholesaler(staff.wholesaler).name}",
        f"{staff.first_name} {staff.last_name}",
        staff.email,
        PASSWORD,
        consoles[staff.wholesaler],
        SECOND_FACTOR,
    )


def summary() -> DemoSummary:
    """Sign-ins and addresses, for the base domain and port of this process."""
    installer = installers()[0]
    programs = " and ".join(wholesaler(item.wholesaler).name for item in installer.programs)
    sign_on = _url(id_host())
    # every mail of the demo, sign-in codes among them, is read there
    outbox = (
        [Address("mails, SMS and push of this machine", _url(id_host(), "/dev/messages"))]
        if settings.DEVELOPMENT_OUTBOX
        else []
    )
    headquarters = _url(hosts.network_host(NETWORK_SLUG))
    consoles = {item.slug: _url(hosts.wholesaler_host(item.slug), "/console") for item in WHOLESALERS}
    return DemoSummary(
        network=NETWORK_NAME,
        installer=SignIn(
            f"installer at {programs}",
            f"{installer.first_name} {installer.last_name}",
            installer.email,
            PASSWORD,
            sign_on,
        ),
        admins=tuple(_at_console(staff, "admin of", consoles) for staff in ADMINS),
        analyst=SignIn(
            f"analyst and director at {NETWORK_NAME} headquarters",
            f"{ANALYST.first_name} {ANALYST.last_name}",
            ANALYST.email,
            PASSWORD,
            headquarters,
            SECOND_FACTOR,
        ),
        clerk=_at_console(CLERK, "clerk at the counter of", consoles),
        representative=_at_console(REPRESENTATIVE, "sales representative of", consoles),
        addresses=(
            Address("sign-in and my programs", sign_on),
            *outbox,
            *(Address(item.name, _url(hosts.wholesaler_host(item.slug))) for item in WHOLESALERS),
            *(Address(f"{item.name}, console", consoles[item.slug]) for item in WHOLESALERS),
            Address(f"{NETWORK_NAME} headquarters", headquarters),
        ),
    )
