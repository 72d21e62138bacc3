"""Text for people, made from values: pure functions without files, clocks or screens."""
