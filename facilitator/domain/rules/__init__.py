"""Rules: each validates one command and returns its event, or raises RuleError."""
