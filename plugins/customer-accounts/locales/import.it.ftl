# La cronologia di un cliente.
timeline-of = Cronologia di { $name }
timeline-kind = Che cosa è successo
timeline-all = Mostra tutto
timeline-newest = Torna alle più recenti
timeline-shown = { $n ->
    [one] { $n } riga
   *[other] { $n } righe
 }
timeline-empty = Non è ancora successo nulla
timeline-empty-hint = Qui compare tutto ciò che riguarda questo cliente: modifiche, licenze, pagamenti.
timeline-kind-customer-assigned = Assegnazioni
timeline-kind-customer-created = Inserimento
timeline-kind-customer-imported = Importazione
timeline-kind-customer-merged = Unioni
timeline-kind-customer-refused = Rifiutato
timeline-kind-customer-registered = Registrazione
timeline-kind-customer-resumed = Riattivazioni
timeline-kind-customer-suspended = Sospensioni
timeline-kind-customer-validated = Convalide
timeline-kind-licence-issued = Licenze emesse
timeline-kind-licence-renewed = Licenze rinnovate
timeline-kind-transaction-booked = Transazioni

# Importazione di clienti.
import-customers = Importa clienti
import-organisation = Organizzazione o agente
import-contact-name = Contatto: nome
import-contact-role = Contatto: ruolo
import-contact-email = Contatto: e-mail
import-contact-phone = Contatto: telefono
import-site-name = Sede: nome
import-site-address = Sede: indirizzo
import-site-postal-code = Sede: CAP
import-site-city = Sede: città
import-site-province = Sede: provincia
import-site-country = Sede: paese
import-ambiguous = Più clienti hanno questo valore. Uniscili, oppure correggi quello sbagliato.
import-organisation-ambiguous = Più organizzazioni si chiamano così. Scrivi l'id o un codice.
import-organisation-unknown = Nel tuo ramo non c'è un'organizzazione o un agente con questo nome.
import-other-reference = Il cliente con questa partita IVA ha un altro riferimento esterno.
import-row-unreadable = Questa riga non può essere letta.
import-state-forbidden = Non puoi impostare questo stato. Tralascialo: il cliente resterà in attesa di convalida.

# Riferimenti di altri sistemi.
field-external-reference = Deve essere il riferimento che sta nell'indirizzo.
problem-external-reference-ambiguous = Più clienti hanno questo riferimento. Uniscili, oppure dai un altro riferimento a tutti tranne uno.
enter-forbidden = Non puoi inserire clienti. Chiedilo a chi può farlo, oppure scegli un cliente esistente.
