# The ledger: transactions of customers.
permission-transactions = See what customers paid and owe
permission-book = Book, settle and correct transactions

transactions = Transactions
transactions-about = What was sold and renewed, what is still to be paid and how late it is.
transactions-all = Show all
transactions-empty = No transactions yet
transactions-empty-hint = Book the first one from the page of a customer: what was sold, renewed or is to be paid later.
transactions-open = To be paid
transactions-overdue = Overdue
transactions-totals = Totals of these rows
transactions-entries = { $n ->
    [one] { $n } transaction
   *[other] { $n } transactions
 }
transaction-new = New transaction
transaction-booked = The transaction is booked.
transaction-open = Show it
card-money = Money
card-what = What it is for

# Fields.
transaction-customer = Customer
transaction-kind = Kind
transaction-kind-activation = Activation
transaction-kind-activation-hint = A licence was sold and paid.
transaction-kind-renewal = Renewal
transaction-kind-renewal-hint = A licence was renewed and paid.
transaction-kind-postponed = Postponed
transaction-kind-postponed-hint = To be paid later: it needs a due date.
transaction-amount = Amount
transaction-currency = Currency
transaction-date = Date
transaction-due = Due
transaction-due-hint = Only for a postponed one.
transaction-method = Method of payment
transaction-notes = Notes
transaction-licence = Licence
transaction-licence-none = No licence
transaction-ref = Reference
transaction-state = State
transaction-settled = Paid on
transaction-settled-method = Paid by
transaction-booked-at = Booked
transaction-reverses = Corrects
transaction-reversed-by = Corrected by
transaction-state-paid = Paid
transaction-state-open = To be paid
transaction-state-overdue = Overdue
transaction-state-corrected = Corrected
transaction-state-correction = Correction
method-unknown = Not known
method-bank-transfer = Bank transfer
method-card = Card
method-cash = Cash
method-cheque = Cheque
method-direct-debit = Direct debit
method-other = Other

# What can be done with one.
transaction-settle = Mark as paid
transaction-settle-consequence = It no longer counts as to be paid. You can take this back.
transaction-reopen = Not paid after all
transaction-reopen-consequence = The transaction is to be paid again, with the same due date.
transaction-reverse = Correct
transaction-reverse-consequence = Another entry with the opposite sign is booked today. Nothing is deleted, and it cannot be undone: book the right one afterwards.
transaction-reason = Why (optional)
transaction-settled-told = The transaction is marked as paid.
transaction-reopened-told = The transaction is to be paid again.
transaction-reversed-told = A correction is booked.

# What is still to be paid.
ageing = Outstanding by age
ageing-empty = Nothing is outstanding
ageing-empty-hint = Postponed transactions appear here until they are paid.
ageing-total = Outstanding
ageing-not-due = Not due yet
ageing-30 = 1–30 days late
ageing-60 = 31–60 days late
ageing-90 = 61–90 days late
ageing-later = More than 90 days late

# What the timeline says.
timeline-transaction-booked = Booked: { $kind }, { $amount }.
timeline-transaction-settled = Paid: { $kind }, { $amount }.
timeline-transaction-reopened = To be paid again: { $kind }, { $amount }.
timeline-transaction-reversed = Corrected: { $kind }, { $amount }.

# What is wrong.
field-currency = Write the three letters of a currency, like EUR.
field-due-before = The due date cannot be before the date of the transaction.
field-due-without = Only a postponed transaction has a due date. Leave it empty or choose “Postponed”.
field-licence = This customer has no such licence.
field-customer = There is no such customer.
problem-settle-date = Write the day it was paid, like 2027-12-31, and try again.
problem-settle-method = Choose one of the methods of payment and try again.
problem-transaction-changed = Somebody settled or corrected this transaction in the meantime, or there is nothing to settle. Load its page again and check.
