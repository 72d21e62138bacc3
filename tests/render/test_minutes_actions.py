"""Action items in the minutes: states, rulings, and acceptance by their owners."""

from collections.abc import Callable
from datetime import date

import pytest
from msgspec.structs import replace

from facilitator.domain.action import ActionId, ActionItem
from facilitator.domain.meeting import Meeting
from facilitator.domain.note import NoteId
from facilitator.domain.people import PersonId
from facilitator.domain.rules import actions, approval
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.rules import notes as note_rules
from facilitator.domain.working_days import DayOff, WorkingDays
from facilitator.render.language import Language
from facilitator.render.minutes import render_minutes
from facilitator.render.sections.actions import action_items as section
from tests.factories import MeetingHarness, agenda, carried

A4 = ActionId("A4")


@pytest.fixture
def harness() -> MeetingHarness:
    left = carried()
    old = tuple(replace(each, carried=2) for each in left.actions)
    return MeetingHarness(agenda(), replace(left, actions=old))


def rendered(harness: MeetingHarness) -> str:
    return section(harness.meeting, Language())


def minutes(harness: MeetingHarness) -> str:
    return render_minutes(harness.meeting, Language(), harness.clock.now())


def test_an_earlier_action_item_that_nobody_looked_at_is_missing() -> None:
    harness = MeetingHarness(agenda(), carried())
    assert "- **From earlier meetings, not looked at:** A4\n" in minutes(harness)

    harness.step(actions.keep_action_open, A4, "Two pictures missing")

    assert "not looked at" not in minutes(harness)
    assert "review: Two pictures missing" in rendered(harness)


def test_the_summary_has_title_owner_and_date_and_the_details_the_rest(
    harness: MeetingHarness,
) -> None:
    summary = "**陈梅:** A4 Photograph the new bottle, **overdue** since Fri 20 Nov\n"
    assert summary in minutes(harness)
    assert rendered(harness) == (
        "## Action items\n\n"
        "- [ ] **A4** 陈梅 · done when: Seven pictures are live · carried over 3×"
    )


def test_an_action_item_done_without_evidence_says_so(harness: MeetingHarness) -> None:
    harness.step(actions.finish_action, A4)

    assert "[x] **A4** Photograph the new bottle · 陈梅 · **done, nothing shown**" in rendered(
        harness
    )
    assert "- **Done, nothing shown:** A4\n" in minutes(harness)


def test_action_items_in_progress_or_blocked_say_so(harness: MeetingHarness) -> None:
    harness.step(actions.toggle_in_progress, A4)
    assert "· in progress" in rendered(harness)

    harness.step(actions.block_action, A4, "No *camera*")
    assert "**blocked** by No \\*camera\\*" in rendered(harness)


RULINGS: list[tuple[Callable[[MeetingHarness], Meeting], str]] = [
    (
        lambda at: at.step(actions.kill_action, A4, "Sold out"),
        "[x] **A4** Photograph the new bottle · 陈梅 · killed: Sold out",
    ),
    (
        lambda at: at.step(actions.split_action, A4, "Too big", ("Book it", "Pick it")),
        "[x] **A4** Photograph the new bottle · 陈梅 · split into A5, A6: Too big",
    ),
    (
        lambda at: at.step(actions.hand_over_action, A4, "Ill", PersonId("tom")),
        "[ ] **A4** Tom Hale · handed over: Ill · done when: Seven pictures are live "
        "· carried over 3×",
    ),
    (
        lambda at: at.step(actions.redate_action, A4, "Late", date(2026, 12, 4)),
        "[ ] **A4** 陈梅 · given a new date: Late · done when: Seven pictures are live "
        "· originally due Fri 20 Nov · carried over 3×",
    ),
]


@pytest.mark.parametrize(("rule", "line"), RULINGS)
def test_a_ruling_on_an_action_item_is_shown_with_its_reason(
    harness: MeetingHarness, rule: Callable[[MeetingHarness], Meeting], line: str
) -> None:
    rule(harness)

    assert line in rendered(harness)


def test_owners_who_have_not_accepted_are_listed_after_the_close(harness: MeetingHarness) -> None:
    assert "Not yet confirmed" not in minutes(harness)

    harness.close()

    assert "**Not yet confirmed by the owner:** 陈梅 (A4)" in minutes(harness)


def test_owners_who_have_accepted_are_not_listed(harness: MeetingHarness) -> None:
    harness.step(actions.accept_action, A4)
    harness.close()

    assert "Not yet confirmed" not in minutes(harness)


def test_a_vague_action_item_is_named_with_the_reason_for_leaving_it(
    harness: MeetingHarness,
) -> None:
    vague = replace(
        carried().actions[0],
        title="Improve listings",
        due=date(2026, 11, 27),
        criterion="PO signed",
    )
    harness.step(actions.add_action, vague)
    harness.step(meeting_rules.accept_open_point, "action:A5:wording", "Mei writes it up today")

    text = minutes(harness)
    assert "- **Unclear wording:** A5\n" in text
    assert "- **Left open:** A5 · reason: Mei writes it up today" in text


def test_a_converted_note_refers_to_its_entry(harness: MeetingHarness) -> None:
    harness.step(note_rules.take_note, "Order 400 lids")
    harness.step(note_rules.convert_note, NoteId("N1"), note_rules.ConversionTarget.ACTION)

    assert "**→ A5** · Order 400 lids" in minutes(harness)


def test_a_due_date_on_a_day_off_says_so() -> None:
    off = DayOff(day=date(2026, 11, 20), names=(("en", "A *feast*"),))
    prepared = replace(agenda(), working_days=WorkingDays(holidays=(off,)))
    harness = MeetingHarness(prepared, carried())
    assert "**overdue** since Fri 20 Nov, A \\*feast\\* (day off)" in minutes(harness)

    harness.step(actions.finish_action, A4)
    assert "(day off)" not in minutes(harness)


def test_an_action_item_that_bypasses_a_supervisor_is_marked_until_accepted(
    harness: MeetingHarness,
) -> None:
    handed = ActionItem(id=A4, title="Ring them", owner=PersonId("mei"), given_by=PersonId("boss"))
    action = harness.step(actions.add_action, handed).actions[-1]
    assert (
        "**Supervisor bypassed (越级): tasks given directly to the team of Tom Hale**"
        in rendered(harness)
    )

    harness.step(approval.accept_action_bypass, action.id, "Tom is away")
    assert "Supervisor bypassed (越级), accepted: Tom is away" in rendered(harness)
