"""Files that are recognised but not read, and what to download instead."""

from msgspec import Struct

from facilitator.adapters.reports.cells import printable
from facilitator.adapters.reports.headers import HeaderMatch
from facilitator.adapters.reports.report_types import ReportType
from facilitator.adapters.reports.sniff import Layout
from facilitator.domain.errors import N_, Message, message


class UnsupportedFile(Struct, frozen=True, kw_only=True):
    """A file that is not read, with the reason."""

    said: Message
    hint: Message | None = None


def check_supported(layout: Layout) -> HeaderMatch | UnsupportedFile:
    """Return the header match of a file that can be read, or why it cannot."""
    match = layout.match
    if layout.is_bulk:
        return _BULK
    if match is None or not match.is_complete:
        return UnsupportedFile(said=_unknown(match))
    return _refusal(match.kind) if match.kind.refused else match


_BULK = UnsupportedFile(
    said=message(
        N_("This is a bulk operations sheet, which does not say what happened on which day.")
    ),
    hint=message(N_("Download the Search Term Report or the Campaign Report instead.")),
)
_REASONS = {
    "monthly": (
        N_("This is “{title}”, whose columns are months. They cannot be split into weeks."),
        N_("Export the daily dashboard instead."),
    ),
    "superseded": (
        N_("This is “{title}”, an old format that is no longer read."),
        N_("Download it as “Flat File V2” instead."),
    ),
}


def _refusal(kind: ReportType) -> UnsupportedFile:
    said, hint = _REASONS[kind.refused]
    return UnsupportedFile(said=message(said, title=kind.title), hint=message(hint))


def _unknown(match: HeaderMatch | None) -> Message:
    if match is None:
        return message(N_("This is not a known report. None of its columns is known."))
    if match.lacking:
        return message(
            N_(
                "This is not a known report. The closest is “{title}”, but these columns are "
                "missing: {columns}."
            ),
            title=match.kind.title,
            columns=", ".join(match.lacking),
        )
    return message(
        N_(
            "This is not a known report. The closest is “{title}”, but that does not have these "
            "columns: {columns}."
        ),
        title=match.kind.title,
        columns=printable(", ".join(match.excess)),
    )
