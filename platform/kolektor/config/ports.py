"""Which implementation stands behind each port."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from django.conf import settings

from catalog.rewards.ports import CallLog, Issuers, VoucherIssuer
from integrations.salesfeeds import files
from integrations.salesfeeds.csv import CsvFeed
from integrations.salesfeeds.csv_mapping import CsvMapping
from integrations.salesfeeds.inspect import inspect
from integrations.salesfeeds.ksef import KsefFeed
from integrations.salesfeeds.template import template
from integrations.salesfeeds.xlsx import XlsxFeed
from kolektor.identity.ports import HostFaces
from kolektor.kernel.binding import bind
from kolektor.kernel.errors import DomainError
from kolektor.network.faces import PublicFaces
from kolektor.reporting.services import ReportingFactSink
from tenants.insight.ports import FactSink
from tenants.rules.awarding import RuleAwarder
from tenants.sales.ports import (
    Awarder,
    CanonicalDocument,
    Feeds,
    Fix,
    Inspection,
    Problem,
    Progress,
    SalesFeed,
)


class _SuffixChecked:
    """A feed that refuses a file whose name ends otherwise than files of its format do."""

    def __init__(self, feed: SalesFeed, format: files.FeedFormat) -> None:
        self._feed = feed
        self._format: files.FeedFormat = format

    def read(self, path: Path, *, file: str) -> Iterator[CanonicalDocument | Problem]:
        """See the port."""
        refused = files.check_suffix(path, file, self._format)
        if refused is not None:
            yield refused
        else:
            yield from self._feed.read(path, file=file)


class ConfiguredFeeds:
    """Feeds by format. Implements `tenants.sales.ports.Feeds`."""

    def open(
        self, format: str, mapping: str | None, *, fixes: Sequence[Fix] = (), progress: Progress | None = None
    ) -> SalesFeed:
        """See the port."""
        limit = settings.IMPORT_MAX_BYTES
        if format == "ksef":
            return _SuffixChecked(KsefFeed(max_bytes=limit), "ksef")
        if format not in {"csv", "xlsx"}:
            raise DomainError("UNKNOWN_FORMAT", field="format", value=format)
        if not mapping:
            raise DomainError("MAPPING_MISSING", field="mapping")
        columns = CsvMapping.from_json(mapping)
        if format == "csv":
            return _SuffixChecked(CsvFeed(columns, max_bytes=limit, fixes=fixes, progress=progress), "csv")
        return _SuffixChecked(XlsxFeed(columns, max_bytes=limit, fixes=fixes, progress=progress), "xlsx")

    def inspect(self, format: str, path: Path, *, layout: Mapping[str, object], currency: str) -> Inspection:
        """See the port."""
        if format not in {"csv", "xlsx"}:
            raise DomainError("UNKNOWN_FORMAT", field="format", value=format)
        return inspect(format, path, layout=layout, currency=currency, max_bytes=settings.IMPORT_MAX_BYTES)

    def template(self, format: str, *, language: str) -> bytes:
        """See the port."""
        return template(format, language=language)

    def expand(self, paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
        """See the port."""
        return files.expand(paths)


class ConfiguredIssuers:
    """Voucher adapters by name. Implements `catalog.rewards.ports.Issuers`."""

    def open(self, *, adapter: str, base_url: str, credentials: Mapping[str, str], log: CallLog) -> VoucherIssuer:
        """See the port."""
        if adapter == "kolektor_v1":
            from integrations.vouchers.kolektor_v1 import KolektorV1, KolektorV1Config

            config = KolektorV1Config(
                base_url=base_url,
                api_key=credentials["api_key"],
                webhook_secret=credentials["webhook_secret"],
            )
            return KolektorV1(config, log)
        if adapter == "tremendous":
            from integrations.vouchers.tremendous import Tremendous, TremendousConfig

            return Tremendous(TremendousConfig.of(base_url, credentials), log)
        raise DomainError("UNKNOWN_ADAPTER", field="adapter", value=adapter)


def bind_ports() -> None:
    """Bind all of them. Called once, when Django starts."""
    bind(Feeds, ConfiguredFeeds())
    bind(Awarder, RuleAwarder())
    bind(Issuers, ConfiguredIssuers())
    bind(FactSink, ReportingFactSink())
    bind(HostFaces, PublicFaces())
