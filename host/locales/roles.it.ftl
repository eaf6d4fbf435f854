# Ruoli e utenti.
