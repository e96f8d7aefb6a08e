"""Members, their firms, and the staff of this wholesaler. People are referred to by id; contract data is the wholesaler's own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from kolektor.kernel.fields import created_stamp, uuid_key
from tenants.members.enrollment_models import Answered, Application, Claim, CounterEntry, Invitation

__all__ = [
    "Application", "Claim", "Consent", "CounterEntry", "Firm", "FirmInvitation", "FirmMembership", "FirmShare", "FirmSplit",
    "Invitation", "Member", "StaffMember", "StaffRole", "TermsAcceptance",
]  # fmt: skip


class Firm(models.Model):
    """A buyer firm. The tax number identifies it on invoices."""

    id = uuid_key()
    name = models.CharField(max_length=255)
    nip = models.CharField(max_length=10, null=True, unique=True)
    # who decides there what is bought, as the sales representative wrote it down
    decision_maker = models.CharField(max_length=160, blank=True, default="", db_default="")
    created_at = created_stamp()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(nip__isnull=True) | models.Q(nip__regex=r"^[0-9]{10}$"), name="firm_nip_digits"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """A person's membership of this program."""

    class FirmRole(models.TextChoices):
        OWNER = "owner"
        FITTER = "fitter"

    class Path(models.TextChoices):
        """How somebody came to be a member."""

        IMPORT = "import"
        COUNTER = "counter"
        INVITATION = "invitation"
        FIRM = "firm"
        REGISTRATION = "registration"

    id = uuid_key()
    # of a member who was merged into another it is an id that is nobody's
    person_id = models.UUIDField(unique=True)
    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, null=True, related_name="members")
    firm_role = models.CharField(max_length=8, choices=FirmRole.choices, default=FirmRole.OWNER)
    first_name = models.CharField(max_length=80, blank=True, default="")
    last_name = models.CharField(max_length=80, blank=True, default="")
    email = models.EmailField(max_length=254, blank=True, default="")
    phone = models.CharField(max_length=20, blank=True, default="")
    # as the member wrote it: for calling and SMS only. Sales are matched by `phone`, which nobody can give themselves
    contact_phone = models.CharField(max_length=20, blank=True, default="", db_default="")
    customer_code = models.CharField(max_length=60, null=True, unique=True)
    joined_on = models.DateField()
    path = models.CharField(max_length=12, choices=Path.choices, default=Path.IMPORT, db_default=Path.IMPORT.value)
    # the person of the staff whose doing it is that there is this member: clerk or sales representative
    brought_by = models.UUIDField(null=True)
    # two members who turned out to be one person: this one's history stays here, what it gets goes to the other
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")
    created_at = created_stamp()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["brought_by"], name="member_brought_by", condition=models.Q(brought_by__isnull=False)),
            models.Index(models.functions.Lower("email"), name="member_email"),
            # a number however it is written, see the migration that makes the function
            models.Index(models.Func(models.F("phone"), function="members_phone"), name="member_phone_digits"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def name(self) -> str:
        """First and last name, or the firm's name for a member enrolled from an invoice."""
        full = f"{self.first_name} {self.last_name}".strip()
        return full or (self.firm.name if self.firm else "—")

    @property
    def label(self) -> str:
        """What the staff call the member: the name, else the address or number that is known."""
        return self.name if self.name != "—" else self.known_email or self.reachable_phone or self.name

    @property
    def known_email(self) -> str | None:
        """The address, unless it is one under `.invalid`, which stands for somebody whose address is not known."""
        return None if self.email.endswith(".invalid") else self.email

    @property
    def reachable_phone(self) -> str:
        """The number to call: what the member wrote, else what is known from enrollment."""
        return self.contact_phone or self.phone


class FirmMembership(models.Model):
    """A member's time in a firm in one role: from `joined_at` to `left_at` (UTC), open while that is null.

    What holds now stands on the member too (`firm`, `firm_role`); this is the history. A new role is a new row.
    """

    class Spending(models.TextChoices):
        FREE = "free"
        APPROVAL = "approval"
        NONE = "none"

    id = uuid_key()
    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="memberships")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=8, choices=Member.FirmRole.choices)
    # whether a fitter may spend points; an owner always may
    spending = models.CharField(max_length=8, choices=Spending.choices, default=Spending.FREE)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["member"], name="one_firm_at_a_time", condition=models.Q(left_at__isnull=True)
            ),
            models.UniqueConstraint(
                fields=["firm"], name="one_owner_at_a_time", condition=models.Q(left_at__isnull=True, role="owner")
            ),
            models.CheckConstraint(
                condition=models.Q(left_at__isnull=True) | models.Q(left_at__gte=models.F("joined_at")),
                name="firm_left_after_joined",
            ),
            models.CheckConstraint(
                condition=~models.Q(role="owner") | models.Q(spending="free"), name="firm_owner_spends"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.firm_id}"


class FirmSplit(models.Model):
    """How a firm's points are split, for sales from `valid_from` (calendar day in Poland) until the next one begins.

    Of two that begin on one day the later one counts. What no share names is the owner's.
    """

    append_only = True

    id = models.BigAutoField(primary_key=True)
    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="splits")
    valid_from = models.DateField()
    created_by = models.UUIDField(null=True)
    created_at = created_stamp()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["firm", "-valid_from", "-id"], name="split_in_force")]

    def __str__(self) -> str:
        return f"split {self.pk} from {self.valid_from}"


class FirmShare(models.Model):
    """A fitter's share in a split, in basis points (10,000 are everything)."""

    append_only = True

    id = models.BigAutoField(primary_key=True)
    split = models.ForeignKey(FirmSplit, on_delete=models.PROTECT, related_name="shares")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    basis_points = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["split", "member"], name="one_share_of_a_split"),
            models.CheckConstraint(
                condition=models.Q(basis_points__gte=1, basis_points__lte=10_000), name="share_between"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.basis_points} of split {self.split_id}"


class FirmInvitation(Answered):
    """A firm's invitation of a fitter by e-mail. It is seen and answered by whoever signs in with that address."""

    id = uuid_key()
    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(max_length=254)
    # what the inviter calls the person, until they say it themselves
    name = models.CharField(max_length=160, blank=True, default="")
    spending = models.CharField(max_length=8, choices=FirmMembership.Spending.choices)
    invited_by = models.UUIDField(null=True)
    created_at = created_stamp()
    expires_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                models.F("firm"),
                models.functions.Lower("email"),
                name="one_open_invitation",
                condition=models.Q(state="pending"),
            ),
        ]
        indexes: ClassVar = [models.Index(models.functions.Lower("email"), name="invitation_email")]

    def __str__(self) -> str:
        return f"{self.state} invitation {self.pk}"


class Consent(models.Model):
    """One decision of a member, for good: given or withdrawn, under which text, through what. The latest of a kind counts."""

    append_only = True

    class Kind(models.TextChoices):
        EMAIL = "email"
        SMS = "sms"
        PUSH = "push"
        PROFILING = "profiling"

    class Channel(models.TextChoices):
        APP = "app"
        CONSOLE = "console"
        IMPORT = "import"

    id = models.BigAutoField(primary_key=True)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="consents")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    given = models.BooleanField()
    text_version = models.CharField(max_length=20)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    # the person who decided or wrote it down
    actor = models.UUIDField(null=True)
    at = created_stamp()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["member", "kind", "-id"], name="consent_latest")]

    def __str__(self) -> str:
        return f"{self.kind}: {'given' if self.given else 'withdrawn'}"


class TermsAcceptance(models.Model):
    """A member agreed to a version of the program's terms, for good: when, through what, who pressed the button."""

    append_only = True

    class Channel(models.TextChoices):
        APP = "app"
        IMPORT = "import"

    id = models.BigAutoField(primary_key=True)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="terms")
    version = models.PositiveIntegerField()
    channel = models.CharField(max_length=10, choices=Channel.choices)
    actor = models.UUIDField(null=True)
    at = created_stamp()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["member", "version"], name="terms_accepted_once")]

    def __str__(self) -> str:
        return f"version {self.version}"


class StaffMember(models.Model):
    """Somebody who works here, as the wholesaler wrote the name and address down; what they may do is in their roles."""

    person_id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254)
    added_at = created_stamp()

    def __str__(self) -> str:
        return str(self.person_id)


class StaffRole(models.Model):
    """What a person may do at this wholesaler."""

    class Role(models.TextChoices):
        PROGRAM_ADMIN = "program_admin"
        CARE_AGENT = "care_agent"
        MARKETER = "marketer"
        AUDITOR = "auditor"
        CLERK = "clerk"
        SALES_REP = "sales_rep"

    id = uuid_key()
    person_id = models.UUIDField()
    role = models.CharField(max_length=20, choices=Role.choices)
    created_at = created_stamp()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person_id", "role"], name="one_staff_role")]

    def __str__(self) -> str:
        return self.role
