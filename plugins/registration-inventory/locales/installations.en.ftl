# Installations.
