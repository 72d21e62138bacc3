"""Decisions on the screen: vetting, bypasses, rulings and proposals."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import Footer, Input, Select, Static

from facilitator.domain.decision import (
    Decision,
    DecisionKind,
    Option,
    OptionId,
    Outcome,
    PositionKind,
)
from facilitator.domain.people import PersonId
from facilitator.domain.rules.meeting import take_attendance
from facilitator.tui.dialogs.decision_forms import DecisionEditor
from facilitator.tui.dialogs.ruling_dialog import RulingDialog
from facilitator.tui.widgets.decision_list import DecisionList
from facilitator.tui.widgets.radio import Radio, RadioGroup
from tests.environment import AppEnvironment
from tests.factories import ACOS, agenda, question
from tests.tui.harness import NARROW, WIDE, MeetingUi, fill_form

TOM = PersonId("tom")
"""Supervises Mei, who proposed both questions."""


async def test_the_round_begins_with_who_has_to_review_and_one_key_records_it(
    ui: MeetingUi,
) -> None:
    async with ui.open():
        await ui.press("2", "v", "4", "enter")

        vetting = ui.meeting.decisions[0].vetting
        assert vetting is not None
        assert vetting.person == TOM
        assert (
            ui.screen.query_one(DecisionList).lines[0].flag
            == "came back · reviewed by the supervisor"
        )


async def test_one_key_a_person_goes_round_and_only_an_objection_asks_for_words(
    ui: MeetingUi,
) -> None:
    async with ui.open():
        await ui.press("2", "v", "4", "1", "2", *"Too dear", "enter", "3")

        assert ui.app.screen is not ui.screen
        await ui.press("enter")
        assert ui.app.screen is ui.screen
        stances = {each.person: (each.view, each.words) for each in ui.meeting.decisions[0].stances}
        assert stances == {
            "tom": (PositionKind.VETTED, ""),
            "ana": (PositionKind.FOR, ""),
            "jun": (PositionKind.AGAINST, "Too dear"),
            "mei": (PositionKind.ABSTAINED, ""),
        }


async def test_those_who_are_absent_and_the_decider_are_not_asked(ui: MeetingUi) -> None:
    async with ui.open():
        ui.session.step(take_attendance, (PersonId("ana"),))
        await ui.press("2", "v")
        names = [each.person.id for each in ui.app.screen._rows]  # type: ignore[attr-defined]
        assert names == ["mei", "tom", "jun"]


async def test_a_person_who_may_not_review_the_question_is_told_so(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("2", "v", "down", "4")

        assert ui.meeting.decisions[0].stances == ()
        assert any("Only a supervisor can review" in each for each in ui.notices)


async def test_the_round_can_be_made_while_the_question_is_being_decided(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("2", "enter", *"Cash", "f12", "4", "1", "enter")
        dialog = await ui.dialog()

        assert isinstance(dialog, RulingDialog)
        known = str(dialog.query_one(".brief", Static).content)
        assert "reviewed by Tom Hale" in known
        assert "for: Ana Ruiz" in known
        assert dialog.query_one("#rationale", Input).value == "Cash"


@pytest.mark.parametrize("reason", ["Because it sells", "Ben says so", "20 % is too much"])
async def test_no_letter_of_a_reason_chooses_an_option(ui: MeetingUi, reason: str) -> None:
    async with ui.open():
        await ui.press("2", "enter", *reason, "enter")

        dialog = await ui.dialog()
        assert isinstance(dialog, RulingDialog)
        assert dialog.query_one(RadioGroup).pressed_button is None
        assert "Nothing is chosen yet" in ui.notices[-1]
        await ui.press("enter", "enter")
        ruling = ui.meeting.decisions[0].ruling
        assert ruling is not None
        assert (ruling.option, ruling.rationale) == (ui.meeting.decisions[0].recommended, reason)


@pytest.mark.parametrize("key", ["enter", "space"])
async def test_choosing_an_outcome_leads_to_the_reason(ui: MeetingUi, key: str) -> None:
    async with ui.open():
        await ui.press("f7", *"Move the warehouse?", "ctrl+s")
        await ui.press("2", "end", "enter", key)

        dialog = await ui.dialog()
        pressed = dialog.query_one(RadioGroup).pressed_button
        assert pressed is not None
        assert pressed.name == "option A"
        assert dialog.query_one("#rationale", Input).value == ""
        assert dialog.focused is dialog.query_one("#rationale")
        await ui.press("shift+tab")
        assert dialog.focused is dialog.query_one(RadioGroup)


async def test_a_click_on_an_option_chooses_it_and_leads_to_the_reason(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("2", "enter")
        dialog = await ui.dialog()
        await ui.pilot.click(list(dialog.query(Radio))[1])
        await ui.write("Cash")
        await ui.press("enter")

        ruling = ui.meeting.decisions[0].ruling
        assert ruling is not None
        assert (ruling.option, ruling.rationale) == ("B", "Cash")


async def test_a_ruling_says_what_was_decided_and_how_to_undo_it(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("2", "down", "y")
        assert ui.announced[-1] == "D3 decided: A · Yes · u undoes"
        await ui.press("o")
        assert ui.announced == ["D3 reopened · u undoes"]


async def test_a_question_without_options_is_approved_approved_less_or_put_off(
    ui: MeetingUi,
) -> None:
    async with ui.open():
        await ui.press("f7", *"Move the warehouse?", "ctrl+s")
        await ui.press("2", "end", "enter")
        dialog = await ui.dialog()
        labels = [each.label.plain for each in dialog.query(Radio)]
        assert labels[:3] == ["A  Approve", "B  Approve less", "Not now, it comes back"]
        await ui.press("down", "enter", *"Half of it", "enter")

        ruled = ui.meeting.decisions[-1]
        assert ruled.chosen == Option(id=OptionId("B"), title="Approve less")
        await ui.press("u")
        assert ui.meeting.decisions[-1].options == ()


async def test_a_new_question_is_proposed_by_who_leads_the_running_item(tmp_path: Path) -> None:
    first = replace(agenda().items[0], lead=PersonId("mei"))
    ui = MeetingUi(
        AppEnvironment(tmp_path), prepared=replace(agenda(), items=(first, *agenda().items[1:]))
    )
    async with ui.open():
        await ui.press("f7", *"Move the warehouse?", "ctrl+s")
        assert ui.meeting.decisions[-1].proposer == "mei"


async def test_a_question_without_a_proposer_asks_who_proposed_it(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("f7", *"Move the warehouse?", "ctrl+s")
        await ui.press("2")
        assert ui.screen.query_one(DecisionList).lines[-1].flag == "proposed by whom?"


async def test_a_question_about_money_is_told_on_saving(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("f7", *"Raise the ad budget?", "ctrl+s")
        assert ui.announced[-1].startswith("D5 speaks of money")


async def test_the_ruling_shows_the_weeks_of_the_kpi_with_its_target(tmp_path: Path) -> None:
    asked = replace(question("Lower the bids?"), kpi=ACOS)
    ui = MeetingUi(AppEnvironment(tmp_path), prepared=replace(agenda(), decisions=(asked,)))
    async with ui.open():
        await ui.press("2", "end", "enter")
        dialog = await ui.dialog()
        shown = str(dialog.query_one(".brief", Static).content)
        assert shown.startswith("ACoS  ▁█  31.2\N{NO-BREAK SPACE}%")
        assert "▲ target ≤" in shown


async def test_a_ruling_that_bypasses_the_supervisor_warns_and_is_marked(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("2", "down", "y")

        assert ui.announced[0].startswith("! D3: Supervisor bypassed")
        assert ui.announced[0].endswith("decided before Tom Hale reviewed it · 2, then w on it")
        line = ui.screen.query_one(DecisionList).lines[1]
        assert line.flag == "! supervisor bypassed"


async def test_a_bypass_is_accepted_with_a_reason(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("2", "down", "y", "enter")  # as w does, and the review
        await ui.dialog()
        await ui.write("Tom is away")
        await ui.press("enter")

        assert ui.meeting.decisions[1].shortcut_reason == "Tom is away"
        assert ui.screen.query_one(DecisionList).lines[1].flag == ""


async def test_a_bypass_is_directed_to_the_supervisor(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("2", "down", "y", "w")
        await ui.dialog()
        await ui.press("enter")
        await ui.dialog()
        await ui.press("ctrl+s")

        direction = ui.meeting.actions[-1]
        assert (direction.owner, direction.decision) == (TOM, ui.meeting.decisions[1].id)
        assert ui.screen.query_one(DecisionList).lines[1].flag == ""


async def test_a_decision_is_returned_with_what_is_missing(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("2", "enter", "down", "down", "down", "enter")
        fill_form(ui, rationale="A quote")
        await ui.press("ctrl+s")

        ruling = ui.meeting.decisions[0].ruling
        assert ruling is not None
        assert (ruling.outcome, ruling.rationale) == (Outcome.RETURNED, "A quote")


async def test_an_amended_ruling_has_its_review_day(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("2", "enter", "enter")
        await ui.dialog()
        fill_form(ui, rationale="Cash", amendment="Only 100 units", review="+14d", outside="today")
        await ui.press("ctrl+s")

        ruling = ui.meeting.decisions[0].ruling
        assert ruling is not None
        assert (ruling.amendment, str(ruling.review_on)) == ("Only 100 units", "2026-12-07")
        assert str(ruling.outside_on) == "2026-11-23"


async def test_one_key_takes_the_recommendation_whatever_is_chosen(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("2", "enter")
        form = await ui.dialog()
        recommended = ui.meeting.decisions[0].recommended
        await ui.press("down")
        chosen = form.query_one(RadioGroup).pressed_button
        assert chosen is not None
        assert chosen.name != f"option {recommended}"
        fill_form(ui, rationale="Cash")
        await ui.press("f9")

        ruling = ui.meeting.decisions[0].ruling
        assert ruling is not None
        assert ruling.option == recommended


async def test_enter_after_the_reason_submits_the_ruling(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("2", "enter", "enter")
        await ui.dialog()
        await ui.write("Now")
        await ui.press("enter")

        assert not isinstance(ui.app.screen, RulingDialog)
        assert not ui.meeting.decisions[0].is_open


async def test_a_request_is_entered_in_its_form(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("f7")
        await ui.dialog()
        ui.app.screen.query_one("#kind", Select).value = DecisionKind.REQUEST
        await ui.pilot.pause()
        assert ui.app.screen.query_one("#asks", Input).display
        assert not ui.app.screen.query_one("#risks", Input).display
        fill_form(ui, question="20 % more?", asks="$1,500 | usd | 20 %", past="3.2 | roi.csv")
        fill_form(ui, brings="4000 | 8 | 25")
        ui.app.screen.query_one("#proposer", Select).value = PersonId("mei")
        await ui.press("ctrl+s")

        asked = ui.meeting.decisions[-1]
        assert asked.request is not None
        assert (asked.request.amount, asked.request.share, asked.request.weeks) == (1500, 20, 8)
        assert asked.request.payback_weeks == 3
        assert asked.proposer == "mei"
        assert [each.title for each in asked.options] == ["Approve it", "Leave things as they are"]


async def test_an_incomplete_request_preselects_returning_it(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("f7")
        await ui.dialog()
        ui.app.screen.query_one("#kind", Select).value = DecisionKind.REQUEST
        await ui.pilot.pause()
        fill_form(ui, question="20 % more?", asks="1500")
        await ui.press("ctrl+s")
        assert ui.meeting.decisions[-1].is_incomplete
        assert (
            ui.screen.query_one(DecisionList)
            .lines[-1]
            .flag.startswith(
                "missing: share of current spending, past ROI, file with the past ROI, uplift, "
            )
        )

        await ui.press("2", "end", "enter")
        await ui.dialog()
        await ui.press("ctrl+s")
        ruling = ui.meeting.decisions[-1].ruling
        assert ruling is not None
        assert ruling.outcome is Outcome.RETURNED


async def test_an_invalid_figure_is_reported(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("f7")
        await ui.dialog()
        ui.app.screen.query_one("#kind", Select).value = DecisionKind.REQUEST
        await ui.pilot.pause()
        fill_form(ui, question="20 % more?", asks="a lot")
        await ui.press("ctrl+s")

        assert isinstance(ui.app.screen, DecisionEditor)
        assert any("“a lot” is not a number" in each for each in ui.notices)


@pytest.mark.parametrize(
    ("kind", "line", "text"),
    [
        (DecisionKind.EXPERIMENT, "tries", "Image B | CTR | 2026-12-07"),
        (DecisionKind.REALLOCATION, "moves", "DE | US | $ 500 a week"),
        (DecisionKind.RISK, "risks", "Stock runs out | Air freight"),
    ],
)
async def test_every_kind_of_decision_has_its_fields(
    ui: MeetingUi, kind: DecisionKind, line: str, text: str
) -> None:
    async with ui.open():
        await ui.press("f7")
        await ui.dialog()
        ui.app.screen.query_one("#kind", Select).value = kind
        await ui.pilot.pause()
        fill_form(ui, question="What now?", **{line: text})
        await ui.press("ctrl+s")
        assert ui.meeting.decisions[-1].kind is kind

        await ui.press("2", "end", "e")
        await ui.dialog()
        assert ui.app.screen.query_one(f"#{line}", Input).value == text


async def test_a_notice_names_who_has_to_vet_a_changed_decision_again(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("2", "v", "4", "enter", "e")
        await ui.dialog()
        fill_form(ui, question="Drop the red lid?")
        await ui.press("ctrl+s")

        assert "D2 was changed after the review. Tom Hale has to review it again." in ui.notices
        badges = ui.screen.query_one(DecisionList).lines[0].flag
        assert badges == "came back · changed after the review"


LONG = "more than the year before, and then again as much as nobody here has ever seen"


def hard_question(options: int = 2) -> Decision:
    """Return a decision with more text than fits into a small terminal."""
    return replace(
        question("Raise the budget?", why="It sells."),
        background="It has been going on for a long time. " * 8,
        options=tuple(
            Option(id=OptionId(each), title=f"Take {each}", cost=LONG, expected=LONG)
            for each in "ABC"[:options]
        ),
    )


async def test_a_small_terminal_shows_decision_options_and_reason(tmp_path: Path) -> None:
    ui = MeetingUi(
        AppEnvironment(tmp_path), prepared=replace(agenda(), decisions=(hard_question(),))
    )
    async with ui.open(NARROW):
        await ui.press("2", "end", "enter")
        dialog = await ui.dialog()
        await ui.pilot.pause()

        shown = [
            dialog.query_one(".question"),
            *dialog.query(Radio),
            dialog.query_one("#rationale"),
        ]
        for each in shown:
            assert dialog.region.y < each.region.y
            assert each.region.bottom <= dialog.query_one(Footer).region.y
        label = dialog.query(Radio).first().render().plain
        assert "Take A" in label
        assert "seen expected: more" in " ".join(label.split())
        await ui.press("enter")
        assert dialog.focused is dialog.query_one("#rationale")


async def test_a_terminal_that_grows_shows_the_background_first_again(tmp_path: Path) -> None:
    ui = MeetingUi(
        AppEnvironment(tmp_path), prepared=replace(agenda(), decisions=(hard_question(),))
    )
    async with ui.open(NARROW):
        await ui.press("2", "end", "enter")
        dialog = await ui.dialog()
        await ui.pilot.resize_terminal(*WIDE)
        await ui.pilot.pause()
        known, options = dialog.query_one(".known"), dialog.query_one("#outcome")
        assert dialog.query_one(".question").region.y < known.region.y < options.region.y


async def test_no_field_hides_behind_the_footer(tmp_path: Path) -> None:
    asked = hard_question(options=3)
    for lines in range(21, 25):
        ui = MeetingUi(
            AppEnvironment(tmp_path / str(lines)), prepared=replace(agenda(), decisions=(asked,))
        )
        async with ui.open((80, lines)):
            await ui.press("2", "end", "enter")
            dialog = await ui.dialog()
            await ui.press("enter")
            await ui.pilot.pause()
            assert dialog.focused is not None
            assert dialog.focused.region.bottom <= dialog.query_one(Footer).region.y


async def test_the_same_refusal_is_shown_once(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("k")
        await ui.dialog()
        await ui.press("ctrl+s", "ctrl+s", "ctrl+s")
        assert len(ui.notices) == 1
