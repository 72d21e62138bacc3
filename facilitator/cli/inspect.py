"""`facilitator inspect`: what report files are, and what they hold."""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from facilitator.adapters.reports import (
    CUSTOM_REPORTS_FILE,
    FileReading,
    read_custom_reports,
    read_tables,
)
from facilitator.cli.output import problem_fields, say, say_json
from facilitator.cli.workspace import AGENDA_FILE
from facilitator.domain.errors import Diagnostic
from facilitator.domain.kpis.measures import MEASURE_LABELS
from facilitator.render.language import _, spoken
from facilitator.render.reports import REPORT_NAMES


def run(options: argparse.Namespace) -> int:
    """Print what was found; the exit code is 1 where a file cannot be used."""
    readings = [(path, reading) for path in options.files for reading in _read(path)]
    if options.json:
        say_json([_answer(path, reading) for path, reading in readings])
    else:
        for place, (path, reading) in enumerate(readings):
            if place:
                say()
            for line in _lines(path, reading):
                say(line)
    return int(any(_is_unusable(reading) for _path, reading in readings))


def _read(path: Path) -> Iterator[FileReading]:
    """Read a file as the meeting would: with its agenda's own reports, where it has an agenda.

    The folder that the file lies in may tell its marketplace, so it is part of its name.
    """
    whole = path.absolute()
    home = next((up for up in whole.parents if (up / AGENDA_FILE).is_file()), whole.parent)
    known, diagnostics = read_custom_reports(home / CUSTOM_REPORTS_FILE)
    for reading in read_tables(whole, whole.parent.parent, (), known):
        yield replace(reading, problems=(*diagnostics, *reading.problems))


def _is_unusable(reading: FileReading) -> bool:
    return not reading.facts


def _lines(path: Path, reading: FileReading) -> Iterator[str]:
    yield str(path)
    if reading.source.kind:
        yield from _found(reading)
    if reading.unrecognised:
        yield _line(_("columns not recognised"), ", ".join(reading.unrecognised))
    for problem in reading.problems:
        yield f"  {_problem(problem, reading)}"
    if reading.advice:
        yield "  " + _("{file} beside the agenda would need:").format(file=CUSTOM_REPORTS_FILE)
        yield from (f"    {line}".rstrip() for line in reading.advice.splitlines())


def _problem(problem: Diagnostic, reading: FileReading) -> str:
    """A problem of the file that is looked at needs no file's name."""
    if problem.file != reading.source.file:
        return problem.said(_)
    mark = _("error") if problem.is_error else _("warning")
    hint = f" {problem.hint.said(_)}" if problem.hint else ""
    place = problem.place(_)
    where = f"{place}: " if place else ""
    return f"{mark}: {where}{problem.message.said(_)}{hint}"


def _found(reading: FileReading) -> Iterator[str]:
    source = reading.source
    name = _(REPORT_NAMES.get(source.kind, source.title))
    yield _line(_("kind"), f"{name} ({source.kind})")
    yield _line(_("file"), _form(reading))
    count = spoken().count
    yield "  " + _("rows: {read} read, {kept} kept, {refused} refused").format(
        read=count(source.rows_read),
        kept=count(source.rows_kept),
        refused=count(source.rows_refused),
    )
    if source.first_day and source.last_day:
        yield _line(_("days"), f"{source.first_day} – {source.last_day}")
    yield _line(_("marketplaces"), " ".join(source.marketplaces) or "–")
    if source.currencies:
        yield _line(_("currencies"), " ".join(source.currencies))
    for total in reading.totals:
        label = _(MEASURE_LABELS.get(total.measure, total.measure))
        unit = f" {total.currency}" if total.currency else ""
        yield f"  {label}, {total.marketplace}: {_amount(total.amount)}{unit}"


def _line(label: str, text: str) -> str:
    return f"  {label}: {text}"


def _form(reading: FileReading) -> str:
    """How the file is written, as far as it tells."""
    parts = [reading.encoding]
    if reading.delimiter:
        mark = _("tab") if reading.delimiter == "\t" else f"“{reading.delimiter}”"
        parts.append(_("columns parted by {mark}").format(mark=mark))
    if reading.sheet:
        parts.append(_("sheet “{sheet}”").format(sheet=reading.sheet))
    parts.append(_("header in row {row}").format(row=reading.header_row))
    return ", ".join(filter(None, parts))


def _amount(amount: float) -> str:
    return f"{amount:,.0f}" if amount.is_integer() else f"{amount:,.2f}"


def _answer(path: Path, reading: FileReading) -> dict[str, object]:
    source = reading.source
    return {
        "file": str(path),
        "usable": not _is_unusable(reading),
        "kind": source.kind,
        "title": source.title,
        "sha256": source.sha256,
        "encoding": reading.encoding,
        "delimiter": reading.delimiter,
        "sheet": reading.sheet,
        "header_row": reading.header_row,
        "attribution_days": reading.attribution_days,
        "rows_read": source.rows_read,
        "rows_kept": source.rows_kept,
        "rows_refused": source.rows_refused,
        "first_day": source.first_day,
        "last_day": source.last_day,
        "marketplaces": source.marketplaces,
        "currencies": source.currencies,
        "totals": [
            {
                "measure": total.measure,
                "marketplace": total.marketplace,
                "currency": total.currency,
                "amount": total.amount,
            }
            for total in reading.totals
        ],
        "unrecognised_columns": reading.unrecognised,
        "own_columns": reading.advice,
        "problems": [problem_fields(problem) for problem in reading.problems],
    }
