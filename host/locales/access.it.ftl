# Registro delle modifiche e degli accessi.
menu-access = Registro accessi
setting-access-log-days = Giorni di conservazione del registro accessi
access-title = Registro degli accessi
access-lead = Chi è entrato, chi non ci è riuscito e con che cosa.
access-empty = Non è ancora entrato nessuno
access-empty-hint = Ogni accesso, ogni tentativo fallito e l’uso dei token API appaiono qui entro un secondo.
access-failures = Tentativi falliti
access-signed-in = Accesso
access-sign-in-failed = Accesso fallito
access-second-factor-failed = Codice errato
access-signed-out = Uscita
access-password-reset-requested = Chiesta una nuova password
access-password-changed = Password cambiata
access-invitation-accepted = Invito accettato
access-sso-signed-in = Accesso da un altro cockpit
access-token-used = Token API usato
access-token-refused = Token API rifiutato
column-who = Chi
column-browser = Browser
column-detail = Dettaglio
audit-row-changed = Modificata in seguito
audit-row-erased = Cancellata, ancora nella catena
audit-row-whole = Invariata
token-may-all = Tutto ciò che può il proprietario
token-may-some = { $n ->
    [one] { $n } permesso
   *[other] { $n } permessi
 }
token-may-in = { $may }, in { $branch }
token-branch = Fin dove arriva
token-branch-hint = Vede questa organizzazione e tutte quelle sottostanti, mai più di te.
token-days-range = Scrivi un numero di giorni da 1 a 3650.
