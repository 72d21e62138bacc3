"""Tables in the terminal, laid out by rich; cells are never read as markup."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from facilitator.cli.output import print_text
from facilitator.domain.text import remove_unsafe_characters

PIPE_WIDTH = 160
"""Width in cells of a table that is not printed to a terminal."""
NO_WRAP_WIDTH = 10
"""Width in cells of a date; a column that needs no more, such as one of ids, is never broken."""


def print_table(
    heads: Sequence[str], rows: Sequence[Sequence[Text | str]], *, if_empty: str = ""
) -> None:
    """Print a table as wide as the terminal allows; where it has no rows, a sentence instead."""
    if if_empty and not rows:
        print_text(if_empty)
        return
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = PIPE_WIDTH
    table = Table(box=None, pad_edge=False, header_style="bold")
    cells = [[_clean_cell(each) for each in row] for row in rows]
    for place, head in enumerate(heads):
        widest = max((row[place].cell_len for row in cells), default=0)
        table.add_column(
            Text(remove_unsafe_characters(head)), overflow="fold", no_wrap=widest <= NO_WRAP_WIDTH
        )
    for row in cells:
        table.add_row(*row)
    console.print(table)


def _clean_cell(cell: Text | str) -> Text:
    """Return a cell without characters that would steer the terminal."""
    plain = cell if isinstance(cell, str) else cell.plain
    kept = remove_unsafe_characters(plain)
    if isinstance(cell, str) or kept != plain:
        return Text(kept, style="" if isinstance(cell, str) else cell.style)
    return cell
