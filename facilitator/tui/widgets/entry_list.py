"""A list of entries that reports what is wanted of the entry under the cursor."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from msgspec import Struct
from textual.binding import Binding
from textual.content import Content
from textual.css.styles import RulesMap
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual, VisualType
from textual.widgets import OptionList

from facilitator.domain.errors import N_
from facilitator.render.language import _
from facilitator.tui.lazy_option import LazyOption
from facilitator.tui.text_width import estimated_cells
from facilitator.tui.widgets.long_option_list import LongOptionList

MARK_SENSITIVE = "mark"
"""The command that marks an entry as sensitive, or removes the mark."""


class EntryLine(Struct, frozen=True, kw_only=True):
    """One entry, as a list shows it."""

    id: str
    """Identifies the entry in its list and in the messages of the list."""
    mark: str = ""
    """Shown before the text, such as `☐ A1 `; further lines of text are indented by its width."""
    text: str
    style: str = ""
    """The Textual style of mark and text."""
    flag: str = ""
    """What needs attention, such as `overdue`; shown after the text."""
    flag_style: str = ""
    detail: str = ""
    """Shown dim, after everything else."""
    is_sensitive: bool = False
    is_current: bool = False
    """Whether this entry is the one in progress; the cursor goes to it when it becomes so."""

    @property
    def title(self) -> str:
        """The text, which a prefix shows as sensitive."""
        return f"{sensitive_prefix(is_sensitive=self.is_sensitive)}{self.text}"

    @property
    def head(self) -> Content:
        """The mark in the style of the line."""
        return Content(self.mark).stylize(self.style)

    @property
    def words(self) -> Content:
        """The title in the style of the line."""
        return Content(self.title).stylize(self.style)


def sensitive_prefix(*, is_sensitive: bool) -> str:
    """Return what is shown before the text of a sensitive entry, or an empty string."""
    return _("[S]") + " " if is_sensitive else ""


class EntryList(LongOptionList):
    """Shows entries; keeps the cursor on the same entry when they change.

    Enter or a click posts `Picked`. A subclass declares its other keys as bindings to
    `request('command')`, which posts `Requested`.
    """

    lines: reactive[tuple[EntryLine, ...]] = reactive((), init=False)

    def action_cursor_up(self) -> None:
        """Go up, and stop at the top: a key too many must not act on another entry."""
        if self.highlighted != 0:
            super().action_cursor_up()

    def action_cursor_down(self) -> None:
        """Go down, and stop at the bottom."""
        if self.highlighted is None or self.highlighted < self.option_count - 1:
            super().action_cursor_down()

    @dataclass
    class Picked(Message):
        """An entry was chosen."""

        entry_list: "EntryList"
        id: str

        @property
        def control(self) -> "EntryList":
            """The list that the entry is in."""
            return self.entry_list

    @dataclass
    class Requested(Message):
        """A key asked for something to be done with an entry."""

        entry_list: "EntryList"
        id: str
        command: str

        @property
        def control(self) -> "EntryList":
            """The list that the entry is in."""
            return self.entry_list

    def prompt(self, line: EntryLine) -> VisualType:
        """Return what is displayed for `line`."""
        words = line.words
        if line.flag:
            words += Content(f"  {line.flag}").stylize(line.flag_style)
        if line.detail:
            words += Content(f"  {line.detail}").stylize("dim")
        return HangingIndent(line.head, words) if line.mark else words

    def paragraphs(self, line: EntryLine) -> tuple[str, ...]:
        """Return the paragraphs that `prompt` displays behind the mark, for an estimate."""
        return ("  ".join(filter(None, (line.text, line.flag, line.detail))),)

    def first_index(self) -> int | None:
        """Return where the cursor goes in a list that was empty: the current entry, or the top."""
        return next((index for index, line in enumerate(self.lines) if line.is_current), 0)

    def next_index(self, before: Sequence[str], after: Sequence[str]) -> int:
        """Return where the cursor goes: to the same entry, or to its place if that has gone.

        `before` and `after` are the ids of the entries; neither is empty.
        """
        index = self.highlighted or 0
        if index < len(before) and before[index] in after:
            return after.index(before[index])
        return min(index, len(after) - 1)

    def watch_lines(self, before: tuple[EntryLine, ...], lines: tuple[EntryLine, ...]) -> None:
        """Show the entries; where they are the same ones, only those that changed."""
        old_ids, ids = [line.id for line in before], [line.id for line in lines]
        old_lines = {line.id: line for line in before}
        if ids == old_ids:
            self.exchange_options(
                (index, self._option(line))
                for index, line in enumerate(lines)
                if line != old_lines[line.id]
            )
        else:
            goal = self.next_index(old_ids, ids) if before and lines else self.first_index()
            known = {option.id: option for option in self.options}
            options = [
                known[line.id] if old_lines.get(line.id) == line else self._option(line)
                for line in lines
            ]
            self.clear_options()
            self.add_options(options)
            self.highlighted = goal if lines else None
        was_current = {line.id for line in before if line.is_current}
        for index, line in enumerate(lines):
            if before and line.is_current and line.id not in was_current:
                self.highlighted = index

    def _option(self, line: EntryLine) -> LazyOption:
        return LazyOption(
            partial(self.prompt, line),
            id=line.id,
            indent=estimated_cells(line.mark),
            cells=[estimated_cells(each) for each in self.paragraphs(line)],
        )

    def on_option_list_option_selected(self, selected: OptionList.OptionSelected) -> None:
        """Report the entry that was chosen."""
        selected.stop()
        if selected.option.id is not None:
            self.post_message(self.Picked(self, selected.option.id))

    def action_request(self, command: str) -> None:
        """Ask for something to be done with the entry under the cursor."""
        option = self.highlighted_option
        if option is not None and option.id is not None:
            self.post_message(self.Requested(self, option.id, command))


class RegisterList(EntryList):
    """An entry list whose entries are written during the meeting.

    The cursor goes to a new entry, and a key marks the entry under the cursor as sensitive.
    """

    BINDINGS = [
        Binding(
            "S",
            f"request('{MARK_SENSITIVE}')",
            N_("Sensitive"),
            id="entry.sensitive",
            show=False,
            tooltip=N_("Copies that are sent show only a placeholder"),
        ),
    ]

    def next_index(self, before: Sequence[str], after: Sequence[str]) -> int:
        """Return the last new entry; without one, do as every entry list."""
        known = set(before)
        added = (index for index in reversed(range(len(after))) if after[index] not in known)
        return next(added, super().next_index(before, after))


class HangingIndent(Visual):
    """A mark and the text behind it; further lines of the text are indented by the mark's width."""

    def __init__(self, mark: Content, text: Content) -> None:
        """Put `mark`, which ends with its own blank, in front of `text`."""
        self._mark = mark
        self._text = text

    def __str__(self) -> str:
        """Return the mark and the text."""
        return f"{self._mark}{self._text}"

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """Return the lines of the text, the first one behind the mark."""
        indent = self._mark.cell_length
        first = self._mark.render_strips(indent, 1, style, options)
        blank = Strip.blank(indent, style.rich_style)
        lines = self._text.render_strips(self._text_width(width), height, style, options)
        return [
            Strip.join([first[0] if place == 0 and first else blank, line])
            for place, line in enumerate(lines)
        ]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Return the width in cells at which no line wraps."""
        return self._mark.cell_length + self._text.get_optimal_width(rules, container_width)

    def get_minimal_width(self, rules: RulesMap) -> int:
        """Return the width in cells at which no word breaks."""
        return self._mark.cell_length + self._text.get_minimal_width(rules)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Return the number of lines of the text."""
        return self._text.get_height(rules, self._text_width(width))

    def _text_width(self, width: int) -> int:
        """Return the cells left for the text, at least one."""
        return max(width - self._mark.cell_length, 1)
