# Transactions.
