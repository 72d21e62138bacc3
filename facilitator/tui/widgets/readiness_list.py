"""The readiness checks of a meeting, a line each."""

from typing import ClassVar, Literal

from msgspec import Struct
from rich.table import Table
from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

ReadinessStatus = Literal["ready", "warning", "missing", "waiting"]

MARKS: dict[ReadinessStatus, str] = {"ready": "✓", "warning": "!", "missing": "✗", "waiting": "…"}
"""The sign says what the colour says."""

WIDEST_TITLE = 28


class ReadinessLine(Struct, frozen=True, kw_only=True):
    """One line, in the reader's language."""

    status: ReadinessStatus
    title: str
    detail: str
    """What was found, and what to do."""


class ReadinessList(Widget):
    """Shows lines under each other, the details wrapped beside their titles."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "readiness--ready",
        "readiness--warning",
        "readiness--missing",
        "readiness--waiting",
    }
    DEFAULT_CSS = """
    ReadinessList {
        height: auto;
        .readiness--ready { color: $text-success; }
        .readiness--warning { color: $text-warning; }
        .readiness--missing { color: $text-error; text-style: bold; }
        .readiness--waiting { color: $text-muted; }
    }
    """

    lines: reactive[tuple[ReadinessLine, ...]] = reactive((), layout=True)

    def render(self) -> Table:
        """The lines as a table without rules."""
        table = Table.grid(padding=(0, 2, 0, 0), expand=True)
        table.add_column(width=1)
        table.add_column(
            no_wrap=True, overflow="ellipsis", max_width=min(WIDEST_TITLE, self.size.width // 3)
        )
        table.add_column(ratio=1, overflow="fold")
        for line in self.lines:
            style = self.get_component_rich_style(f"readiness--{line.status}", partial=True)
            is_odd = line.status in ("warning", "missing")
            table.add_row(
                Text(MARKS[line.status], style=style),
                Text(line.title),
                Text(line.detail, style=style if is_odd else "dim"),
            )
        return table
