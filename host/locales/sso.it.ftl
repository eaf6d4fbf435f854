# Accesso unico (single sign-on).
problem-sso-malformed = Non è stato possibile leggere questo accesso. Torna da dove sei venuto e riapri il cockpit da lì; se succede ancora, avvisa l'amministratore.
problem-sso-untrusted = Non è stato possibile verificare questo accesso. Torna da dove sei venuto e riapri il cockpit da lì; se succede ancora, avvisa l'amministratore.
problem-sso-expired = Questo accesso è scaduto. Torna da dove sei venuto e riapri il cockpit da lì.
problem-sso-used = Questo accesso è già stato usato e vale una volta sola. Torna da dove sei venuto e riapri il cockpit da lì.
problem-sso-unknown-user = Qui non hai ancora un account. Chiedilo all'amministratore.
problem-sso-email-taken = Il tuo indirizzo e-mail appartiene qui a un altro account. Chiedi all'amministratore di sistemarlo.
problem-sso-barred = Al momento non puoi accedere. Rivolgiti all'amministratore.
problem-sso-no-organisation = La tua organizzazione non è conosciuta qui. Chiedi all'amministratore di aggiungerla.
problem-sso-no-role = Qui non hai ancora un ruolo. Chiedi all'amministratore di assegnartene uno.
problem-sso-insecure = Con questa connessione l'accesso non può funzionare, perché non è cifrata. Apri il cockpit con https.
problem-sso-unavailable = Al momento l'accesso da lì non funziona. Riprova più tardi o avvisa l'amministratore.
