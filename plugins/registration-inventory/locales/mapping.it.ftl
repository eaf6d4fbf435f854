# Mapping.
