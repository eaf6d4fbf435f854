# Accesso: secondo fattore, inviti, password.

# Password rifiutate e dimenticate.
password-common = Troppi altri usano questa password, oppure compare negli elenchi di quelle rubate. Sceglierne un'altra: meglio alcune parole che stanno insieme solo per voi.
password-own-words = Questa password dice poco più del nome, dell'indirizzo o del nome del prodotto. Sceglierne un'altra.
forgot-link = Password dimenticata?
forgot-title = Password dimenticata
forgot-lead = Scrivere l'indirizzo e-mail con cui si accede. Se appartiene a un account, vi arriverà un link per scegliere un'altra password.
forgot-send = Invia il link
forgot-back = Torna all'accesso
forgot-sent = Se { $email } appartiene a un account, un link è in arrivo.
forgot-next = Che cosa succede ora
forgot-sent-hint = Aprire la mail e seguire il link entro un'ora. Se non arriva nulla, guardare nella posta indesiderata, controllare l'indirizzo o rivolgersi all'amministratore.
reset-title = Scegliere un'altra password
reset-lead = Tutte le sessioni vengono chiuse; poi si accede con la nuova password.
reset-submit = Cambia la password
reset-done = La password è stata cambiata. Ora si può accedere.
reset-again = Invia un altro link
reset-mail-subject = Scegliere un'altra password
reset-mail-intro = Qualcuno, probabilmente lei, ha dimenticato la password di { $email }. Il link qui sotto permette di sceglierne un'altra. Funziona una volta sola, entro un'ora.
reset-mail-ignore = Se non è stato lei, non serve fare nulla: la password resta com'è.
reset-mail-button = Scegli un'altra password

# Link che non si possono seguire.
link-title = Questo link non funziona
problem-link-expired = Questo link è scaduto. Chiederne un altro.
problem-link-unknown = Questo link non è completo, oppure è stato sostituito da uno più recente. Aprire la mail più recente e copiare il link intero.
problem-link-used = Questo link è già stato usato. Accedere con la password.
problem-link-withdrawn = Questo link è stato ritirato, oppure sostituito da uno più recente. Cercare una mail più recente o rivolgersi a chi l'ha inviato.

# Mail su un account.
told-password-subject = La password è stata cambiata
told-password = La password di { $email } è stata cambiata.
told-factor-on-subject = Il secondo fattore è stato attivato
told-factor-on = D'ora in poi l'accesso come { $email } richiede un codice dell'app.
told-factor-off-subject = Il secondo fattore è stato disattivato
told-factor-off = L'accesso come { $email } non richiede più un codice dell'app.
told-not-you = Se non ne sa nulla, avverta subito l'amministratore.

# Inviti.
users-invite = Invita qualcuno
users-invite-send = Invia l'invito
users-new-instead = Crea senza invito
invitation-hint = All'indirizzo arriva un link; chi lo apre entro 7 giorni sceglie una password ed entra.
invitation-language = Lingua della mail
invitation-language-hint = È anche la lingua dell'account, finché il titolare non ne sceglie un'altra.
invitation-open = Questo indirizzo è già stato invitato. Inviare di nuovo l'invito dall'elenco degli inviti.
invitation-sent = Un invito è stato inviato a { $email }.
invitations-title = Inviti
invitations-empty = Nessuno deve rispondere
invitations-empty-hint = Tutti gli invitati sono arrivati. Invitare un collega o un partner.
invitation-state-open = Inviato
invitation-state-expired = Scaduto
invitation-card = Invito
invitation-resend = Invia di nuovo
invitation-resend-title = Un altro link
invitation-resend-hint = Viene inviato un nuovo link, valido 7 giorni; il vecchio non funziona più.
invitation-withdraw = Ritira
invitation-withdraw-title = Ritirare l'invito
invitation-withdraw-hint = Il link inviato smette di funzionare.
invitation-withdraw-consequence = { $name } non potrà più usare il link. Lo stesso indirizzo può essere invitato di nuovo.
invitation-withdrawn = L'invito di { $name } è stato ritirato.
column-invited-at = Invitato il
column-invited-by = Invitato da
column-invited-until = Valido fino al
invitation-title = Benvenuti
invitation-lead = È stato invitato a lavorare per { $organisation }. Scelga una password per entrare.
invitation-account = Il suo account
invitation-submit = Accetta e accedi
invitation-accepted = Benvenuto! Il suo account è pronto.
invitation-mail-subject = Un invito per lei
invitation-mail-intro = È stato invitato ad accedere.
invitation-mail-intro-by = { $sender } la invita ad accedere.
invitation-mail-choose = Segua il link qui sotto e scelga una password.
invitation-mail-until = Il link funziona una volta sola, fino al { $until } UTC.
invitation-mail-button = Accetta l'invito

# Il secondo fattore.
second-factor-title = Secondo fattore
second-factor-ask = Ancora un passo
second-factor-code = Codice
second-factor-code-hint = Le sei cifre che l'app di autenticazione mostra ora, oppure uno dei codici di recupero.
second-factor-go = Continua
second-factor-back = Ricomincia
second-factor-wrong = Questo codice non vale. Attendere il prossimo che l'app mostra e scriverlo; ogni codice funziona una volta sola.
second-factor-over = È passato troppo tempo, oppure troppi codici erano sbagliati. Accedere di nuovo con la password.
second-factor-recovered = { $n ->
    [0] Accesso riuscito con l'ultimo codice di recupero. Crearne subito di nuovi, nella pagina dell'account.
    [one] Accesso riuscito. Resta { $n } codice di recupero; crearne di nuovi nella pagina dell'account.
   *[other] Accesso riuscito. Restano { $n } codici di recupero.
 }
second-factor-lead = Un codice del telefono oltre alla password: con la sola password rubata non entra nessuno.
second-factor-why = Con un'app di autenticazione sul telefono, con la sola password rubata non entra nessuno.
second-factor-set-up = Configura
second-factor-manage = Gestisci
second-factor-on = Attivo dal { $at }
second-factor-codes-left = { $n ->
    [0] Non resta alcun codice di recupero: crearne di nuovi.
    [one] Resta { $n } codice di recupero.
   *[other] Restano { $n } codici di recupero.
 }
second-factor-begin = Mostra il codice QR
second-factor-step-app = Procurarsi un'app di autenticazione
second-factor-app = Va bene qualsiasi app per codici usa e getta (TOTP), anche un gestore di password. Installarla, poi proseguire.
second-factor-step-scan = Inquadrare e confermare
second-factor-scan = Inquadrare l'immagine con l'app, poi scrivere le sei cifre che mostra.
second-factor-qr = Codice QR con il segreto per l'app di autenticazione; lo stesso segreto è scritto sotto
second-factor-by-hand = Se non si può inquadrare, scrivere questo segreto nell'app (basato sul tempo, sei cifre):
second-factor-copy = Copia il segreto
second-factor-open-app = Apri in un'app di questo dispositivo
second-factor-confirm = Conferma
second-factor-confirm-hint = Sei cifre. Tutte le altre sessioni vengono chiuse.
second-factor-off = Disattiva
second-factor-off-title = Disattivare il secondo fattore
second-factor-off-hint = Per accedere basterà di nuovo la sola password.
second-factor-off-consequence = Il segreto nell'app e tutti i codici di recupero non varranno più nulla.
second-factor-off-now = Il secondo fattore è stato disattivato.
second-factor-stays = Il ruolo richiede il secondo fattore, che quindi non si può disattivare. Con un telefono nuovo, chiedere a un amministratore di reimpostarlo.
problem-second-factor-on = Il secondo fattore è già attivo.
problem-second-factor-off = Non c'è alcun secondo fattore da togliere.
problem-second-factor-not-begun = Il secondo fattore non è configurato. Cominciare dalla pagina dell'account.
problem-totp-required = Il ruolo richiede un secondo fattore. Configurarlo nella pagina dell'account, poi proseguire.
recovery-title = Codici di recupero
recovery-keep = Conservare ora questi codici.
recovery-once = Non verranno mostrati di nuovo.
recovery-card = Dieci codici per il giorno in cui si perde il telefono
recovery-lead = Ognuno funziona una volta al posto di un codice dell'app. Stamparli o conservarli in un gestore di password.
recovery-copy = Copia i codici di recupero
recovery-done = Li ho conservati
recovery-renew = Crea nuovi codici
recovery-renew-consequence = I codici conservati non funzionano più; dieci nuovi vengono mostrati una volta sola.
user-factor-title = Secondo fattore
user-factor-on = Attivo. Se telefono e codici di recupero sono persi, reimpostarlo.
user-factor-off = Non configurato.
user-factor-reset = Reimposta
user-factor-reset-consequence = { $name } accederà con la sola password finché non configura una nuova app, e viene avvisato per mail. Accertarsi che sia davvero { $name } a chiederlo.
user-factor-reset-now = Il secondo fattore di { $name } è stato reimpostato.

# Sessioni.
session-end = Esci da lì
session-ended = Quel browser è stato disconnesso.
