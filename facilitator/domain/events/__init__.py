"""The events of a meeting, one module a subject."""
