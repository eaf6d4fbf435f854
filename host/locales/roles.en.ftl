# Roles and users.
