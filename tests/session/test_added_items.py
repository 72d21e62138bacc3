"""What a meeting has besides its file: incident reviews, items put off; not: ruled questions."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from facilitator.domain.agenda import Agenda, ItemId, ItemKind
from facilitator.domain.carry_over import CarryOver, RuledQuestion
from facilitator.domain.decision import DecisionId, OptionId
from facilitator.domain.incident import IncidentId
from facilitator.domain.note import TopicStatus
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import decisions
from facilitator.session.readiness import readiness_checks
from facilitator.session.readiness_check import Readiness
from facilitator.session.services import build_pre_read
from tests.environment import AppEnvironment
from tests.factories import ON, agenda, incident_draft, scorecard

MINUTE = timedelta(minutes=1)
LISTINGS = ItemId("listings")
RAISE_BIDS = "Raise the bids in Germany?"


@pytest.fixture
def environment(tmp_path: Path) -> AppEnvironment:
    return AppEnvironment(tmp_path)


def without(prepared: Agenda, *ids: str) -> Agenda:
    return replace(prepared, items=tuple(each for each in prepared.items if each.id not in ids))


def with_buffer(prepared: Agenda, minutes: int) -> Agenda:
    """Make the last item a buffer of so many minutes, and the meeting as long as its items."""
    *items, last = prepared.items
    last = replace(last, kind=ItemKind.BUFFER, timebox=minutes * MINUTE)
    prepared = replace(prepared, items=(*items, last))
    return replace(prepared, length=prepared.planned)


def checks(prepared: Agenda, left: CarryOver) -> dict[str, Readiness]:
    found = readiness_checks(prepared, (), scorecard(), left, ON)
    return {each.translate(): each.readiness for each in found}


def hold_without_listings(environment: AppEnvironment, prepared: Agenda) -> None:
    """Hold a meeting that reaches every item but one."""
    session = environment.begin(prepared)
    for each in prepared.items[1:]:
        if each.id != LISTINGS:
            session.step(clock_rules.start_item, each.id)
    environment.close(session)
    environment.clock.advance(hours=24 * 7)


def test_a_meeting_without_a_buffer_is_told_to_leave_one() -> None:
    assert checks(agenda(), CarryOver())["60 of 60 min and no buffer: leave 2 to 5"] is (
        Readiness.WARNING
    )
    assert checks(with_buffer(agenda(), 1), CarryOver())[
        "51 of 51 min and no buffer: leave 2 to 5"
    ] is (Readiness.WARNING)


def test_a_buffer_may_be_an_item_or_free_time() -> None:
    longer = replace(agenda(), length=62 * MINUTE)

    assert checks(with_buffer(agenda(), 2), CarryOver())["52 of 52 min in 6 items"] is (
        Readiness.READY
    )
    assert checks(longer, CarryOver())["60 of 62 min in 6 items"] is Readiness.READY


def test_the_incident_review_counts_in_the_planned_time() -> None:
    incident = incident_draft(id=IncidentId("I1"))

    found = checks(agenda(), CarryOver(incidents=(incident,)))

    text = "65 of 60 min in 7 items, 5 too many: shorten some items, or lengthen the meeting"
    assert found[text] is Readiness.WARNING


def test_a_regular_item_not_reached_is_no_parked_topic_beside_itself(
    environment: AppEnvironment,
) -> None:
    hold_without_listings(environment, agenda())

    carried = environment.services.carried(agenda())
    meeting = environment.begin(agenda()).meeting

    assert "not reached, items again: Listings" in checks(agenda(), carried)
    assert [each.item.id for each in meeting.items] == [each.id for each in agenda().items]
    assert meeting.parking_lot == ()


def test_an_item_not_reached_that_the_agenda_has_no_more_comes_back_as_an_item(
    environment: AppEnvironment,
) -> None:
    hold_without_listings(environment, agenda())
    prepared = with_buffer(without(agenda(), LISTINGS), 5)

    carried = environment.services.carried(prepared)
    pre_read = build_pre_read(environment.services, prepared, scorecard())
    session = environment.begin(prepared)

    assert any(each.startswith("55 of 45 min in 6 items") for each in checks(prepared, carried))
    assert "Listings" in pre_read
    *_, back, buffer = session.meeting.items
    assert (back.item.id, back.item.title, back.timebox) == (LISTINGS, "Listings", 10 * MINUTE)
    assert buffer.item.kind is ItemKind.BUFFER
    assert session.meeting.parking_lot == ()
    reached = session.step(clock_rules.start_item, LISTINGS)
    assert [each.status for each in reached.topics] == [TopicStatus.SETTLED]


def test_an_item_that_comes_back_and_is_not_reached_again_keeps_its_number(
    environment: AppEnvironment,
) -> None:
    hold_without_listings(environment, agenda())
    first = environment.services.carried(agenda()).topics
    hold_without_listings(environment, agenda())

    assert environment.services.carried(agenda()).topics == first


def test_a_question_ruled_last_time_is_not_asked_again(environment: AppEnvironment) -> None:
    session = environment.begin(agenda())
    (asked, *_) = session.meeting.decisions
    session.step(decisions.choose_option, asked.id, OptionId("A"), "The rank fell")
    environment.close(session)
    environment.clock.advance(hours=24 * 7)

    carried = environment.services.carried(agenda())
    found = checks(agenda(), carried)
    meeting = environment.begin(agenda()).meeting

    assert [each.question for each in carried.ruled] == [RAISE_BIDS]
    assert RAISE_BIDS not in [each.question for each in meeting.decisions]
    (text,) = [each for each in found if "is not asked again" in each]
    assert f"“{RAISE_BIDS}” was decided on {ON} ({asked.id})" in text
    assert found[text] is Readiness.WARNING


def test_a_question_put_off_to_a_later_day_is_not_asked_before(
    environment: AppEnvironment,
) -> None:
    session = environment.begin(agenda())
    (asked, *_) = session.meeting.decisions
    day = ON + timedelta(days=30)
    session.step(decisions.postpone_decision, asked.id, "No figures", until=day)
    environment.close(session)
    environment.clock.advance(hours=24 * 7)

    found = checks(agenda(), environment.services.carried(agenda()))

    assert any(f"was ruled on {ON} ({asked.id}) and comes back on {day}" in each for each in found)
    assert RAISE_BIDS not in [
        each.question for each in environment.begin(agenda()).meeting.decisions
    ]


def test_a_ruled_question_that_is_not_on_the_agenda_is_not_told() -> None:
    ruled = RuledQuestion(question="Drop it?", decision=DecisionId("D1"), on=date(2026, 11, 16))

    assert not any("not asked" in each for each in checks(agenda(), CarryOver(ruled=(ruled,))))
