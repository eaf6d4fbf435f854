## offline
setting-revocation-days = Giorni di validità di un elenco di revoche
