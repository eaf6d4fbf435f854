plugin-name = Customer accounts
plugin-description = Customers and prospects: master data and states, for every module that needs to know who a customer is.
permission-read = See customers and prospects
permission-write = Enter and change customers and prospects
permission-validate = Validate, suspend and resume customers

customers = Customers
customer-new = New customer
customer-edit = Edit { $name }
customer-created = { $name } was entered.
customer-saved = The changes are saved.
customers-empty = No customers yet
customers-empty-hint = Enter the first customer or prospect; licences are issued to them.
customers-awaiting = Awaiting validation
customers-prospects = Prospects
customers-suspended = Suspended
error = Error

# States and what changes them.
state-validated = Validated
state-awaiting = Awaiting validation
state-suspended = Suspended
customer-validate = Validate
customer-validate-consequence = { $name } becomes a validated customer and can be served.
customer-suspend = Suspend
customer-suspend-consequence = { $name } is no longer served until somebody resumes it. Its data stays.
customer-resume = Resume
customer-resume-consequence = { $name } is served again, as a validated customer.
customer-now-validated = { $name } is validated.
customer-now-suspended = { $name } is suspended.
customer-namesakes = Other customers have the same VAT number:
customer-changed-meanwhile = Somebody else saved this customer while you were editing. Nothing of yours is saved yet: compare with what is saved now, shown here, then save to overwrite it.

# Fields.
card-company = Company
card-contact = Contact
card-address = Address
card-other = Other
kind-customer = Customer
kind-customer-hint = Has bought something.
kind-prospect = Prospect
kind-prospect-hint = May buy something.
customer-kind = Kind
customer-state = State
customer-name = Company name
customer-vat-number = VAT number
customer-vat-number-hint = Eleven digits in Italy; any form elsewhere.
customer-tax-code = Tax code
customer-sdi-code = SDI code
customer-sdi-code-hint = Six or seven letters and digits: where Italian electronic invoices go.
customer-pec = Certified e-mail (PEC)
customer-pec-hint = The address with legal value, in Italy.
customer-email = E-mail
customer-phone = Telephone
customer-address = Street and number
customer-postal-code = Postal code
customer-city = City
customer-province = Province or region
customer-province-hint = Two letters in Italy.
customer-country = Country
customer-language = Language of mails
customer-external-reference = External reference
customer-external-reference-hint = What another system calls this customer.
customer-notes = Notes
customer-created-at = Entered
customer-updated-at = Last change
customer-id = Id
language-unknown = Not known
language-en = English
language-it = Italian

# What is wrong with a field.
field-vat-number = This is not an Italian VAT number: it has eleven digits, and the last one checks the others. Compare it with the original.
field-tax-code = This is not an Italian tax code: 16 letters and digits, or 11 digits, and the last one checks the others. Compare it with the original.
field-phone = Write a telephone number, like +39 02 1234567.
field-postal-code = Write the five digits of an Italian postal code.
field-province = Write the two letters of an Italian province, like MI.
field-country = Choose a country (two letters of ISO 3166).
field-sdi-code = Write six or seven letters and digits.
field-control = There are characters in this that cannot be stored. Type it again without them.
field-state-new = A new customer is validated or awaiting; suspend it afterwards.
field-state-move = This state cannot follow the present one: nobody goes back to awaiting.

problem-customer-changed = Somebody changed this customer in the meantime. Load its page again and check its state.
