# Contatti, sedi e persone di un cliente.
