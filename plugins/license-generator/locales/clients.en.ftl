## clients
