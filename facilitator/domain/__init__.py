"""What a meeting is: values, facts and rules, in the standard library alone."""
