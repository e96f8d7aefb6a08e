"""Ways in: a counter's entries, invitations by sales representatives, applications, and claims of what a counter made."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from kolektor.kernel import clock
from kolektor.kernel.fields import created_stamp, uuid_key

if TYPE_CHECKING:
    from tenants.members.models import Member


class ContactKind(models.TextChoices):
    """What somebody gives to be reached at."""

    EMAIL = "email"
    PHONE = "phone"


class InvitationState(models.TextChoices):
    """What became of an invitation, into the program or into a firm."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    CANCELED = "canceled"


class Answered(models.Model):
    """An invitation that somebody answers once."""

    State = InvitationState

    state = models.CharField(max_length=8, choices=InvitationState.choices, default=InvitationState.PENDING)
    member = models.ForeignKey("members.Member", on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def close(self, state: InvitationState, member: Member | None = None) -> None:
        """Keep what became of it, and who came of it."""
        self.state, self.closed_at, self.member = state, clock.now(), member
        self.save(update_fields=["state", "closed_at", "member"])


class CounterEntry(models.Model):
    """What a clerk typed at the counter. A worker makes the member: the answer says, by its time neither, nothing of who is known
    where.
    """

    Kind = ContactKind

    id = uuid_key()
    kind = models.CharField(max_length=5, choices=Kind.choices)
    # a lower-case address, or a number in the form +48600100200
    contact = models.CharField(max_length=254)
    entered_by = models.UUIDField()
    # whether there was such a member here already
    known = models.BooleanField()
    member = models.ForeignKey("members.Member", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = created_stamp()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["entered_by", "-created_at"], name="counter_of_clerk")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Invitation(Answered):
    """A sales representative's invitation into the program. It is seen and answered by whoever signs in with that address."""

    id = uuid_key()
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=160)
    nip = models.CharField(max_length=10)
    firm_name = models.CharField(max_length=255)
    # who decides there what is bought: the invited person, or somebody else
    decision_maker = models.CharField(max_length=160)
    invited_by = models.UUIDField()
    created_at = created_stamp()
    expires_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                models.functions.Lower("email"), name="one_open_program_invitation", condition=models.Q(state="pending")
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["invited_by", "-created_at"], name="invitation_of_rep")]

    def __str__(self) -> str:
        return f"{self.state} invitation {self.pk}"


class Application(models.Model):
    """Somebody asks to join. What they wrote, and what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"

    id = uuid_key()
    person_id = models.UUIDField()
    email = models.EmailField(max_length=254)
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    phone = models.CharField(max_length=20, blank=True, default="")
    nip = models.CharField(max_length=10)
    firm_name = models.CharField(max_length=255)
    # an invoice of this wholesaler for that firm, as a proof
    invoice_number = models.CharField(max_length=60, blank=True, default="")
    # the criteria as they read when they were confirmed, and the version of the terms that was agreed to
    criteria = models.TextField(blank=True, default="")
    terms_version = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=300, blank=True, default="")
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    member = models.ForeignKey("members.Member", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = created_stamp()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person_id"], name="one_waiting_application", condition=models.Q(state="waiting")
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "-created_at"], name="application_by_state")]

    def __str__(self) -> str:
        return f"{self.state} application {self.pk}"


class Claim(models.Model):
    """Somebody says that a member is they: a code goes to the address or number that the member has. `digest` is the code's."""

    Kind = ContactKind

    id = uuid_key()
    person_id = models.UUIDField()
    kind = models.CharField(max_length=5, choices=Kind.choices)
    contact = models.CharField(max_length=254)
    digest = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    created_at = created_stamp()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person_id"], name="one_open_claim", condition=models.Q(closed_at__isnull=True)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["contact", "-created_at"], name="claims_of_contact"),
            models.Index(fields=["person_id", "-created_at"], name="claims_of_person"),
        ]

    def __str__(self) -> str:
        return f"claim {self.pk}"
