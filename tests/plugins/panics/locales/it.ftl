# Testi del plugin che fallisce.
plugin-name = Panico
plugin-description = Fallisce in ogni modo possibile.
