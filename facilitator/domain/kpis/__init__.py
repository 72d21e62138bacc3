"""KPIs: facts from reports, calculated values, targets, signals, causes."""
