"""Validate the rows of a report; each refused row has a reason and a line."""

from typing import TYPE_CHECKING

from facilitator.adapters.reports.cells import shown
from facilitator.adapters.reports.tables import Cells, Chunk
from facilitator.domain.errors import N_, Diagnostic, Message, Severity, message

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MAX_NAMED_ROWS = 20
"""Rows of a file that are named one by one."""


class Refusals:
    """What a whole file had refused."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.count = 0
        self._problems: list[Diagnostic] = []
        self._untold = {Severity.ERROR: 0, Severity.WARNING: 0}

    @property
    def room(self) -> int:
        """How many rows may still be named."""
        return MAX_NAMED_ROWS - len(self._problems)

    def take(self, found: list[tuple[int, Diagnostic]], counts: dict[Severity, int]) -> None:
        """Take in what a piece had refused: named rows, and how many there were."""
        found.sort(key=lambda each: each[0])
        told = [problem for _, problem in found[: self.room]]
        self._problems += told
        for severity, count in counts.items():
            self.count += count
            self._untold[severity] += count - sum(1 for each in told if each.severity is severity)

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """The rows that are named, and how many more there are."""
        more = sum(self._untold.values())
        if not more:
            return tuple(self._problems)
        severity = Severity.ERROR if self._untold[Severity.ERROR] else Severity.WARNING
        rest = Diagnostic(
            file=self.file,
            message=message(N_("… and {count} more rows were refused."), count=more),
            severity=severity,
        )
        return (*self._problems, rest)


class RowValidator:
    """The rows of one piece, refused check by check."""

    def __init__(self, piece: Chunk, refusals: Refusals) -> None:
        import numpy as np

        self.piece = piece
        self.kept: NDArray[np.bool_] = np.ones(len(piece), bool)
        self.aside: NDArray[np.bool_] = np.zeros(len(piece), bool)
        """Rows that are neither counted nor refused."""
        self._refusals = refusals
        self._found: list[tuple[int, Diagnostic]] = []
        self._counts = {Severity.ERROR: 0, Severity.WARNING: 0}

    @property
    def sound(self) -> "NDArray[np.bool_]":
        """The rows that are not refused."""
        sound: NDArray[np.bool_] = self.kept | self.aside
        return sound

    def refuse(
        self,
        rows: "NDArray[np.bool_]",
        said: str,
        *,
        column: str = "",
        cells: Cells | None = None,
        hint: Message | None = None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Refuse rows for a reason; the first reason of a row is the one that is told."""
        import numpy as np

        fresh = rows & self.kept
        count = int(np.count_nonzero(fresh))
        if not count:
            return
        self.kept &= ~fresh
        self._counts[severity] += count
        for at in np.flatnonzero(fresh)[: self._refusals.room]:
            row = int(self.piece.rows[at])
            cell = shown(cells.at(int(at))) if cells else ""
            problem = Diagnostic(
                file=self._refusals.file,
                row=row,
                column=column or "",
                message=message(said, cell=cell),
                hint=hint,
                severity=severity,
            )
            self._found.append((row, problem))

    def set_aside(self, rows: "NDArray[np.bool_]") -> None:
        """Count rows no further that nothing is wrong with."""
        self.aside |= rows & self.kept
        self.kept &= ~rows

    def refuse_without_diagnostic(self, rows: "NDArray[np.bool_] | None" = None) -> int:
        """Refuse rows, or else all, for a reason that is told once, of the file; count them."""
        import numpy as np

        fresh = self.kept.copy() if rows is None else rows & self.kept
        count = int(np.count_nonzero(fresh))
        self._refusals.count += count
        self.kept &= ~fresh
        return count

    def close(self) -> None:
        """Hand over what was refused."""
        self._refusals.take(self._found, self._counts)
