# Accesso: secondo fattore, inviti, password.
