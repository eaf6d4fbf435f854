# Quarantena.
quarantine = Quarantena
quarantine-about = Registrazioni oltre una quota: guardale, rilasciale, eliminale
quarantine-empty = Nulla in quarantena
quarantine-empty-hint = Le registrazioni oltre una quota restano qui e non contano finché qualcuno non le rilascia.
quarantine-software = Software
quarantine-address = Indirizzo
quarantine-reason = Motivo
quarantine-at = Ricevuta
quarantine-why = Perché è trattenuta
quarantine-reports = Troppe registrazioni
quarantine-new-installations = Troppe installazioni nuove
quarantine-release = Rilascia
quarantine-release-told = Contano come se fossero arrivate normalmente, con l'ora in cui sono state ricevute.
quarantine-delete = Elimina
quarantine-delete-told = Vengono eliminate per sempre. Non si può annullare.
quarantine-count = { $n ->
    [one] Una registrazione
   *[other] { $n } registrazioni
}
quarantine-nothing = Seleziona prima almeno una registrazione.
quarantine-later = Sono molte: l'operazione continua in background.
quarantine-released = { $n ->
    [one] È stata rilasciata una registrazione.
   *[other] Sono state rilasciate { $n } registrazioni.
}
quarantine-deleted = { $n ->
    [one] È stata eliminata una registrazione.
   *[other] Sono state eliminate { $n } registrazioni.
}
