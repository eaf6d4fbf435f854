# L'albero delle organizzazioni.
