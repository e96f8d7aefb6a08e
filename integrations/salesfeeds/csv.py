"""CSV of any wholesaler, read by a saved mapping (docs/csv-mapping.md); `.gz` too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from integrations.salesfeeds.csv_mapping import CsvMapping
from integrations.salesfeeds.csv_rows import read_rows
from integrations.salesfeeds.record_feed import RecordFeed, Table
from integrations.salesfeeds.sources import open_source, packed_position
from tenants.sales.ports import Fix, Progress

DEFAULT_MAX_BYTES = 50 * 1024 * 1024


class CsvFeed(RecordFeed):
    """Reads a CSV file. `max_field` bounds a mapped cell in characters, `max_bytes` the rows of one document."""

    def __init__(
        self,
        mapping: CsvMapping,
        max_field: int = 1000,
        max_bytes: int = DEFAULT_MAX_BYTES,
        *,
        fixes: Sequence[Fix] = (),
        progress: Progress | None = None,
    ) -> None:
        super().__init__(mapping, max_field=max_field, max_bytes=max_bytes, fixes=fixes, progress=progress)

    @contextmanager
    def _open(self, path: Path) -> Iterator[Table]:
        with open_source(path) as stream:
            size = max(1, path.stat().st_size)
            yield Table(lambda: read_rows(stream, self._mapping), lambda: packed_position(stream) / size)
