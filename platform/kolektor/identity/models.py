"""People and their sessions. Both live in `public`; nothing of a wholesaler is here."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.functions import RandomUUID
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models.functions import Lower, Now

from kolektor.kernel.fields import created_stamp, same_address, uuid_key


class PersonManager(BaseUserManager["Person"]):
    """Makes people; e-mail is compared without case."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(same_address(username or ""))

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """Make a person; no password means that none can be used to sign in."""
        person = Person(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save()
        person.refresh_from_db()
        return person


class Person(AbstractBaseUser):
    """One human being, at all wholesalers. The id is what tenants keep."""

    id = uuid_key()
    email = models.EmailField(max_length=254)
    first_name = models.CharField(max_length=80, blank=True, default="")
    last_name = models.CharField(max_length=80, blank=True, default="")
    phone = models.CharField(max_length=20, blank=True, default="")
    language = models.CharField(max_length=2, default="pl", choices=[("pl", "Polski"), ("en", "English")])
    is_active = models.BooleanField(default=True)
    created_at = created_stamp()

    objects: ClassVar[PersonManager] = PersonManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="one_person_per_email")]

    def __str__(self) -> str:
        return str(self.pk)

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    # allauth asks these of a user model that may reach an admin site; nobody reaches one here
    @property
    def is_staff(self) -> bool:
        return False

    @property
    def is_superuser(self) -> bool:
        return False


class HostSession(AbstractBaseSession):
    """A session belongs to one host; a key shown at another host is refused."""

    host = models.CharField(max_length=255, default="")
    agent = models.CharField(max_length=300, blank=True, default="", db_default="")
    created_at = created_stamp()
    # to the quarter of an hour: it is written once in a while, not at every request
    last_seen_at = models.DateTimeField(db_default=Now())
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="sessions")

    objects: ClassVar[BaseSessionManager[HostSession]] = BaseSessionManager()  # type: ignore[assignment]

    class Meta(AbstractBaseSession.Meta):
        db_table = "identity_hostsession"

    def __str__(self) -> str:
        return f"session at {self.host}"

    @classmethod
    def get_session_store_class(cls) -> Any:
        from kolektor.identity.sessions import SessionStore

        return SessionStore


class OutsideClient(models.Model):
    """A wholesaler's own shop or app that signs people in through us. `owner` is the wholesaler's id.

    The protocol's part of it (secret, addresses) is allauth's row `client`.
    """

    class Kind(models.TextChoices):
        WEB = "web"
        NATIVE = "native"

    client = models.OneToOneField(
        "allauth_idp_oidc.Client", on_delete=models.CASCADE, primary_key=True, related_name="outside"
    )
    owner = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=6, choices=Kind.choices)
    # told when a person's session ends (OpenID Connect Back-Channel Logout); empty: never
    logout_uri = models.CharField(max_length=500, blank=True, default="")
    created_at = created_stamp()

    def __str__(self) -> str:
        return str(self.client_id)


class Subject(models.Model):
    """What a person is called towards the clients of one wholesaler: clients of two cannot tell that it is the same person."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="subjects")
    owner = models.UUIDField()
    sub = models.UUIDField(unique=True, db_default=RandomUUID())

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "owner"], name="one_subject_per_owner")]

    def __str__(self) -> str:
        return str(self.sub)


class ClientConsent(models.Model):
    """A person let a client read these scopes (separated by blanks), until withdrawn."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="client_consents")
    client = models.ForeignKey("allauth_idp_oidc.Client", on_delete=models.CASCADE, related_name="consents")
    scopes = models.CharField(max_length=200)
    given_at = created_stamp()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "client"], condition=models.Q(withdrawn_at=None), name="one_consent_in_force"
            )
        ]

    def __str__(self) -> str:
        return f"{self.client_id}: {self.scopes}"


class TokenFamily(models.Model):
    """Everything that was given for one authorization code: it lives and dies together.

    `session` names the session of the `id.` host that it came from; `proof` holds the claims of that moment.
    """

    id = uuid_key()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="token_families")
    client = models.ForeignKey("allauth_idp_oidc.Client", on_delete=models.CASCADE, related_name="families")
    code = models.CharField(max_length=64, unique=True)
    session = models.CharField(max_length=32)
    proof = models.JSONField(default=dict)
    created_at = created_stamp()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "session"], name="families_of_session")]

    def __str__(self) -> str:
        return str(self.pk)


class SpentToken(models.Model):
    """The digest of a refresh token that was exchanged for the next one: whoever shows it again has stolen or lost it."""

    hash = models.CharField(primary_key=True, max_length=64)
    family = models.ForeignKey(TokenFamily, on_delete=models.CASCADE, related_name="spent")
    spent_at = created_stamp()

    def __str__(self) -> str:
        return self.hash[:8]
