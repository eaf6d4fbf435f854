# L'inventario delle installazioni.
plugin-name = Inventario
plugin-description = Ogni installazione che si segnala: che cos'è, di chi è e come viene usata.

permission-read = Vedere le installazioni e le segnalazioni del proprio ramo
permission-classify = Decidere che cos'è un'installazione e di chi è
permission-license = Dare una licenza alle installazioni
permission-statistics = Vedere le cifre dell'inventario
permission-quarantine = Esaminare, rilasciare ed eliminare le segnalazioni in quarantena

state-pending = Non ancora assegnata
state-assigned = Assegnata
state-statistics = Solo statistica
state-ignored = Ignorata
