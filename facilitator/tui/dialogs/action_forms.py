"""The forms of action items: the editor, and the ruling on one carried over again and again."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace
from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input, Static
from textual.widgets.input import Selection

from facilitator.domain.action import ActionItem, Recourse
from facilitator.domain.decision import DecisionId
from facilitator.domain.errors import N_
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.people import Person, PersonId
from facilitator.domain.text_input import require_line, split_parts
from facilitator.domain.wording.action_check import BLANK_PATTERN, CheckResult, check_wording
from facilitator.domain.wording.vocabulary import compile_pattern
from facilitator.render.language import _
from facilitator.tui.dialogs.field_parsers import (
    DateContext,
    LinkOptions,
    date_field,
    find_person,
    kpi_field,
    link_field,
    marketplace_field,
    person_field,
    text_field,
)
from facilitator.tui.dialogs.form import (
    Choice,
    Field,
    Form,
    FormHandler,
    Values,
    in_mode,
    side_by_side,
    window_title,
)

WITH_GIVER = "giver"
"""The mode of the editor that asks who hands the work over."""
OWNER_LABEL = N_("Owner — one of: {names}")


class Handing(Struct, frozen=True, kw_only=True):
    """Who may hand work over to whom: asked where the decider could pass over a supervisor."""

    supervisors: Mapping[PersonId, Person]
    """Of each person who is led by somebody else than the decider."""
    decider: PersonId | None = None
    speaker: PersonId | None = None
    """Who is proposed: the lead of the running item."""


class ActionEditor(Form[ActionItem]):
    """Edits an action item, and shows below the fields what makes it vague while it is typed.

    Enter in the criterion saves; the links stand below it, and may stay empty. A fuller sentence
    is offered with `[blanks]`, which a key puts into its line.
    """

    BINDINGS = [
        Binding("f9", "complete", N_("Use the suggested wording"), id="action.complete"),
    ]

    def __init__(
        self,
        action: ActionItem,
        *,
        is_new: bool,
        people: tuple[Person, ...],
        dates: DateContext,
        links: LinkOptions,
        about: str = "",
        handing: Handing,
        handler: FormHandler[ActionItem],
    ) -> None:
        """Edit `action`; `about` names its KPI, `links` holds all that it may be linked to."""
        self._action = action
        self._handing = handing
        self._people = people
        self._dates = dates
        self._todo = text_field("title", _("What is to be done"), action.title)
        self._owner = person_field("owner", _(OWNER_LABEL), people, action.owner)
        self._due = date_field(
            "due", _("Due — “fri”, “next fri”, “+3d”, “27”, 2026-11-27"), dates, action.due
        )
        self._criterion = text_field(
            "criterion",
            _("Acceptance criterion — how will we know that it is done?"),
            action.criterion,
            is_last=True,
        )
        self._declare_links(links)
        super().__init__(
            window_title(_("New action item") if is_new else action.id, about),
            self._todo,
            self._owner,
            self._due,
            self._criterion,
            in_mode(WITH_GIVER, self._giver),
            side_by_side(self._decision, self._kpi, self._marketplace),
            Static("", id="hint"),
            handler=handler,
        )

    def _declare_links(self, links: LinkOptions) -> None:
        """Declare the fields that are seldom needed: links, and who hands the work over."""
        ids = tuple(decision for decision, _question in links.decisions)
        self._decision = link_field(
            "decision", _("Decision"), self._action.decision or "", links.decisions, ids
        )
        self._kpi = kpi_field(_("KPI"), self._action.kpi, links)
        self._marketplace = marketplace_field(self._action.marketplace, links)
        given_by = self._action.given_by or self._handing.speaker
        self._giver = person_field(
            "giver",
            _("Handed over by"),
            self._people,
            given_by,
            is_replaced=False,
        )

    def begin(self) -> None:
        """Show at once what is missing."""
        self.hint()

    @property
    def mode(self) -> str:
        """Ask who hands the work over where that matters."""
        return WITH_GIVER if self._supervisor() else ""

    @on(Input.Changed)
    def hint(self) -> None:
        """Show what makes the item vague, and whom it passes over."""
        self.show_fields()
        findings = self._check_wording().findings
        lines = [f"! {each.message.translate(_)}" for each in findings] or [
            "✓ " + _("The wording is clear.")
        ]
        lines += [f"→ {text}" for _field, text in self._suggestions()]
        if passed := self._passed_over():
            text = _("! {supervisor} leads {owner}: handed over past {supervisor} (越级).")
            lines.insert(0, text.format(supervisor=passed[0].name, owner=passed[1].name))
        self.query_one("#hint", Static).update(Content("\n".join(lines)))
        self.refresh_bindings()

    def action_complete(self) -> None:
        """Put the fuller sentences into their lines, and select the first blank."""
        suggestions = [(self.line_of(field), text) for field, text in self._suggestions()]
        for line, text in suggestions:
            line.value = text
        if suggestions:
            first, _text = suggestions[0]
            self.set_focus(first)
            _select_blank(first)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dim the key where nothing is offered."""
        if action == "complete":
            return True if self._suggestions() else None
        return super().check_action(action, parameters)

    def _supervisor(self) -> Person | None:
        """Return who leads the owner, where the decider could pass them over."""
        owner = find_person(self.line_of(self._owner).value, self._people)
        linked = self._action.decision is not None
        return self._handing.supervisors.get(owner.id) if owner and not linked else None

    def _passed_over(self) -> tuple[Person, Person] | None:
        """Return the supervisor and the owner, where the decider hands over past the first."""
        supervisor = self._supervisor()
        owner = find_person(self.line_of(self._owner).value, self._people)
        giver = find_person(self.line_of(self._giver).value, self._people)
        is_past = supervisor and owner and giver and giver.id == self._handing.decider
        return (supervisor, owner) if supervisor and owner and is_past else None

    def _check_wording(self) -> CheckResult:
        """Return what the wording lacks; an owner who is not known counts as an owner."""
        title, owner, due, criterion = (
            self.line_of(field).value
            for field in (self._todo, self._owner, self._due, self._criterion)
        )
        person = find_person(owner, self._people)
        unnamed = PersonId(owner) if owner.strip() else None
        meanings = self._dates.meanings(due)
        return check_wording(
            title,
            person.id if person else unnamed,
            meanings[0] if len(meanings) == 1 else None,
            criterion,
            on=self._dates.on,
            has_due_field=True,
        )

    def _suggestions(self) -> list[tuple[Field[str], str]]:
        """Return the fuller sentences with their fields; none for a line that is still empty."""
        wording = self._check_wording()
        offered = ((self._todo, wording.title), (self._criterion, wording.criterion))
        texts = [(field, text, self.line_of(field).value) for field, text in offered]
        return [
            (field, text)
            for field, text, typed in texts
            if typed.strip() and text.casefold() not in ("", typed.casefold())
        ]

    def build(self, values: Values) -> ActionItem:
        """Return the item as it was edited."""
        decision, kpi = values[self._decision], values[self._kpi]
        marketplace = values[self._marketplace]
        giver = values.get(self._giver) if self._supervisor() else self._action.given_by
        return replace(
            self._action,
            title=values[self._todo],
            owner=values[self._owner],
            due=values[self._due],
            criterion=values[self._criterion],
            decision=DecisionId(decision) if decision else None,
            kpi=KpiId(kpi) if kpi else None,
            marketplace=Marketplace(marketplace) if marketplace else ALL,
            given_by=None if giver == values[self._owner] else giver,
        )


def _select_blank(line: Input) -> None:
    """Select the first blank of a line: what is typed next takes its place."""
    blank = compile_pattern(BLANK_PATTERN).search(line.value)
    if blank:
        line.selection = Selection(*blank.span())


RECOURSE_LABELS = {
    Recourse.NEW_DATE: N_("Set a new date"),
    Recourse.HAND_OVER: N_("Hand it over to somebody else"),
    Recourse.SPLIT: N_("Split it into smaller ones"),
    Recourse.KILL: N_("Kill it"),
}


class CarriedOver(Struct, frozen=True, kw_only=True):
    """Why an action item is not done, and its new date; None keeps the date it has."""

    reason: str
    due: date | None = None


class CarryOverForm(Form[CarriedOver]):
    """Asks why an action item is not done, and for a new date."""

    def __init__(
        self, action: ActionItem, *, dates: DateContext, handler: FormHandler[CarriedOver]
    ) -> None:
        """Carry `action` over."""
        self._reason = text_field("text", _("Not done — why?"))
        self._due = date_field("due", _("New date — empty keeps the one it has"), dates)
        super().__init__(f"{action.id} {action.title}", self._reason, self._due, handler=handler)

    def build(self, values: Values) -> CarriedOver:
        """Return what was entered; raises RuleError without a reason."""
        reason = require_line(
            values[self._reason], N_("Write something first. Press Escape to go back.")
        )
        return CarriedOver(reason=reason, due=values[self._due])


class RecourseChoice(Struct, frozen=True, kw_only=True):
    """What the decider wants to become of an action item."""

    recourse: Recourse
    reason: str
    owner: PersonId | None = None
    due: date | None = None
    parts: tuple[str, ...] = ()


class ActionRulingDialog(Form[RecourseChoice]):
    """Asks what becomes of an action item, and for what the choice needs."""

    AUTO_FOCUS = "RadioGroup"

    def __init__(
        self,
        action: ActionItem,
        *,
        people: tuple[Person, ...],
        dates: DateContext,
        handler: FormHandler[RecourseChoice],
    ) -> None:
        """Rule what becomes of `action`."""
        self._recourse = Choice(
            id="recourse",
            options=tuple((each, _(label)) for each, label in RECOURSE_LABELS.items()),
            value=Recourse.NEW_DATE,
        )
        self._due = date_field("due", _("New date — “fri”, “next fri”, “+3d”"), dates)
        self._owner = person_field("owner", _(OWNER_LABEL), people)
        self._split_parts = text_field("parts", _("The parts, separated by “|”"))
        self._reason = text_field("reason", _("Reason — the team reads it in the minutes"))
        super().__init__(
            action.id,
            Static(Content(action.title).stylize("bold"), classes="question"),
            self._recourse,
            in_mode(Recourse.NEW_DATE, self._due),
            in_mode(Recourse.HAND_OVER, self._owner),
            in_mode(Recourse.SPLIT, self._split_parts),
            self._reason,
            handler=handler,
        )

    @property
    def mode(self) -> Recourse:
        """Ask only for what the chosen way needs."""
        return self.chosen(self._recourse) or Recourse.NEW_DATE

    def build(self, values: Values) -> RecourseChoice:
        """Return the choice, with what it needs."""
        return RecourseChoice(
            recourse=self.mode,
            reason=values[self._reason],
            owner=values.get(self._owner),
            due=values.get(self._due),
            parts=tuple(split_parts(values.get(self._split_parts) or "")),
        )
