"""The focus week by week, in the minutes and in the history."""

from datetime import timedelta

from facilitator.adapters.library_file import LibraryFile
from facilitator.domain.past.meetings import focus_history
from facilitator.domain.rules import focus as focus_rules
from facilitator.render.focus import focus_markdown, focus_row
from facilitator.render.language import Language
from facilitator.render.minutes import render_minutes
from facilitator.session.stored_meetings import MeetingId
from tests.factories import ON, STARTS, MeetingHarness, agenda, carried

WEEK = timedelta(days=7)


def test_the_minutes_have_both_focus_answers_and_what_changed():
    harness = MeetingHarness(agenda(), carried())
    harness.step(focus_rules.answer_focus, "Clear the *old* stock")
    harness.step(focus_rules.review_focus, parked=("A4",), killed=("D2",), reason="Too *late*")
    minutes = render_minutes(harness.meeting, Language())
    assert "- **Focus:** Clear the \\*old\\* stock\n" in minutes
    assert "- Focus of the meeting before: Stock before the holidays\n" in minutes
    assert "- Parked: A4 · Killed: D2 · reason: Too \\*late\\*\n" in minutes


def test_each_week_has_its_focus_and_a_new_one_what_it_replaced(tmp_path):
    library = LibraryFile(tmp_path / "library.json")
    answers = ("Launch *it*", "launch  *IT*", "", "清仓老品")
    for place, text in enumerate(answers):
        starts = STARTS + place * WEEK
        harness = MeetingHarness(agenda(starts=starts), library.carried("weekly", starts.date()))
        if text:
            harness.step(focus_rules.answer_focus, text)
        if place == 3:
            harness.step(focus_rules.review_focus, killed=("D1",), reason="Old *line*")
        harness.close()
        library.record(MeetingId(f"{starts.date()}-weekly"), harness.meeting)

    weeks = focus_history(library.past().meetings)
    assert [(each.meeting.focus, each.replaced) for each in weeks] == [
        ("清仓老品", "launch  *IT*"),
        ("launch  *IT*", ""),
        ("Launch *it*", ""),
    ]
    assert focus_row(weeks[0], Language()) == (
        "2026-12-14",
        "weekly",
        "清仓老品",
        "launch *IT*",
        "Kept: D2 · Killed: D1 · reason: Old *line*",
    )
    story = focus_markdown(weeks, Language())
    assert "- **2026-12-14** 清仓老品 · **changed**, before: launch \\*IT\\* · Kept: D2" in story
    assert story.count("\n- ") == 3
    assert focus_markdown((), Language()) == "No meeting has answered the opening question yet."
    assert ON.isoformat() in story
