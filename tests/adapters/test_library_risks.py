"""Risks in the library: carried over until closed, and among past entries then."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from facilitator.adapters.in_memory import MemoryLibrary
from facilitator.adapters.library_file import LibraryFile
from facilitator.domain.entry import EntryKind
from facilitator.domain.past.search import search_past
from facilitator.domain.past.statistics import meeting_stats
from facilitator.domain.people import PersonId
from facilitator.domain.risk import Risk, RiskId, RiskState
from facilitator.domain.rules import risks
from facilitator.render.language import Language
from facilitator.render.statistics import statistics_rows
from facilitator.session.ports import Library
from tests.factories import ON, risk_draft
from tests.library_meetings import WEEK, begin_meeting, end_meeting


@pytest.fixture(params=["memory", "file"])
def library(request, tmp_path: Path) -> Library:
    """Raise R1 in the first meeting; close it in the second, and raise R2 and R3."""
    library: Library = MemoryLibrary()
    if request.param == "file":
        library = LibraryFile(tmp_path / "library.json")
    harness = begin_meeting(library)
    harness.step(
        risks.raise_risk, risk_draft("Ads of B0TEST0001 run away", solution="Cap the bids")
    )
    harness.step(risks.set_risk_state, RiskId("R1"), RiskState.OUT_OF_CONTROL)
    end_meeting(library, harness)
    harness = begin_meeting(library, ON + WEEK)
    harness.step(risks.close_risk, RiskId("R1"), "Bids are capped")
    harness.step(risks.raise_risk, risk_draft("船期没有确认", raised_by=PersonId("jun")))
    harness.step(risks.raise_risk, risk_draft("The lid leaks", solution="A new seal"))
    end_meeting(library, harness)
    return library


def test_a_closed_risk_is_not_carried_over_and_its_number_is_not_reused(library):
    left = library.carried("weekly", ON + 2 * WEEK)
    assert [each.id for each in left.risks] == ["R2", "R3"]
    assert left.numbers.risk == 4
    assert library.carried("monthly", ON + 2 * WEEK).risks == ()


def test_a_risk_is_stored_completely_as_the_last_meeting_left_it(library):
    over, *_others = sorted(
        (each.entry for each in library.past().latest(Risk)), key=lambda r: r.id
    )
    assert over == Risk(
        id=RiskId("R1"),
        text="Ads of B0TEST0001 run away",
        solution="Cap the bids",
        owner=PersonId("tom"),
        state=RiskState.OVER,
        raised_by=PersonId("mei"),
        raised_on=ON,
        ended_by="Bids are capped",
        left_as=RiskState.OUT_OF_CONTROL,
        carried=1,
    )
    assert over.asins == ("B0TEST0001",)
    assert [each.problems for each in library.past().meetings] == [2, 1]


@pytest.mark.parametrize(
    ("words", "found"),
    [("r1", "R1"), ("B0TEST0001", "R1"), ("capped", "R1"), ("船期", "R2"), ("seal", "R3")],
)
def test_a_risk_is_found_by_id_asin_and_words(library, words, found):
    hits = search_past(library.past(), words)
    assert [(hit.kind, hit.id) for hit in hits] == [(EntryKind.RISK, found)]


def test_people_who_raised_risks_are_credited_over_all_meetings(library):
    credit = meeting_stats(library.past(), ON + WEEK).risks
    assert (credit.named, credit.solved) == (3, 2)
    assert [(each.name, each.named, each.solved) for each in credit.people] == [
        ("陈梅", 2, 2),
        ("Jun Oka", 1, 0),
    ]
    assert [each.value for each in credit.by_month] == [3]


def test_the_statistics_have_rows_for_raised_risks_only_if_there_are_any(library):
    rows = statistics_rows(meeting_stats(library.past(), ON), Language())
    rows_of_problems = {
        label: figure for label, figure, _chart in rows if label.startswith("Problems")
    }
    assert rows_of_problems == {
        "Problems named": "3, 2 with a solution",
        "Problems named: 陈梅": "2, 2 with a solution",
        "Problems named: Jun Oka": "1, 0 with a solution",
    }
    quiet = meeting_stats(replace(library.past(), entries=()), ON)
    assert not any(row[0].startswith("Problems") for row in statistics_rows(quiet, Language()))
