## offline
