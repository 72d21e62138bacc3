"""Type whole meetings into the program in a real terminal, and compare the journal with them."""
