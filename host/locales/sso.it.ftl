# Accesso unico.
