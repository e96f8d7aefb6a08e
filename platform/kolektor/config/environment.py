"""Settings read from the environment: one place, checked at start, a sentence for each bad value."""

from __future__ import annotations

import base64
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from kolektor.embedded import home as embedded_home
from kolektor.embedded import postgres, valkey

DATABASE_ROLES = ("app", "owner", "hq")
MAIL_WAYS = ("development", "amazon-ses", "smtp")


class BadEnvironment(Exception):
    """One or more environment variables hold values that cannot be used."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True, slots=True)
class DatabaseTarget:
    """Where one role connects."""

    host: str
    port: str
    name: str
    user: str
    password: str = ""
    options: str = ""


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """A server that takes mail. Port 587 speaks STARTTLS, 465 TLS from the start."""

    host: str
    port: str
    user: str
    password: str


@dataclass(frozen=True, slots=True)
class Environment:
    """Everything that differs between machines."""

    home: Path
    embedded_database: bool
    databases: dict[str, DatabaseTarget]
    broker_url: str
    embedded_broker: bool
    secret_key: str
    master_keys: tuple[str, ...]
    oidc_private_keys: tuple[str, ...]
    base_domain: str
    port: int
    secure: bool
    trusted_proxies: int
    debug: bool
    sentry_dsn: str
    bucket: str
    s3_endpoint: str
    import_max_bytes: int
    import_chunk_documents: int
    database_role: str
    outbox_lease_seconds: int
    outbox_sweep_seconds: int
    host_cache_seconds: int
    mail: str
    mail_from: str
    smtp: SmtpServer | None


class _Reader:
    def __init__(self, source: dict[str, str]) -> None:
        self.source = source
        self.problems: list[str] = []

    def text(self, name: str, default: str = "") -> str:
        return self.source.get(name, "").strip() or default

    def flag(self, name: str, default: bool) -> bool:
        value = self.text(name)
        if not value:
            return default
        if value.lower() in {"1", "true", "yes", "on"}:
            return True
        if value.lower() in {"0", "false", "no", "off"}:
            return False
        self.problems.append(f"{name} must be true or false, not {value!r}.")
        return default

    def whole(self, name: str, default: int, low: int, high: int) -> int:
        value = self.text(name)
        if not value:
            return default
        try:
            number = int(value)
        except ValueError:
            self.problems.append(f"{name} must be a whole number, not {value!r}.")
            return default
        if not low <= number <= high:
            self.problems.append(f"{name} must lie between {low} and {high}, not {number}.")
            return default
        return number

    def database(self, name: str) -> DatabaseTarget | None:
        value = self.text(name)
        if not value:
            return None
        parts = urlsplit(value)
        if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
            self.problems.append(f"{name} must look like postgresql://user:password@host:5432/database.")
            return None
        try:
            port = str(parts.port or 5432)
        except ValueError:
            self.problems.append(f"{name} has a port that is not a number.")
            return None
        return DatabaseTarget(
            host=unquote(parts.hostname or ""),
            port=port,
            name=unquote(parts.path.lstrip("/")),
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
        )


def _kept_secret(home: Path, name: str, make: str) -> str:
    """A secret made once per home, so that a development machine needs no set-up; 0600 on disk."""
    path = home / "secrets" / name
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary = path.with_name(f"{name}.{os.getpid()}.{secrets.token_hex(4)}")
        temporary.write_text(make, encoding="utf-8")
        temporary.chmod(0o600)
        try:
            os.link(temporary, path)  # the first process wins, the others read its secret
        except FileExistsError:
            pass
        temporary.unlink()
        return path.read_text(encoding="utf-8")


def _rsa_key() -> str:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode("ascii")


def _databases(read: _Reader, home: Path) -> tuple[bool, dict[str, DatabaseTarget]]:
    app = read.database("DATABASE_URL")
    if app is None:
        address = postgres.address(home)
        name = read.text("KOLEKTOR_DATABASE", address.database)
        return True, {
            role: DatabaseTarget(address.host, str(address.port), name, f"kolektor_{role}") for role in DATABASE_ROLES
        }
    targets = {"app": app}
    for role in ("owner", "hq"):
        target = read.database(f"DATABASE_{role.upper()}_URL")
        if target is None:
            read.problems.append(
                f"DATABASE_{role.upper()}_URL must be set together with DATABASE_URL: "
                f"the {role} role connects with its own rights."
            )
            target = app
        targets[role] = target
    return False, targets


def _mail(read: _Reader, domain: str, secure: bool) -> tuple[str, str, SmtpServer | None]:
    """How mail goes out. Kept on a page for everybody to read only where nobody from outside can come."""
    local = domain.endswith("localhost") and not secure
    way = read.text("KOLEKTOR_MAIL", "development" if local else "amazon-ses")
    if way not in MAIL_WAYS:
        read.problems.append(f"KOLEKTOR_MAIL must be {', '.join(MAIL_WAYS)}, not {way!r}.")
        way = MAIL_WAYS[0]
    if way == "development" and not local:
        read.problems.append(
            "KOLEKTOR_MAIL=development shows every mail, sign-in codes among them, to anybody: "
            "it is for *.localhost without TLS only."
        )
    sender = read.text("KOLEKTOR_MAIL_FROM", f"no-reply@{domain}")
    if sender.count("@") != 1 or any(sign.isspace() or sign in '<>"' for sign in sender):
        read.problems.append(f"KOLEKTOR_MAIL_FROM must be a bare e-mail address, not {sender!r}.")
    smtp = None
    if way == "smtp":
        parts = urlsplit(read.text("SMTP_URL"))
        try:
            port = str(parts.port or 587)
        except ValueError:
            port = ""
        if parts.scheme != "smtp" or not parts.hostname or not port:
            read.problems.append("SMTP_URL must look like smtp://user:password@host:587.")
        else:
            smtp = SmtpServer(parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or ""))
    return way, sender, smtp


def _secrets(read: _Reader, home: Path, embedded_database: bool) -> tuple[str, tuple[str, ...], str]:
    secret_key = read.text("KOLEKTOR_SECRET_KEY")
    master = read.text("KOLEKTOR_MASTER_KEY")
    oidc = read.text("KOLEKTOR_OIDC_PRIVATE_KEY").replace("\\n", "\n")
    if not embedded_database:
        for name, value in (
            ("KOLEKTOR_SECRET_KEY", secret_key),
            ("KOLEKTOR_MASTER_KEY", master),
            ("KOLEKTOR_OIDC_PRIVATE_KEY", oidc),
        ):
            if not value:
                read.problems.append(f"{name} must be set when DATABASE_URL is set.")
    elif not read.problems:
        secret_key = secret_key or _kept_secret(home, "secret_key", secrets.token_urlsafe(48))
        fresh = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode("ascii")
        master = master or _kept_secret(home, "master_key", fresh)
        if not oidc:
            path = home / "secrets" / "oidc.pem"
            oidc = path.read_text("utf-8") if path.exists() else _kept_secret(home, "oidc.pem", _rsa_key())
    if secret_key and len(secret_key) < 32:
        read.problems.append("KOLEKTOR_SECRET_KEY must have at least 32 characters.")
    keys = tuple(part.strip() for part in master.split(",") if part.strip())
    for key in keys:
        try:
            good = len(base64.urlsafe_b64decode(key)) == 32
        except ValueError:
            good = False
        if not good:
            read.problems.append(
                "KOLEKTOR_MASTER_KEY must be one or more comma-separated keys of 32 bytes in URL-safe base64."
            )
    return secret_key, keys, oidc


def _pems(text: str) -> tuple[str, ...]:
    """The keys of a text that holds one PEM block after another."""
    end = "-----END PRIVATE KEY-----" if "-----END PRIVATE KEY-----" in text else "-----END RSA PRIVATE KEY-----"
    return tuple(f"{part.strip()}\n{end}\n" for part in text.split(end) if part.strip())


def load(source: dict[str, str] | None = None) -> Environment:
    """Read and check the environment. Raises BadEnvironment with a sentence per bad value."""
    read = _Reader(dict(os.environ) if source is None else source)
    home = embedded_home.state_home()
    embedded_database, databases = _databases(read, home)
    broker = read.text("BROKER_URL")
    if broker and broker.split("://")[0] not in {"amqp", "amqps", "redis", "rediss", "redis+socket", "sqs"}:
        read.problems.append("BROKER_URL must start with amqp://, redis://, rediss:// or sqs://.")
    role = read.text("KOLEKTOR_DATABASE_ROLE", "app")
    if role not in DATABASE_ROLES:
        read.problems.append(f"KOLEKTOR_DATABASE_ROLE must be app, owner or hq, not {role!r}.")
        role = "app"
    domain = read.text("KOLEKTOR_BASE_DOMAIN", "kolektor.localhost")
    if not all(part.replace("-", "").isalnum() for part in domain.split(".")):
        read.problems.append(f"KOLEKTOR_BASE_DOMAIN must be a host name without port, not {domain!r}.")
    dsn = read.text("SENTRY_DSN")
    if dsn and not (dsn.startswith(("http://", "https://")) and "@" in dsn):
        read.problems.append("SENTRY_DSN must look like https://key@host/project.")
    port = read.whole("KOLEKTOR_PORT", 8000, 1, 65535)
    max_bytes = read.whole("KOLEKTOR_IMPORT_MAX_BYTES", 50 * 1024 * 1024, 1024, 2**31)
    # a transaction of an import: more at once is quicker, and keeps other bulk work waiting longer
    chunk = read.whole("KOLEKTOR_IMPORT_CHUNK_DOCUMENTS", 1000, 1, 10_000)
    # a lease must outlast a handler; a schema is visited at least every 30 s
    lease = read.whole("KOLEKTOR_OUTBOX_LEASE_SECONDS", 120, 1, 3600)
    sweep = read.whole("KOLEKTOR_OUTBOX_SWEEP_SECONDS", 15, 1, 30)
    # how long a web process trusts what it read of a host's wholesaler: it is asked at every request
    host_cache = read.whole("KOLEKTOR_HOST_CACHE_SECONDS", 1, 0, 60)
    secure = read.flag("KOLEKTOR_SECURE", not domain.endswith("localhost"))
    debug = read.flag("KOLEKTOR_DEBUG", False)
    mail, mail_from, smtp = _mail(read, domain, secure)
    secret_key, master_keys, oidc = _secrets(read, home, embedded_database)
    if read.problems:
        raise BadEnvironment(read.problems)
    return Environment(
        home=home,
        embedded_database=embedded_database,
        databases=databases,
        broker_url=broker or valkey.broker_url(home),
        embedded_broker=not broker,
        secret_key=secret_key,
        master_keys=master_keys,
        oidc_private_keys=_pems(oidc),
        base_domain=domain,
        port=port,
        secure=secure,
        trusted_proxies=read.whole("KOLEKTOR_TRUSTED_PROXIES", 1 if secure else 0, 0, 10),
        debug=debug,
        sentry_dsn=dsn,
        bucket=read.text("S3_BUCKET"),
        s3_endpoint=read.text("S3_ENDPOINT_URL"),
        import_max_bytes=max_bytes,
        import_chunk_documents=chunk,
        database_role=role,
        outbox_lease_seconds=lease,
        outbox_sweep_seconds=sweep,
        host_cache_seconds=host_cache,
        mail=mail,
        mail_from=mail_from,
        smtp=smtp,
    )
