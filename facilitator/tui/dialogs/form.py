"""Base classes of dialogs that submit a value, and of forms: declared fields, drafts, errors.

A dialog calls its handler directly from the key that submits it. It posts no message: the widget
that opened it would handle one behind the keys that are already on their way, and these would
still reach a form that is submitted and about to close.
"""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, cast, overload

from msgspec import Struct, field
from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import DescendantFocus, Key
from textual.suggester import SuggestFromList
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Collapsible, Footer, Input, Label, Select, Static

from facilitator.domain.errors import N_
from facilitator.render.language import _
from facilitator.tui.errors import ErrorHandler
from facilitator.tui.i18n import Dialog
from facilitator.tui.widgets.radio import Radio, RadioGroup
from facilitator.tui.widgets.text_field import DRAFT_DELAY, TextField

Value = TypeVar("Value")
T = TypeVar("T")
OFFER_LENGTH = 40
"""The most cells of a draft's text in the line that offers it."""
Texts = tuple[tuple[str, str], ...]
"""The text of each field of a form, by the id of the field; the journal keeps drafts so."""


def discard_draft(_texts: Texts) -> None:
    """Keep nothing: for forms whose text is not worth a draft."""


class FormHandler(Struct, Generic[Value], frozen=True, kw_only=True):
    """What a dialog reports to; both functions raise FacilitatorError where they fail."""

    submit: Callable[[Value], object]
    """Takes the value; where it raises, the dialog stays open and shows the error."""
    save_draft: Callable[[Texts], object] = discard_draft
    """Saves what is typed so far; called with no texts once the form is submitted."""
    draft: dict[str, str] = field(default_factory=dict)
    """What an earlier form was left with, by the id of the field; it is offered."""
    save_restored: Callable[[Texts], object] = discard_draft
    """Saves the draft, as `save_draft` does, from when it is taken up."""


class Field(Struct, Generic[T], frozen=True, kw_only=True):
    """A line of text with its label, and how the text is read."""

    id: str
    label: str = ""
    """In the language of the screen; no label for none."""
    parse: Callable[[str], T]
    """Returns the value of the text; raises FacilitatorError where it has none."""
    value: str = ""
    """The text at first, where no draft has another."""
    completions: tuple[str, ...] = ()
    help: Callable[[str], str] | None = None
    """Returns how a text is read, for the label: the date that “fri” means."""
    note: str = ""
    """What is shown below the line."""
    is_replaced: bool = False
    """Whether the first key replaces what stands in the line, such as a proposed date."""
    is_last: bool = False
    """Whether Enter submits here, where the lines below are seldom needed."""
    max_length: int = 0
    """The most characters that the line takes; 0 for any number."""
    placeholder: str = ""
    classes: str = ""
    """Of the line, for its style."""


class Choice(Struct, Generic[T], frozen=True, kw_only=True):
    """One of several options, as radio buttons or as a list to open."""

    id: str
    label: str = ""
    options: tuple[tuple[T, str], ...]
    """The values, each with what it is called."""
    value: T | None = None
    """The one chosen at first."""
    is_list: bool = False
    is_optional: bool = False
    """Whether a list may be left without a choice."""


AnyField = Field[Any] | Choice[Any]


class Group(Struct, frozen=True):
    """Fields that are shown in one mode of the form only, or that stand side by side."""

    fields: tuple[AnyField, ...]
    mode: str = ""
    """Empty for every mode."""
    is_row: bool = False
    title: str = ""
    """Of what is folded away: fields that are seldom needed, shown once Enter opens them."""
    text: str = ""
    """What is shown above the fields that are folded away."""


def in_mode(mode: str, *fields: AnyField) -> Group:
    """Return a group of fields that are shown, and read, in one mode only."""
    return Group(fields, mode)


def folded(title: str, *fields: AnyField, text: str = "") -> Group:
    """Return a group of fields that stays closed until it is wanted, or holds a draft."""
    return Group(fields, title=title, text=text)


def side_by_side(*fields: AnyField, mode: str = "") -> Group:
    """Return a group of fields in one row."""
    return Group(fields, mode, is_row=True)


Part = AnyField | Group | Widget
"""What a form shows; a widget is no field, but a text among them."""


class Values:
    """The values of the fields that are shown, each with the type that its field declares."""

    def __init__(self, values: dict[str, object]) -> None:
        self._values = values

    @overload
    def __getitem__(self, declared: Field[T]) -> T: ...
    @overload
    def __getitem__(self, declared: Choice[T]) -> T | None: ...
    def __getitem__(self, declared: Field[T] | Choice[T]) -> T | None:
        """Return the value of a field that is shown in every mode."""
        return cast("T | None", self._values[declared.id])

    def get(self, declared: Field[T]) -> T | None:
        """Return the value of a field, or None where its mode hides it."""
        return cast("T | None", self._values.get(declared.id))


class SubmitDialog(Dialog[Value]):
    """A dialog that hands a value to its handler, and closes once that has taken it."""

    def __init__(self, handler: FormHandler[Value]) -> None:
        """Report to `handler`."""
        super().__init__()
        self.handler = handler

    def submit(self, value: Value) -> None:
        """Submit `value` and close, or show why it is refused."""
        with ErrorHandler(self):
            self.handler.submit(value)
            self.dismiss(value)


class Form(SubmitDialog[Value]):
    """A dialog of declared fields. Subclasses declare them and say how to build the value.

    What is typed is saved as a draft, under the ids of the fields.
    """

    BINDINGS = [
        Binding("ctrl+s", "submit", N_("Save"), id="form.save", priority=True),
        Binding(
            "ctrl+r",
            "restore",
            N_("Unfinished text"),
            id="form.restore",
            tooltip=N_("Put back what was typed here before and never saved"),
        ),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(
        self, title: str, *parts: Part, handler: FormHandler[Value], is_broad: bool = False
    ) -> None:
        """Show `parts` in their order under `title`."""
        super().__init__(handler)
        self._title = title
        self._is_broad = is_broad
        self._parts = [
            Group((each,)) if isinstance(each, Field | Choice) else each for each in parts
        ]
        groups = [each for each in self._parts if isinstance(each, Group)]
        self.fields = tuple(field for group in groups for field in group.fields)
        self.text_fields = tuple(each for each in self.fields if isinstance(each, Field))
        self.modes = {field.id: group.mode for group in groups for field in group.fields}
        self._widgets: dict[str, tuple[Widget, ...]] = {}
        self._saved_texts: Texts = ()
        self._first_texts: Texts = ()
        self._has_draft = False
        self._is_left = self._is_restored = False
        self._timer: Timer | None = None

    def build(self, values: Values) -> Value:
        """Return what the form submits; raises FacilitatorError where something is missing."""
        raise NotImplementedError

    @property
    def mode(self) -> str:
        """The mode whose fields are shown, beside those of every mode."""
        return ""

    def is_shown(self, declared: AnyField) -> bool:
        """Return whether a field is shown, and read, in the mode of the form."""
        return self.modes[declared.id] in ("", self.mode)

    def compose(self) -> ComposeResult:
        """A window with the fields, and the keys below them."""
        with VerticalScroll(classes="window", can_focus=False) as window:
            window.set_class(self._is_broad, "broad")
            window.border_title = Content(self._title).markup
            if self.handler.draft:
                yield Static(self._offer(), id="draft-offer")
            yield from self.compose_body()
            yield Footer(show_command_palette=False, compact=True)

    def _offer(self) -> Content:
        """Return the line that offers what the form was left with."""
        texts = (self.handler.draft.get(each.id, "") for each in self.text_fields)
        begun = Content(next(filter(None, texts), "")).truncate(OFFER_LENGTH, ellipsis=True).plain
        offer = _("Left unfinished: “{text}”. Press {key} to go on with it.")
        key = self.app.get_key_display(Binding("ctrl+r", ""))
        return Content(offer.format(text=begun, key=key))

    def compose_body(self) -> ComposeResult:
        """All parts; subclasses may put more around them."""
        for part in self._parts:
            if isinstance(part, Widget):
                yield part
            elif part.title:
                yield from self.compose_folded(part)
            elif not part.is_row:
                for each in part.fields:
                    yield from self.compose_field(each)
            else:
                with Horizontal(classes="row"):
                    for each in part.fields:
                        with Vertical():
                            yield from self.compose_field(each)

    def compose_folded(self, group: Group) -> ComposeResult:
        """The title of fields that are folded away, and the fields."""
        is_closed = not any(self.handler.draft.get(each.id) for each in group.fields)
        with Collapsible(title=group.title, collapsed=is_closed):
            if group.text:
                yield Static(Content(group.text))
            for each in group.fields:
                yield from self.compose_field(each)

    def compose_field(self, declared: AnyField) -> ComposeResult:
        """The label and the line of a field, or the options of a choice."""
        widgets: list[Widget] = []
        if declared.label:
            widgets.append(Label(Content(declared.label), id=f"{declared.id}-label"))
        if isinstance(declared, Field):
            widgets.append(self.field_widget(declared))
            if declared.note:
                widgets.append(Label(Content(declared.note)))
        else:
            widgets.append(_choice_widget(declared))
        self._widgets[declared.id] = tuple(widgets)
        yield from widgets

    def field_widget(self, declared: Field[Any]) -> Widget:
        """Return the line of a field, or a widget that holds it under the id of the field."""
        completions = SuggestFromList(declared.completions, case_sensitive=False)
        return TextField(
            declared.value,
            id=declared.id,
            classes=declared.classes,
            select_on_focus=declared.is_replaced,
            placeholder=declared.placeholder,
            suggester=completions if declared.completions else None,
            max_length=declared.max_length or None,
        )

    def on_mount(self) -> None:
        """Begin with the texts of the fields; a draft is only offered."""
        self._saved_texts = self._first_texts = self.texts()
        self.show_fields()
        self.show_help()
        self.begin()
        if self._is_restored:
            self.action_restore()

    def begin_with(self, draft: dict[str, str], save: Callable[[Texts], object]) -> None:
        """Begin with a draft that was asked for, before the form is shown; `save` saves it."""
        self.handler = replace(self.handler, draft=draft, save_restored=save)
        self._is_restored = True

    def begin(self) -> None:
        """Do what a form needs once its fields hold their first texts, or a draft.

        The framework calls an `on_mount` of a subclass beside this class's, not instead of it.
        """

    @on(RadioGroup.Changed)
    @on(Select.Changed)
    def show_fields(self) -> None:
        """Show the fields of the mode that is chosen, and no others."""
        for declared in self.fields:
            is_shown = self.is_shown(declared)
            for widget in self._widgets.get(declared.id, ()):
                widget.display = is_shown

    @on(Input.Changed)
    def show_help(self) -> None:
        """Show in the labels how the texts are read."""
        for each in self.text_fields:
            if each.help is not None:
                help_text = each.help(self.line_of(each).value)
                text = f"{each.label} → {help_text}" if help_text else each.label
                self.query_one(f"#{each.id}-label", Label).update(Content(text))

    def line_of(self, declared: Field[Any]) -> Input:
        """Return the line of a field."""
        return self.query_one(f"#{declared.id}", Input)

    def texts(self) -> Texts:
        """Return what stands in the form, by the ids of the fields."""
        return tuple((each.id, self.line_of(each).value) for each in self.text_fields)

    def chosen(self, choice: Choice[T]) -> T | None:
        """Return what is chosen, or None."""
        if choice.is_list:
            picked = self.query_one(f"#{choice.id}", Select).value
        else:
            button = self.query_one(f"#{choice.id}", RadioGroup).pressed_button
            picked = button.name if button else None
        return next((value for value, _label in choice.options if value == picked), None)

    def values(self) -> Values:
        """Read the fields that are shown; raises FacilitatorError for a text without a value."""
        texts = dict(self.texts())
        return Values(
            {
                each.id: each.parse(texts[each.id])
                if isinstance(each, Field)
                else self.chosen(each)
                for each in self.fields
                if self.is_shown(each)
            }
        )

    def action_restore(self) -> None:
        """Put the draft back into the fields; what was typed here since becomes a draft."""
        draft = self.handler.draft
        if not draft:
            return
        self.save_draft_now()
        for each in self.text_fields:
            self.line_of(each).value = draft.get(each.id, self.line_of(each).value)
        self.handler = replace(self.handler, save_draft=self.handler.save_restored, draft={})
        self._saved_texts, self._has_draft = self.texts(), True
        self.query_one("#draft-offer").display = False
        self.refresh_bindings()
        self.begin()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the draft where there is one."""
        return action != "restore" or bool(self.handler.draft)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Bring a field out from behind the footer; for the framework it is in view there."""
        if event.widget in self.focus_chain[:1]:
            self.query_one(".window").scroll_home(animate=False)  # with what stands above it
        elif isinstance(event.widget, Input | Select):
            event.widget.scroll_visible(animate=False)

    @on(Input.Changed)
    def schedule_draft(self) -> None:
        """Save what was typed, at most a second from now."""
        if self._timer is None:
            self._timer = self.set_timer(DRAFT_DELAY, self.save_draft_now)

    def save_draft_now(self) -> None:
        """Save what stands in the form, where it changed."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self._is_left:
            return
        texts = self.texts()
        if texts == self._saved_texts:
            return
        with ErrorHandler(self):
            # Only what somebody typed: a proposed date or owner is no text of theirs.
            typed = tuple(each for each in texts if each not in self._first_texts)
            self.handler.save_draft(typed)
            self._saved_texts, self._has_draft = texts, bool(typed)

    def on_key(self, event: Key) -> None:
        """Write a letter that is typed on a choice into the line below it."""
        letter, lines = event.character, self._visible_lines()
        is_text = letter is not None and event.is_printable and not letter.isspace()
        if letter is None or not is_text or not self.focused or not lines:
            return
        event.stop()
        places = {widget: place for place, widget in enumerate(self.focus_chain)}
        place = next(
            (places[each] for each in self.focused.ancestors_with_self if each in places), 0
        )
        line = next((each for each in lines if places[each] >= place), lines[-1])
        self.set_focus(line)
        line.insert_text_at_cursor(letter)

    @on(Input.Submitted)
    def submitted(self, submitted: Input.Submitted) -> None:
        """Leave the line that Enter was pressed in."""
        submitted.stop()
        self.enter(submitted.input)

    def enter(self, line: Input) -> None:
        """Go to the next line, and submit from the last."""
        lines = self._visible_lines()
        if line is lines[-1] or line.id in [each.id for each in self.text_fields if each.is_last]:
            self.save()
        else:
            self.set_focus(lines[lines.index(line) + 1])

    def action_submit(self) -> None:
        """Submit the form."""
        self.save()

    def save(self) -> None:
        """Submit the form; it stays open and shows the error where it is refused."""
        self.save_draft_now()
        with ErrorHandler(self):
            value = self.build(self.values())
            self.handler.submit(value)
            if self._has_draft:
                with ErrorHandler(self):
                    self.handler.save_draft(())
            self._is_left = True
            self.dismiss(value)

    async def action_leave(self) -> None:
        """Go back; what was typed is there when the form is opened again."""
        self.save_draft_now()
        self._is_left = True
        self.dismiss(None)

    def _visible_lines(self) -> list[Input]:
        """The lines that are shown, from the top."""
        lines = [self.line_of(each) for each in self.text_fields if self.is_shown(each)]
        return [line for line in lines if line in self.focus_chain]


def _choice_widget(choice: Choice[Any]) -> Widget:
    if not choice.is_list:
        buttons = (
            Radio(Content(label), name=value, value=value == choice.value)
            for value, label in choice.options
        )
        return RadioGroup(*buttons, id=choice.id, compact=True)
    return Select(
        [(Content(label), value) for value, label in choice.options],
        value=Select.NULL if choice.value is None else choice.value,
        prompt=_("Select"),
        type_to_search=False,  # a letter is text for the line below
        allow_blank=choice.is_optional,
        id=choice.id,
        compact=True,
    )


def window_title(title: str, about: str) -> str:
    """Return the title of a form, with the KPI that its subject belongs to."""
    return f"{title} → {about}" if about else title
