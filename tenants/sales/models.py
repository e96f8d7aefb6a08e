"""Sales documents in their canonical form, the batches that brought them, and the product data they are matched to.

Amounts of a line are in the document's currency; `value` is the net value in the program's currency that points are
counted from, negative for a before-state line's contribution to a correction.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Lower

from kolektor.kernel.fields import created_stamp, units_field, uuid_key


class NextAccepted(models.Func):
    """The next number of the acceptance sequence of this schema."""

    function = "sales_next_accepted"
    arity = 0
    output_field = models.BigIntegerField()


class Product(models.Model):
    """What the wholesaler sells. Brand and supplier of the network are referred to by id."""

    bulk_loaded = True

    id = uuid_key()
    sku = models.CharField(max_length=60, unique=True)
    ean = models.CharField(max_length=14, null=True)
    producer_code = models.CharField(max_length=60, null=True)
    name = models.CharField(max_length=255)
    unit = models.CharField(max_length=20, blank=True, default="")
    category = models.CharField(max_length=60, blank=True, default="")
    brand_id = models.UUIDField(null=True)
    supplier_id = models.UUIDField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["ean"], name="product_ean", condition=Q(ean__isnull=False)),
            models.Index(
                fields=["producer_code"], name="product_producer_code", condition=Q(producer_code__isnull=False)
            ),
            # suggestions: the names nearest to what an invoice says
            GistIndex(fields=["name"], opclasses=["gist_trgm_ops"], name="product_name_nearest"),
        ]

    def __str__(self) -> str:
        return self.name


class GoodsMatch(models.Model):
    """What a person said that goods are which no product list names: the same goods find it from then on.

    `key` is `sales_goods_key` of a line. Without a product they are no goods (postage, fees) and nobody is asked again.
    """

    key = models.CharField(max_length=600, primary_key=True)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, null=True, related_name="goods")
    created_at = created_stamp()
    created_by = models.UUIDField(null=True)

    def __str__(self) -> str:
        return self.key


class BuyerMatch(models.Model):
    """Whose purchases a person said these are: a buyer's later documents find the member from then on.

    `key` is `sales_buyer_key` of a document. Without a member the buyer takes no part and nobody is asked again.
    """

    key = models.CharField(max_length=600, primary_key=True)
    member_id = models.UUIDField(null=True)
    created_at = created_stamp()
    created_by = models.UUIDField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["member_id"], name="buyer_match_member")]

    def __str__(self) -> str:
        return self.key


class ImportSource(models.Model):
    """A saved column mapping: how one system's export is read."""

    id = uuid_key()
    name = models.CharField(max_length=80)
    format = models.CharField(max_length=10)
    mapping = models.TextField()
    # SHA-256 over the names of the columns of the last file that was read so
    header_key = models.CharField(max_length=64, blank=True, default="")
    created_at = created_stamp()
    created_by = models.UUIDField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("name"), name="one_source_name")]

    def __str__(self) -> str:
        return self.name


class ImportBatch(models.Model):
    """One import: a file from the console, or the paths of one command."""

    class State(models.TextChoices):
        UPLOADED = "UPLOADED"
        CHECKING = "CHECKING"
        CHECKED = "CHECKED"
        COMMITTING = "COMMITTING"
        STOPPED = "STOPPED"
        DONE = "DONE"
        FAILED = "FAILED"
        DISCARDED = "DISCARDED"
        REVERTING = "REVERTING"
        REVERTED = "REVERTED"

    id = uuid_key()
    format = models.CharField(max_length=10)
    file_name = models.CharField(max_length=255)
    storage_key = models.CharField(max_length=300, blank=True, default="")
    mapping = models.TextField(blank=True, default="")
    source = models.ForeignKey(ImportSource, on_delete=models.SET_NULL, null=True, related_name="batches")
    header_key = models.CharField(max_length=64, blank=True, default="")
    any_seller = models.BooleanField(default=False)
    enroll_buyers = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UPLOADED)
    created_at = created_stamp()
    created_by = models.UUIDField(null=True)
    finished_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=60, blank=True, default="")
    # counts of what the last run (dry or real) found; units are hundredths of a point
    total = models.PositiveIntegerField(default=0)
    processed = models.PositiveIntegerField(default=0)
    documents = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    duplicates = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    lines = models.PositiveIntegerField(default=0)
    matched_lines = models.PositiveIntegerField(default=0)
    units_awarded = units_field(default=0)
    units_reversed = units_field(default=0)

    def __str__(self) -> str:
        return f"{self.file_name} {self.state}"


class ImportProblem(models.Model):
    """A row error or a notice of one batch."""

    class Stage(models.TextChoices):
        PARSE = "parse"
        CHECK = "check"

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="problems")
    stage = models.CharField(max_length=5, choices=Stage.choices)
    severity = models.CharField(max_length=6)
    file = models.CharField(max_length=255)
    document = models.CharField(max_length=256, null=True)
    line = models.IntegerField(null=True)
    field = models.CharField(max_length=80, null=True)
    value = models.CharField(max_length=200, null=True)
    code = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    # the row of a CSV or XLSX file, where the cell can be corrected
    row = models.IntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.code} {self.file}"


class ImportFix(models.Model):
    """A cell that a person corrected; the file stays as it is. Of a row, of a document, or wherever the old text stands.

    Never changed or deleted: a later one for the same cell wins.
    """

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="fixes")
    file = models.CharField(max_length=255)
    row = models.IntegerField(null=True)
    document = models.CharField(max_length=256, null=True)
    field = models.CharField(max_length=80)
    old = models.CharField(max_length=200, null=True)
    new = models.CharField(max_length=1000, blank=True)
    at = created_stamp()
    actor = models.UUIDField()

    def __str__(self) -> str:
        return f"{self.field} → {self.new}"


class ImportProgress(models.Model):
    """How far the work on an import is, written outside its transaction; and whether somebody asked to stop it."""

    class Phase(models.TextChoices):
        READING = "READING"
        CHECKING = "CHECKING"

    batch = models.OneToOneField(ImportBatch, on_delete=models.CASCADE, primary_key=True, related_name="progress")
    phase = models.CharField(max_length=10, choices=Phase.choices, blank=True, default="")
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    stop_asked = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.phase} {self.done}/{self.total}"


class DocumentColumns(models.Model):
    """What a document says of itself, staged or accepted. Dates are local (Poland)."""

    bulk_loaded = True

    kind = models.CharField(max_length=24)
    number = models.CharField(max_length=256)
    ksef_number = models.CharField(max_length=60, null=True)
    issue_date = models.DateField()
    sale_date = models.DateField()
    currency = models.CharField(max_length=3)
    rate = models.DecimalField(max_digits=18, decimal_places=8, null=True)
    buyer_nip = models.CharField(max_length=10, null=True)
    buyer_code = models.CharField(max_length=256, null=True)
    buyer_email = models.CharField(max_length=255, null=True)
    buyer_phone = models.CharField(max_length=20, null=True)
    buyer_name = models.CharField(max_length=512, null=True)
    total_gross = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    content_hash = models.BinaryField(max_length=32)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number


class LineColumns(models.Model):
    """What a line says of itself, staged or accepted. Amounts in the document's currency."""

    bulk_loaded = True

    position = models.IntegerField()
    before = models.BooleanField()
    name = models.CharField(max_length=512)
    sku = models.CharField(max_length=60, null=True)
    ean = models.CharField(max_length=20, null=True)
    producer_code = models.CharField(max_length=60, null=True)
    quantity = models.DecimalField(max_digits=22, decimal_places=6, null=True)
    unit = models.CharField(max_length=256, null=True)
    net = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    vat = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    gross = models.DecimalField(max_digits=18, decimal_places=2, null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class StagedDocument(DocumentColumns):
    """A parsed document that waits for its batch to be committed. Filled by COPY."""

    class State(models.TextChoices):
        NEW = "new"
        ACCEPTED = "accepted"
        DUPLICATE = "duplicate"
        REJECTED = "rejected"

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, db_index=False, related_name="staged")
    seq = models.IntegerField()
    file = models.CharField(max_length=255)
    seller_nip = models.CharField(max_length=10, null=True)
    corrected_numbers = ArrayField(models.CharField(max_length=256), default=list)
    line_count = models.IntegerField()
    valued_line_count = models.IntegerField()
    # what a correction without valued lines changes of the whole, in its currency, signed; gross only where no net is stated
    change_net = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    change_gross = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.NEW, db_default=State.NEW)
    code = models.CharField(max_length=40, default="", db_default="")
    document_id = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["batch", "seq"], name="one_staged_seq")]
        indexes: ClassVar = [
            # what a commit takes next: without it, each chunk would sort all that is left
            models.Index(
                "batch",
                models.ExpressionWrapper(Q(kind__endswith="correction"), output_field=models.BooleanField()),
                "issue_date",
                "seq",
                name="staged_next",
                condition=Q(state="new"),
            ),
        ]


class StagedLine(LineColumns):
    """A line of a staged document."""

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, db_index=False, related_name="+")
    seq = models.IntegerField()
    rate = models.DecimalField(max_digits=18, decimal_places=8, null=True)
    sale_date = models.DateField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["batch", "seq"], name="staged_line_of")]


class SalesDocument(DocumentColumns):
    """An accepted document. `number` is unique per seller."""

    id = uuid_key()
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="sales_documents")
    seller_nip = models.CharField(max_length=10, db_default="")
    # the first of the originals that are here; all that the document names are in `corrected_numbers`
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrections")
    corrected_numbers = ArrayField(models.CharField(max_length=256), default=list, db_default=Value([]))
    member_id = models.UUIDField(null=True)
    # how the buyer's firm split its points on the sale date (`members.FirmSplit`), as it was known when the buyer was found
    split_id = models.BigIntegerField(null=True)
    # acceptance order: what is consumed in order (corrections, later caps and budgets) follows it, in a replay as in life
    accept_seq = models.BigIntegerField(unique=True, db_default=NextAccepted())
    accepted_at = created_stamp()
    # of a batch that was taken back: it awards nothing, and its number is free again
    reverted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["seller_nip", "number"], name="one_document_number", condition=Q(reverted_at__isnull=True)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["member_id", "sale_date"], name="document_of_member"),
            models.Index(fields=["sale_date"], name="document_sale_date"),
            models.Index(fields=["buyer_nip"], name="document_buyer_nip", condition=Q(buyer_nip__isnull=False)),
            models.Index(fields=["split_id"], name="document_split", condition=Q(split_id__isnull=False)),
            # sales that wait for their buyer to become a member
            models.Index(
                fields=["sale_date"],
                name="document_waiting",
                condition=models.Q(member_id__isnull=True)
                & (
                    models.Q(buyer_nip__isnull=False)
                    | models.Q(buyer_code__isnull=False)
                    | models.Q(buyer_email__isnull=False)
                    | models.Q(buyer_phone__isnull=False)
                ),
            ),
        ]


class SalesLine(LineColumns):
    """A line, with what it was matched to at that time (facts are dated)."""

    id = models.BigAutoField(primary_key=True)
    document = models.ForeignKey(SalesDocument, on_delete=models.PROTECT, related_name="lines")
    value = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    sale_date = models.DateField()
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrections")
    # not on the document: this line's share of what a correction without lines changes of the whole
    spread = models.BooleanField(default=False, db_default=False)
    product_id = models.UUIDField(null=True)
    brand_id = models.UUIDField(null=True)
    supplier_id = models.UUIDField(null=True)
    category = models.CharField(max_length=60, blank=True, db_default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["id"], name="line_without_product", condition=Q(product_id__isnull=True)),
        ]


class ReturnTake(models.Model):
    """How much of a sold line a line of a return without reference gives back. Quantities in the line's unit."""

    bulk_loaded = True

    id = models.BigAutoField(primary_key=True)
    line = models.ForeignKey(SalesLine, on_delete=models.PROTECT, related_name="takes")
    sold = models.ForeignKey(SalesLine, on_delete=models.PROTECT, related_name="taken")
    quantity = models.DecimalField(max_digits=22, decimal_places=6)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line", "sold"], name="one_take_per_sale"),
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="take_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of line {self.sold_id}"
