# Contacts, sites, people of a customer.
