# Ciò che vede un cliente finale.
