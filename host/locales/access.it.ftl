# Registro delle modifiche e degli accessi.
