# Mappature: che cosa è un software e di chi.
companies = Aziende
companies-about = Le aziende come le indicano le installazioni, e i clienti che sono
companies-empty = Ancora nessuna azienda
companies-empty-hint = Le aziende compaiono qui appena un'installazione si registra con una ragione sociale o una partita IVA.
companies-unmapped = Senza cliente
companies-suggested = Con un suggerimento
companies-vat-wrong = Partita IVA errata
companies-accept = Accetta il suggerimento migliore
companies-accept-now = Accetta tutti questi
companies-accept-told = { $n } aziende ricevono il cliente che più probabilmente sono e, con lui, le loro installazioni su cui nessuno ha deciso. { $left } senza suggerimento restano escluse. Qui sono mostrate le prime cento.
companies-nobody-suggested = Nessuna di queste aziende ha un suggerimento. Aprine una e cerca il suo cliente.
company-name = Azienda
company-nameless = Senza nome
company-vat-number = Partita IVA
company-vat = Controllo IVA
company-installations = Installazioni
company-suggested = Suggerimento migliore
company-score = Punteggio
company-first-seen = Vista dal
company-unmapped = Senza cliente
company-state = Stato
company-said = Che cosa dice di sé
company-whose = Di chi è
company-whose-told = Le sue installazioni su cui nessuno ha deciso passano al cliente che scegli. Quelle future arriveranno con questa decisione come suggerimento.
company-assign = Il cliente è questo
company-create-customer = Crea il cliente
company-create-told = Il cliente viene creato e riceve le installazioni di questa azienda su cui nessuno ha deciso.
company-all-installations = Tutte le sue installazioni
company-email = E-mail
company-email-hint = Dove arrivano le e-mail per questo cliente. Le installazioni non la indicano.
company-name-missing = Inserisci la ragione sociale.
company-email-missing = Inserisci un indirizzo e-mail, per esempio info@example.com.
company-not-entered = Non è stato possibile creare il cliente.
vat-right = Corretta
vat-wrong = Partita IVA errata
vat-missing = Non indicata
mapping-customer = Cliente
mapping-customer-missing = Scegli un cliente o cercane uno.
mapping-customer-nobody = Nessun risultato. Cerca con l'inizio di un'altra parola del nome.
mapping-customer-search = Cerca un cliente
mapping-customer-search-hint = L'inizio di una parola del nome
mapping-search = Cerca
mapping-reason = Motivo
mapping-product = Prodotto
mapping-product-none = Nessun prodotto
mapping-product-code-hint = Il codice del prodotto, per esempio gestionale-pro
mapping-product-missing = Scegli un prodotto.
mapping-product-long = Il codice ha al massimo 64 caratteri.
mapping-product-unknown = Non esiste un prodotto con questo codice.
reason-same-vat-number = Stessa partita IVA
reason-decision = Già deciso
reason-same-name = Stesso nome
reason-similar-name = Nome simile
suggested-same-vat-number = La partita IVA è la stessa ({ $score } su 100)
suggested-decision = Installazioni di questa azienda sono già state assegnate a questo cliente ({ $score } su 100)
suggested-same-name = Il nome è lo stesso, salvo la forma societaria ({ $score } su 100)
suggested-similar-name = I nomi hanno parole in comune ({ $score } su 100)
software = Software
software-about = I nomi con cui il software si registra, e i prodotti che è
software-empty = Ancora nessun software
software-empty-hint = I nomi compaiono qui appena un'installazione si registra.
software-name = Nome
software-installations = Installazioni
software-version = Versione
software-versions = Versioni
software-decided-by = Deciso da
software-unmapped = Senza prodotto
software-note = Nota
software-note-long = La nota ha al massimo 2.000 caratteri.
software-told = Ogni installazione con questo nome è questo prodotto, se una regola di versione o qualcuno non dice altro.
software-likely = Dal nome, è molto probabilmente { $name }. Salva per confermare.
software-several = Indica il prodotto
software-several-count = { $n ->
    [one] Un nome diventa questo prodotto.
   *[other] { $n } nomi diventano questo prodotto.
}
rules = Regole di versione
rule-new = Nuova regola di versione
rule-told = Le versioni da una all'altra, estremi compresi, sono un altro prodotto. Lascia vuoto un estremo per non porre limite. La regola si applica subito alle installazioni presenti.
rule-from = Dalla versione
rule-to = Alla versione
rule-add = Aggiungi la regola
rule-actions = Azioni
rule-delete = Elimina la regola
rule-delete-hint = Le installazioni che sono questo prodotto per la regola tornano al prodotto del loro nome.
rule-needs-version = Inserisci la prima versione, l'ultima o entrambe.
rule-backwards = L'ultima versione è più vecchia della prima.
rule-overlaps = Alcune di queste versioni sono già nella regola da “{ $from }” a “{ $to }”. Elimina prima quella, o scegli altre versioni.
rules-changed-nothing = Fatto. Nessuna installazione presente cambia.
installations-assign = Assegna a un cliente
installations-product = Indica il prodotto
installations-count-only = Solo statistica
installations-ignore = Ignora
installations-reset = Riporta a non assegnata
decide-nothing = Seleziona prima almeno una riga.
decide-count = { $n ->
    [one] Un'installazione
   *[other] { $n } installazioni
}
decide-several-companies = Queste installazioni indicano aziende diverse. Verifica che siano tutte dello stesso cliente.
decide-first = { $n ->
    [one] L'installazione
   *[other] Le prime
}
decide-software = Software
decide-company = Azienda
decide-computer = Computer
decide-told-assign = { $n ->
    [one] È di questo cliente e la vede chi lo segue. Puoi annullare.
   *[other] Sono di questo cliente e le vede chi lo segue. Puoi annullare.
}
decide-told-product = { $n ->
    [one] È questo prodotto, qualunque cosa dica il suo nome. Senza prodotto torna a quello del suo nome. Puoi annullare.
   *[other] Sono questo prodotto, qualunque cosa dica il loro nome. Senza prodotto tornano a quello del loro nome. Puoi annullare.
}
decide-told-statistics = { $n ->
    [one] Non è di nessuno e conta solo nelle statistiche. Puoi annullare.
   *[other] Non sono di nessuno e contano solo nelle statistiche. Puoi annullare.
}
decide-told-ignore = { $n ->
    [one] Non conta nemmeno nelle statistiche. Puoi annullare.
   *[other] Non contano nemmeno nelle statistiche. Puoi annullare.
}
decide-told-pending = { $n ->
    [one] Aspetta di nuovo che qualcuno decida. Fino ad allora non è di nessun cliente.
   *[other] Aspettano di nuovo che qualcuno decida. Fino ad allora non sono di nessun cliente.
}
decide-progress = { $n } di { $total }
decided-done = Fatto. Puoi annullare nella pagina della decisione.
decided-later = Sono molte: l'operazione continua in background.
decided-state = Stato
decided-customer = Cliente
decided-product = Prodotto
decided-software = Software
decided-company = Azienda
decided-licence = Licenza
decisions = Decisioni
decisions-about = Chi ha deciso che cosa sulle installazioni, e come annullarlo
decisions-empty = Ancora nessuna decisione
decisions-empty-hint = Tutto ciò che si decide sulle installazioni compare qui e si può annullare.
decision-at = Quando
decision-kind = Che cosa
decision-actor = Chi
decision-count = Installazioni
decision-undone = Annullata
decision-undone-at = Annullata il
decision-undone-by = Annullata da
decision-what = Che cosa è stato deciso
decision-first = Le sue prime installazioni
decision-undo = Annulla
decision-undo-hint = Le installazioni che sono ancora come questa decisione le ha lasciate tornano com'erano prima. Quelle su cui qualcuno ha deciso nel frattempo restano come sono, e così le licenze emesse.
decision-undone-already = Questa decisione era già stata annullata.
decision-undone-all = Annullata. Installazioni tornate com'erano: { $n }.
decision-undone-some = Annullata. Installazioni tornate com'erano: { $n }; cambiate nel frattempo e lasciate come sono: { $left }.
decision-undone-none = Nulla è stato annullato: tutte le installazioni sono cambiate nel frattempo. Annulla prima la decisione più recente.
decision-undone-stopping = La decisione è ancora in corso: la si sta fermando. Annullala quando si è fermata.
decision-assign = Assegnata a un cliente
decision-state = Stato cambiato
decision-product = Prodotto scelto
decision-company = L'azienda è un cliente
decision-licence = Licenza
decision-regularise = Regolarizzata
story-installation-assigned = { $n ->
    [one] È stata assegnata un'installazione
   *[other] Sono state assegnate { $n } installazioni
}
problem-installation-changed = Nel frattempo qualcun altro ha modificato una di queste installazioni. Riapri la pagina.
