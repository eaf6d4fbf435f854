# Metadati firmati: perché non si possono scrivere o non si possono cambiare le chiavi, e che cosa bisogna sapere.

problem-tuf-rollouts = Di un prodotto possono essere in corso al massimo tre distribuzioni, contate in ogni canale: sono in corso { $rollouts }. Concludi o ferma una di queste tra le distribuzioni, oppure da’ questo rilascio a tutti subito.
problem-tuf-name = “{ $name }” non si può firmare: i nomi di canali, versioni e file hanno solo lettere e cifre senza accenti, spazi e . _ - + ~ ( ) @ , = ! ' & ; $, e un canale non si chiama root, targets, snapshot o timestamp.
problem-tuf-threshold = Il numero di firme deve essere compreso tra uno e il numero delle chiavi.
problem-tuf-key = Questa non è una chiave pubblica. Inserire le 64 cifre esadecimali di una chiave Ed25519.
problem-tuf-key-known = Questa chiave è già nota. Una chiave firma un solo ruolo e, una volta sostituita, non torna più.
problem-tuf-key-unknown = Questa chiave non firma questo ruolo.
problem-tuf-online = Snapshot e timestamp si firmano ogni giorno: le loro chiavi devono restare qui in numero sufficiente.
problem-tuf-not-begun = Le chiavi nascono con la pubblicazione della prima versione del prodotto.
problem-tuf-changing = Un altro cambio di chiavi attende le firme. Prima va completato o abbandonato.
problem-tuf-signatures = Il file non si può leggere. Caricare un documento firmato, oppure le sue firme in JSON.
problem-tuf-other-document = Nessuno dei documenti in attesa dice questo. Scaricarli di nuovo e firmare quelli.
problem-tuf-other-key = La chiave { $key } non firma questo documento.
problem-tuf-wrong-signature = La firma della chiave { $key } è sbagliata.
tuf-warning-ended = I metadati “{ $role }” sono scaduti il { $date }: i programmi rifiutano ogni aggiornamento.
tuf-warning-late = I metadati “{ $role }” scadono il { $date } e dovevano già essere firmati di nuovo. Controllare che i lavori in secondo piano procedano.
tuf-warning-ends = I metadati “{ $role }” scadono il { $date } e le loro chiavi sono custodite altrove. Firmare il documento in attesa.
tuf-warning-waits = Dal { $date } dei metadati attendono le firme: { $role }.
