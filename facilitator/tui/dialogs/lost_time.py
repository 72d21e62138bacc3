"""The forms of lost minutes: with a parked topic, or with another cause."""

from datetime import timedelta

from msgspec import Struct

from facilitator.domain.errors import N_, RuleError
from facilitator.domain.lost_time import LOSS_CAUSE_NAMES, LossCause
from facilitator.domain.time_input import parse_minutes
from facilitator.render.language import _, current_language
from facilitator.tui.dialogs.field_parsers import text_field
from facilitator.tui.dialogs.form import Choice, Field, Form, FormHandler, Values


class LostTimeEntry(Struct, frozen=True, kw_only=True):
    """Minutes that were lost, and to what."""

    time: timedelta
    about: str
    cause: LossCause = LossCause.OFF_TOPIC


class ParkTopicForm(Form[LostTimeEntry]):
    """Asks for a topic, and for the minutes that it took all the same."""

    def __init__(self, since_last_entry: timedelta, *, handler: FormHandler[LostTimeEntry]) -> None:
        """Show `since_last_entry` as a hint for the minutes."""
        self._topic = text_field("text", _("It comes back at the next meeting."))
        self._minutes = _minutes_field(_("Minutes lost — empty for none"), since_last_entry)
        super().__init__(_("Park a topic"), self._topic, self._minutes, handler=handler)

    def build(self, values: Values) -> LostTimeEntry:
        """Return the topic, and the minutes."""
        return LostTimeEntry(about=values[self._topic], time=values[self._minutes])


class LostTimeForm(Form[LostTimeEntry]):
    """Asks how many minutes were lost, and to what."""

    AUTO_FOCUS = "RadioGroup"

    def __init__(self, since_last_entry: timedelta, *, handler: FormHandler[LostTimeEntry]) -> None:
        """Show `since_last_entry` as a hint for the minutes."""
        self._cause = Choice(
            id="cause",
            options=tuple((each, _(name)) for each, name in LOSS_CAUSE_NAMES.items()),
            value=LossCause.OFF_TOPIC,
        )
        self._minutes = _minutes_field(_("How many minutes?"), since_last_entry)
        self._about = text_field("about", _("About what? — optional"))
        super().__init__(
            _("Lost minutes"), self._cause, self._about, self._minutes, handler=handler
        )

    def build(self, values: Values) -> LostTimeEntry:
        """Return the loss; raises RuleError where no cause is chosen."""
        cause = values[self._cause]
        if cause is None:
            raise RuleError(N_("Choose how the minutes were lost."))
        return LostTimeEntry(cause=cause, time=values[self._minutes], about=values[self._about])


def _minutes_field(label: str, since_last_entry: timedelta) -> Field[timedelta]:
    hint = _("{time} since the last entry").format(
        time=current_language().minutes(since_last_entry)
    )
    return Field(id="minutes", label=label, parse=parse_minutes, note=hint)
