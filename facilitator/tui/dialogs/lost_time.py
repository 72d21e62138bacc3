"""Minutes lost: with a topic that is parked, or to something else."""

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
from facilitator.tui.dialogs.form import Form, Keep, forget
from facilitator.tui.widgets.line import Line
from facilitator.tui.widgets.radio import Choices, Radio


class ParkTopic(Form):
    """Asks for a topic, and for the minutes that it took all the same."""

    def __init__(
        self,
        silence: timedelta,
        *,
        submit: Callable[[str, timedelta], object],
        keep: Keep = forget,
        draft: dict[str, str] | None = None,
    ) -> None:
        """Hand topic and time to `submit`; nothing was written down for `silence`."""
        super().__init__(keep=keep, draft=draft)
        self._silence = silence
        self._submit = submit

    def compose(self) -> ComposeResult:
        """A line for the topic, a line for the minutes."""
        with Vertical(classes="window") as window:
            window.border_title = Content(_("Park a topic")).markup
            yield Label(_("It comes back at the next meeting."))
            yield Line("", id="text")
            yield Label(_("Minutes lost to it — empty for none"))
            yield Line("", id="minutes", max_length=4)
            yield Label(_silence(self._silence), markup=False)
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
        silence: timedelta,
        *,
        submit: Callable[[LossCause, timedelta, str], object],
        keep: Keep = forget,
        draft: dict[str, str] | None = None,
    ) -> None:
        """Hand cause, time and subject to `submit`; nothing was written down for `silence`."""
        super().__init__(keep=keep, draft=draft)
        self._silence = silence
        self._submit = submit

    def compose(self) -> ComposeResult:
        """The causes, then a line a question."""
        with Vertical(classes="window") as window:
            window.border_title = Content(_("Lost minutes")).markup
            with Choices(compact=True):
                for cause, name in LOSS_CAUSE_NAMES.items():
                    yield Radio(Content(_(name)), name=cause, value=cause is LossCause.OFF_TOPIC)
            yield Label(_("How many minutes?"))
            yield Line("", id="minutes", max_length=4)
            yield Label(_silence(self._silence), markup=False)
            yield Label(_("About what? — may stay empty"))
            yield Line("", id="about")
            yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Begin with the causes."""
        super().on_mount()
        self.query_one(Choices).focus()

    def send(self) -> str:
        """Hand the loss over."""
        pressed = self.query_one(Choices).pressed_button
        if pressed is None or pressed.name is None:
            raise RuleError(N_("Choose what the minutes were lost to."))
        values = dict(self.fields())
        self._submit(LossCause(pressed.name), parse_minutes(values["minutes"]), values["about"])
        return pressed.name


def _silence(silence: timedelta) -> str:
    """How long it is since the last entry: a help for guessing."""
    return _("The last entry was {time} ago.").format(time=current_language().minutes(silence))
