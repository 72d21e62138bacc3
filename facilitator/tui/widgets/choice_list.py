"""A short list to choose one from; hidden where there is no choice."""

from dataclasses import dataclass

from msgspec import Struct
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option


class Choice(Struct, frozen=True, kw_only=True):
    """One line, and whether it is the one chosen."""

    text: str
    is_chosen: bool


class ChoiceList(OptionList):
    """Shows choices; Enter or a click takes one."""

    choices: reactive[tuple[Choice, ...]] = reactive((), init=False)

    @dataclass
    class Chosen(Message):
        """One was taken."""

        choice_list: "ChoiceList"
        place: int

        @property
        def control(self) -> "ChoiceList":
            """The list that it was taken from."""
            return self.choice_list

    def on_mount(self) -> None:
        """Hide until there is a choice."""
        self.display = False

    def watch_choices(self, _before: object, choices: tuple[Choice, ...]) -> None:
        """Show them, with the cursor where it was."""
        place = self.highlighted
        self.display = len(choices) > 1
        self.clear_options()
        self.add_options(
            Option(Content(f"{'▶' if choice.is_chosen else ' '} {choice.text}"))
            for choice in choices
        )
        if choices:
            chosen = [choice.is_chosen for choice in choices]
            self.highlighted = min(
                place if place is not None else chosen.index(True) if any(chosen) else 0,
                len(choices) - 1,
            )

    def on_option_list_option_selected(self, selected: OptionList.OptionSelected) -> None:
        """Turn a list's word into this one's."""
        selected.stop()
        self.post_message(self.Chosen(self, selected.option_index))
