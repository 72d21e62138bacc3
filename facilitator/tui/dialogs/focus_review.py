"""The dialog after a changed focus: keep, park or kill each open entry."""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Label, OptionList, Static
from textual.widgets.option_list import Option

from facilitator.domain.errors import N_
from facilitator.domain.wording.focus_relevance import Relevance
from facilitator.render.language import _
from facilitator.tui.dialogs.form import FormHandler, SubmitDialog
from facilitator.tui.dialogs.questions import TextEntry
from facilitator.tui.widgets.entry_list import HangingIndent


class FocusChoice(StrEnum):
    """What becomes of an entry."""

    KEEP = "keep"
    PARK = "park"
    KILL = "kill"


CHOICE_LABELS = {
    FocusChoice.KEEP: N_("keep"),
    FocusChoice.PARK: N_("park"),
    FocusChoice.KILL: N_("KILL"),
}
BEARING_LABELS = {
    Relevance.PAST_FOCUS: N_("fits only the old focus"),
    Relevance.NEITHER: "",
    Relevance.CURRENT_FOCUS: N_("fits the focus"),
}


class FocusReview(Struct, frozen=True, kw_only=True):
    """What is parked and killed after the focus changed, by id, and the reason."""

    parked: tuple[str, ...]
    killed: tuple[str, ...]
    reason: str = ""


class FocusReviewRow(Struct, frozen=True, kw_only=True):
    """An action item or a question, and what it has to do with the focus."""

    id: str
    text: str
    relevance: Relevance


class FocusReviewDialog(SubmitDialog[FocusReview]):
    """Shows both answers over the open entries; a key chooses what becomes of each."""

    AUTO_FOCUS = "OptionList"

    BINDINGS = [
        Binding("k", "mark('keep')", N_("Keep"), id="focus.keep"),
        Binding("p", "mark('park')", N_("Park"), id="focus.park"),
        Binding(
            "x",
            "mark('kill')",
            N_("Kill"),
            id="focus.kill",
            tooltip=N_("Stop it for good, with one reason for all"),
        ),
        Binding("ctrl+s,enter", "submit", N_("Save"), id="focus.save", priority=True),
    ]

    def __init__(
        self,
        before: str,
        now: str,
        rows: tuple[FocusReviewRow, ...],
        *,
        handler: FormHandler[FocusReview],
    ) -> None:
        """Begin with everything kept; `before` and `now` are the answers of both meetings."""
        super().__init__(handler)
        self._before = before
        self._now = now
        self._rows = rows
        self._choices = [FocusChoice.KEEP] * len(rows)

    def compose(self) -> ComposeResult:
        """Last time's answer, today's, and the rows."""
        with Vertical(classes="window broad") as window:
            window.border_title = _("The focus changed")
            last = _("last time: {text}").format(text=self._before)
            yield Static(Content(last).stylize("dim"), classes="answer")
            yield Static(Content(f"→ {self._now}").stylize("bold"), classes="answer")
            yield Label(
                _("Which of these still fit the new focus? Whatever you do not mark is kept.")
            )
            yield OptionList(*map(self._option, range(len(self._rows))), markup=False)
            yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Begin at the first row."""
        self.query_one(OptionList).highlighted = 0 if self._rows else None

    def action_mark(self, choice: str) -> None:
        """Choose what becomes of the row under the cursor, and go to the next."""
        listed = self.query_one(OptionList)
        place = listed.highlighted
        if place is None:
            return
        self._choices[place] = FocusChoice(choice)
        listed.replace_option_prompt_at_index(place, self._prompt(place))
        listed.highlighted = min(place + 1, len(self._rows) - 1)

    def action_submit(self) -> None:
        """Submit what goes; what is killed needs a reason first."""
        review = FocusReview(
            parked=self._marked(FocusChoice.PARK), killed=self._marked(FocusChoice.KILL)
        )
        if not review.killed:
            self.submit(review)
            return

        def submit(reason: str) -> None:
            self.handler.submit(replace(review, reason=reason))

        def close(reason: str | None) -> None:
            if reason is not None:
                self.dismiss(review)

        question = _("Why kill {ids}? The reason goes into the minutes.").format(
            ids=_(", ").join(review.killed)
        )
        self.app.push_screen(
            TextEntry(
                _("The focus changed"), question=question, handler=FormHandler(submit=submit)
            ),
            close,
        )

    def _marked(self, choice: FocusChoice) -> tuple[str, ...]:
        pairs = zip(self._rows, self._choices, strict=True)
        return tuple(row.id for row, chosen in pairs if chosen is choice)

    def _option(self, place: int) -> Option:
        return Option(self._prompt(place))

    def _prompt(self, place: int) -> HangingIndent:
        row, choice = self._rows[place], self._choices[place]
        sign = Content(f"[{_(CHOICE_LABELS[choice])}] ").stylize(
            "" if choice is FocusChoice.KEEP else "bold"
        )
        bearing = BEARING_LABELS[row.relevance]
        said = Content(f" · {_(bearing)}" if bearing else "").stylize("dim")
        return HangingIndent(sign, Content(row.text) + said)
