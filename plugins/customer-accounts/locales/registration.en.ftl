# Registration, assignment rules.
