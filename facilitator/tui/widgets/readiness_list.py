"""Is everything ready? One line for each thing, with what to do about it."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from rich.table import Table
from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

Light = Literal["ready", "warning", "missing", "waiting"]

MARKS: dict[Light, str] = {"ready": "✓", "warning": "!", "missing": "✗", "waiting": "…"}
"""The sign says what the colour says."""

WIDEST_TITLE = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessLine:
    """One line, in the reader's language."""

    light: Light
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
            style = self.get_component_rich_style(f"readiness--{line.light}", partial=True)
            is_odd = line.light in ("warning", "missing")
            table.add_row(
                Text(MARKS[line.light], style=style),
                Text(line.title),
                Text(line.detail, style=style if is_odd else "dim"),
            )
        return table
