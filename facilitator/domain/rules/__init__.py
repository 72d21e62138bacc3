"""What may be done when: verbs that check one step and name the fact, a module a subject."""
