# Import of customers.
