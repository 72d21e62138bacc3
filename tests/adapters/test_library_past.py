"""Past meetings in the library, without replaying a journal."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from facilitator.adapters.in_memory import MemoryLibrary
from facilitator.adapters.journal_reader import find_journals, read_journal
from facilitator.adapters.library_file import LibraryFile
from facilitator.domain.action import ActionId, ActionItem, ActionStatus
from facilitator.domain.decision import Decision, OptionId
from facilitator.domain.event_history import replay
from facilitator.domain.note import ParkedTopic
from facilitator.domain.past.meetings import Past
from facilitator.domain.past.search import search_past
from facilitator.domain.rules import actions, decisions
from facilitator.domain.rules import notes as note_rules
from facilitator.session.ports import Library
from tests.factories import ON
from tests.library_meetings import (
    WEEK,
    add_action,
    begin_meeting,
    end_meeting,
    library_of_meetings,
    propose_decision,
)


@pytest.fixture(params=["memory", "file"])
def library(request, tmp_path: Path) -> Library:
    return MemoryLibrary() if request.param == "memory" else LibraryFile(tmp_path / "library.json")


def ids_by_series(past: Past) -> set[tuple[str, str]]:
    return {
        (each.entry.id, each.entry.text)
        for kind in (Decision, ActionItem, ParkedTopic)
        for each in past.latest(kind)
    }


def test_settled_entries_are_stored_completely(library):
    harness = begin_meeting(library)
    harness.step(
        decisions.choose_option,
        propose_decision(harness, "Go to Japan?"),
        OptionId("A"),
        "Rank 3 there",
    )
    harness.step(actions.finish_action, add_action(harness, "Pay"), "Receipt 4")
    end_meeting(library, harness)
    past = library.past()
    (decided,) = past.latest(Decision)
    assert decided.entry == harness.meeting.decisions[0]
    assert decided.meeting.name_of(decided.entry.proposer) == "陈梅"
    (done,) = past.latest(ActionItem)
    assert (done.entry, done.owner_name) == (harness.meeting.actions[0], "陈梅")


def test_each_entry_is_stored_as_the_last_meeting_left_it(library):
    harness = begin_meeting(library)
    question, action = propose_decision(harness, "Go to Japan?"), add_action(harness, "Ring")
    harness.step(note_rules.park_topic, "A second warehouse")
    end_meeting(library, harness)
    harness = begin_meeting(library, ON + WEEK)
    harness.step(decisions.drop_decision, question, "Too dear")
    harness.step(actions.finish_action, action, "Mail of today")
    end_meeting(library, harness)
    past = library.past()
    assert [each.date for each in past.meetings] == [ON + WEEK, ON]
    assert {each.meeting.date for each in (*past.latest(Decision), *past.latest(ActionItem))} == {
        ON + WEEK
    }
    assert past.latest(ActionItem)[0].entry.evidence == "Mail of today"
    assert past.meetings[1].promised == 1
    assert past.meetings[0].promised == 0
    assert {(each.entry.text, each.entry.is_open) for each in past.latest(ParkedTopic)} >= {
        ("A second warehouse", True)
    }


def test_the_past_of_one_series_excludes_the_others(library):
    for series in ("weekly", "monthly"):
        harness = begin_meeting(library, series=series)
        add_action(harness, f"Ring {series}")
        end_meeting(library, harness)
    assert [each.entry.title for each in library.past("monthly").latest(ActionItem)] == [
        "Ring monthly"
    ]
    assert len(library.past().latest(ActionItem)) == len(library.past().meetings) == 2


def test_the_past_is_the_same_after_a_rebuild_from_the_journals(tmp_path):
    before = library_of_meetings(tmp_path, weeks=3).past()
    (tmp_path / "library.json").unlink()
    library = LibraryFile(tmp_path / "library.json")
    library.sync(tmp_path)
    assert library.past() == before
    assert LibraryFile(tmp_path / "library.json").past() == before
    assert len(before.meetings) == 3
    assert search_past(before, "Order 1")


def test_a_library_in_an_older_format_is_updated_from_the_journals(tmp_path):
    before = library_of_meetings(tmp_path, weeks=2).past()
    path = tmp_path / "library.json"
    tables = json.loads(path.read_bytes())
    for row in tables["meetings"].values():
        del row["past"], row["form"]
    path.write_text(json.dumps(tables), encoding="utf-8")
    library = LibraryFile(path)
    assert library.sync(tmp_path) == ()
    assert library.past() == before


def test_an_action_item_closed_between_meetings_is_stored_as_done(tmp_path):
    library = library_of_meetings(tmp_path)
    at = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
    library.close_action(ActionId("A1"), "weekly", ActionStatus.DONE, "Mail of today", at)
    (found,) = library.past().latest(ActionItem)
    assert (found.entry.status, found.entry.evidence) == (ActionStatus.DONE, "Mail of today")


def test_a_rewrite_keeps_sealed_rows(tmp_path):
    library = library_of_meetings(tmp_path, weeks=2)
    before = library.past()
    again = LibraryFile(tmp_path / "library.json")
    harness = begin_meeting(again, ON + 2 * WEEK)
    end_meeting(again, harness, is_closed=False)
    assert again.past().meetings[1:] == before.meetings
    assert ids_by_series(before) <= ids_by_series(LibraryFile(tmp_path / "library.json").past())


def test_a_library_with_a_sealed_row_changed_by_hand_is_rebuilt_from_the_journals(tmp_path):
    before = library_of_meetings(tmp_path).past()
    path = tmp_path / "library.json"
    tables = json.loads(path.read_bytes())
    next(iter(tables["meetings"].values()))["past"] = {"series": 7}
    path.write_text(json.dumps(tables), encoding="utf-8")
    library = LibraryFile(path)
    assert library.past() == before
    (problem,) = library.sync(tmp_path)
    assert "library.damaged.json" in problem.translate()
    assert library.sync(tmp_path) == ()


def test_an_unreadable_journal_loses_only_its_own_meeting(tmp_path):
    library_of_meetings(tmp_path, weeks=2)
    path = tmp_path / "library.json"
    tables = json.loads(path.read_bytes())
    for row in tables["meetings"].values():
        del row["past"], row["form"]
    path.write_text(json.dumps(tables), encoding="utf-8")
    journal = tmp_path / "2026-11-30-weekly" / "journal.jsonl"
    journal.rename(tmp_path / "aside")
    journal.symlink_to(tmp_path / "aside")
    library = LibraryFile(path)
    assert library.sync(tmp_path)
    assert [each.date for each in library.past().meetings] == [ON]


def test_a_rebuild_gives_the_same_rows(tmp_path):
    kept = library_of_meetings(tmp_path, weeks=3)
    *_, last = find_journals(tmp_path)
    kept.record(last.meeting_id, replay(read_journal(last.path).events))
    before = kept.past()
    assert [each.entry.id for each in before.latest(ActionItem)] == ["A1", "A2", "A3"]
    assert kept.rebuild(tmp_path) == ()
    assert kept.past() == before
