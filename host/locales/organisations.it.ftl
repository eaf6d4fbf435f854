# L'albero delle organizzazioni.
permission-organisations = Vedere l'albero sotto la propria organizzazione; creare, spostare e sospendere ciò che contiene.
menu-organisations = Organizzazioni

organisations-title = Organizzazioni
organisations-lead = Chi vende tramite chi. Ognuno vede la propria organizzazione e tutte quelle sottostanti.
organisations-as-list = Mostra come elenco
organisations-search = Trova un'organizzazione per nome
organisations-suspended = Sospese
organisations-more = Qui sono disegnate solo le prime { $n } organizzazioni. L'elenco le contiene tutte.
organisations-empty = Nessuna organizzazione sotto la tua, per ora
organisations-empty-hint = Crea rivenditori, sotto-aziende e agenti, poi invita le loro persone.
organisations-not-found = Nessuna organizzazione si chiama così
organisations-not-found-hint = Controlla come è scritto, oppure svuota la ricerca per vedere tutto l'albero.

organisation-title = Organizzazione
organisation-vendor = Fornitore
organisation-reseller = Rivenditore
organisation-reseller-hint = Vende ai propri clienti; sotto di sé può avere rivenditori, sotto-aziende e agenti.
organisation-sub-company = Sotto-azienda
organisation-sub-company-hint = Un'azienda che appartiene a quella superiore; sotto di sé può avere sotto-aziende e agenti.
organisation-agent = Agente
organisation-agent-hint = Segue i clienti; sotto di sé ha soltanto loro.
organisation-active = Attiva
organisation-suspended = Sospesa
organisation-suspended-above = Sospesa dall'alto
organisation-invited = In attesa di accettare
organisation-kind = Tipo
organisation-above = Sta sotto
organisation-above-hint = I rivenditori stanno sotto il fornitore o un rivenditore, le sotto-aziende anche sotto una sotto-azienda. Sotto un agente stanno solo i clienti.
organisation-new-above = Nuova posizione
organisation-changed = Ultima modifica
organisation-people-of-branch = Persone, comprese quelle sottostanti
organisation-directly-below = Direttamente sotto
organisation-nothing-below = Sotto questa non c'è nessuna organizzazione.
organisation-below = { $n ->
    [one] { $n } organizzazione sotto
   *[other] { $n } organizzazioni sotto
 }
organisation-count = { $n ->
    [one] { $n } organizzazione
   *[other] { $n } organizzazioni
 }
organisation-people = { $n ->
    [0] nessuna persona
    [one] { $n } persona
   *[other] { $n } persone
 }
organisation-customers = { $n ->
    [0] nessun cliente
    [one] { $n } cliente
   *[other] { $n } clienti
 }

organisation-new = Nuova organizzazione
organisation-new-below = Nuova organizzazione qui sotto
organisation-create = Crea l'organizzazione
organisation-created = { $name } è stata creata. Ora invita le sue persone.
organisation-rename = Rinomina
organisation-renamed = Ora l'organizzazione si chiama { $name }.
organisation-name-control = Usa solo lettere, cifre e punteggiatura, su una riga.
organisation-nobody = Nessuno appartiene ancora a questa organizzazione
organisation-nobody-hint = Invita qualcuno: vedrà questa organizzazione e tutte quelle sottostanti.
organisation-invite = Invita una persona

organisation-move = Sposta
organisation-move-title = Sposta { $name }
organisation-move-along = Si spostano insieme: { $organisations }, { $people }, { $customers }. Chi è connesso vede dalla nuova posizione al clic successivo.
organisation-move-now = Sposta qui
organisation-moved = { $name } è stata spostata con tutto ciò che sta sotto.
organisation-no-place = Non c'è un'altra posizione possibile
organisation-no-place-hint = Crea un'organizzazione di un tipo sotto cui può stare, poi torna qui.
organisation-kind-not-below = Un'organizzazione di questo tipo non può stare sotto quella. Scegli un'altra posizione o un altro tipo.
organisation-too-deep = L'albero supererebbe i 30 livelli. Scegli una posizione più in alto.
organisation-into-itself = Un'organizzazione non può finire sotto se stessa. Scegli una posizione fuori dal suo ramo.

organisation-suspend = Sospendi
organisation-suspend-consequence = Chi appartiene a { $name } o alle organizzazioni sottostanti resta fuori dal prossimo clic, e i token API smettono di funzionare. Nulla va perso: puoi riattivarla in ogni momento.
organisation-now-suspended = { $name } è sospesa: nessuno al suo interno o sotto può entrare.
organisation-resume = Riattiva
organisation-resume-consequence = Le persone di { $name } e delle organizzazioni sottostanti possono accedere di nuovo.
organisation-now-active = { $name } è di nuovo attiva.
organisation-barred = Questa organizzazione è sospesa: nessuno al suo interno o sotto può entrare.
organisation-barred-above = Un'organizzazione superiore è sospesa: nessuno di questa può entrare.

organisation-delete = Elimina
organisation-delete-hint = Sotto non c'è nulla e nessuno vi appartiene.
organisation-delete-consequence = { $name } scompare dall'albero. L'operazione non si può annullare.
organisation-deleted = { $name } è stata eliminata.

column-kind = Tipo
column-above = Sotto
column-people = Persone
column-below = Organizzazioni sotto
column-customers = Clienti

problem-organisation-root = Questa è l'organizzazione più in alto: non si può spostare, sospendere o eliminare.
problem-organisation-own = Questa è la tua organizzazione. Chiedi a qualcuno più in alto di farlo.
problem-organisation-not-empty = Si può eliminare solo un'organizzazione vuota. Prima sposta o elimina ciò che sta sotto e le sue persone; ritira gli inviti in sospeso.
problem-organisation-changed = Nel frattempo qualcuno ha cambiato l'albero. Guarda com'è adesso, poi riprova.
