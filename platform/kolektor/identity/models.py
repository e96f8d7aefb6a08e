"""People and their sessions. Both live in `public`; nothing of a wholesaler is here."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models.functions import Lower, Now

from kolektor.kernel.fields import created_stamp, uuid_key


class PersonManager(BaseUserManager["Person"]):
    """Makes people; e-mail is compared without case."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)

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
