"""Random histories of one wholesaler's rules: told to the awarder by rows and to the oracle by calls, then compared."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import connection

from kolektor.kernel import clock
from kolektor.kernel.binding import bound
from tenants.ledger import selectors as ledger_reads
from tenants.ledger import services as ledger
from tenants.ledger.services import Owner
from tenants.ledger.verification import verify
from tenants.members.models import Firm, Member
from tenants.program.models import ProgramSettings
from tenants.rules.models import CappedLine, CapUsage, Rule, RuleVersion
from tenants.rules.spec import parse_rule
from tenants.sales.models import ImportBatch, ReturnTake, SalesDocument, SalesLine
from tenants.sales.ports import Awarder
from tests.support.rules_oracle import Oracle, Sold

SKUS = ("A-1", "B-2", "C-3", "D-4")
BRANDS = {"A-1": "kruczek", "B-2": "kruczek", "C-3": "klucznik", "D-4": ""}
CATEGORIES = {"A-1": "kotły", "B-2": "pompy", "C-3": "kotły", "D-4": "pompy"}
# the last days of September, October and December: months, quarters and years end soon
FIRST_DAYS = (date(2026, 9, 27), date(2026, 10, 26), date(2026, 12, 27))


def brand_id(slug: str) -> UUID:
    """An id that stands for a brand."""
    return uuid5(NAMESPACE_URL, slug)


class Difference(AssertionError):
    """The awarder and the oracle disagree, or the ledger does not follow from its transfers."""


class Story:
    """One random history. `dice` decides everything, so that a seed tells it again."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.mode = dice.choice(["half_even", "half_up"])
        self.day = self.first_day = dice.choice(FIRST_DAYS)
        ProgramSettings.objects.update(rounding=self.mode, lot_life_months=24)
        self.rules = [self._rule(number) for number in range(dice.randint(1, 4))]
        self.oracle = Oracle(self.rules, self.mode)
        self.members = self._people()
        self.batch = ImportBatch(format="csv", file_name="story.csv")
        self.batch.save()
        self.batch.refresh_from_db()
        self.pending: list[UUID] = []
        self.sold: list[tuple[Sold, SalesLine]] = []
        # document → the documents whose lines it changes
        self.speaks_of: dict[UUID, set[UUID]] = {}
        self.awarded = self.reversed = 0
        for rule in self.rules:
            self._publish(rule)

    # rules

    def _rule(self, number: int) -> dict[str, Any]:
        dice = self.dice
        rule: dict[str, Any] = {"code": f"r-{number}", "name": f"Reguła {number}", "award": self._award(number)}
        if dice.random() < 0.6:
            rule["when"] = self._condition(0)
        if rule["award"]["kind"].startswith("per") and dice.random() < 0.4:
            rule["boosts"] = [
                {"times": dice.choice(["2", "1.5", "3"]), "when": self._condition(1)} for _ in range(dice.randint(1, 2))
            ]
        if dice.random() < 0.5:
            rule["caps"] = self._caps()
        if dice.random() < 0.3:
            rule["budget"] = str(dice.randint(1, 120))
        if dice.random() < 0.2:
            rule["matures_after_days"] = dice.choice([1, 14, 365])
        if dice.random() < 0.2:
            rule["valid_from"] = (self.first_day + timedelta(days=dice.randint(0, 4))).isoformat()
        if dice.random() < 0.3:
            rule["valid_until"] = (self.first_day + timedelta(days=dice.randint(4, 10))).isoformat()
        return rule

    def _award(self, number: int) -> dict[str, Any]:
        dice = self.dice
        kind = dice.choice(
            ["per_amount", "per_amount", "per_unit", "fixed", "fixed", "multiplier" if number else "fixed"]
        )
        if kind == "multiplier":
            return {"kind": kind, "times": dice.choice(["2", "1.25", "3"])}
        if kind == "fixed":
            award = {"kind": kind, "points": dice.choice(["5", "12.5"]), "each": dice.choice(["line", "document"])}
            if award["each"] == "document" and dice.random() < 0.7:
                award["least"] = dice.choice(["20", "55.5", "80"])
            return award
        award = {"kind": kind, "points": dice.choice(["1", "0.5", "1.25", "0.0333"])}
        if kind == "per_amount":
            award["per"] = dice.choice(["1", "3", "7"])
        return award

    def _condition(self, depth: int) -> dict[str, Any]:
        dice = self.dice
        if depth < 2 and dice.random() < 0.4:
            group = dice.choice(["all", "any", "not"])
            if group == "not":
                return {"not": self._condition(depth + 1)}
            return {group: [self._condition(depth + 1) for _ in range(dice.randint(1, 2))]}
        field = dice.choice(["sku", "brand", "category", "month", "weekday", "value", "quantity"])
        if field in ("value", "quantity"):
            return {"field": field, "at_least": str(dice.choice([2, 3, 25]))}
        values = {
            "sku": SKUS,
            "brand": ("kruczek", "klucznik"),
            "category": ("kotły", "pompy"),
            "month": ("9", "10", "11", "12"),
            "weekday": ("1", "2", "3", "6", "7"),
        }[field]
        return {"field": field, "in": dice.sample(values, dice.randint(1, min(2, len(values))))}

    def _caps(self) -> list[dict[str, str]]:
        dice = self.dice
        kinds = [(who, per) for who in ("member", "firm") for per in ("day", "month", "quarter", "year", "ever")]
        return [
            {"points": str(Decimal(dice.randint(100, 6000)) / 100), "for": who, "per": per}
            for who, per in dice.sample(kinds, dice.choice([1, 1, 2, 3]))
        ]

    def _publish(self, rule: dict[str, Any]) -> None:
        draft = parse_rule(rule, "rule", lambda field, slug: str(brand_id(slug)))
        row = Rule.objects.create(code=draft.code, name_pl=draft.name_pl, name_en=draft.name_en)
        RuleVersion.objects.create(
            rule=row,
            number=1,
            state="live",
            spec=draft.spec,
            valid_from=draft.valid_from,
            valid_until=draft.valid_until,
        )

    # people and documents

    def _people(self) -> list[Member]:
        firm = Firm(name="Spółka")
        firm.save()
        firm.refresh_from_db()
        people = []
        for number, of in enumerate((firm, firm, None)):
            member = Member(
                person_id=uuid5(NAMESPACE_URL, str(number)), firm=of, joined_on=self.day, first_name=f"Osoba {number}"
            )
            member.save()
            member.refresh_from_db()
            people.append(member)
        return people

    def tell(self) -> None:
        """Some runs of documents, each told to both; time passes; perhaps something is taken back."""
        for _ in range(self.dice.randint(1, 3)):
            for _ in range(self.dice.randint(1, 5)):
                self._step()
            self._award_pending()
            if self.dice.random() < 0.3:
                self._learn()
        if self.dice.random() < 0.4:
            self._revert()
        if self.dice.random() < 0.2:
            self._learn()

    def _step(self) -> None:
        self.day += timedelta(days=self.dice.choice([0, 1, 1, 3]))
        kind = self.dice.choice(["sale", "sale", "correction", "return"]) if self.sold else "sale"
        if kind == "sale":
            self._sale()
        elif kind == "correction":
            self._correction()
        else:
            self._return()

    def _document(self, kind: str, member: Member) -> SalesDocument:
        row = SalesDocument(
            batch=self.batch, kind=kind, number=f"D/{len(self.speaks_of) + 1}", issue_date=self.day, sale_date=self.day,
            currency="PLN", member_id=member.pk, content_hash=b"",
        )  # fmt: skip
        row.save()
        row.refresh_from_db()
        self.speaks_of[row.pk] = set()
        self.pending.append(row.pk)
        return row

    def _line(
        self, document: SalesDocument, place: int, quantity: Decimal, value: Decimal, **options: Any
    ) -> SalesLine:
        sku = options.pop("sku")
        line = SalesLine(
            document=document, position=place, before=options.pop("before", False), name=sku, sku=sku, quantity=quantity,
            value=value, net=abs(value), sale_date=self.day, **options,
        )  # fmt: skip
        line.save()
        return line

    def _new_line(self, document: SalesDocument, place: int, member: Member, sku: str) -> Sold:
        dice = self.dice
        quantity = Decimal(dice.choice(["1", "2", "3", "5", "2.5"]))
        value = Decimal(dice.choice([dice.randint(1, 9999), dice.randint(1, 500), 0])) / 100
        line = self._line(document, place, quantity, value, sku=sku)
        sold = Sold(
            document=str(document.pk), member=str(member.pk), firm=str(member.firm_id or member.pk), day=self.day, sku=sku,
            brand="", category="", quantity=quantity, value=value, added=document.kind == "correction",
        )  # fmt: skip
        if dice.random() < 0.8:
            _identify(sold, line)
        self.sold.append((sold, line))
        return sold

    def _learn(self) -> None:
        """Some lines' products become known."""
        unknown = [pair for pair in self.sold if not pair[0].category and pair[0].document not in self.oracle.reverted]
        chosen = [pair for pair in unknown if self.dice.random() < 0.6]
        for sold, line in chosen:
            _identify(sold, line)
        later = [str(document) for document in self.speaks_of]
        self.oracle.learn([sold for sold, _ in chosen], later)
        self._count(bound(Awarder).award_lines([line.pk for _, line in chosen]))

    def _sale(self) -> None:
        member = self.dice.choice(self.members)
        document = self._document(self.dice.choice(["invoice", "receipt", "settlement"]), member)
        skus = self.dice.sample(SKUS, self.dice.randint(1, 3))
        self.oracle.sell([self._new_line(document, place, member, sku) for place, sku in enumerate(skus, start=1)])

    def _owner(self, sold: Sold) -> Member:
        return next(member for member in self.members if str(member.pk) == sold.member)

    def _of_one_document(self) -> list[tuple[Sold, SalesLine]]:
        """Some standing lines of one document."""
        standing = [pair for pair in self.sold if pair[0].document not in self.oracle.reverted]
        chosen = self.dice.choice(standing[-6:])[0].document  # of late, so that documents meet
        lines = [pair for pair in standing if pair[0].document == chosen]
        return self.dice.sample(lines, self.dice.randint(1, len(lines)))

    def _correction(self) -> None:
        dice = self.dice
        lines = self._of_one_document()
        member = self._owner(lines[0][0])
        document = self._document("correction", member)
        changes: list[tuple[Sold, Fraction, Fraction, bool]] = []
        for place, (sold, line) in enumerate(lines, start=1):
            self.speaks_of[document.pk].add(line.document_id)
            if dice.random() < 0.5 or not sold.value:
                value = (
                    Decimal(
                        dice.choice(
                            [
                                -dice.randint(1, 3000),
                                -dice.randint(1, 3000),
                                dice.randint(1, 500),
                                -int(sold.value * 100),
                            ]
                        )
                    )
                    / 100
                )
                self._line(document, place, Decimal(-1), value, sku=sold.sku, corrects=line)
                changes.append((sold, Fraction(-1), Fraction(value), False))
            else:
                before, after = sold.quantity, Decimal(dice.randint(0, 6))
                value = (sold.value / sold.quantity * after).quantize(Decimal("0.01"))
                self._line(document, place, before, -sold.value, sku=sold.sku, corrects=line, before=True)
                self._line(document, place, after, value, sku=sold.sku, corrects=line)
                changes.append((sold, Fraction(after - before), Fraction(value - sold.value), True))
        if dice.random() < 0.3:
            self.oracle.sell([self._new_line(document, 50, member, dice.choice(SKUS))], correction=True)
        self.oracle.change(str(document.pk), changes)

    def _return(self) -> None:
        sold, line = self.dice.choice(self._of_one_document())
        if not sold.value:
            return
        quantity = min(sold.quantity, Decimal(self.dice.choice(["1", "2", "0.5", "9"])))
        document = self._document("return", self._owner(sold))
        row = self._line(document, 1, -quantity, -sold.value, sku=sold.sku)
        ReturnTake.objects.create(line=row, sold=line, quantity=quantity)
        self.speaks_of[document.pk].add(line.document_id)
        share = -Fraction(quantity) * Fraction(sold.value) / Fraction(sold.quantity)
        self.oracle.change(str(document.pk), [(sold, -Fraction(quantity), share, True)])

    def _award_pending(self) -> None:
        documents, self.pending = self.pending, []
        self._count(bound(Awarder).award(documents))

    def _count(self, outcome: Any) -> None:
        self.awarded += outcome.awarded_units
        self.reversed += outcome.reversed_units

    def _revert(self) -> None:
        """A document, with all that speak of it."""
        chosen = {self.dice.choice(list(self.speaks_of))}
        while True:
            speaking = {document for document, spoken in self.speaks_of.items() if spoken & chosen}
            if speaking <= chosen:
                break
            chosen |= speaking
        SalesDocument.objects.filter(pk__in=chosen).update(reverted_at=clock.now())
        self.oracle.revert(frozenset(map(str, chosen)))
        self._count(bound(Awarder).revert(sorted(chosen)))

    # comparison

    def check(self) -> None:
        """Both agree to the hundredth, and everything that is derived follows from what is kept."""
        _same("awarded and reversed", (self.awarded, self.reversed), (self.oracle.awarded, self.oracle.reversed))
        self._check_balances()
        ledger.mature(as_of=datetime(2030, 1, 1, tzinfo=clock.WARSAW))
        for standing in self._check_balances().values():
            _same("pending after all matured", standing.pending.units, 0)
        _same("differences of the ledger", verify().differences, ())
        self._check_limits()

    def _check_balances(self) -> dict[Owner, Any]:
        owners = [Owner("member", member.pk) for member in self.members]
        found = ledger_reads.balances(owners)
        for owner, standing in found.items():
            units = standing.available.units + standing.pending.units - standing.debt.units
            _same(f"points of {owner.id}", units, self.oracle.balances[str(owner.id)])
        return found

    def _check_limits(self) -> None:
        for rule in self.rules:
            version = RuleVersion.objects.get(rule__code=rule["code"])
            given = self.oracle.given[rule["code"]]
            rows = CappedLine.objects.filter(version=version).order_by("pk")
            if rule.get("caps") or rule.get("budget"):
                _same("granted", [row.granted for row in rows], [award.granted for award in given])
            spent = CapUsage.objects.filter(version=version, cap=0).values_list("units", flat=True).first()
            if rule.get("budget") and given:
                _same("spent of the budget", spent, sum(award.granted for award in given))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM rules_cappedline c WHERE c.granted <> ("
                "SELECT sum(units) FROM rules_awardline a WHERE a.id = c.award_id OR a.adjusts_id = c.award_id)"
            )
            _same("limited awards that their lines do not add up to", cursor.fetchone()[0], 0)


def _identify(sold: Sold, line: SalesLine) -> None:
    sold.brand, sold.category = BRANDS[sold.sku], CATEGORIES[sold.sku]
    line.brand_id = brand_id(sold.brand) if sold.brand else None
    line.category = sold.category
    line.save(update_fields=["brand_id", "category"])


def _same(what: str, found: object, expected: object) -> None:
    if found != expected:
        raise Difference(f"{what}: {found} instead of {expected}")


def tell(seed: int) -> None:
    """A whole story. Raises Difference."""
    story = Story(random.Random(seed))
    story.tell()
    story.check()


def seeds(first: int, count: int) -> Iterable[int]:
    """Seeds that follow from one."""
    dice = random.Random(first)
    return (dice.randrange(2**32) for _ in range(count))
