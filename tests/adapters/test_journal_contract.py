"""The contract of every journal, in memory and on disk."""

import os
from collections.abc import Callable, Iterator

import pytest

from facilitator.adapters.in_memory import MemoryJournal
from facilitator.adapters.journal_file import JournalFile
from facilitator.domain.errors import StorageError
from facilitator.domain.event_history import replay
from facilitator.session.ports import Journal
from tests.factories import meeting_events

Refuse = Callable[[], None]


@pytest.fixture(params=["memory", "file"])
def journal(request, tmp_path, monkeypatch) -> Iterator[tuple[Journal, Refuse]]:
    if request.param == "memory":
        kept = MemoryJournal()
        yield kept, kept.refuse
        return
    file = JournalFile(tmp_path / "journal.jsonl")

    def refuse() -> None:
        refusals = [OSError(28, "No space left on device")]
        fsync = os.fsync

        def refusing(handle: int) -> None:
            if refusals:
                raise refusals.pop()
            fsync(handle)

        monkeypatch.setattr(os, "fsync", refusing)

    yield file, refuse
    file.close()


def test_a_new_journal_is_empty(journal):
    kept, _ = journal
    assert kept.read() == ()


def test_events_are_read_in_the_order_they_were_written(journal):
    kept, _ = journal
    for event in meeting_events():
        kept.append(event)
    assert kept.read() == meeting_events()
    assert replay(kept.read()) == replay(meeting_events())


def test_a_refused_event_is_not_kept_and_the_next_one_is(journal):
    kept, refuse = journal
    first, second, third, *_ = meeting_events()
    kept.append(first)
    refuse()
    with pytest.raises(StorageError):
        kept.append(second)
    assert kept.read() == (first,)
    kept.append(third)
    assert kept.read() == (first, third)


def test_events_already_read_do_not_change_with_later_writes(journal):
    kept, _ = journal
    first, second, *_ = meeting_events()
    kept.append(first)
    before = kept.read()
    kept.append(second)
    assert before == (first,)


def test_closing_twice_is_allowed(journal):
    kept, _ = journal
    kept.close()
    kept.close()
