"""Words: what makes a promise vague, what serves a focus, what only blames others."""
