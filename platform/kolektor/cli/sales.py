"""`kolektor import-sales`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kolektor.cli import boot
from kolektor.cli.common import JsonOption, WholesalerOption, find_wholesaler
from kolektor.cli.output import EXIT_REJECTED, emit_json, polish, refusals, say, usage

if TYPE_CHECKING:
    from tenants.sales.models import ImportBatch


def import_sales(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Files, .gz too, or folders.")],
    wholesaler: WholesalerOption,
    format: Annotated[str, typer.Option("--format", help="ksef, csv or xlsx.")],
    mapping: Annotated[Path | None, typer.Option("--mapping", help="Column mapping (JSON) for csv and xlsx.")] = None,
    any_seller: Annotated[
        bool, typer.Option("--any-seller", help="Accept documents whose seller is not the wholesaler.")
    ] = False,
    enroll_buyers: Annotated[
        bool, typer.Option("--enroll-buyers", help="Make a firm and a member for each unknown buyer.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")] = False,
    json: JsonOption = False,
) -> None:
    """Import sales documents and award points. Exit code 0 if nothing was rejected, 3 if something was."""
    mapping_text = _mapping_text(format, mapping)
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise usage(f"There is no such file or folder: {', '.join(missing)}")
    boot.start()
    from kolektor.kernel.binding import bound
    from kolektor.kernel.tenant import tenant_context
    from tenants.sales import services
    from tenants.sales.ports import Feeds

    with refusals(as_json=json), tenant_context(find_wholesaler(wholesaler)):
        files = list(bound(Feeds).expand(paths))
        if not files:
            raise usage(f"There are no files in {', '.join(map(str, paths))}")
        batch = services.create_batch(
            format=format,
            file_name=paths[0].name if len(paths) == 1 else f"{paths[0].name} +{len(paths) - 1}",
            mapping=mapping_text,
            any_seller=any_seller,
            enroll_buyers=enroll_buyers,
        )
        try:
            services.stage(batch=batch, paths=files)
            if dry_run:
                services.check(batch=batch)
            else:
                services.commit(batch=batch)
            report = _report(batch)
        finally:
            if dry_run:  # also when it is cut off
                services.forget(batch=batch)
    if json:
        emit_json(report)
    else:
        _tell(report, dry_run=dry_run)
    if report["rejected"]:
        raise typer.Exit(EXIT_REJECTED)


def _mapping_text(format: str, mapping: Path | None) -> str:
    if format not in {"ksef", "csv", "xlsx"}:
        raise usage(f"UNKNOWN_FORMAT: {format!r}. Formats are ksef, csv and xlsx.")
    if mapping is None:
        return ""
    if format == "ksef":
        raise usage("--mapping belongs to --format csv and xlsx.")
    try:
        return mapping.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise usage(f"The mapping {mapping} cannot be read: {error}") from error


def _report(batch: ImportBatch) -> dict[str, Any]:
    from kolektor.kernel.points import Points
    from tenants.sales.selectors import problem_sentence, problems

    batch.refresh_from_db()
    return {
        "documents": batch.documents,
        "accepted": batch.accepted,
        "duplicates": batch.duplicates,
        "rejected": batch.rejected,
        "lines": batch.lines,
        "matched_lines": batch.matched_lines,
        "points_awarded": str(Points(batch.units_awarded)),
        "points_reversed": str(Points(batch.units_reversed)),
        "problems": [
            {
                "severity": row.severity,
                "file": row.file,
                "document": row.document,
                "line": row.line,
                "field": row.field,
                "value": row.value,
                "code": row.code,
                "message": problem_sentence(row, "en"),
                "message_pl": problem_sentence(row, "pl"),
            }
            for row in problems(batch.pk)
        ],
    }


def _tell(report: dict[str, Any], *, dry_run: bool) -> None:
    for row in report["problems"]:
        place = row["file"] + (f", document {row['document']}" if row["document"] else "")
        place += f", line {row['line']}" if row["line"] else ""
        say(f"{row['severity']}: {place}: {row['code']}: {row['message_pl' if polish() else 'message']}")
    verb = "would be accepted" if dry_run else "accepted"
    say(
        f"{report['documents']} documents: {report['accepted']} {verb}, {report['duplicates']} duplicates, "
        f"{report['rejected']} rejected; {report['lines']} lines, {report['matched_lines']} matched; "
        f"{report['points_awarded']} points awarded, {report['points_reversed']} reversed"
    )
