## offline
setting-revocation-days = Days a list of revocations is valid
