## seats
