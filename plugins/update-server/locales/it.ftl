# Il server degli aggiornamenti.
plugin-name = Aggiornamenti
plugin-description = I rilasci, la loro distribuzione graduale e gli aggiornamenti ai quali una licenza dà diritto.

permission-read = Vedere rilasci e distribuzioni
permission-installations = Vedere chi usa quale versione, e che cosa è stato scaricato, nel proprio ramo
permission-publish = Preparare e pubblicare rilasci
permission-rollout = Avviare, sospendere e fermare distribuzioni, ritirare rilasci
permission-keys = Vedere e sostituire le chiavi che firmano i metadati
permission-tokens = Vedere e creare gli indirizzi ai quali le licenze trovano aggiornamenti
permission-portal = Scaricare gli aggiornamenti delle proprie licenze
