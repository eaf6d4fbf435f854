# Il registro: le transazioni dei clienti.
permission-transactions = Vedere quanto i clienti hanno pagato e devono pagare
permission-book = Registrare, saldare e stornare transazioni

transactions = Transazioni
transactions-about = Che cosa è stato venduto e rinnovato, che cosa resta da incassare e con quale ritardo.
transactions-all = Mostra tutte
transactions-empty = Ancora nessuna transazione
transactions-empty-hint = Registra la prima dalla pagina di un cliente: che cosa è stato venduto, rinnovato o sarà pagato più avanti.
transactions-open = Da saldare
transactions-overdue = Scadute
transactions-totals = Totali di queste righe
transactions-entries = { $n ->
    [one] { $n } transazione
   *[other] { $n } transazioni
 }
transaction-new = Nuova transazione
transaction-booked = La transazione è registrata.
transaction-open = Mostrala
card-money = Importo
card-what = Per che cosa

# Campi.
transaction-customer = Cliente
transaction-kind = Tipo
transaction-kind-activation = Attivazione
transaction-kind-activation-hint = Una licenza venduta e pagata.
transaction-kind-renewal = Rinnovo
transaction-kind-renewal-hint = Una licenza rinnovata e pagata.
transaction-kind-postponed = Posticipata
transaction-kind-postponed-hint = Da pagare più avanti: serve una scadenza.
transaction-amount = Importo
transaction-currency = Valuta
transaction-date = Data
transaction-due = Scadenza
transaction-due-hint = Solo per una posticipata.
transaction-method = Metodo di pagamento
transaction-notes = Note
transaction-licence = Licenza
transaction-licence-none = Nessuna licenza
transaction-ref = Riferimento
transaction-state = Stato
transaction-settled = Saldata il
transaction-settled-method = Saldata con
transaction-booked-at = Registrata
transaction-reverses = Storna
transaction-reversed-by = Stornata da
transaction-state-paid = Saldata
transaction-state-open = Da saldare
transaction-state-overdue = Scaduta
transaction-state-corrected = Stornata
transaction-state-correction = Storno
method-unknown = Non noto
method-bank-transfer = Bonifico
method-card = Carta
method-cash = Contanti
method-cheque = Assegno
method-direct-debit = Addebito diretto
method-other = Altro

# Che cosa se ne può fare.
transaction-settle = Segna come saldata
transaction-settle-consequence = Non risulta più da saldare. Si può annullare.
transaction-reopen = Non è stata saldata
transaction-reopen-consequence = La transazione torna da saldare, con la stessa scadenza.
transaction-reverse = Storna
transaction-reverse-consequence = Oggi viene registrata un'altra voce di segno opposto. Nulla si cancella e non si può annullare: registra poi quella giusta.
transaction-reason = Perché (facoltativo)
transaction-settled-told = La transazione è segnata come saldata.
transaction-reopened-told = La transazione è di nuovo da saldare.
transaction-reversed-told = Lo storno è registrato.

# Che cosa resta da pagare.
ageing = Scadenzario
ageing-empty = Nulla resta da saldare
ageing-empty-hint = Qui compaiono le transazioni posticipate finché non sono saldate.
ageing-total = Da saldare
ageing-not-due = Non ancora scaduto
ageing-30 = Scaduto da 1–30 giorni
ageing-60 = Scaduto da 31–60 giorni
ageing-90 = Scaduto da 61–90 giorni
ageing-later = Scaduto da oltre 90 giorni

# Che cosa dice la cronologia.
timeline-transaction-booked = Registrata: { $kind }, { $amount }.
timeline-transaction-settled = Saldata: { $kind }, { $amount }.
timeline-transaction-reopened = Di nuovo da saldare: { $kind }, { $amount }.
timeline-transaction-reversed = Stornata: { $kind }, { $amount }.

# Che cosa non va.
field-currency = Scrivi le tre lettere di una valuta, come EUR.
field-due-before = La scadenza non può precedere la data della transazione.
field-due-without = Solo una transazione posticipata ha una scadenza. Lasciala vuota o scegli «Posticipata».
field-licence = Questo cliente non ha questa licenza.
field-customer = Non c'è un cliente così.
problem-settle-date = Scrivi il giorno in cui è stata saldata, come 2027-12-31, e riprova.
problem-settle-method = Scegli uno dei metodi di pagamento e riprova.
problem-transaction-changed = Nel frattempo qualcuno ha saldato o stornato questa transazione, oppure non c'è nulla da saldare. Ricarica la sua pagina e controlla.
