"""The network: its wholesalers (the tenants), their hosts, suppliers, brands, HQ roles and the Passport."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django_tenants.models import DomainMixin, TenantMixin

from kolektor.kernel.fields import created_stamp, units_field, uuid_key
from kolektor.kernel.wording import default_point_forms

SLUG = RegexValidator(r"\A[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?\Z", "SLUG")
COLOR = RegexValidator(r"\A#[0-9a-fA-F]{6}\Z", "COLOR")


class Network(models.Model):  # type: ignore[django-manager-missing]  # TenantMixin is untyped
    """A buying consortium of wholesalers."""

    id = uuid_key()
    slug = models.CharField(max_length=40, unique=True, validators=[SLUG])
    name = models.CharField(max_length=120)
    created_at = created_stamp()

    def __str__(self) -> str:
        return self.name


class Wholesaler(TenantMixin):
    """One tenant. What is public of it: name, host and face (colors and logo); everything else lives in its schema."""

    class State(models.TextChoices):
        REQUESTED = "requested"
        PROVISIONED = "provisioned"
        LIVE = "live"
        # open to be read, closed to every change
        SUSPENDED = "suspended"
        CLOSED = "closed"
        # its name only: schema and files are gone
        ERASED = "erased"

    auto_create_schema = False
    auto_drop_schema = False

    id = uuid_key()
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="wholesalers")
    slug = models.CharField(max_length=40, unique=True, validators=[SLUG])
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=12, choices=State.choices, default=State.REQUESTED)
    point_forms = models.JSONField(default=default_point_forms)
    primary_color = models.CharField(max_length=7, default="#1f4e79", validators=[COLOR])
    accent_color = models.CharField(max_length=7, default="#e07a1f", validators=[COLOR])
    surface_color = models.CharField(max_length=7, default="#ffffff", db_default="#ffffff", validators=[COLOR])
    logo_text = models.CharField(max_length=3, blank=True, default="", db_default="")
    logo_shape = models.CharField(max_length=10, default="circle", db_default="circle")
    # SHA-256 of the uploaded logo; empty: the drawn one
    logo = models.CharField(max_length=64, blank=True, default="", db_default="")
    created_at = created_stamp()

    class Meta:
        constraints: ClassVar = [
            # it is written into statements: a name and nothing else
            models.CheckConstraint(
                condition=models.Q(schema_name__regex=r"^w_[a-z0-9_]{1,60}$"), name="schema_name_is_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def never_opened(self) -> bool:
        """It was asked for, and its host has never answered."""
        return self.state in (self.State.REQUESTED, self.State.PROVISIONED)


class Opening(models.Model):
    """A wholesaler that headquarters asked for: what the provisioner needs, and how far it came. One per wholesaler."""

    wholesaler = models.OneToOneField(Wholesaler, on_delete=models.CASCADE, primary_key=True, related_name="opening")
    nip = models.CharField(max_length=10, blank=True, default="")
    admin_name = models.CharField(max_length=120)
    admin_email = models.EmailField(max_length=254)
    requested_by = models.UUIDField()
    requested_at = created_stamp()
    attempts = models.PositiveSmallIntegerField(default=0)
    # the kind of the last trouble; empty while there is none
    failure = models.CharField(max_length=80, blank=True, default="")
    next_try_at = models.DateTimeField(db_default=models.functions.Now())
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["next_try_at"], name="openings_waiting", condition=models.Q(done_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"opening of {self.wholesaler_id}"


class Domain(DomainMixin):
    """A host name of a wholesaler, without port."""

    def __str__(self) -> str:
        return str(self.domain)


class NetworkRole(models.Model):
    """What a person may do at the network's headquarters."""

    class Role(models.TextChoices):
        ANALYST = "analyst"
        BUYER = "buyer"
        FINANCE = "finance"
        DIRECTOR = "director"

    id = uuid_key()
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="roles")
    person_id = models.UUIDField()
    role = models.CharField(max_length=20, choices=Role.choices)
    created_at = created_stamp()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["network", "person_id", "role"], name="one_network_role"),
        ]

    def __str__(self) -> str:
        return f"{self.role} at {self.network_id}"


class Supplier(models.Model):
    """A maker or importer that sells through the network."""

    id = uuid_key()
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="suppliers")
    slug = models.CharField(max_length=40, validators=[SLUG])
    name = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["network", "slug"], name="one_supplier_slug"),
        ]

    def __str__(self) -> str:
        return self.name


class Brand(models.Model):
    """A brand of a supplier. Tenants refer to it by id only."""

    id = uuid_key()
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="brands")
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="brands")
    slug = models.CharField(max_length=40, validators=[SLUG])
    name = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["network", "slug"], name="one_brand_slug")]

    def __str__(self) -> str:
        return self.name


class Passport(models.Model):
    """One person's standing at one wholesaler, as the wholesaler pushed it. Read on the `id.` host only.

    `balance` in hundredths of a point; null when the person is staff there and no member.
    """

    id = uuid_key()
    person_id = models.UUIDField()
    wholesaler = models.ForeignKey(Wholesaler, on_delete=models.PROTECT, related_name="passports")
    roles = models.JSONField(default=list)
    balance = units_field(null=True)
    as_of = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person_id", "wholesaler"], name="one_passport"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.wholesaler_id}"
