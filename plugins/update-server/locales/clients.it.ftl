# Le installazioni che chiedono, e quel che vedono i clienti.
update-clients = Installazioni per versione
update-clients-about = Quali installazioni hanno chiesto aggiornamenti, che cosa usano e che cosa è stato loro detto.
update-clients-empty = Non ha ancora chiesto nessuno
update-clients-empty-hint = Le installazioni compaiono qui appena chiedono aggiornamenti.
update-versions = Chi usa quale versione, tra chi si è fatto vivo negli ultimi 30 giorni

column-offerta = Da installare
column-canale = Canale
column-piattaforma = Sistema
column-architettura = Processore
column-protocollo = Client
column-ultima-domanda = Ultima domanda
column-prima-domanda = Prima domanda
column-installazioni = Installazioni

setting-downloads-per-day = Download di una licenza al giorno (0 per nessun limite)
setting-megabytes-per-day = Megabyte che una licenza può scaricare al giorno (0 per nessun limite)
setting-client-days = Giorni in cui si conserva quel che dicono le installazioni

my-updates = I miei aggiornamenti
my-updates-about = La versione più recente compresa nelle tue licenze, e dove i tuoi programmi la trovano.
my-updates-lead = La versione più recente compresa in ognuna delle tue licenze, i suoi file e l'indirizzo al quale i tuoi programmi trovano gli aggiornamenti da soli.
my-updates-empty = Nessun aggiornamento
my-updates-empty-hint = Nessuna delle tue licenze è per un prodotto con aggiornamenti qui.
my-updates-of = Licenza { $key }…
my-updates-newest = Versione più recente
my-updates-published = Pubblicata
my-updates-nothing = Non c'è ancora nulla da scaricare.
my-updates-refused = Questa licenza non è in vigore: al momento non ci sono aggiornamenti per essa.
my-updates-ended = Sono compresi gli aggiornamenti pubblicati fino al { $until }. Rinnova per avere quelli successivi.
my-updates-make-address = Crea un indirizzo per gli aggiornamenti
