"""Rendering of values as text: pure functions without files, clocks or screens."""
