# Ciò che vede un cliente finale.

my-account = La mia azienda
my-account-about = I tuoi dati, i contatti e le sedi, che cosa hai acquistato e che cosa resta da pagare.
my-account-edit = Cambia i tuoi recapiti
my-account-none = Non sei un cliente finale
my-account-none-hint = Questa pagina mostra a un cliente finale i suoi dati, le licenze e le transazioni. I tuoi clienti sono sotto Clienti.
my-licences-empty = Ancora nessuna licenza
my-licences-empty-hint = Qui compaiono le licenze emesse per te.
my-licence-product = Prodotto
my-licence-key = Chiave di attivazione
my-licence-expires = Scadenza
licence-state-attiva = Attiva
licence-state-scaduta = Scaduta
licence-state-sospesa = Sospesa
licence-state-demo = Prova
licence-state-in-attesa-convalida = In attesa di convalida
licence-state-revocata = Revocata
downloads = Download
downloads-empty = Ancora nessun download
downloads-empty-hint = Qui compare ciò che il fornitore pubblica per i tuoi prodotti.
