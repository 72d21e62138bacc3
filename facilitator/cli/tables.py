"""Tables in the terminal, set by rich; cells are text and never markup."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from facilitator.cli.output import harmless

WIDE = 160
"""Cells of a table that is not printed to a terminal."""


def say_table(heads: Sequence[str], rows: Sequence[Sequence[Text | str]]) -> None:
    """Print a table; the columns are as wide as the terminal allows."""
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = WIDE
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in heads:
        table.add_column(Text(harmless(head)), overflow="fold")
    for row in rows:
        table.add_row(*(each if isinstance(each, Text) else Text(harmless(each)) for each in row))
    console.print(table)
