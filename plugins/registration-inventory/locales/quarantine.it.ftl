# Quarantine.
