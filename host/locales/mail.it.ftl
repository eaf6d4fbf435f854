# Posta.
permission-mail = Vedere le e-mail inviate, inviarle di nuovo e ritirarle.
menu-mail = Posta
setting-mail-days = Giorni di conservazione delle e-mail
mail-title = Posta
mail-lead = Tutte le e-mail inviate dal cockpit, dalla più recente.
mail-empty = Ancora nessuna e-mail
mail-empty-hint = Inviti, conferme e avvisi compaiono qui non appena vengono scritti.
mail-preset-dead = Non recapitate
mail-preset-waiting = In attesa
mail-to-files = Le e-mail non vengono inviate: sono scritte nella cartella { $folder }. Per inviarle imposta mail.transport su smtp, mail.smtp_url e mail.from, poi riavvia il cockpit.
mail-to-server = Le e-mail partono tramite { $server }, dal mittente { $from }.
mail-no-public-url = I loro collegamenti portano a { $origin }: imposta http.public_url con l'indirizzo usato dalle persone.

# Stato di un'e-mail.
mail-waiting = In attesa
mail-retrying = Tentata, in attesa
mail-sent = Inviata
mail-dead = Non recapitata
mail-withdrawn = Ritirata

# Che cosa si sa di un'e-mail.
mail-at = Scritta
mail-attempts = Tentativi
mail-dead-at = Abbandonata
mail-error = Errore
mail-from = Mittente
mail-kind = Tipo
mail-module = Modulo
mail-next-at = Prossimo tentativo
mail-organisation = Organizzazione
mail-sent-at = Inviata
mail-state = Stato
mail-subject = Oggetto
mail-to = Destinatario
mail-to-name = Nome del destinatario
mail-headers = Intestazioni
mail-way = Recapito
mail-words = Testo
mail-no-subject = (senza oggetto)
mail-secret = Questa e-mail dà accesso a chi la legge: il suo testo non è mostrato qui e viene cancellato dopo l'invio.

# Che cosa se ne può fare.
mail-resend = Invia di nuovo
mail-resend-consequence = L'e-mail viene inviata di nuovo a { $to }, con tutti i tentativi di un'e-mail nuova.
mail-resent-now = L'e-mail è di nuovo in partenza.
mail-withdraw = Ritira
mail-withdraw-consequence = L'e-mail a { $to } non viene inviata. Non si può annullare.
mail-withdrawn-now = L'e-mail è stata ritirata.
problem-mail-changed = Nel frattempo l'e-mail è andata avanti. Guarda il suo stato attuale.
banner-mail-dead = { $n ->
    [one] Un'e-mail dell'ultima settimana non è stata recapitata.
   *[other] { $n } e-mail dell'ultima settimana non sono state recapitate.
}
banner-mail-look = Vedi le e-mail
