"""Lay out rows of text in columns as wide as their content."""

from collections.abc import Iterable, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text


def column_table(
    rows: Iterable[Sequence[Text | str]], *, right: Sequence[int] = (), grows: int | None = None
) -> RenderableType:
    """Columns two cells apart; those in `right` stand at the right, `grows` takes what is left."""
    cells = [[Text(each) if isinstance(each, str) else each for each in row] for row in rows]
    table = Table.grid(padding=(0, 2, 0, 0), expand=grows is not None)
    for place in range(max(map(len, cells), default=0)):
        table.add_column(
            justify="right" if place in right else "left",
            ratio=1 if place == grows else None,
            no_wrap=place == grows,
            overflow="ellipsis",
        )
    for row in cells:
        table.add_row(*row)
    return table
