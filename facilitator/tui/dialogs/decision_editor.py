"""The editor of a question for the room: what is asked, and what may be answered."""

from collections.abc import Callable
from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Footer, Label

from facilitator.domain.decision import Decision, Option, OptionId
from facilitator.domain.errors import N_, RuleError
from facilitator.render.language import _
from facilitator.tui.dialogs.form import Form, Keep, forget, titled
from facilitator.tui.widgets.line import Line

LETTERS = "ABCD"
"""Options that the editor has room for."""


class DecisionEditor(Form):
    """A question, its background, up to four options, and which is recommended."""

    def __init__(
        self,
        decision: Decision,
        *,
        is_new: bool,
        submit: Callable[[Decision], object],
        about: str = "",
        keep: Keep = forget,
        draft: dict[str, str] | None = None,
    ) -> None:
        """Edit `decision`, and hand it to `submit`; `about` names the KPI that it belongs to."""
        super().__init__(keep=keep, draft=draft)
        self._decision = decision
        self._is_new = is_new
        self._submit = submit
        self._about = about

    def compose(self) -> ComposeResult:
        """A line a field."""
        decision = self._decision
        with VerticalScroll(classes="window") as window:
            title = _("New question") if self._is_new else decision.id
            window.border_title = titled(title, self._about)
            yield Label(_("What is to be decided?"))
            yield Line(decision.question, id="question")
            yield Label(_("Background"))
            yield Line(decision.background, id="background")
            for place, letter in enumerate(LETTERS):
                known = decision.options[place] if place < len(decision.options) else None
                yield Label(
                    _("Option {letter} — title | cost | what it brings").format(letter=letter)
                )
                yield Line(_as_line(known), id=f"option-{letter}")
            yield Label(_("Recommended option, and why — “B because …”"))
            yield Line(_recommendation(decision), id="recommended")
            yield Footer(show_command_palette=False, compact=True)

    def send(self) -> str:
        """Hand the question over."""
        values = dict(self.fields())
        options = tuple(
            _option(letter, values[f"option-{letter}"])
            for letter in LETTERS
            if values[f"option-{letter}"].strip()
        )
        letter, _space, why = values["recommended"].strip().partition(" ")
        named = OptionId(letter.upper().rstrip(":,;.")) if letter else None
        options += self._decision.options[len(LETTERS) :]
        if named is not None and named not in {option.id for option in options}:
            raise RuleError(N_("Begin the recommendation with the letter of an option."))
        edited = replace(
            self._decision,
            question=values["question"],
            background=values["background"],
            options=options,
            recommended=named,
            why=why.strip(),
        )
        self._submit(edited)
        return edited.question


def _as_line(option: Option | None) -> str:
    if option is None:
        return ""
    parts = [option.title, option.cost, option.expected]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return " | ".join(parts)


def _option(letter: str, text: str) -> Option:
    title, cost, expected = ([part.strip() for part in text.split("|", 2)] + ["", ""])[:3]
    return Option(id=OptionId(letter), title=title, cost=cost, expected=expected)


def _recommendation(decision: Decision) -> str:
    return f"{decision.recommended} {decision.why}".strip() if decision.recommended else ""
