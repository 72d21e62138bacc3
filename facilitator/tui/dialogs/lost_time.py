"""The forms of lost minutes: with a parked topic, or with another cause."""

from collections.abc import Callable
from datetime import timedelta

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Label

from facilitator.domain.errors import N_, RuleError
from facilitator.domain.lost_time import LOSS_CAUSE_NAMES, LossCause
from facilitator.domain.time_input import parse_minutes
from facilitator.render.language import _, current_language
from facilitator.tui.dialogs.form import Form, SaveDraft, discard_draft
from facilitator.tui.widgets.radio import Radio, RadioGroup
from facilitator.tui.widgets.text_field import TextField


class ParkTopicForm(Form):
    """Asks for a topic, and for the minutes that it took all the same."""

    def __init__(
        self,
        since_last_entry: timedelta,
        *,
        submit: Callable[[str, timedelta], object],
        keep: SaveDraft = discard_draft,
        draft: dict[str, str] | None = None,
    ) -> None:
        """Hand topic and time to `submit`; nothing was written down for `since_last_entry`."""
        super().__init__(keep=keep, draft=draft)
        self._since_last_entry = since_last_entry
        self._submit = submit

    def compose(self) -> ComposeResult:
        """A line for the topic, a line for the minutes."""
        with Vertical(classes="window") as window:
            window.border_title = Content(_("Park a topic")).markup
            yield Label(_("It comes back at the next meeting."))
            yield TextField("", id="text")
            yield Label(_("Minutes lost to it — empty for none"))
            yield TextField("", id="minutes", max_length=4)
            yield Label(_last_entry_text(self._since_last_entry), markup=False)
            yield Footer(show_command_palette=False, compact=True)

    def send(self) -> str:
        """Hand the topic over."""
        values = dict(self.fields())
        self._submit(values["text"], parse_minutes(values["minutes"]))
        return values["text"]


class LostTimeForm(Form):
    """Asks how many minutes were lost, and to what."""

    def __init__(
        self,
        since_last_entry: timedelta,
        *,
        submit: Callable[[LossCause, timedelta, str], object],
        keep: SaveDraft = discard_draft,
        draft: dict[str, str] | None = None,
    ) -> None:
        """Pass cause, time and subject to `submit`; `since_last_entry` is a hint for the time."""
        super().__init__(keep=keep, draft=draft)
        self._since_last_entry = since_last_entry
        self._submit = submit

    def compose(self) -> ComposeResult:
        """The causes, then a line a question."""
        with Vertical(classes="window") as window:
            window.border_title = Content(_("Lost minutes")).markup
            with RadioGroup(compact=True):
                for cause, name in LOSS_CAUSE_NAMES.items():
                    yield Radio(Content(_(name)), name=cause, value=cause is LossCause.OFF_TOPIC)
            yield Label(_("How many minutes?"))
            yield TextField("", id="minutes", max_length=4)
            yield Label(_last_entry_text(self._since_last_entry), markup=False)
            yield Label(_("About what? — may stay empty"))
            yield TextField("", id="about")
            yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Begin with the causes."""
        super().on_mount()
        self.query_one(RadioGroup).focus()

    def send(self) -> str:
        """Hand the loss over."""
        pressed = self.query_one(RadioGroup).pressed_button
        if pressed is None or pressed.name is None:
            raise RuleError(N_("Choose what the minutes were lost to."))
        values = dict(self.fields())
        self._submit(LossCause(pressed.name), parse_minutes(values["minutes"]), values["about"])
        return pressed.name


def _last_entry_text(since_last_entry: timedelta) -> str:
    """How long it is since the last entry: a help for guessing."""
    return _("The last entry was {time} ago.").format(
        time=current_language().minutes(since_last_entry)
    )
