"""What a meeting leaves for the next one, before any library stores it."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from facilitator.domain.action import ActionItem
from facilitator.domain.agenda import ItemId
from facilitator.domain.decision import Decision, DecisionId
from facilitator.domain.note import ParkedTopic
from facilitator.domain.people import PersonId
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import decisions
from facilitator.session.carry_over import meeting_result
from tests.factories import OPENED, ZONE, MeetingHarness, agenda, carried, full_meeting


def test_a_closed_meeting_leaves_its_summary():
    left = meeting_result(full_meeting().meeting)
    assert (left.series, left.title) == ("weekly", "Weekly operations")
    assert left.date == OPENED.astimezone(ZoneInfo(ZONE)).date()
    assert left.closed_at is not None
    assert left.closed_at == left.seen_at
    assert left.agenda_file == "agendas/weekly/agenda.toml"
    assert left.focus == "Sales in Germany\n德国站的销量"


def test_every_action_item_is_left_with_the_name_of_its_owner():
    left = meeting_result(full_meeting().meeting)
    owners = {each.id: left.past.name_of(each.owner) for each in left.entries}
    assert {each: name for each, name in owners.items() if each.startswith("A")} == {
        "A4": "陈梅",
        "A5": "陈梅",
        "A6": "陈梅",
    }


def test_an_owner_who_is_no_longer_invited_is_named_by_id():
    prepared = agenda()
    people = tuple(each for each in prepared.people if each.id != PersonId("mei"))
    harness = MeetingHarness(replace(prepared, people=people, decisions=()), carried())
    left = meeting_result(harness.meeting)
    (action,) = (each for each in left.entries if isinstance(each, ActionItem))
    assert left.past.name_of(action.owner) == "mei"


def test_items_not_reached_become_topics_with_numbers_of_their_own():
    harness = MeetingHarness(agenda(), carried())
    harness.step(clock_rules.start_next_item)
    harness.step(clock_rules.skip_item, ItemId("ads"))
    harness.step(clock_rules.drop_item, ItemId("listings"))
    left = meeting_result(harness.meeting)
    new = [each for each in left.entries if isinstance(each, ParkedTopic)][1:]
    assert [topic.item_id for topic in new] == ["kpis", "ads", "decisions", "actions"]
    assert [topic.id for topic in new] == ["P2", "P3", "P4", "P5"]
    assert left.numbers.topic == 6


def test_a_decision_is_carried_over_until_settled_and_due_on_its_day():
    harness = MeetingHarness(agenda(), carried())
    day = date(2026, 12, 7)
    harness.step(decisions.postpone_decision, DecisionId("D2"), "No quote", until=day)
    harness.step(decisions.drop_decision, DecisionId("D3"), "No")
    left = meeting_result(harness.meeting).entries
    postponed, dropped, never_ruled = (each for each in left if isinstance(each, Decision))
    assert [each.is_carried_over for each in (postponed, dropped, never_ruled)] == [
        True,
        False,
        True,
    ]
    assert not postponed.is_due(day - timedelta(days=1))
    assert postponed.is_due(day)
    assert never_ruled.is_due(day - timedelta(days=1))


def test_values_are_carried_over_for_each_marketplace():
    left = meeting_result(full_meeting().meeting)
    assert [(value.marketplace, value.value) for value in left.values] == [
        ("ALL", 31.2),
        ("US", 31.2),
    ]


def test_causes_and_marked_weeks_are_carried_over():
    left = meeting_result(full_meeting().meeting)
    assert [(each.kpi, each.text) for each in left.causes] == [
        ("acos", "A competitor cut the price"),
        ("acos", "Two broad campaigns"),
        ("acos", "Bids"),
    ]
    assert [each.what for each in left.occasions] == ["Singles’ Day"]
