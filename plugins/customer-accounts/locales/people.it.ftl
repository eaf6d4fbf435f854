# Contatti, sedi e persone di un cliente.

# Le pagine di un cliente.
tabs-customer = Pagine di questo cliente
tab-overview = Panoramica
tab-people = Persone
tab-licences = Licenze
tab-transactions = Transazioni
tab-timeline = Cronologia
tab-history = Storico

# Che cosa dice la cronologia.
timeline-created = Il cliente è stato inserito.
timeline-validated = Il cliente è stato convalidato.
timeline-refused = Il cliente è stato rifiutato.
timeline-suspended = Il cliente è stato sospeso.
timeline-resumed = Il cliente viene di nuovo servito.
timeline-assigned = Il cliente è ora seguito da { $to }.
timeline-merged = { $from } è stato unito a questo cliente.

# Chi segue un cliente.
assign = Assegna
assign-title = Chi segue { $name }
assign-consequence = Chi sta sopra a chi scegli continua a vedere questo cliente; gli altri non più.
customer-assigned = { $name } è ora seguito da { $to }.
node-vendor = fornitore
node-reseller = rivenditore
node-sub-company = sotto-azienda
node-agent = agente

# Contatti.
people-of = Persone di { $name }
contacts = Contatti
contacts-empty = Ancora nessun contatto
contacts-empty-hint = Inserisci con chi parlare: acquisti, tecnici, amministrazione.
contact-new = Nuovo contatto
contact-edit = Modifica contatto
contact-saved = Il contatto è stato salvato.
contact-deleted = Il contatto { $name } è stato eliminato.
contact-delete-consequence = Il contatto { $name } viene eliminato. Non si può annullare.
contact-name = Nome
contact-role = Ruolo
contact-is-primary = Contatto principale

# Sedi.
sites = Sedi
sites-empty = Nessun'altra sede
sites-empty-hint = Inserisci filiali, magazzini o un'altra sede, se ce ne sono.
site-new = Nuova sede
site-edit = Modifica sede
site-saved = La sede è stata salvata.
site-deleted = La sede { $name } è stata eliminata.
site-delete-consequence = La sede { $name } viene eliminata. Non si può annullare.
site-name = Nome della sede
site-is-primary = Sede principale
site-is-legal = Sede legale
site-is-shipping = Qui si spedisce la merce

# Note.
notes = Note
notes-empty = Ancora nessuna nota
notes-empty-hint = Scrivi ciò che gli altri devono sapere quando parlano con questo cliente.
note-new = Nuova nota
note-edit = Modifica nota
note-saved = La nota è stata salvata.
note-deleted = La nota «{ $name }» è stata eliminata.
note-delete-consequence = La nota «{ $name }» viene eliminata. Non si può annullare.
note-body = Nota

# Utenti del portale.
users = Utenti del portale
users-hint = Accedono e vedono soltanto questo cliente.
users-empty = Ancora nessuno può accedere
users-empty-hint = Invita qualcuno: sceglie la password da un link in una e-mail.
person-name = Nome
person-signed-in = Ultimo accesso
person-invite = Invita
person-invite-title = Invita qualcuno di { $name }
person-invite-consequence = A questo indirizzo arriva una e-mail con un link. Chi lo apre sceglie una password e vede soltanto questo cliente.
person-invited = L'invito è stato inviato a { $email }.
person-bar = Blocca
person-bar-consequence = { $name } viene disconnesso subito e non può accedere finché qualcuno non lo riammette.
person-barred = { $name } non può più accedere.
person-let-in = Riammetti
person-let-in-consequence = { $name } può accedere di nuovo.
person-withdraw = Ritira
person-withdraw-consequence = Il link nella e-mail a { $name } non funziona più.
person-withdrawn = L'invito di { $name } è stato ritirato.
person-state-active = Può accedere
person-state-barred = Bloccato
person-state-invited = Invitato

# Storico.
history-title = Storico degli stati
history-of = Storico di { $name }
history-at = Quando
history-act = Che cosa è successo
history-actor = Da chi
history-empty = Ancora nessuno storico
history-empty-hint = Qui resta ogni cambio di stato, con chi, quando e perché.
act-entered = Inserito
act-validated = Convalidato
act-refused = Rifiutato
act-suspended = Sospeso
act-resumed = Riattivato
act-merged = Unito
act-erased = Cancellato

# Doppioni e unione.
duplicates = Doppioni
duplicates-lead = Clienti che sembrano inseriti due volte. Confrontali prima di unirli.
duplicates-empty = Nessun doppione
duplicates-empty-hint = Non ci sono due clienti con la stessa partita IVA, o con lo stesso nome e la stessa città.
duplicates-more = Possono essercene altri: unisci prima questi, poi guarda di nuovo.
duplicates-name = Stesso nome e stessa città: { $name }
duplicates-vat-number = Stessa partita IVA: { $number }
merge = Unisci
merge-title = Unisci a { $name }
merge-lead = Scegli la scheda che è lo stesso cliente. Le confronti prima che accada qualcosa.
merge-other = L'altra scheda
merge-other-hint = Nessun altro cliente ha la stessa partita IVA. Cerca l'altra scheda per nome.
merge-other-none = Nel tuo ramo nessuno si chiama così.
merge-search = Parte del nome
merge-compare = Confronta e unisci
merge-notice = { $into } resta; { $from } vi confluisce.
merge-swap = Tieni invece { $name }
merge-disputed = Ciò che differisce
merge-disputed-hint = Scegli che cosa è giusto. Il resto si conserva, come vedi sotto.
merge-kept = Ciò che resta
merge-consequence = Contatti, sedi, note, transazioni e storico di { $from } passano a { $into }. La sua pagina resta leggibile e porta a { $into }. Non si può annullare.
merge-confirm = Sono lo stesso cliente: uniscili
merge-done = { $from } fa ora parte di { $into }.
merged-notice = Questa scheda è stata unita a un'altra e non cambia più.
merged-open = Apri la scheda rimasta
field-merge-confirm = Conferma che sono lo stesso cliente.
problem-merge-with-itself = Un cliente non si può unire a sé stesso. Scegli un'altra scheda.

# Dati personali.
privacy = Dati personali
privacy-hint = Ciò che chiede il GDPR: una copia di tutto ciò che si conserva (articolo 15) e la cancellazione (articolo 17).
privacy-export = Esporta i dati personali
privacy-erase = Cancella i dati personali
privacy-erase-consequence = Tutto ciò che è personale di { $name } viene cancellato per sempre: anagrafica, contatti, sedi, note, cronologia, utenti del portale. Restano gli importi delle transazioni, le licenze e gli id. Non si può annullare.
privacy-erased = I dati personali sono stati cancellati.
erased-name = (cancellato)
erased-notice = I dati personali di questo cliente sono stati cancellati su richiesta.
problem-erase-not-confirmed = Il nome scritto non è quello di questo cliente. Non è stato cancellato nulla: torna indietro e riscrivilo.
problem-refused = Questo è stato rifiutato.

# Customers of a branch, and people nobody may act on.
customers-below = Solo i clienti di { $name } e di ciò che sta sotto.
customers-all = Mostra tutti i clienti
problem-people-beyond = Qualcuno che accede per questo cliente ha più permessi di te. Chiedi a chi ne ha almeno altrettanti di occuparsene.

# Dove è installato il software di un cliente.
tab-installations = Installazioni
installation-software = Software
installation-version = Versione
installation-computer = Computer
installation-seen = Vista l'ultima volta
installation-licence = Licenza
installations-none = Ancora nessuna installazione
installations-none-hint = Le installazioni compaiono qui quando vengono assegnate a questo cliente.
installations-absent = Qui non ci sono installazioni
installations-absent-hint = Il modulo che tiene l'inventario delle installazioni non è attivo.
