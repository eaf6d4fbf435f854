# Che cosa risulta prima che un rilascio sia pubblicato.

# Nomi e posti.
check-nome-caratteri = “{ $file }”: il nome può avere solo lettere senza accenti, cifre, “.”, “_” e “-”, comincia con una lettera o una cifra e ne ha al massimo 200. Non può cominciare come un'impronta. Rinomina il file.
check-nome-versione = “{ $file }” indica nel nome la versione { $found }, ma il rilascio è { $version }. Carica il file di questo rilascio.
check-nome-estensione = “{ $file }” non finisce come vuole il suo formato: { $expected }. Scegli un altro formato, o un altro file.
check-nome-doppio = “{ $file }” è due volte nel rilascio. Togline uno.
check-posto-doppio = “{ $file }” e “{ $other }” sono per la stessa piattaforma, la stessa architettura e lo stesso formato: i programmi non saprebbero quale prendere. Togline uno.
check-solo-arm = “{ $file }” è per Arm (arm64), e per Intel (x64) non c'è nulla. electron-updater non dice su quale processore gira, perciò anche i computer con Intel riceverebbero questo. Aggiungi l'altro file, o indica che questo va bene per tutti.

# Chiavi e firme.
check-chiave-illeggibile = La chiave pubblica del prodotto per { $scheme } non si può leggere, perciò “{ $file }” non è stato verificato. Inserisci di nuovo la chiave.
check-firma-mancante = “{ $file }” non ha una firma { $scheme }. Il prodotto ha una chiave pubblica, e i suoi programmi rifiutano i file senza firma.
check-firma-non-verificata = Nessuno ha verificato la firma { $scheme } di “{ $file }”: il prodotto non ha la chiave pubblica. Inseriscila perché le firme siano verificate.
check-firma-illeggibile = Ciò che è stato dato come firma { $scheme } di “{ $file }” non è una firma, o ne è solo una parte. Caricala di nuovo.
check-firma-altra-chiave = “{ $file }” è stato firmato con una chiave diversa da quella del prodotto.
check-firma-errata = La firma { $scheme } non appartiene a “{ $file }”: il file è stato cambiato dopo la firma, non è completo, o lo ha firmato un'altra chiave.
check-commento-errato = Il commento firmato di “{ $file }” non è quello che è stato firmato, o la firma è stata cambiata.
check-commento-file = La firma di “{ $file }” è stata fatta per un file di nome “{ $found }”.
check-commento-versione = La firma di “{ $file }” è stata fatta per la versione { $found }, ma il rilascio è { $version }. I programmi la rifiuterebbero.
check-commento-senza-versione = La firma di “{ $file }” non indica la versione: un file più vecchio potrebbe passare per uno più nuovo. Firma con Tauri 2.12 o successivo.

# Elenchi.
check-elenco-illeggibile = “{ $file }” non si può leggere: { $detail }
check-elenco-versione = “{ $file }” riguarda la versione { $found }, ma il rilascio è { $version }.
check-elenco-senza-versione = “{ $file }” non ha nulla della versione { $version }.
check-elenco-file-ignoto = “{ $file }” nomina “{ $name }”, che il rilascio non ha. Carica anche quel file.
check-elenco-file-mancante = “{ $file }” non nomina “{ $name }”, che è nel rilascio.
check-elenco-dimensione = “{ $file }” dice che “{ $name }” ha { $found } byte, ma ne ha { $size }.
check-elenco-impronta = “{ $file }” riporta per “{ $name }” un valore { $hash } diverso da quello del file.
check-elenco-campo-mancante = “{ $file }” non dice “{ $field }” di “{ $name }”.
check-elenco-pacchetto = “{ $file }” dice che “{ $name }” è del pacchetto “{ $package }”, ma il suo nome ne indica un altro.
check-elenco-non-firmato = “{ $file }” non ha una firma alla fine. Firmalo con generate_appcast o sign_update di Sparkle 2.9 o successivo, o lascia che sia questo server a fare l'elenco.
check-elenco-versione-non-uscita = “{ $file }” offre la versione { $found }, che non è un rilascio pubblicato di questo prodotto.

# File interi.
check-controllo-in-corso = “{ $file }” è ancora sotto verifica. La pubblicazione la aspetta.
check-virus = L'antivirus ha trovato qualcosa in “{ $file }”: { $told }. Togli il file e guarda da dove viene.
check-scansione-fallita = L'antivirus non ha esaminato “{ $file }”: { $told }. Pubblica di nuovo quando funziona.
