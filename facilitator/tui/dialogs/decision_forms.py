"""The form that edits a question."""

from functools import partial

from msgspec.structs import replace
from textual.widgets import Select

from facilitator.domain.decision import (
    Decision,
    DecisionKind,
    Option,
    OptionId,
)
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.people import Person
from facilitator.domain.text_input import split_parts
from facilitator.render.language import _
from facilitator.tui.dialogs.field_parsers import DateContext, person_choice, text_field
from facilitator.tui.dialogs.form import (
    Choice,
    Field,
    Form,
    FormHandler,
    Values,
    window_title,
)
from facilitator.tui.dialogs.proposal_fields import KIND_LABELS, ProposalFields

LETTERS = "ABCD"
"""The options that the editor has room for."""


class DecisionEditor(Form[Decision]):
    """Edits a question: its kind, proposal, background, options, and which is recommended."""

    def __init__(
        self,
        decision: Decision,
        *,
        is_new: bool,
        people: tuple[Person, ...],
        dates: DateContext,
        about: str = "",
        handler: FormHandler[Decision],
    ) -> None:
        """Edit `decision`; `about` names the KPI that it belongs to."""
        self._decision = decision
        self._question = text_field("question", _("What is to be decided?"), decision.question)
        self._kind = Choice(
            id="kind",
            label=_("Kind of question"),
            options=tuple((kind, _(label)) for kind, label in KIND_LABELS.items()),
            value=decision.kind,
            is_list=True,
        )
        self._proposal = ProposalFields(decision, dates)
        self._background = text_field("background", _("Background"), decision.background)
        self._options = [
            _option_field(letter, decision.options[place : place + 1])
            for place, letter in enumerate(LETTERS)
        ]
        self._recommended = Field(
            id="recommended",
            label=_("Recommended option, and why — “B because …”"),
            value=f"{decision.recommended} {decision.why}".strip() if decision.recommended else "",
            parse=_parse_recommendation,
        )
        self._proposer = person_choice("proposer", _("Proposed by"), decision.proposer, people)
        super().__init__(
            window_title(_("New question") if is_new else decision.id, about),
            self._question,
            self._kind,
            *self._proposal.groups,
            self._background,
            *self._options,
            self._recommended,
            self._proposer,
            handler=handler,
        )

    @property
    def mode(self) -> DecisionKind:
        """Ask only for what belongs to the kind that is chosen."""
        return self.chosen(self._kind) or DecisionKind.CHOICE

    def begin(self) -> None:
        """Choose the kind whose fields an earlier draft has begun."""
        begun = (self.modes[each.id] for each in self.text_fields if self.line_of(each).value)
        self.query_one("#kind", Select).value = DecisionKind(next(filter(None, begun), self.mode))
        self.show_fields()

    def build(self, values: Values) -> Decision:
        """Return the question as it was edited."""
        options = tuple(filter(None, (values[each] for each in self._options)))
        if not options and self.mode is not DecisionKind.CHOICE:
            options = (
                Option(id=OptionId("A"), title=_("Approve it")),
                Option(id=OptionId("B"), title=_("Leave things as they are")),
            )
        options += self._decision.options[len(LETTERS) :]
        recommended, why = values[self._recommended]
        if recommended is not None and recommended not in {option.id for option in options}:
            raise RuleError(N_("Begin the recommendation with the letter of an option."))
        edited = replace(
            self._decision,
            proposer=values[self._proposer],
            question=values[self._question],
            background=values[self._background],
            options=options,
            recommended=recommended,
            why=why,
        )
        return self._proposal.apply(edited, self.mode, values)


def _option_field(letter: str, known: tuple[Option, ...]) -> Field[Option | None]:
    """Return the field of an option: `title | cost | what it brings`."""
    texts = [" | ".join((each.title, each.cost, each.expected)).rstrip(" |") for each in known]
    return Field(
        id=f"option-{letter}",
        label=_("Option {letter} — title | cost | expected result").format(letter=letter),
        value="".join(texts),
        parse=partial(_parse_option, OptionId(letter)),
    )


def _parse_option(option_id: OptionId, text: str) -> Option | None:
    if not text.strip():
        return None
    title, cost, expected = split_parts(text, 3)
    return Option(id=option_id, title=title, cost=cost, expected=expected)


def _parse_recommendation(text: str) -> tuple[OptionId | None, str]:
    """Return the option that a recommendation begins with, and the reason."""
    letter, _space, why = text.strip().partition(" ")
    return OptionId(letter.upper().rstrip(":,;.")) if letter else None, why.strip()
