"""Rules: each validates one command and returns its event, one module a subject."""
