# Testi delle pagine dell'host.
plugin-name = Cockpit
plugin-description = Utenti, moduli e registro delle attività.
product = Cockpit
language-en = English
language-it = Italiano
theme-auto = Come il sistema
theme-dark = Scuro
theme-light = Chiaro
email = E-mail
password = Password
your-name = Il tuo nome
unknown = Sconosciuto

# Permessi dell'host.
permission-users = Vedere, creare e modificare gli utenti.
permission-audit = Leggere il registro delle attività.
permission-modules = Sbloccare, attivare e disattivare i moduli.
permission-settings = Modificare le impostazioni dei moduli.

# Il menu.
section-overview = Panoramica
section-crm = CRM
section-system = Sistema
menu-home = Home
menu-profile = Il tuo account
menu-modules = Moduli
menu-settings = Impostazioni
menu-users = Utenti
menu-audit = Registro attività

# Accesso e uscita.
login-title = Con il tuo indirizzo e-mail
login-refused = Indirizzo e-mail o password non corretti. Controllali e riprova.
login-wait = { $n ->
    [one] Troppi tentativi non riusciti. Attendi { $n } minuto e riprova.
   *[other] Troppi tentativi non riusciti. Attendi { $n } minuti e riprova.
 }
login-insecure = Con questa connessione l'accesso non può funzionare.
login-insecure-how = Il cockpit è raggiunto in HTTP non cifrato da un altro computer: chiunque lungo il percorso potrebbe rubare la sessione. Mettilo dietro HTTPS e imposta http.public_url con l'indirizzo https://, oppure imposta http.insecure_cookies = true su una rete fidata.
signed-out = Sei uscito.

# Password.
password-again = Ripeti la password
password-change = Cambia la password
password-changed = La password è stata cambiata; le altre sessioni sono state chiuse.
password-current = Password attuale
password-differs = Le due password non coincidono. Riscrivila.
password-hint = Almeno 12 caratteri. Alcune parole legate solo per te valgono più dei simboli.
password-lead = Le altre sessioni verranno chiuse.
password-new = Nuova password
password-title = Password
password-too-short = Usa almeno 12 caratteri.
password-wrong = Questa non è la tua password attuale.

# Sopra ogni pagina.
banner-ended = La chiave di sblocco di { $name } è scaduta il { $date }: il modulo si fermerà tra pochi giorni.
banner-ending = La chiave di sblocco di { $name } scade il { $date }.

# Il primo avvio.
setup-title = Configura il cockpit
setup-lead = Una sola pagina, una volta sola: poi entri come superadmin.
setup-superadmin = La tua azienda e il primo utente
setup-token = Codice di configurazione
setup-token-hint = È stato stampato all'avvio del cockpit e si trova nel file setup-token della cartella dei dati.
setup-token-wrong = Non è il codice di configurazione di questo avvio. Copialo dalla console o dal file setup-token.
setup-company = Azienda
setup-submit = Crea e accedi
setup-done = Il cockpit è configurato. Benvenuto!
problem-setup-done = Il cockpit è già stato configurato. Effettua l'accesso.

# La pagina iniziale.
home-title = Home
home-lead = Accesso effettuato come { $name }.
home-work = Che cosa puoi fare
home-no-module = Nessun modulo è ancora attivo
home-unlock = Il cockpit è fatto di moduli. Inserisci la chiave di sblocco del tuo fornitore e le sue pagine compaiono nel menu.
home-ask-unlock = Chiedi a un amministratore di sbloccare un modulo.
home-to-modules = Sblocca un modulo
home-nothing-allowed = Qui non c'è ancora nulla per te
home-ask-permission = Chiedi a un amministratore i permessi che ti servono.
home-steps = Primi passi
step-module = Sblocca un modulo
step-customer = Crea il primo cliente
step-users = Crea gli utenti per i tuoi colleghi
step-done = Fatto
step-open = Da fare

# Moduli.
modules-title = Moduli
modules-lead = Di che cosa è fatto questo cockpit e che cosa è sbloccato.
modules-none = Nessun modulo presente
modules-none-hint = Questo programma è stato compilato senza moduli e la cartella dei plugin non contiene librerie.
modules-enter = Inserisci una chiave di sblocco
modules-enter-hint = Il fornitore crea la chiave per questa installazione: indica il suo id quando la ordini.
modules-key = Chiave di sblocco
modules-key-hint = Un testo lungo in tre parti separate da punti. Incollalo per intero; gli a capo non disturbano.
modules-unlock = Sblocca
modules-installation = Id di questa installazione
modules-copy-id = Copia l'id dell'installazione
modules-unlocked = Sbloccati: { $names }.
modules-switched-on = { $name }: attivato.
modules-switched-off = { $name }: disattivato; i dati restano.
modules-off-consequence = { $name } sparisce dal menu, le sue pagine e i suoi indirizzi rispondono «non trovato» e le sue attività si fermano. I dati restano e tornano disponibili quando lo riattivi.
modules-off-dependents = Si fermano anche i moduli che lo richiedono: { $names }.
modules-retry = Riprova
modules-locked-hint = È presente, ma non è stata inserita alcuna chiave di sblocco che lo nomini. Inseriscine una qui sotto.
modules-ended = La sua chiave di sblocco è scaduta il { $date }. Inseriscine una nuova qui sotto; i dati sono conservati.
modules-in-grace = La sua chiave di sblocco è scaduta il { $date }. Funziona ancora per qualche giorno; inserisci una nuova chiave qui sotto.
modules-id = Id
modules-version = Versione
modules-origin = Provenienza
modules-signature = Firma
modules-requires = Richiede
modules-until = Sbloccato fino al
modules-not-unlocked = Non sbloccato
modules-no-end = Senza scadenza
origin-compiled-in = con il programma
origin-library = dalla libreria { $file }
signature-compiled-in = parte del programma
signature-valid = valida
signature-refused = rifiutata
status-locked = Bloccato
status-disabled = Disattivato
status-enabled = Attivo
status-failed = Errore

# Perché un modulo non può funzionare.
module-failed-abi = { $what } è stata compilata per un'altra versione del cockpit. Procurati la libreria per questa versione.
module-failed-duplicate = C'è un altro modulo con l'id { $what }. Rimuovi uno dei due.
module-failed-faults = { $what } ha fallito cinque volte in dieci minuti ed è stato fermato. Il log dice perché; poi riprova.
module-failed-identity = La libreria dichiara di essere { $what }, ma la firma indica un altro modulo o un'altra versione. Richiedila di nuovo al fornitore.
module-failed-manifest = La libreria non si descrive in un modo comprensibile per questo cockpit: { $what }.
module-failed-path = L'indirizzo { $what } appartiene già a un altro modulo. Può funzionare solo uno dei due.
module-failed-requires = Richiede il modulo { $what }, che non è attivo. Sbloccalo e attivalo.
module-failed-schema = Impossibile creare o modificare le sue tabelle: { $what }.
module-failed-signature-algorithm = La firma non è fatta come le firme dei moduli. Richiedi di nuovo la libreria al fornitore.
module-failed-signature-altered = La firma è stata alterata. Richiedi di nuovo libreria e firma al fornitore.
module-failed-signature-incomplete = La firma è incompleta. Richiedila di nuovo al fornitore.
module-failed-signature-not-a-signature = Il file accanto alla libreria non è una firma. Richiedilo di nuovo al fornitore.
module-failed-signature-other-abi = È stata compilata per un'altra versione dell'interfaccia dei plugin. Procurati la libreria per questa versione del cockpit.
module-failed-signature-other-library = La libreria è stata alterata dopo la firma. Richiedila di nuovo al fornitore.
module-failed-signature-other-target = È stata compilata per una piattaforma diversa da questa. Procurati la libreria per questa piattaforma.
module-failed-signature-type = Il file accanto alla libreria è un token di altro tipo, non una firma. Richiedilo di nuovo al fornitore.
module-failed-signature-untrusted = È stata firmata da qualcuno che qui non è fidato. Richiedila al tuo fornitore o fai installare la sua chiave.
module-failed-sqlite = La libreria contiene una propria copia di { $what }, che potrebbe danneggiare il database. Non è stata aperta.
module-failed-start = Non si è avviato: { $what }.
module-failed-unreadable = La libreria non è leggibile: { $what }.
module-failed-unsigned = Accanto a { $what } non c'è la firma. Mettici il file .jws del tuo fornitore.

# Perché una chiave di sblocco non sblocca nulla.
unlock-refused-algorithm = Questa chiave non è firmata come le chiavi di sblocco. Chiedine un'altra al fornitore.
unlock-refused-altered = Questa chiave è stata alterata dopo la creazione. Copiala di nuovo da dove l'hai ricevuta.
unlock-refused-empty = Incolla la chiave di sblocco nel campo.
unlock-refused-expired = Questa chiave è scaduta il { $what }. Chiedine una nuova al fornitore.
unlock-refused-incomplete = Questa chiave è incompleta: { $what } manca o non è leggibile. Chiedine un'altra al fornitore.
unlock-refused-installation = Questa chiave è per l'installazione { $what }; questa è { $ours }. Chiedi al fornitore una chiave per questa installazione.
unlock-refused-no-module = Questa chiave non nomina alcun modulo; chiedine un'altra al fornitore.
unlock-refused-no-vendor = Questo cockpit non conosce la chiave di alcun fornitore, quindi nulla può sbloccarlo. Esegui prima «cockpit init».
unlock-refused-not-a-key = Questa non è una chiave di sblocco, o ne è solo una parte. Copiala per intero, dal primo all'ultimo carattere.
unlock-refused-not-yet = Questa chiave vale dal { $what }. Inseriscila allora.
unlock-refused-type = Questo è un token di tipo { $what }, non una chiave di sblocco.
unlock-refused-vendor = Questa chiave non è stata creata dal fornitore di questo cockpit.
problem-unlock-none-present = Questa chiave non nomina alcun modulo di questo cockpit; è per: { $what }.

# Impostazioni.
settings-title = Impostazioni
settings-lead = Che cosa i moduli permettono di impostare.
settings-empty = Nulla da impostare
settings-empty-hint = Nessun modulo attivo ha impostazioni.
settings-saved = Le impostazioni sono state salvate.
settings-default = Predefinito: { $value }.
settings-json = JSON.
settings-one-per-line = Uno per riga.

# Utenti e ruoli.
users-title = Utenti
users-new = Nuovo utente
users-create = Crea l'utente
users-empty = Ancora nessun utente
users-empty-hint = Crea il primo per un collega o un partner.
user-title = Utente
user-roles = Ruoli
user-active = Attivo
user-disabled = Bloccato
user-organisation-hint = Vede questa organizzazione e tutte quelle sottostanti.
user-password-hint = Almeno 12 caratteri. Consegnala di persona; si può cambiare dalla pagina del proprio account.
user-created = { $name } ora può accedere.
user-changed = Le modifiche di { $name } sono state salvate.
user-signed-in = Ultimo accesso: { $at } UTC.
user-never-signed-in = Non ha mai effettuato l'accesso.
user-reset = Imposta questa password
user-reset-title = Nuova password
user-reset-hint = Tutte le sue sessioni verranno chiuse.
user-password-now = { $name } ha una nuova password.
user-standing = Accesso
user-disable = Blocca
user-disable-hint = Un utente bloccato non può accedere e i suoi token API smettono di funzionare. Nulla di suo va perso.
user-disable-consequence = { $name } viene disconnesso ovunque e non può più accedere; i suoi token API smettono di funzionare. Potrai riammetterlo.
user-disabled-now = { $name } è bloccato.
user-enable = Riammetti
user-enable-hint = Al momento non può accedere.
user-enabled-now = { $name } può di nuovo accedere.
user-email-taken = Un altro utente ha già questo indirizzo.
user-last-superadmin = È l'ultimo superadmin: assegna prima il ruolo a qualcun altro.
user-needs-role = Scegli almeno un ruolo.
user-roles-lacking = Non puoi assegnare un ruolo che può fare più di te.
user-superadmin-at-root = Un superadmin appartiene all'organizzazione principale.
problem-user-last-superadmin = È l'ultimo superadmin: assegna prima il ruolo a qualcun altro.
problem-user-self = Non puoi bloccare te stesso. Chiedi a un altro amministratore.
role-superadmin = Superadmin
role-superadmin-hint = Può fare tutto.
role-reseller = Rivenditore
role-reseller-hint = Vende ai propri clienti e ha i propri utenti.
role-sub-company = Sotto-azienda
role-sub-company-hint = Una sede dell'azienda con i propri utenti.
role-agent = Agente
role-agent-hint = Segue i clienti.
role-customer = Cliente
role-customer-hint = Vede ciò che è suo.
role-auditor = Revisore
role-auditor-hint = Legge tutto, non modifica nulla.

# Colonne degli elenchi.
column-action = Azione
column-actor = Chi
column-actor-kind = Tipo di attore
column-address = Indirizzo
column-at = Quando
column-chain-no = Numero nella catena
column-created = Creato
column-email = E-mail
column-name = Nome
column-object = Che cosa
column-object-id = Id dell'oggetto
column-organisation = Organizzazione
column-plugin = Modulo
column-request = Richiesta
column-role = Ruolo
column-signed-in = Ultimo accesso
column-state = Stato

# Il registro delle attività.
audit-title = Registro attività
audit-lead = Che cosa hanno fatto persone, token e attività automatiche; una riga modificata in seguito viene scoperta.
audit-empty = Ancora nessuna attività
audit-empty-hint = Ogni modifica compare qui entro un secondo.
audit-unsealed = Ancora nulla di sigillato
audit-sealed-to = Sigillato fino alla riga { $number }, { $at } UTC
audit-verify = Verifica la catena
audit-verified = { $n ->
    [one] La catena è integra: { $n } riga controllata.
   *[other] La catena è integra: { $n } righe controllate.
 }
problem-audit-broken = La catena si interrompe alla riga { $row }: il registro è stato modificato al di fuori del cockpit. Esegui «cockpit audit verify» e confronta con un backup.
audit-row-sealed = Riga { $number } della catena
audit-row-unsealed = Non ancora sigillata
audit-hash = Impronta della riga
audit-change = Prima e dopo
audit-field = Campo
audit-before = Prima
audit-after = Dopo
audit-value = valore
audit-no-change = Nulla di annotato oltre all'azione stessa
audit-no-change-hint = Alcune azioni, come l'accesso, non modificano nulla che sia conservato qui.
audit-erased = Il contenuto è stato cancellato
audit-erased-hint = I dati di una persona sono stati eliminati; la riga mantiene il suo posto nella catena.
actor-user = Persona
actor-token = Token API
actor-job = Attività automatica
actor-anonymous = Non autenticato

# Il proprio account.
profile-title = Il tuo account
profile-lead = Ciò che solo tu vedi e imposti.
profile-account = Chi sei
profile-look = Lingua e colori
profile-language = Lingua
profile-theme = Colori
sessions-title = Dove hai effettuato l'accesso
sessions-end = Esci da tutte le altre
sessions-end-consequence = Tutti gli altri browser dovranno accedere di nuovo.
sessions-ended = Le altre sessioni sono state chiuse.
session-agent = Browser
session-address = Indirizzo
session-since = Da quando
session-seen = Ultimo uso
session-this = questa
tokens-title = Token API
tokens-lead = I programmi accedono con un token invece che con la password.
tokens-none = Ancora nessun token API
tokens-none-hint = Creane uno per ogni programma che parla con il cockpit.
token-name = Nome
token-name-hint = Quale programma lo userà.
token-prefix = Inizia con
token-expires = Scade
token-used = Ultimo uso
token-lifetime = Valido per
token-days = { $n ->
    [one] { $n } giorno
   *[other] { $n } giorni
 }
token-for-ever = Fino alla revoca
token-reach = Che cosa può fare
token-reach-all = Tutto ciò che puoi fare tu
token-reach-all-hint = Segue i tuoi permessi.
token-reach-some = Solo ciò che è scelto sotto
token-reach-some-hint = Scegli il minimo che serve al programma.
token-permissions = Permessi
token-needs-permission = Scegli almeno un permesso.
token-create = Crea un token
token-created = Il token «{ $name }» è stato creato.
token-once = Copialo adesso: non verrà più mostrato.
token-copy = Copia il token
token-revoke = Revoca
token-revoke-consequence = I programmi che usano «{ $name }» vengono rifiutati subito. Non si può annullare.
token-revoked = Il token è stato revocato.

# Viste salvate degli elenchi.
views-saved = La vista «{ $name }» è stata salvata.
views-deleted = La vista è stata eliminata.
problem-too-many-views = Ci sono troppe viste salvate per questo elenco. Eliminane una che non serve più.

# Ricerca.
search-title = Ricerca
search-words = Parole
search-places = Pagine
search-place = Pagina
search-what = Che cosa fa
search-page = Apri questa pagina
search-found = Trovato
search-detail = Dettagli
search-more = Mostra tutti i risultati
search-list = Mostra nell'elenco
search-failed = Un elenco non ha potuto essere consultato. Riprova, o cerca nell'elenco stesso.
search-nothing-asked = Che cosa cerchi?
search-hint = Scrivi un nome, un numero o una chiave; ogni parola deve essere trovata. Vedi ciò che il tuo ruolo ti permette di vedere.
search-nothing = Nessun risultato
search-nothing-hint = Prova con parole meno numerose o più brevi, o con l'inizio di una parola.
