# Mails.
permission-mail = See the mails that were sent, send them again and withdraw them.
menu-mail = Mail
setting-mail-days = Days mails are kept
mail-title = Mail
mail-lead = Every mail the cockpit sends, newest first.
mail-empty = No mail yet
mail-empty-hint = Invitations, confirmations and notices appear here as soon as they are written.
mail-preset-dead = Given up
mail-preset-waiting = Waiting
mail-to-files = Mails are not sent: they are written to the folder { $folder }. To send them, set mail.transport to smtp, mail.smtp_url and mail.from, then start the cockpit again.
mail-to-server = Mails leave through { $server }, from { $from }.
mail-no-public-url = Their links lead to { $origin }: set http.public_url to the address people use.

# Where a mail stands.
mail-waiting = Waiting
mail-retrying = Tried, waiting
mail-sent = Sent
mail-dead = Given up
mail-withdrawn = Withdrawn

# What is known of a mail.
mail-at = Written
mail-attempts = Attempts
mail-dead-at = Given up
mail-error = Error
mail-from = From
mail-kind = Kind
mail-module = Module
mail-next-at = Next attempt
mail-organisation = Organisation
mail-sent-at = Sent
mail-state = State
mail-subject = Subject
mail-to = To
mail-to-name = Name of the recipient
mail-headers = Headers
mail-way = Delivery
mail-words = Text
mail-no-subject = (no subject)
mail-secret = This mail lets whoever reads it in, so its text is not shown here and is deleted once it has been sent.

# What can be done with it.
mail-resend = Send again
mail-resend-consequence = The mail is sent to { $to } again, with as many attempts as a new one.
mail-resent-now = The mail is on its way again.
mail-withdraw = Withdraw
mail-withdraw-consequence = The mail to { $to } is not sent. This cannot be undone.
mail-withdrawn-now = The mail was withdrawn.
problem-mail-changed = The mail has moved on meanwhile. Look at where it stands now.
banner-mail-dead = { $n ->
    [one] One mail of the last week could not be delivered and was given up.
   *[other] { $n } mails of the last week could not be delivered and were given up.
}
banner-mail-look = See the mails
