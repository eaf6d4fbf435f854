# Transazioni.
