"""Where the cursor of a list goes when the list changes under it."""

from collections.abc import Sequence


def cursor_after(before: Sequence[str], after: Sequence[str], place: int | None) -> int | None:
    """On what is new, or else where it was; None for an empty list.

    `before` and `after` are the ids of the lines, `place` is where the cursor stood.
    """
    if not after:
        return None
    added = [index for index, line in enumerate(after) if line not in before]
    if before and added:
        return added[-1]
    if place is not None and place < len(before) and before[place] in after:
        return after.index(before[place])
    return min(place or 0, len(after) - 1)
