"""The facts of a meeting, in the past tense, a module a subject."""
