# Registrazione, regole di assegnazione.
