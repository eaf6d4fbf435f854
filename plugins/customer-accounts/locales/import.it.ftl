# Importazione di clienti.
