## statistics
