# Signing in: second factor, invitations, passwords.
