# Renewals, postponed payments, and what is changed about a licence.
permission-renew = Renew licences and note that they were paid
setting-auto-renew-days = Days before its end a licence renews itself (0: at its end)

# The page of a licence.
card-renewals = Renewals and payments
label-rinnovo = Renewal
label-rinnovi = Times renewed
label-convertita = Became a paid licence
label-sospende-dopo = A late payment suspends it after
renewal-manual = By hand
renewal-automatic = { $n ->
    [one] By itself, for one month
   *[other] By itself, for { $n } months
 }
renewals-empty = Nothing was paid or renewed yet
renewals-empty-hint = The sale, renewals and changes that cost something appear here.
renew = Renew
renew-title = Renew licence
licence-renewed = The licence was renewed.

# The form.
renew-duration = For how long
renew-mesi = Months
renew-fino-a = or: until
renew-fino-a-hint = The last day, to its end (UTC). It goes before the months.
renew-da = From
renew-da-dopo = Today
renew-da-dopo-hint = The time since the end is not paid for.
renew-da-fine = Its old end
renew-da-fine-hint = The time since the end is paid for as well.
renew-payment = Payment
renew-prezzo = Price
renew-prezzo-hint = Leave empty for the usual price: in proportion to what the licence or its last renewal cost.
renew-sconto = Discount in percent
renew-modalita = Paid
renew-paid = Now
renew-paid-hint = A renewal is booked in the customer's ledger.
renew-later = Later
renew-later-hint = A postponed transaction is booked; it appears among the payments due.
renew-metodo = How it was paid
renew-pagamento-entro = Due by
renew-pagamento-entro-hint = Only for what is paid later.
renew-check = Check
renew-summary = What happens
renew-old-end = Ends now
renew-new-end = Will end
renew-old-maintenance = Updates included until now
renew-new-maintenance = Updates included then
renew-full = Before the discount
renew-amount = To be paid
renew-booked = Booked as
renew-booked-now = a renewal that is paid
renew-booked-later = a postponed payment due on { $date }
renew-booked-nothing = nothing: it costs nothing
renew-field-percent = Write a percentage between 0 and 100, like 12.5.

# Ways of paying and what is paid for.
pay-method-bank-transfer = Bank transfer
pay-method-card = Card
pay-method-cash = Cash
pay-method-cheque = Cheque
pay-method-direct-debit = Direct debit
pay-method-other = Other
pay-kind = For
pay-kind-sale = Sale
pay-kind-renewal = Renewal
pay-kind-change = Change
pay-kind-conversion = Conversion of a trial
pay-amount = Amount
payment-paid = paid on { $date }
payment-due = due on { $date }
payment-late = late: it was due on { $date }
payment-cancelled = taken back on { $date }
payment-arrived = { $amount } was paid
payment-arrived-hint = The payment is noted here and in the customer's ledger. A licence that was suspended for it comes back into force.
payment-day = Day
payment-noted = The payment was noted.

# Payments due.
due = Payments due
due-about = What is still to be paid for licences, and how late it is.
due-empty = Nothing is due
due-empty-hint = Renewals and sales that are paid later appear here until they are paid.
due-by-customer = By customer
due-totals = Totals
due-total = Still to be paid
age = Late by
age-not-due = not due yet
age-30 = 1–30 days
age-60 = 31–60 days
age-90 = 61–90 days
age-later = more than 90 days
age-late = Late

# Licences that could not renew themselves.
failures = Failed renewals
failures-empty = Every renewal succeeded
failures-empty-hint = Licences that could not renew themselves appear here with the reason.
failure-title = It could not renew itself
failure-told = On { $when }: { $why } It is not tried again by itself.
failure-told-again = On { $when }: { $why } It is tried again tomorrow.
failure-try-again = Try again
failure-again-told = It is tried again within the hour.
failure-reason = Reason
failure-attempts = Attempts
failure-given-up = Given up
failure-again = Tried again
column-tentativi = Attempts
column-causale = For
column-ritardo = Late by
column-importo = Amount

# What a licence was sold under.
card-sale = Sale
label-listino = Price list
label-sconto-percento = Discount
label-venduta-da = Sold by
label-accreditata-a = Credited to
label-sede-cliente = Site
label-sospesa-per = Suspended because
suspended-for-person = somebody decided it
suspended-for-payment = a payment is late; it comes back when it is paid
suspended-for-account = its customer is suspended; it comes back with it
label-versione-inclusa = Covers versions up to
label-legata-a = Bound to
label-condizioni-di = Policy version

# Refusals.
problem-azione = There is no such action. Use suspend, resume, confirm or revoke.
problem-sospesa-per-pagamento = The licence is suspended because a payment is late. Note the payment, and it comes back by itself.
problem-sospesa-col-cliente = The licence is suspended together with its customer. Resume the customer; it comes back by itself.
problem-rinnovo-di-prova = A trial is not renewed. Convert it into a paid licence.
problem-rinnovo-senza-scadenza = This licence has no end, so there is nothing to renew.
problem-rinnovo-non-successivo = The new end must be later than the old one and than today.
problem-rinnovo-periodo = Give between 1 and 120 months, or a period like P1Y or P6M.
problem-rinnovo-importo = This is no amount that can be paid.
problem-rinnovo-sconto = A discount is between 0 and 100 percent.
problem-posticipo-non-previsto = The policy of this product does not allow paying later.
problem-posticipo-passato = The day of payment is over. Choose a later one.
problem-pagamento-data = Choose the day of the payment.
problem-pagamento-metodo = Choose one of the ways of paying offered.
problem-pagamento-chiuso = This payment was noted or taken back already. Open the licence again and see.
problem-riferimento-non-verificabile = A payment reference alone is not accepted yet. Use the token of an agent who may renew.
problem-modalita = Use pagamento or posticipato.

# Changing a licence.
licence-change = Change
licence-change-title = Change licence
licence-changed = The licence was changed. Devices get it at their next validation.
licence-convert = Convert
licence-convert-title = Convert trial into a paid licence
licence-converted = The trial is a paid licence now, with the same key.
licence-transfer = Transfer
licence-transfer-title = Give licence to another customer
licence-transfer-hint = Key, devices and history go with it. What is still to be paid stays with the customer it was sold to.
licence-transferred = The licence belongs to the other customer now.
transfer-devices = Its devices
transfer-keep = Keep their seats
transfer-keep-hint = They go on working.
transfer-free = Are freed
transfer-free-hint = They stop at their next validation.
change-amount = Amount to book now
change-amount-hint = What the change costs; leave empty for nothing.
change-payment = What the change costs
change-summary = What changes
change-summary-none = Nothing changes yet.
field-fixed = This cannot be changed here.
field-binding-in-use = Devices or seats are in use. Free them first.
problem-non-in-prova = This licence is no trial.
problem-conversione-tipo = Choose a permanent licence or a subscription.
problem-stesso-cliente = It belongs to this customer already.
problem-organizzazione-sconosciuta = There is no such organisation in your branch.

# Timeline.
story-licence-renewed = The licence for { $product } ({ $key }-…) was renewed until { $device }.
story-licence-changed = The licence for { $product } ({ $key }-…) was changed.
story-licence-converted = The trial of { $product } ({ $key }-…) became a paid licence.
story-licence-transferred-away = The licence for { $product } ({ $key }-…) went to another customer.
story-licence-transferred-here = The licence for { $product } ({ $key }-…) came from another customer.
