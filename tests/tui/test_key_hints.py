"""The footer names only keys that work at that moment; the help lists keys by task."""

from textual.widgets import Footer
from textual.widgets._footer import FooterKey

from facilitator.tui.widgets.key_help import KeyHelp
from tests.tui.harness import NARROW, MeetingUi


def footer_keys(ui: MeetingUi) -> list[str]:
    keys = ui.app.screen.query_one(Footer).query(FooterKey)
    return [f"{each.key_display} {each.description}" for each in keys]


async def test_the_footer_names_function_keys_while_text_is_typed(ui: MeetingUi) -> None:
    async with ui.open(NARROW):
        assert "n Next" in footer_keys(ui)
        assert "? Help" in footer_keys(ui)

        await ui.press("t")
        await ui.pilot.pause()
        assert footer_keys(ui) == [
            "esc Letters act",
            "f2 Next",
            "f3 Pause",
            "f7 Question",
            "f6 Action",
            "f8 Park",
            "f1 Help",
        ]
        await ui.press("escape")
        await ui.pilot.pause()
        assert "n Next" in footer_keys(ui)


async def test_help_lists_our_keys_by_task_and_those_of_the_framework_last(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("3", "question_mark")
        await ui.pilot.pause()
        table = ui.app.screen.query_one(KeyHelp).render()
        cells = [str(cell) for cell in table.columns[1].cells]
        first, rest = ["This list", "Write", "Focus", "Clock"], ["Take back", "Meeting", "Go to"]
        titles = [*first, *rest, "Program"]
        assert [each for each in cells if each in titles] == titles
        assert cells.index("This list") < cells.index("Done") < cells.index("Write")
        assert cells.index("Moving and editing") > cells.index("Program")
        await ui.press("question_mark")
        assert not ui.app.screen.query(KeyHelp)
