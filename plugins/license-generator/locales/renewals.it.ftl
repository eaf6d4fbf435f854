# Rinnovi, pagamenti posticipati e modifiche di una licenza.
permission-renew = Rinnovare licenze e registrarne i pagamenti
setting-auto-renew-days = Giorni prima della scadenza in cui una licenza si rinnova da sola (0: alla scadenza)

# La pagina di una licenza.
card-renewals = Rinnovi e pagamenti
label-rinnovo = Rinnovo
label-rinnovi = Volte rinnovata
label-convertita = Diventata a pagamento
label-sospende-dopo = Un pagamento in ritardo la sospende dopo
renewal-manual = Manuale
renewal-automatic = { $n ->
    [one] Automatico, per un mese
   *[other] Automatico, per { $n } mesi
 }
renewals-empty = Ancora nessun pagamento né rinnovo
renewals-empty-hint = Qui compaiono la vendita, i rinnovi e le modifiche a pagamento.
renew = Rinnova
renew-title = Rinnova licenza
licence-renewed = La licenza è stata rinnovata.

# Il modulo.
renew-duration = Per quanto tempo
renew-mesi = Mesi
renew-fino-a = oppure: fino al
renew-fino-a-hint = L'ultimo giorno, compreso (UTC). Prevale sui mesi.
renew-da = A partire da
renew-da-dopo = Oggi
renew-da-dopo-hint = Il tempo trascorso dalla scadenza non si paga.
renew-da-fine = La vecchia scadenza
renew-da-fine-hint = Si paga anche il tempo trascorso dalla scadenza.
renew-payment = Pagamento
renew-prezzo = Prezzo
renew-prezzo-hint = Lasciare vuoto per il prezzo consueto: in proporzione al costo della licenza o dell'ultimo rinnovo.
renew-sconto = Sconto percentuale
renew-modalita = Si paga
renew-paid = Adesso
renew-paid-hint = Si registra un rinnovo fra i movimenti del cliente.
renew-later = Più avanti
renew-later-hint = Si registra un movimento posticipato, che compare fra i pagamenti attesi.
renew-metodo = Come è stato pagato
renew-pagamento-entro = Da pagare entro il
renew-pagamento-entro-hint = Solo se si paga più avanti.
renew-check = Verifica
renew-summary = Che cosa succede
renew-old-end = Scade ora il
renew-new-end = Scadrà il
renew-old-maintenance = Aggiornamenti compresi ora fino al
renew-new-maintenance = Aggiornamenti compresi poi fino al
renew-full = Prima dello sconto
renew-amount = Da pagare
renew-booked = Si registra
renew-booked-now = un rinnovo pagato
renew-booked-later = un pagamento posticipato, entro il { $date }
renew-booked-nothing = nulla: non costa nulla
renew-field-percent = Scrivere una percentuale fra 0 e 100, per esempio 12,5.

# Modi di pagamento e causali.
pay-method-bank-transfer = Bonifico
pay-method-card = Carta
pay-method-cash = Contanti
pay-method-cheque = Assegno
pay-method-direct-debit = Addebito diretto
pay-method-other = Altro
pay-kind = Causale
pay-kind-sale = Vendita
pay-kind-renewal = Rinnovo
pay-kind-change = Modifica
pay-kind-conversion = Conversione di una prova
pay-amount = Importo
payment-paid = pagato il { $date }
payment-due = da pagare entro il { $date }
payment-late = in ritardo: andava pagato entro il { $date }
payment-cancelled = annullato il { $date }
payment-arrived = { $amount }: pagato
payment-arrived-hint = Il pagamento si registra qui e fra i movimenti del cliente. Una licenza sospesa per questo torna in vigore.
payment-day = Giorno
payment-noted = Il pagamento è stato registrato.

# Pagamenti attesi.
due = Pagamenti attesi
due-about = Quanto resta da pagare per le licenze, e con quale ritardo.
due-empty = Nessun pagamento atteso
due-empty-hint = Rinnovi e vendite da pagare più avanti restano qui finché non sono pagati.
due-by-customer = Per cliente
due-totals = Totali
due-total = Ancora da pagare
age = Ritardo
age-not-due = non scaduto
age-30 = 1–30 giorni
age-60 = 31–60 giorni
age-90 = 61–90 giorni
age-later = oltre 90 giorni
age-late = In ritardo

# Licenze che non si sono potute rinnovare da sole.
failures = Rinnovi non riusciti
failures-empty = Tutti i rinnovi sono riusciti
failures-empty-hint = Qui compaiono, con il motivo, le licenze che non si sono potute rinnovare da sole.
failure-title = Non si è potuta rinnovare da sola
failure-told = Il { $when }: { $why } Non si riprova più in automatico.
failure-told-again = Il { $when }: { $why } Si riprova domani.
failure-try-again = Riprova
failure-again-told = Si riprova entro un'ora.
failure-reason = Motivo
failure-attempts = Tentativi
failure-given-up = Rinuncia
failure-again = Si riprova
column-tentativi = Tentativi
column-causale = Causale
column-ritardo = Ritardo
column-importo = Importo

# Come è stata venduta una licenza.
card-sale = Vendita
label-listino = Listino
label-sconto-percento = Sconto
label-venduta-da = Venduta da
label-accreditata-a = Accreditata a
label-sede-cliente = Sede
label-sospesa-per = Sospesa perché
suspended-for-person = qualcuno lo ha deciso
suspended-for-payment = un pagamento è in ritardo; torna in vigore quando è pagato
suspended-for-account = il suo cliente è sospeso; torna in vigore con lui
label-versione-inclusa = Comprende le versioni fino alla
label-legata-a = Legata a
label-condizioni-di = Versione della politica

# Rifiuti.
problem-azione = Azione sconosciuta. Usare suspend, resume, confirm o revoke.
problem-sospesa-per-pagamento = La licenza è sospesa per un pagamento in ritardo. Registrando il pagamento torna in vigore da sola.
problem-sospesa-col-cliente = La licenza è sospesa insieme al suo cliente. Riattivare il cliente: torna in vigore da sola.
problem-rinnovo-di-prova = Una prova non si rinnova: va convertita in una licenza a pagamento.
problem-rinnovo-senza-scadenza = Questa licenza non ha scadenza: non c'è nulla da rinnovare.
problem-rinnovo-non-successivo = La nuova scadenza deve essere successiva alla vecchia e a oggi.
problem-rinnovo-periodo = Indicare da 1 a 120 mesi, o un periodo come P1Y o P6M.
problem-rinnovo-importo = Questo importo non si può pagare.
problem-rinnovo-sconto = Uno sconto va da 0 a 100 per cento.
problem-posticipo-non-previsto = La politica di questo prodotto non consente di pagare più avanti.
problem-posticipo-passato = Il giorno del pagamento è passato. Sceglierne uno successivo.
problem-pagamento-data = Scegliere il giorno del pagamento.
problem-pagamento-metodo = Scegliere uno dei modi di pagamento proposti.
problem-pagamento-chiuso = Questo pagamento è già stato registrato o annullato. Riaprire la licenza e controllare.
problem-riferimento-non-verificabile = Il solo riferimento di un pagamento non è ancora accettato. Usare il token di un agente che può rinnovare.
problem-modalita = Usare pagamento o posticipato.

# Modificare una licenza.
licence-change = Modifica
licence-change-title = Modifica licenza
licence-changed = La licenza è stata modificata. I dispositivi lo sapranno alla prossima convalida.
licence-convert = Converti
licence-convert-title = Converti la prova in una licenza a pagamento
licence-converted = La prova è ora una licenza a pagamento, con la stessa chiave.
licence-transfer = Trasferisci
licence-transfer-title = Dai la licenza a un altro cliente
licence-transfer-hint = Chiave, dispositivi e cronologia vanno con lei. Quanto resta da pagare rimane al cliente a cui fu venduta.
licence-transferred = La licenza appartiene ora all'altro cliente.
transfer-devices = I suoi dispositivi
transfer-keep = Restano attivi
transfer-keep-hint = Continuano a funzionare.
transfer-free = Vengono liberati
transfer-free-hint = Si fermano alla prossima convalida.
change-amount = Importo da registrare adesso
change-amount-hint = Quanto costa la modifica; lasciare vuoto se nulla.
change-payment = Quanto costa la modifica
change-summary = Che cosa cambia
change-summary-none = Ancora non cambia nulla.
field-fixed = Qui non si può cambiare.
field-binding-in-use = Ci sono dispositivi o posti in uso: liberarli prima.
problem-non-in-prova = Questa licenza non è una prova.
problem-conversione-tipo = Scegliere una licenza permanente o un abbonamento.
problem-stesso-cliente = Appartiene già a questo cliente.
problem-organizzazione-sconosciuta = Nel proprio ramo non c'è questa organizzazione.

# Cronologia.
story-licence-renewed = La licenza di { $product } ({ $key }-…) è stata rinnovata fino al { $device }.
story-licence-changed = La licenza di { $product } ({ $key }-…) è stata modificata.
story-licence-converted = La prova di { $product } ({ $key }-…) è diventata una licenza a pagamento.
story-licence-transferred-away = La licenza di { $product } ({ $key }-…) è passata a un altro cliente.
story-licence-transferred-here = La licenza di { $product } ({ $key }-…) è arrivata da un altro cliente.
