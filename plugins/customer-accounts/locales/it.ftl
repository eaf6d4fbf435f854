plugin-name = Anagrafica clienti
plugin-description = Clienti e prospect: dati anagrafici e stati, per ogni modulo che deve sapere chi è un cliente.
permission-read = Vedere clienti e prospect
permission-write = Inserire e modificare clienti e prospect
permission-validate = Convalidare, sospendere e riattivare i clienti

customers = Clienti
customer-new = Nuovo cliente
customer-edit = Modifica { $name }
customer-created = { $name } è stato inserito.
customer-saved = Le modifiche sono state salvate.
customers-empty = Ancora nessun cliente
customers-empty-hint = Inserisci il primo cliente o prospect: le licenze si emettono a loro.
customers-awaiting = In attesa di convalida
customers-prospects = Prospect
customers-suspended = Sospesi
error = Errore

# Gli stati e ciò che li cambia.
state-validated = Convalidato
state-awaiting = In attesa di convalida
state-suspended = Sospeso
customer-validate = Convalida
customer-validate-consequence = { $name } diventa un cliente convalidato e può essere servito.
customer-suspend = Sospendi
customer-suspend-consequence = { $name } non viene più servito finché qualcuno non lo riattiva. I suoi dati restano.
customer-resume = Riattiva
customer-resume-consequence = { $name } viene di nuovo servito, come cliente convalidato.
customer-now-validated = { $name } è convalidato.
customer-now-suspended = { $name } è sospeso.
customer-namesakes = Altri clienti hanno la stessa partita IVA:
customer-changed-meanwhile = Qualcun altro ha salvato questo cliente mentre lo modificavi. Nulla di tuo è ancora salvato: confronta con ciò che è salvato ora, mostrato qui, poi salva per sovrascriverlo.

# Campi.
card-company = Azienda
card-contact = Contatti
card-address = Indirizzo
card-other = Altro
kind-customer = Cliente
kind-customer-hint = Ha acquistato qualcosa.
kind-prospect = Prospect
kind-prospect-hint = Potrebbe acquistare qualcosa.
customer-kind = Tipo
customer-state = Stato
customer-name = Ragione sociale
customer-vat-number = Partita IVA
customer-vat-number-hint = Undici cifre in Italia; all'estero in qualsiasi forma.
customer-tax-code = Codice fiscale
customer-sdi-code = Codice SDI
customer-sdi-code-hint = Sei o sette lettere e cifre: dove arrivano le fatture elettroniche.
customer-pec = PEC
customer-pec-hint = La posta elettronica certificata.
customer-email = E-mail
customer-phone = Telefono
customer-address = Via e numero
customer-postal-code = CAP
customer-city = Città
customer-province = Provincia o regione
customer-province-hint = Due lettere in Italia.
customer-country = Paese
customer-language = Lingua delle e-mail
customer-external-reference = Riferimento esterno
customer-external-reference-hint = Come un altro sistema chiama questo cliente.
customer-notes = Note
customer-created-at = Inserito
customer-updated-at = Ultima modifica
customer-id = Id
language-unknown = Non nota
language-en = Inglese
language-it = Italiano

# Che cosa non va in un campo.
field-vat-number = Non è una partita IVA italiana: ha undici cifre e l'ultima controlla le altre. Confrontala con l'originale.
field-tax-code = Non è un codice fiscale italiano: 16 lettere e cifre, oppure 11 cifre, e l'ultima controlla le altre. Confrontalo con l'originale.
field-phone = Scrivi un numero di telefono, come +39 02 1234567.
field-postal-code = Scrivi le cinque cifre di un CAP italiano.
field-province = Scrivi le due lettere di una provincia italiana, come MI.
field-country = Scegli un paese (due lettere di ISO 3166).
field-sdi-code = Scrivi sei o sette lettere e cifre.
field-control = Contiene caratteri che non si possono salvare. Riscrivilo senza.
field-state-new = Un nuovo cliente è convalidato o in attesa; sospendilo dopo.
field-state-move = Questo stato non può seguire quello attuale: nessuno torna in attesa.

problem-customer-changed = Nel frattempo qualcuno ha modificato questo cliente. Ricarica la sua pagina e controlla lo stato.
