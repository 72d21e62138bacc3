"""The publication stamp beside an agenda."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from facilitator.adapters.agenda_file import read_agenda
from facilitator.adapters.publication_file import STAMP_FILE, read_publication, write_publication
from facilitator.domain.publication import Publication
from tests.adapters.valid_agenda import VALID_AGENDA, write_agenda

SENT = datetime(2026, 11, 22, 2, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_agenda(tmp_path, VALID_AGENDA)


def starts(file: Path) -> datetime:
    agenda, _problems = read_agenda(file)
    assert agenda is not None
    return agenda.starts


def test_the_publication_stamp_is_read_back(file: Path) -> None:
    write_publication(file, Publication(starts=starts(file), sent_at=SENT), "# Read it\n")

    agenda, problems = read_agenda(file)

    assert agenda is not None
    assert agenda.sent_at == SENT
    assert problems == ()
    assert (file.parent / "pre-read.md").read_text() == "# Read it\n"


def test_a_stamp_for_another_meeting_is_ignored(file: Path) -> None:
    last_week = starts(file) - timedelta(weeks=1)
    write_publication(file, Publication(starts=last_week, sent_at=SENT), "")

    agenda, _problems = read_agenda(file)

    assert agenda is not None
    assert agenda.sent_at is None


@pytest.mark.parametrize(
    "stamp", [b"", b"{", b"[]", b'{"starts": "2026-11-23T10:00:00", "sent_at": "x"}', b"\xff"]
)
def test_a_damaged_stamp_is_reported_and_ignored(file: Path, stamp: bytes) -> None:
    (file.parent / STAMP_FILE).write_bytes(stamp)

    publication, problems = read_publication(file)

    assert publication is None
    assert [each.is_error for each in problems] == [False]
    assert "Run `facilitator publish` again" in problems[0].translate()
