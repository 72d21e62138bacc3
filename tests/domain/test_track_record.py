"""A proposer's track record: proposed, approved, reviewed, results as expected."""

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from facilitator.adapters.in_memory import MemoryLibrary
from facilitator.adapters.library_file import LibraryFile
from facilitator.domain.carry_over import CarryOver
from facilitator.domain.decision import Decision, DecisionId, OptionId
from facilitator.domain.past.statistics import named_track_records
from facilitator.domain.people import PersonId
from facilitator.domain.rules import decisions
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.track_record import TrackRecord
from facilitator.render.decision import decision_lines
from facilitator.render.language import Language
from facilitator.session.ports import Library
from tests.factories import ACOS, ON, REQUEST, MeetingHarness, agenda, question, scorecard
from tests.library_meetings import begin_meeting, end_meeting

MEI = PersonId("mei")
A, B = OptionId("A"), OptionId("B")


@pytest.fixture(params=["memory", "file"])
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Library:
    return MemoryLibrary() if request.param == "memory" else LibraryFile(tmp_path / "library.json")


def begin_after(library: Library, weeks: int, acos: float = 31.2) -> MeetingHarness:
    """Begin the meeting some weeks after the first, with ACoS at this value."""
    harness = begin_meeting(library, ON + timedelta(weeks=weeks))
    harness.step(meeting_rules.load_kpis, scorecard(acos=acos))
    return harness


def grant_request(library: Library, text: str, weeks: int) -> DecisionId:
    """Grant a request of Mei's in a meeting; it returns for review after eight weeks."""
    harness = begin_after(library, weeks)
    asked = replace(question(text, why="It pays"), request=REQUEST, kpi=ACOS)
    decision_id = harness.step(decisions.propose_decision, asked).decisions[-1].id
    harness.step(decisions.choose_option, decision_id, A)
    end_meeting(library, harness, is_closed=False)
    return decision_id


def review_decision(library: Library, decision_id: DecisionId, weeks: int, acos: float) -> None:
    harness = begin_after(library, weeks, acos)
    harness.step(decisions.choose_option, decision_id, A, "Looked at")
    end_meeting(library, harness, is_closed=False)


def test_each_review_adds_an_outcome_to_the_track_record(library: Library) -> None:
    first, second = grant_request(library, "20 % more?", 0), grant_request(library, "30 % more?", 1)
    assert library.carried("weekly", ON).records == (
        TrackRecord(person=MEI, proposed=2, approved=2),
    )

    review_decision(library, first, 8, acos=24.0)
    review_decision(library, second, 9, acos=29.0)

    harness = begin_after(library, 10)
    (known,) = harness.meeting.records
    assert (known.proposed, known.approved, known.reviewed) == (2, 2, 2)
    assert (known.kept, known.broken, known.judged) == (1, 1, 2)
    (named,) = named_track_records(library.past().latest(Decision))
    assert (named.name, named.record) == ("陈梅", known)


def test_the_track_record_is_shown_with_requests_and_reviews(
    library: Library,
) -> None:
    first = grant_request(library, "20 % more?", 0)
    again = grant_request(library, "30 % more?", 1)
    review_decision(library, first, 8, acos=24.0)
    harness = begin_after(library, 9)
    asked = replace(question("40 % more?"), request=REQUEST, kpi=ACOS)
    harness.step(decisions.propose_decision, asked)
    for decision in harness.meeting.decisions:
        lines = list(decision_lines(harness.meeting, decision, Language()))
        assert "陈梅: 1 of 1 expected results met so far" in lines
    assert [each.id for each in harness.meeting.decisions] == [again, "D3"]


def test_no_track_record_is_shown_before_the_first_review(library: Library) -> None:
    grant_request(library, "20 % more?", 0)
    harness = begin_after(library, 1)
    harness.step(decisions.propose_decision, replace(question("More?"), request=REQUEST, kpi=ACOS))
    assert not any("so far" in each for each in _lines_of_last(harness))


def test_a_refused_request_counts_as_proposed_only() -> None:
    library = MemoryLibrary()
    harness = begin_after(library, 0)
    asked = harness.step(decisions.propose_decision, question("More?")).decisions[-1].id
    harness.step(decisions.drop_decision, asked, "No money")
    end_meeting(library, harness, is_closed=False)
    assert library.carried("weekly", ON).records == (TrackRecord(person=MEI, proposed=1),)


def test_undoing_a_review_removes_its_outcome() -> None:
    asked = replace(question("More?", why="It pays"), request=REQUEST, kpi=ACOS)
    harness = MeetingHarness(replace(agenda(), decisions=(asked,)))
    harness.step(meeting_rules.load_kpis, scorecard())
    harness.step(decisions.choose_option, DecisionId("D1"), A)
    again = harness.meeting.decisions[0].carry_over()
    later = MeetingHarness(replace(agenda(), decisions=()), CarryOver(decisions=(again,)))
    later.step(meeting_rules.load_kpis, scorecard(acos=24.0))
    assert later.step(decisions.choose_option, again.id, A, "On").decisions[0].is_kept is True
    assert later.undo().decisions[0].is_kept is None


def _lines_of_last(harness: MeetingHarness) -> list[str]:
    return list(decision_lines(harness.meeting, harness.meeting.decisions[-1], Language()))
