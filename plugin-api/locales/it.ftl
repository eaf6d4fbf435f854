# Testi comuni all'host e a tutti i plugin.
month-1 = gen
month-2 = feb
month-3 = mar
month-4 = apr
month-5 = mag
month-6 = giu
month-7 = lug
month-8 = ago
month-9 = set
month-10 = ott
month-11 = nov
month-12 = dic

# Pulsanti e collegamenti.
add = Aggiungi
apply = Applica
back = Indietro
cancel = Annulla
clear = Azzera
close = Chiudi
continue = Continua
copied = Copiato
copy = Copia
copy-failed = Impossibile copiare il testo: selezionalo e premi Ctrl+C.
create = Crea
delete = Elimina
disable = Disattiva
download = Scarica
edit = Modifica
enable = Attiva
next = Avanti
previous = Precedente
refresh = Aggiorna
remove = Togli
save = Salva
search = Cerca
send = Invia
show = Mostra

# Parole.
all = Tutti
any = Qualsiasi
never = Mai
no = No
none = Nessuno
optional = facoltativo
unlimited = Illimitato
yes = Sì
actions = Azioni
details = Dettagli
history = Cronologia

# La cornice di ogni pagina.
account-menu = Il tuo account
commands = Comandi
commands-hint = Scrivi un comando o il nome di una pagina
commands-none = Non c'è nulla con questo nome.
menu-main = Menu principale
menu-open = Apri il menu
menu-to-review = da rivedere
menu-tabs = Pagine di questa sezione
page-updated = La pagina è stata aggiornata.
search-all = Cerca ovunque
shortcut-rows = Riga successiva o precedente
shortcut-select = Seleziona la riga
shortcuts = Scorciatoie da tastiera
shortcuts-single = Scorciatoie a tasto singolo
shortcuts-single-hint = Disattivale se comandi il computer con la voce.
sign-in = Accedi
sign-out = Esci
skip-to-content = Vai al contenuto
theme-to-auto = Usa i colori del sistema
theme-to-dark = Usa i colori scuri
theme-to-light = Usa i colori chiari

# Componenti.
chart-as-table = Mostra come tabella
confirm-type = Scrivi { $word } per confermare
errors-title = Correggi questi punti
job-finished = Completato
job-failed = Non riuscito
request-id = Id della richiesta:
required-hint = I campi con * sono obbligatori.
steps = Avanzamento

# Elenchi.
table-actions = Azioni sulle righe selezionate
table-bulk-all = Tutte le { $n } che corrispondono
table-bulk-all-many = Tutte quelle che corrispondono, più di { $n }
table-clear = Azzera i filtri
table-columns = Colonne
table-columns-hint = Scegli che cosa mostra l'elenco.
table-empty = Ancora nulla.
table-empty-filtered = Nessun risultato con questi filtri.
table-empty-filtered-hint = Cambia o azzera i filtri per vedere di più.
table-export = Esporta
table-export-csv = CSV
table-export-currency = { $column }: valuta
table-export-json = JSON
table-export-maximum = { $column }: massimo
table-export-too-long = Qui un file Excel contiene fino a { $n } righe. Filtra l'elenco o esportalo in CSV.
table-export-xlsx = Excel
table-filter-active = attivo
table-filter-contains = contiene
table-filter-from = dal
table-filter-max = al massimo
table-filter-min = almeno
table-filter-to = al
table-filters = Filtri
table-filters-more = Altri filtri
table-filters-active = Filtri attivi
table-found = { $n ->
    [one] { $n } riga
   *[other] { $n } righe
 }
table-found-many = Più di { $n } righe
table-no-such-column = Questa colonna non esiste.
table-no-such-parameter = Questo parametro non esiste.
table-pages = Pagine dell'elenco
table-rows-per-page = Righe per pagina
table-search = Cerca in questo elenco
table-select-all = Seleziona tutte le righe di questa pagina
table-select-row = Seleziona { $row }
table-selected = { $n ->
    [one] { $n } riga selezionata
   *[other] { $n } righe selezionate
 }
table-selected-one = riga selezionata
table-selected-other = righe selezionate
table-view-all = Tutti
table-view-delete = Elimina questa vista
table-view-delete-told = La vista «{ $name }» viene eliminata. Le righe che mostra restano.
table-view-name = Nome della vista
table-view-save = Salva questa vista
table-view-shared = Visibile a tutta la mia organizzazione
table-views = Viste salvate

# Come si chiamano gli stati HTTP.
status-400 = La richiesta non è leggibile
status-401 = Accesso richiesto
status-403 = Operazione non consentita
status-404 = Non trovato
status-405 = Metodo non consentito
status-406 = Formato non disponibile
status-408 = La richiesta ha richiesto troppo tempo
status-409 = Conflitto
status-410 = Non più disponibile
status-412 = Modificato nel frattempo
status-413 = Troppo grande
status-415 = Formato non accettato
status-422 = La richiesta non è valida
status-423 = Bloccato
status-428 = Manca una condizione
status-429 = Troppe richieste
status-431 = Intestazioni troppo grandi
status-500 = Qualcosa è andato storto
status-501 = Non disponibile
status-502 = Un server a monte non ha risposto
status-503 = Al momento non disponibile
status-504 = La risposta ha richiesto troppo tempo

# Che cosa è andato storto, e che cosa fare.
problem-conflict = L'operazione è in conflitto con qualcosa che esiste già. Ricarica la pagina e controlla i dati presenti.
problem-forbidden = Non hai il permesso per questa operazione. Chiedilo a un amministratore.
problem-idempotency-in-flight = Una richiesta con la stessa Idempotency-Key è ancora in corso. Riprova tra poco.
problem-idempotency-key = L'Idempotency-Key deve avere da 1 a 255 caratteri stampabili.
problem-idempotency-key-reused = Questa Idempotency-Key è già stata usata con un'altra richiesta. Usane una nuova.
problem-internal = È un errore del server, non tuo. Se si ripete, comunica all'amministratore l'id della richiesta.
problem-malformed-body = Il corpo della richiesta non è leggibile. Controlla che sia completo e ben formato.
problem-malformed-cursor = Questo cursore non appartiene a questo elenco. Riparti dalla prima pagina.
problem-malformed-path = L'indirizzo non è leggibile. Controlla l'id che contiene.
problem-malformed-query = I parametri dell'indirizzo non sono leggibili.
problem-method-not-allowed = Questo indirizzo esiste, ma non accetta questo metodo.
problem-not-found = Qui non c'è nulla del genere, o non è visibile per te. Controlla l'indirizzo o usa la ricerca.
problem-precondition-failed = Qualcuno l'ha modificato nel frattempo. Ricaricalo prima di modificarlo.
problem-precondition-required = Invia l'intestazione If-Match con l'ultimo ETag ricevuto.
problem-timeout = La richiesta ha richiesto troppo tempo ed è stata interrotta. Riprova con meno dati.
problem-too-large = Supera la dimensione accettata. Invia meno dati alla volta.
problem-too-many-requests = Troppe richieste in poco tempo. Attendi quanto indicato da Retry-After e riprova.
problem-too-many-selected = Non si possono spuntare più di 1.000 righe una a una. Filtra l'elenco e scegli tutte quelle che corrispondono.
problem-unauthorized = Accedi, o invia un token API valido, e riprova.
problem-unavailable = Al momento l'operazione non è possibile. Riprova tra un minuto.
problem-unsupported-media-type = Questo tipo di contenuto non è accettato. Invia JSON o un modulo, come da documentazione.
problem-validation = Alcuni campi non sono corretti. Correggili e invia di nuovo.

# Che cosa non va in un campo.
field-amount = Scrivi un importo, come 1234,50.
field-date = Scrivi una data, come 2027-12-31.
field-email = Scrivi un indirizzo e-mail, come nome@example.org.
field-number = Scrivi un numero intero.
field-option = Scegli una delle opzioni.
field-range = Il valore è fuori dai limiti consentiti.
field-required = Compila questo campo.
field-taken = È già in uso.
field-too-long = Il testo è troppo lungo.
field-too-short = Il testo è troppo corto.

# Importazioni.
import-act = Che cosa succede
import-act-create = Nuova
import-act-refused = Non importata
import-act-unchanged = Già aggiornata
import-act-update = Modificata
import-apply = { $n ->
    [one] Importa { $n } riga
   *[other] Importa { $n } righe
 }
import-apply-consequence = { $n ->
    [one] Viene scritta { $n } riga. Le righe con problemi vengono tralasciate.
   *[other] Vengono scritte { $n } righe. Le righe con problemi vengono tralasciate.
 }
import-back = Cambia le colonne
import-by = Da
import-check = Controlla le righe
import-checking = Controllo delle righe
import-column = Colonna del file
import-column-unnamed = Colonna { $n }, senza nome
import-counts = In cifre
import-created = Caricato
import-earlier = Importazioni precedenti
import-encoding = Codifica
import-failed = L'operazione si è fermata per un guasto del server. Non è andato perso nulla: continua, e riprende da dov'era.
import-field = Campo
import-field-missing = Nessuna colonna è abbinata a «{ $field }», che è obbligatorio.
import-field-twice = Questo campo è già abbinato a una colonna precedente.
import-file = File
import-file-hint = CSV, Excel (.xlsx) oppure JSON. La prima riga contiene i nomi delle colonne; in JSON sono i nomi dei membri degli oggetti.
import-forget = Dimentica questa importazione
import-forget-consequence = Il file e il suo rapporto vengono eliminati. Ciò che è stato importato resta.
import-forgotten = L'importazione di { $file } è stata dimenticata.
import-ignore = Tralascia
import-importing = Importazione in corso
import-interrupted = L'operazione è stata fermata prima della fine. Continua, e riprende da dov'era.
import-lead = Carica un file, indica che cosa sono le colonne, guarda che cosa succederebbe, poi importa.
import-limits = Al massimo { $rows } righe e { $mb } MB. I file vengono conservati per 30 giorni al massimo.
import-mapping-lead = { $rows } righe. Indica a quale campo appartiene ogni colonna; ciò che tralasci non viene importato.
import-mapping-title = Colonne di { $file }
import-no-file = Scegli prima un file.
import-none = Ancora nessuna importazione
import-none-hint = Ogni file caricato compare qui con il suo rapporto.
import-object = Scheda
import-only-refused = Non importate
import-out-of-date = La pagina non era aggiornata. Ecco a che punto è l'importazione.
import-problems = Problemi
import-progress = { $n } righe su { $total }
import-read-again = Rileggi il file
import-reading = Come viene letto il file
import-report = Riga per riga
import-report-csv = Rapporto in CSV
import-report-empty = Non ci sono righe.
import-report-of = Importazione di { $file }
import-row = Riga
import-row-changed = Qualcuno ha modificato questa scheda nello stesso momento. Importa di nuovo la riga.
import-row-done = Importata
import-row-same-as = La riga { $n } del file ha lo stesso valore. Togline una delle due.
import-row-too-long = Una cella di questa riga è troppo lunga. Controlla che tutte le virgolette siano chiuse.
import-row-too-wide = Questa riga ha più celle delle colonne. Controlla separatori e virgolette.
import-rows = Righe
import-samples = Prime righe
import-separator = Tra le celle
import-separator-bar = Barra verticale |
import-separator-comma = Virgola ,
import-separator-semicolon = Punto e virgola ;
import-separator-tab = Tabulazione
import-sheet = Foglio
import-state = Stato
import-state-checked = Da confermare
import-state-checking = In controllo
import-state-done = Importato
import-state-importing = In importazione
import-state-mapping = Colonne da abbinare
import-state-stopped = Fermato
import-step-check = Controllo
import-step-columns = Colonne
import-step-file = File
import-step-import = Importazione
import-stop = Ferma
import-stop-consequence = Ciò che è scritto resta. Puoi continuare più tardi.
import-template = File vuoto da compilare
import-told-checked = { $n ->
    [one] { $n } riga è pronta per l'importazione. Non è ancora stato scritto nulla.
   *[other] { $n } righe sono pronte per l'importazione. Non è ancora stato scritto nulla.
 }
import-told-done = { $n ->
    [one] Finito: { $n } riga scritta.
   *[other] Finito: { $n } righe scritte.
 }
import-told-nothing = Non c'è nulla da importare: ogni riga è già aggiornata o ha un problema.
import-told-stopped = { $n ->
    [one] Fermato. Resta da importare { $n } riga.
   *[other] Fermato. Restano da importare { $n } righe.
 }
import-unreadable-damaged = Questo file Excel è danneggiato o protetto da password. Aprilo, salvalo di nuovo senza password e carica quello.
import-unreadable-damaged-json = Questo JSON è danneggiato oppure non contiene un elenco di oggetti. Esportalo di nuovo e carica quello.
import-unreadable-empty = Questo file è vuoto.
import-unreadable-form = Il file non è arrivato intero, oppure è più grande di quanto questo server accetti. Caricalo di nuovo o dividilo.
import-unreadable-old-workbook = Questo è un file Excel di vecchio tipo (.xls). Salvalo come .xlsx o CSV e carica quello.
import-unreadable-only-header = Sotto i nomi delle colonne non ci sono righe.
import-unreadable-so = Il file non può essere letto così. Viene letto come prima.
import-unreadable-too-large = Questo file è troppo grande. Dividilo e carica le parti una alla volta.
import-unreadable-too-many-columns = Questo file ha più di 200 colonne. Togli quelle che non servono.
import-unreadable-too-many-rows = Questo file ha più di 100.000 righe. Dividilo e carica le parti una alla volta.
import-unreadable-unknown = Questo file non è né testo né Excel. Salvalo come CSV o .xlsx e carica quello.
import-upload = Carica
title-error = Errore: { $title }
