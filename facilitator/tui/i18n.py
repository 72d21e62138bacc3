"""Base classes of screens and dialogs: translated key labels, errors as notifications."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path, PurePath
from typing import ClassVar, TypeVar

from textual.binding import ActiveBinding, Binding
from textual.events import Key
from textual.screen import ModalScreen, Screen

from facilitator.domain.errors import N_
from facilitator.render.language import _, current_language
from facilitator.tui.errors import ErrorHandler
from facilitator.tui.key_hints import arrange_bindings

Result = TypeVar("Result")
Value = TypeVar("Value")

DIALOGS_CSS = Path(__file__).with_name("dialogs.tcss")

WIDE_TERMINAL = 120
"""The columns of a terminal in which every footer has room for all of its keys."""


def prefers_function_keys() -> bool:
    """Return whether letters open an input method, so that footers name function keys first."""
    return current_language().tag.startswith("zh")


def translate_bindings(bindings: dict[str, ActiveBinding]) -> dict[str, ActiveBinding]:
    """Return the bindings with translated labels and tooltips."""
    return {
        key: active._replace(
            binding=replace(
                active.binding,
                description=_translate(active.binding.description),
                tooltip=_translate(active.binding.tooltip),
            ),
            tooltip=_translate(active.tooltip),
        )
        for key, active in bindings.items()
    }


def _translate(text: str) -> str:
    return _(text) if text else ""


class LocalizedScreen(Screen[Result]):
    """A screen with translated key labels, whose commands report their errors."""

    HIDDEN_WHEN_NARROW: ClassVar[frozenset[str]] = frozenset()
    """The ids of the bindings that a narrow footer leaves out; help and palette have them."""

    def on_resize(self) -> None:
        """Choose the keys of the footer for the new width."""
        if self.HIDDEN_WHEN_NARROW:
            self.refresh_bindings()

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The active bindings with translated labels."""
        bindings = arrange_bindings(
            translate_bindings(super().active_bindings),
            prefers_function_keys=prefers_function_keys(),
        )
        if self.app.size.width >= WIDE_TERMINAL:
            return bindings
        return {
            key: active._replace(binding=replace(active.binding, show=False))
            if active.binding.id in self.HIDDEN_WHEN_NARROW
            else active
            for key, active in bindings.items()
        }

    def takes_stray_key(self, _event: Key) -> bool:
        """Return whether a key is part of a sentence typed where letters are commands."""
        return False

    def attempt(self, step: Callable[[], Value]) -> Value | None:
        """Return the result of `step`; on a FacilitatorError, show it and return None."""
        with ErrorHandler(self):
            return step()
        return None


class Dialog(ModalScreen[Result]):
    """A modal window, which Escape closes."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [DIALOGS_CSS]

    BINDINGS = [
        Binding("escape", "leave", N_("Back"), id="dialog.leave", priority=True),
    ]

    NARROW_LABELS: ClassVar[Mapping[str, str]] = {}
    """Shorter labels of bindings, by their ids, for the footer of a narrow terminal."""

    def on_resize(self) -> None:
        """Choose the labels of the footer for the new width."""
        if self.NARROW_LABELS:
            self.refresh_bindings()

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The active bindings with translated labels."""
        bindings = arrange_bindings(
            super().active_bindings,
            prefers_function_keys=prefers_function_keys(),
        )
        if self.app.size.width < WIDE_TERMINAL:
            bindings = {key: self._shorten(active) for key, active in bindings.items()}
        return translate_bindings(bindings)

    def _shorten(self, active: ActiveBinding) -> ActiveBinding:
        label = self.NARROW_LABELS.get(active.binding.id or "")
        if label is None:
            return active
        return active._replace(binding=replace(active.binding, description=label))

    async def action_leave(self) -> None:
        """Close the window without a result."""
        self.dismiss(None)


FRAMEWORK_LABELS = (
    N_("Bottom"),
    N_("Copy selected text"),
    N_("Cursor down"),
    N_("Cursor left"),
    N_("Cursor right"),
    N_("Cursor up"),
    N_("Cut selected text"),
    N_("Delete all to the left"),
    N_("Delete all to the right"),
    N_("Delete character left"),
    N_("Delete character right"),
    N_("Delete left to start of word"),
    N_("Delete right to start of word"),
    N_("Down"),
    N_("End"),
    N_("First"),
    N_("Focus Next"),
    N_("Focus Previous"),
    N_("Go to end"),
    N_("Go to start"),
    N_("Home"),
    N_("Last"),
    N_("Move cursor left"),
    N_("Move cursor left a word"),
    N_("Move cursor left a word and select"),
    N_("Move cursor left and select"),
    N_("Move cursor right a word"),
    N_("Move cursor right a word and select"),
    N_("Move cursor right and select"),
    N_("Move cursor right or accept the completion suggestion"),
    N_("Next option"),
    N_("Next tab"),
    N_("Page Down"),
    N_("Page Left"),
    N_("Page Right"),
    N_("Page Up"),
    N_("Page down"),
    N_("Page up"),
    N_("Paste text from the clipboard"),
    N_("Press button"),
    N_("Previous option"),
    N_("Previous tab"),
    N_("Quit"),
    N_("Quit the app and return to the command prompt."),
    N_("Scroll Down"),
    N_("Scroll End"),
    N_("Scroll Home"),
    N_("Scroll Left"),
    N_("Scroll Right"),
    N_("Scroll Up"),
    N_("Select"),
    N_("Select all"),
    N_("Select line end"),
    N_("Select line start"),
    N_("Show menu"),
    N_("Submit"),
    N_("Toggle"),
    N_("Toggle option"),
    N_("Top"),
    N_("Up"),
)
"""Labels of Textual's own keys, listed here so that they get into the catalogs."""
