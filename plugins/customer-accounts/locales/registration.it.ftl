# Registrazione, chi riceve chi, e chi attende.
permission-rules = Decidere chi riceve i nuovi clienti: regole di assegnazione e codici rivenditore
setting-registrations-per-hour = Registrazioni che un indirizzo può inviare in un'ora

# Chi attende.
waiting = In attesa di convalida
waiting-menu = Da convalidare
waiting-about = Controlla chi si è registrato o è stato inserito da un agente, e accettalo o rifiutalo.
waiting-since = In attesa dal
waiting-days = Giorni
waiting-origin = Origine
waiting-who = Chi è in attesa
waiting-why = Perché qui
waiting-with = Assegnato a
waiting-twice = P. IVA doppia
waiting-empty = Nessuno è in attesa
waiting-empty-hint = Chi si registra da un sito o da un programma compare qui finché qualcuno non lo convalida o lo rifiuta.
waiting-record = Scheda cliente
waiting-validate = Convalida
waiting-validate-consequence = { $name } diventa un cliente convalidato e può essere servito.
waiting-refuse = Rifiuta
waiting-refuse-consequence = { $name } viene rifiutato e non viene servito. I dati restano e si può ammetterlo più avanti. Non parte alcuna e-mail; chi si è registrato legge il motivo quando lo chiede.
waiting-reason = Motivo
waiting-reason-hint = Chi si è registrato può leggerlo.
waiting-assign = Assegna
waiting-code-unknown = Nessuno ha il codice rivenditore che è stato scritto. Chiedi a chi si è registrato, poi assegnalo.
waiting-several = Gestisci più clienti insieme
waiting-several-act = Che cosa fare
waiting-several-nobody = Scegli di chi si tratta.
waiting-several-count = { $n ->
    [one] Un cliente
   *[other] { $n } clienti
}
waiting-several-validated = Diventano clienti convalidati e possono essere serviti. Controlla i nomi, poi salva.
waiting-several-assigned = Passano a { $to }, con tutto ciò che è loro. Controlla i nomi, poi salva.
waiting-several-limit = Qui sono elencati solo i 100 che aspettano da più tempo.
waiting-outcome = Esito
waiting-done = Fatto
waiting-changed = Nel frattempo qualcun altro ha modificato questo cliente: non è stato fatto nulla.
origin-code = Codice rivenditore
origin-code-unknown = Codice sconosciuto
origin-registration = Registrazione
origin-entered = Inserito a mano
received-code = Porta qui il codice rivenditore che è stato scritto.
received-rule = Per la regola «{ $rule }».
received-default = Nessuna regola corrisponde: riceve il fornitore.
timeline-registered = Si è registrato e attende la convalida.

# Regole di assegnazione.
rules = Regole di assegnazione
rules-lead = Chi riceve un cliente che si registra. Le regole di ogni organizzazione si leggono in ordine e vale la prima che corrisponde; chi riceve può smistare ancora con regole proprie.
rules-empty = Ancora nessuna regola
rules-empty-hint = Senza regole un cliente va all'organizzazione di cui ha scritto il codice, altrimenti al fornitore.
rule-new = Nuova regola
rule-saved = La regola è salvata.
rule-deleted = La regola «{ $name }» è eliminata.
rule-now-on = La regola «{ $name }» vale da ora.
rule-now-off = La regola «{ $name }» non vale più.
rule-delete-consequence = La regola «{ $name }» viene eliminata. I clienti che ha smistato restano dove sono. Per conservarla, disattivala.
rule-up = Prima
rule-down = Dopo
rule-on = Attiva
rule-off = Disattivata
rule-state = Stato
rule-owner = Regola di
rule-conditions = Quando
rule-always = Sempre
rule-name = Nome
rule-name-hint = Chi riceve un cliente lo legge come motivo.
rule-reseller-code = Codice rivenditore
rule-provinces = Province
rule-provinces-hint = Separate da virgole: MI, TO, VA.
rule-country = Paese
rule-product = Prodotto
rule-products = Prodotti
rule-products-hint = Codici separati da virgole.
rule-receiver = Chi riceve
card-conditions = Quando
card-conditions-hint = Ogni condizione compilata deve valere; senza condizioni la regola corrisponde sempre.
card-outcome = Allora
rules-country-hint = Due lettere, come IT.
rules-preview = Prova le regole
rules-preview-hint = Immagina un cliente e guarda chi lo riceverebbe, e perché.
rules-try = Prova
rules-would-move = { $n ->
    [one] { $n } cliente in attesa verrebbe smistato
   *[other] { $n } clienti in attesa verrebbero smistati
 }
rules-apply = Smista ora
rules-apply-consequence = { $n ->
    [one] { $n } cliente in attesa passa a chi dicono le regole. Poi si può assegnarlo ad altri.
   *[other] { $n } clienti in attesa passano a chi dicono le regole. Poi si può assegnarli ad altri.
 }
rules-applied = { $n ->
    [one] { $n } cliente è stato smistato.
   *[other] { $n } clienti sono stati smistati.
 }
decision-default = Nessuna regola corrisponde: riceve la tua organizzazione.
decision-code = Riceve { $to }, perché il codice è suo.
decision-rule = Riceve { $to }, per la regola «{ $rule }».

# Codici delle organizzazioni.
codes = Codici rivenditore
codes-hint = Chi registrandosi scrive il codice di un'organizzazione passa a lei, a meno che una regola non nomini quel codice.
codes-empty = Ancora nessun codice
code-organisation = Organizzazione
code-add = Aggiungi il codice
code-added = Il codice { $code } è aggiunto.
code-removed = Il codice { $code } è rimosso.
code-remove-consequence = Chi da ora scrive il codice { $code } viene ricevuto come se non ne avesse scritto nessuno.

# Le licenze di un cliente.
licence-product = Prodotto
licence-key = Chiave
licence-state = Stato
licence-until = Fino al
licence-state-attiva = Attiva
licence-state-demo = Demo
licence-state-scaduta = Scaduta
licence-state-sospesa = Sospesa
licence-state-revocata = Revocata
licence-state-in-attesa-convalida = In attesa di convalida
licences-none = Ancora nessuna licenza
licences-absent = Qui non ci sono licenze
licences-absent-hint = Il modulo che tiene le licenze non è attivo.

# Che cosa non va.
field-receiver = Scegli una delle organizzazioni.
problem-rule-changed = Nel frattempo qualcuno ha modificato questa regola. Ricarica la pagina e controlla.
problem-reseller-code = Scrivi un codice di al massimo 64 lettere, cifre e segni, e riprova.
problem-reseller-code-whose = Scegli l'organizzazione a cui va il codice, e riprova.
problem-reseller-code-taken = Questo codice è già in uso. Scegline un altro.
