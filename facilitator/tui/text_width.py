"""How wide a text is, about: for what is not in view."""


def estimated_cells(text: str) -> int:
    """Return about how many cells a text takes: exact for ASCII and Chinese, and quick."""
    return (len(text) + len(text.encode(errors="replace"))) // 2
