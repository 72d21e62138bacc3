"""The panel of `?`: the keys that work now, by task, those of the framework last."""

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import ActiveBinding
from textual.widgets import HelpPanel, KeyPanel, Static

from facilitator.domain.errors import N_
from facilitator.render.language import _

HERE, PROGRAM, FRAMEWORK = N_("This list"), N_("Program"), N_("Moving and editing")
TASKS = {
    HERE: (),
    N_("Write"): ("note", "action", "decision", "park", "lost", "incident", "risks"),
    N_("Focus"): ("focus", "focus-review"),
    N_("Clock"): ("next-item", "previous-item", "pause", "longer", "shorter", "suspend"),
    N_("Take back"): ("undo", "redo"),
    N_("Meeting"): ("roll", "minutes", "hand-over", "review", "escape"),
    N_("Go to"): tuple(
        f"pane-{each}" for each in ("agenda", "kpis", "decisions", "actions", "notes", "parking")
    ),
    PROGRAM: (),
    FRAMEWORK: (),
}
"""The headings in their order, with the ids of the meeting's keys under each."""


def task_of(binding_id: str | None) -> str:
    """Return the heading that a key stands under."""
    if binding_id is None:
        return FRAMEWORK
    owner, _dot, name = binding_id.partition(".")
    if owner == "app":
        return PROGRAM
    return next((task for task, ids in TASKS.items() if owner == "meeting" and name in ids), HERE)


class KeyHelp(Static):
    """A table of the keys that work now."""

    COMPONENT_CLASSES = {"key-help--key", "key-help--title"}
    DEFAULT_CSS = """
    KeyHelp {
        width: 1fr;
        height: auto;
        .key-help--key { color: $text-accent; text-style: bold; padding: 0 1; }
        .key-help--title { color: $text-primary; text-style: bold; }
    }
    """

    def render(self) -> Table:
        """Return the keys under the headings of their tasks."""
        table = Table.grid(padding=(0, 1))
        table.add_column(justify="right", no_wrap=True)
        key_style = self.get_component_rich_style("key-help--key")
        title_style = self.get_component_rich_style("key-help--title")
        for task in TASKS:
            rows = list(self._rows(task))
            if rows:
                table.add_row("", Text(_(task), style=title_style))
            for keys, label, tooltip in rows:
                table.add_row(Text(keys, style=key_style), Text.assemble(label, (tooltip, "dim")))
        return table

    def _rows(self, task: str) -> Iterator[tuple[str, str, str]]:
        """Yield the keys of a task, each action once."""
        by_action: dict[tuple[object, str], list[ActiveBinding]] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if task_of(binding.id) == task and binding.description and not binding.system:
                by_action.setdefault((active.node, binding.action), []).append(active)
        for group in by_action.values():
            keys = dict.fromkeys(self.app.get_key_display(each.binding) for each in group)
            tooltip = group[0].binding.tooltip
            yield " ".join(keys), group[0].binding.description, f" {tooltip}" if tooltip else ""


class TaskKeyPanel(KeyPanel):
    """The scrolling part of the help."""

    def compose(self) -> ComposeResult:
        """Yield the table."""
        yield KeyHelp()


class KeyHelpPanel(HelpPanel):
    """The help beside a screen."""

    def compose(self) -> ComposeResult:
        """Yield the keys."""
        yield TaskKeyPanel(id="keys-help")
