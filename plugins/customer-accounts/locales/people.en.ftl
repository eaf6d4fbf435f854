# Contacts, sites, people of a customer.

# The pages of a customer.
tabs-customer = Pages of this customer
tab-overview = Overview
tab-people = People
tab-licences = Licences
tab-transactions = Transactions
tab-timeline = Timeline
tab-history = History

# What the timeline says.
timeline-created = The customer was entered.
timeline-validated = The customer was validated.
timeline-refused = The customer was refused.
timeline-suspended = The customer was suspended.
timeline-resumed = The customer is served again.
timeline-assigned = The customer is now looked after by { $to }.
timeline-merged = { $from } was merged into this customer.

# Who looks after a customer.
assign = Assign
assign-title = Who looks after { $name }
assign-consequence = Who is above the one you choose keeps seeing this customer; the others no longer do.
customer-assigned = { $name } is now looked after by { $to }.
node-vendor = vendor
node-reseller = reseller
node-sub-company = sub-company
node-agent = agent

# Contacts.
people-of = People of { $name }
contacts = Contacts
contacts-empty = No contacts yet
contacts-empty-hint = Enter whom to talk to: purchasing, technicians, administration.
contact-new = New contact
contact-edit = Edit contact
contact-saved = The contact is saved.
contact-deleted = The contact { $name } was deleted.
contact-delete-consequence = The contact { $name } is deleted. This cannot be undone.
contact-name = Name
contact-role = Role
contact-is-primary = Main contact

# Sites.
sites = Sites
sites-empty = No further sites
sites-empty-hint = Enter branches, warehouses or another seat when there are any.
site-new = New site
site-edit = Edit site
site-saved = The site is saved.
site-deleted = The site { $name } was deleted.
site-delete-consequence = The site { $name } is deleted. This cannot be undone.
site-name = Name of the site
site-is-primary = Main site
site-is-legal = Registered office
site-is-shipping = Goods are sent here

# Notes.
notes = Notes
notes-empty = No notes yet
notes-empty-hint = Write down what others should know when they talk to this customer.
note-new = New note
note-edit = Edit note
note-saved = The note is saved.
note-deleted = The note “{ $name }” was deleted.
note-delete-consequence = The note “{ $name }” is deleted. This cannot be undone.
note-body = Note

# Users of the portal.
users = Users of the portal
users-hint = They sign in and see this customer alone.
users-empty = Nobody may sign in yet
users-empty-hint = Invite somebody: he chooses his password by a link in a mail.
person-name = Name
person-signed-in = Last sign-in
person-invite = Invite
person-invite-title = Invite somebody of { $name }
person-invite-consequence = A mail with a link goes to this address. Who opens it chooses a password and sees this customer alone.
person-invited = The invitation went to { $email }.
person-bar = Bar
person-bar-consequence = { $name } is signed out at once and may not sign in until somebody lets him in.
person-barred = { $name } may no longer sign in.
person-let-in = Let in
person-let-in-consequence = { $name } may sign in again.
person-withdraw = Withdraw
person-withdraw-consequence = The link in the mail to { $name } no longer works.
person-withdrawn = The invitation of { $name } was withdrawn.
person-state-active = May sign in
person-state-barred = Barred
person-state-invited = Invited

# History.
history-title = History of states
history-of = History of { $name }
history-at = When
history-act = What happened
history-actor = By whom
history-empty = No history yet
history-empty-hint = Each change of state is kept here, with who, when and why.
act-entered = Entered
act-validated = Validated
act-refused = Refused
act-suspended = Suspended
act-resumed = Resumed
act-merged = Merged
act-erased = Erased

# Duplicates and merging.
duplicates = Duplicates
duplicates-lead = Customers that seem to be entered twice. Compare them before you merge them.
duplicates-empty = No duplicates
duplicates-empty-hint = No two customers share a VAT number, or a name and a city.
duplicates-more = There may be more: merge these first, then look again.
duplicates-name = Same name and city: { $name }
duplicates-vat-number = Same VAT number: { $number }
merge = Merge
merge-title = Merge into { $name }
merge-lead = Choose the record that is the same customer. You compare both before anything happens.
merge-other = The other record
merge-other-hint = No other customer has the same VAT number. Search for the other record by its name.
merge-other-none = Nobody in your branch is called like that.
merge-search = Part of its name
merge-compare = Compare and merge
merge-notice = { $into } survives; { $from } goes into it.
merge-swap = Keep { $name } instead
merge-disputed = What differs
merge-disputed-hint = Choose what is right. The rest is kept below.
merge-kept = What is kept
merge-consequence = Contacts, sites, notes, transactions and history of { $from } go over to { $into }. Its page stays readable and leads to { $into }. This cannot be undone.
merge-confirm = They are the same customer: merge them
merge-done = { $from } is now part of { $into }.
merged-notice = This record was merged into another one and no longer changes.
merged-open = Open the surviving record
field-merge-confirm = Confirm that they are the same customer.
problem-merge-with-itself = A customer cannot be merged with itself. Choose another record.

# Privacy.
privacy = Personal data
privacy-hint = What the General Data Protection Regulation asks for: a copy of everything kept (article 15), and erasure (article 17).
privacy-export = Export personal data
privacy-erase = Erase personal data
privacy-erase-consequence = Everything personal of { $name } is blanked for ever: master data, contacts, sites, notes, timeline, users of the portal. Amounts of transactions, licences and ids stay. This cannot be undone.
privacy-erased = What was personal is erased.
erased-name = (erased)
erased-notice = What was personal of this customer was erased at somebody's request.
problem-erase-not-confirmed = The name typed is not that of this customer. Nothing was erased: go back and type it again.
problem-refused = This was refused.

# Customers of a branch, and people nobody may act on.
customers-below = Only customers of { $name } and of what lies below it.
customers-all = Show all customers
problem-people-beyond = Somebody who signs in for this customer may do more than you. Ask somebody who may do as much to take it on.

# Where the software of a customer is installed.
tab-installations = Installations
installation-software = Software
installation-version = Version
installation-computer = Computer
installation-seen = Last seen
installation-licence = Licence
installations-none = No installations yet
installations-none-hint = Installations appear here once they are assigned to this customer.
installations-absent = No installations here
installations-absent-hint = The module that keeps the inventory of installations is not switched on.
