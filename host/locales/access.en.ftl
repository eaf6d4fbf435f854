# Audit log and access log.
