"""KPIs: from the facts of reports to values, targets, signals and what moved them."""
