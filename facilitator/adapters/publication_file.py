"""The pre-read of an agenda and the record of when it was sent."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec

from facilitator.adapters.atomic_file import replace_file, replace_text
from facilitator.adapters.decoding import DECODE_ERRORS, decode_values
from facilitator.adapters.regular_file import read_regular
from facilitator.domain.errors import N_, Diagnostic, Severity, StorageError, message
from facilitator.domain.publication import Publication

PRE_READ_FILE = "pre-read.md"
STAMP_FILE = "pre-read.json"


_Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class _Stamp(msgspec.Struct):
    starts: _Moment
    sent_at: _Moment
    updated_at: _Moment | None = None


_decoder = msgspec.json.Decoder(_Stamp)


def read_publication(agenda: Path) -> tuple[Publication | None, tuple[Diagnostic, ...]]:
    """Return when an agenda was last published; None if it never was or the file is damaged."""
    file = agenda.with_name(STAMP_FILE)
    try:
        stamp = decode_values(_decoder, read_regular(file, megabytes=1))
    except FileNotFoundError:
        return None, ()
    except (StorageError, *DECODE_ERRORS):
        problem = Diagnostic(
            file=str(file),
            message=message(N_("The file does not say when the agenda was sent.")),
            hint=message(N_("Run `facilitator publish` again.")),
            severity=Severity.WARNING,
        )
        return None, (problem,)
    return msgspec.convert(stamp, Publication, from_attributes=True), ()


def write_publication(
    agenda: Path, publication: Publication, pre_read: str, *, force: bool = False
) -> Path:
    """Write the pre-read and the time of publication beside the agenda; return the pre-read's path.

    Raises FacilitatorError if there is a pre-read that was never published and `force` is not
    set: somebody else wrote it. Raises StorageError if the files cannot be written.
    """
    from facilitator.adapters.output_file import check_output  # noqa: PLC0415  (reads journals)

    file, stamp = agenda.with_name(PRE_READ_FILE), agenda.with_name(STAMP_FILE)
    check_output(file, meetings=None, is_ours=lambda _beginning: stamp.exists(), force=force)
    replace_text(file, pre_read)
    replace_file(stamp, msgspec.json.encode(publication) + b"\n")
    return file
