# The organisation tree.
