# Licenze, prodotti e attivazioni.
plugin-name = Licenze
plugin-description = Prodotti con i loro moduli, chiavi di attivazione e i dispositivi che le usano.

# Permessi e impostazioni.
permission-read = Vedere le licenze
permission-issue = Emettere licenze, vederne le chiavi, sospenderle e revocarle
permission-products = Modificare i prodotti e i loro moduli
permission-log = Leggere il registro delle attivazioni
setting-trial-days = Giorni di una prova
setting-offline-days = Giorni in cui una chiave computer vale senza chiedere di nuovo
setting-grace-days = Giorni in cui un prodotto continua dopo la fine della licenza

# Pagine.
licences = Licenze
licences-about = Emetti, trova e sospendi le licenze, e vedi i dispositivi che le usano.
licences-empty = Ancora nessuna licenza
licences-empty-hint = Emetti la prima per un cliente: la sua chiave compare qui.
licences-active = In vigore
licences-expired = Scadute
licences-suspended = Sospese e revocate
licence-new = Nuova licenza
licence-create = Crea la licenza
licence-created = La licenza è stata creata. Copia la chiave e mandala al cliente.
products = Prodotti
products-about = Che cosa concedi in licenza: prodotti, moduli e prezzi.
products-empty = Ancora nessun prodotto
products-empty-hint = Le licenze si emettono per un prodotto: inserisci il primo.
product-new = Nuovo prodotto
product-saved = Il prodotto è stato salvato.
product-active = In vendita
product-retired = Ritirato
product-changed = Nel frattempo qualcuno ha modificato questo prodotto. Riaprilo e ripeti la modifica.
activations = Registro attivazioni
activations-about = Quale dispositivo ha chiesto che cosa, quando, e che risposta ha avuto.
activations-refused = Rifiutate
activations-empty = Ancora nessuna richiesta
activations-empty-hint = Ogni attivazione, convalida e disattivazione compare qui, anche quelle rifiutate.

# La chiave rapida.
quick-key = Chiave di prova rapida
quick-key-hint = Viene emessa subito come impostato qui e funziona subito; la sua pagina mostra poi la chiave.
quick-key-which = Per chi e per che cosa?
choose = Scegli…
change = Cambia
show-all = Mostra tutto

# Passi e riquadri.
step-choose = Cliente e prodotto
step-terms = Condizioni
card-customer = Cliente
card-product = Prodotto
card-who = Per chi e per che cosa
card-duration = Durata
card-seats = Dispositivi e persone
card-modules = Moduli
card-other = Prezzo e dati
card-key = Chiave di attivazione
card-terms = Condizioni
card-devices = Dispositivi
card-log = Ultime richieste

# Campi.
label-cliente = Cliente
label-cliente-hint = Sono proposti i più recenti; cerca gli altri qui sopra.
label-cerca = Nome del cliente
label-cerca-hint = Basta l'inizio di una parola del nome.
label-prodotto = Prodotto
label-tipo = Tipo
label-interna = Per uso interno
label-interna-hint = La usiamo noi; non viene fatturata.
label-dispositivi = Dispositivi
label-utenti = Persone
label-utenti-hint = Lascia vuoto per nessun limite.
label-inizio = Inizio
label-scadenza = Scadenza
label-scadenza-hint = L'ultimo giorno, fino alla sua fine (UTC). Una licenza permanente non ne ha.
label-durata-giorni = oppure: giorni di durata
label-alla-scadenza = Dopo la fine il prodotto
label-tolleranza = Tolleranza dopo la fine
label-offline = Valida senza rete
label-manutenzione-fino-a = Aggiornamenti inclusi fino al
label-manutenzione-fino-a-hint = Lascia vuoto per nessun limite.
label-moduli = Moduli inclusi
label-prezzo = Prezzo
label-valuta = Valuta
label-payload = Dati per il prodotto
label-payload-hint = Un oggetto JSON, come { "{" }"area": "nord"{ "}" }; viaggia nella chiave computer.
label-note = Nota
label-note-hint = Solo per noi; il cliente non la vede.
label-creata = Emessa
label-creata-da = Emessa da
label-id = Id
label-key-hint = Comincia con
label-curl = Attiva un dispositivo dal terminale
label-impronta = Impronta
label-piattaforma = Sistema
label-attivata = Attivato
label-vista = Visto l'ultima volta
label-name = Nome
label-code = Codice
label-code-hint = Lettere, cifre, punti, trattini e trattini bassi; lo mandano i programmi, perciò dopo non si può cambiare.
label-code-fixed = I programmi mandano questo codice: non si può cambiare.
label-description = Descrizione
label-version = Versione
label-major = Versione maggiore
label-major-hint = Le licenze coprono le versioni fino a questa.
label-minor = Versione minore
label-retired = Ritirato
label-retired-hint = Nessuna nuova licenza; quelle esistenti continuano.
label-base-price = Prezzo base
label-active-default = Incluso se non si dice altro

# Colonne.
column-chiave = Chiave
column-cliente = Cliente
column-prodotto = Prodotto
column-tipo = Tipo
column-stato = Stato
column-dispositivi = Dispositivi
column-scadenza = Scadenza
column-interna = Interna
column-prezzo = Prezzo
column-manutenzione-fino-a = Aggiornamenti fino al
column-creata = Emessa
column-quando = Quando
column-azione = Richiesta
column-esito = Esito
column-dispositivo = Dispositivo
column-impronta = Impronta
column-indirizzo = Indirizzo

# Valori.
type-permanente = Permanente
type-permanente-hint = Senza fine; aggiornamenti finché sono inclusi.
type-trial = Prova
type-trial-hint = Per qualche giorno, 30 se non dici altro.
type-abbonamento = Abbonamento
type-abbonamento-hint = Fino a una data, che è necessaria.
state-attiva = Attiva
state-demo = Prova in corso
state-in-attesa-convalida = In attesa di convalida
state-scaduta = Scaduta
state-sospesa = Sospesa
state-revocata = Revocata
at-expiry-blocca = si ferma
at-expiry-sola-lettura = mostra ciò che c'è
at-expiry-avvisa = continua e avvisa
action-attiva = Attivazione
action-valida = Convalida
action-disattiva = Disattivazione
outcome-attivata = Attivata
outcome-valida = Valida
outcome-disattivata = Disattivata
outcome-limite-dispositivi = Nessun posto libero
outcome-dispositivo-non-attivato = Dispositivo non attivato
outcome-licenza-scaduta = Licenza scaduta
outcome-licenza-in-attesa = Licenza in attesa di convalida
outcome-licenza-sospesa = Licenza sospesa
outcome-licenza-revocata = Licenza revocata
outcome-chiave-sconosciuta = Chiave sconosciuta
outcome-prodotto-errato = Chiave di un altro prodotto
outcome-versione-non-inclusa = Versione non inclusa
maintenance-unlimited = Nessun limite
module-n = Modulo { $n }
module-active = Incluso
module-inactive = Non incluso
module-until = fino al { $date }
module-max = al massimo { $max }
days = { $n ->
    [one] { $n } giorno
   *[other] { $n } giorni
 }
valid = La licenza è valida su questo dispositivo.

# La pagina di una licenza.
key-hidden = Puoi vedere questa licenza, ma non la sua chiave.
copy-key = Copia la chiave di attivazione
copy-curl = Copia il comando
copy-payload = Copia i dati
devices-empty = Ancora nessun dispositivo
devices-empty-hint = I dispositivi compaiono qui quando attivano la chiave.
device-active = Attivo
device-freed = Liberato
device-free = Libera
device-free-hint = { $device } perde subito il suo posto e si ferma alla prossima convalida. Può attivarsi di nuovo finché c'è un posto libero.
device-free-done = Il dispositivo è stato liberato.
device-free-already = Questo dispositivo era già libero.
log-empty-hint = Le richieste con questa chiave compaiono qui.
licence-suspend = Sospendi
licence-suspend-hint = I dispositivi vengono rifiutati dalla prossima convalida. Puoi riattivare la licenza in ogni momento.
licence-suspend-done = La licenza è stata sospesa.
licence-resume = Riattiva
licence-resume-hint = I dispositivi che hanno un posto possono continuare.
licence-resume-done = La licenza è stata riattivata.
licence-revoke = Revoca
licence-revoke-hint = I dispositivi vengono rifiutati dalla prossima convalida, per sempre. Non si può annullare.
licence-revoke-done = La licenza è stata revocata.
licence-confirm = Convalida
licence-confirm-hint = La licenza entra in vigore e la sua chiave si può attivare.
licence-confirm-done = La licenza è stata convalidata.

# Che cosa non va in un campo.
field-cerca-none = Nessun cliente si chiama così. Prova con l'inizio di un'altra parola del nome.
field-cerca-many = Corrispondono più clienti: scegline uno.
field-code = Usa da 1 a 64 lettere, cifre, punti, trattini o trattini bassi.
field-currency = Scrivi le tre maiuscole di una valuta, come EUR.
field-expiry-twice = Indica l'ultimo giorno oppure il numero di giorni.
field-fingerprint = Manda un testo, oppure un oggetto con "componenti", di al massimo 4 KiB.
field-module = Il prodotto non ha questo modulo.
field-past = Questo giorno è passato. Scegline uno successivo.
field-payload = Scrivi un oggetto JSON, come { "{" }"area": "nord"{ "}" }.
field-payload-large = Sono più di 64 KiB.
field-permanent-expiry = Una licenza permanente non ha fine. Lascia vuoto, o scegli un altro tipo.
field-subscription-expiry = Un abbonamento ha bisogno dell'ultimo giorno o di un numero di giorni.
field-version = Manda una versione che comincia con un numero, come 3.2.1.

# Rifiuti.
problem-chiave-non-valida = Questa non è una chiave valida. Controlla di aver scritto tutti i 25 caratteri.
problem-chiave-sconosciuta = Nessuno ha questa chiave. Controllala, o chiedi a chi te l'ha venduta.
problem-licenza-scaduta = La licenza è scaduta. Rinnovala per continuare.
problem-licenza-sospesa = La licenza è sospesa. Chiedi a chi te l'ha venduta.
problem-licenza-revocata = La licenza è stata revocata. Chiedi a chi te l'ha venduta.
problem-licenza-in-attesa = La licenza non è ancora in vigore. Dev'essere prima convalidata, o il suo primo giorno non è arrivato.
problem-limite-dispositivi = Tutti i { $max } dispositivi di questa licenza sono in uso. Disattivane uno, o chiedine altri.
problem-dispositivo-non-attivato = Questo dispositivo non è attivato. Attivalo con la chiave di attivazione.
problem-prodotto-errato = Questa chiave è di un altro prodotto.
problem-versione-non-inclusa = La licenza non copre questa versione. Usane una precedente, o chiedi un aggiornamento.
problem-cliente-richiesto = Una licenza ha bisogno di un cliente. Scegline uno.
problem-cliente-sconosciuto = Questo cliente non esiste, o non è tuo. Scegline un altro.
problem-cliente-sospeso = Questo cliente è sospeso. Riattiva prima il cliente.
problem-prodotto-sconosciuto = Questo prodotto non esiste. Controlla il codice.
problem-prodotto-ritirato = Questo prodotto è ritirato: non si emettono nuove licenze.
problem-stato-cambiato = Lo stato di questa licenza non lo permette più. Riaprila e guarda che cosa è cambiato.

# Ciò che vede un cliente finale.
permission-portal = Vedere le proprie licenze e liberare i propri dispositivi
setting-portal-free-devices = Dispositivi che un cliente può liberare da sé per licenza in 30 giorni (0: nessuno)
setting-confirm-with-customer = Confermare le licenze in attesa quando il cliente viene convalidato
my-licences = Le mie licenze
my-licences-about = Le tue chiavi di attivazione, i dispositivi che le usano e come liberarne uno.
my-licences-empty = Ancora nessuna licenza
my-licences-empty-hint = Le sue licenze appaiono qui non appena vengono emesse.
my-key-hint = Inserisca questa chiave nel programma per attivarlo. La tenga per sé: chi la possiede può occupare i suoi posti.
my-free-title = Liberare dispositivi
my-free-left = { $n ->
    [one] Può liberare ancora un dispositivo di questa licenza entro 30 giorni.
   *[other] Può liberare ancora { $n } dispositivi di questa licenza entro 30 giorni.
}
my-free-none = Al momento non può liberare da sé dispositivi di questa licenza. Si rivolga a chi gliel'ha venduta.
problem-limite-liberazioni = Ha già liberato tanti dispositivi di questa licenza quanti sono consentiti in 30 giorni. Si rivolga a chi gliel'ha venduta.
column-organizzazione = Organizzazione
label-pagamento-entro = Pagamento entro
label-pagamento-entro-hint = Lasciare vuoto se viene pagata subito; il prezzo viene registrato come transazione del cliente.
field-due-without-price = Indicare un prezzo, oppure lasciare vuoto il giorno del pagamento.

# Righe della cronologia di un cliente.
story-licence-issued = È stata emessa una licenza per { $product } ({ $key }-…).
story-licence-suspended = La licenza per { $product } ({ $key }-…) è stata sospesa.
story-licence-resumed = La licenza per { $product } ({ $key }-…) è stata riattivata.
story-licence-revoked = La licenza per { $product } ({ $key }-…) è stata revocata.
story-licence-confirmed = La licenza per { $product } ({ $key }-…) è entrata in vigore.
story-device-freed = Il dispositivo { $device } è stato liberato ({ $product }, { $key }-…).
story-device-activated = È stato attivato il dispositivo { $device } ({ $product }, { $key }-…).
story-devices-activated = Sono stati attivati { $device } dispositivi ({ $product }, { $key }-…).
