"""How each event changes the meeting, one module a subject."""
