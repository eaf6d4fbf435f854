# Licensing.
