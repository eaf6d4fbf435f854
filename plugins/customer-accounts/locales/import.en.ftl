# The timeline of a customer.
timeline-of = Timeline of { $name }
timeline-kind = What happened
timeline-all = Show everything
timeline-newest = Back to the newest
timeline-shown = { $n ->
    [one] { $n } line
   *[other] { $n } lines
 }
timeline-empty = Nothing has happened yet
timeline-empty-hint = Whatever concerns this customer appears here: changes, licences, payments.
timeline-kind-customer-assigned = Assigned
timeline-kind-customer-created = Entered
timeline-kind-customer-imported = Imported
timeline-kind-customer-merged = Merged
timeline-kind-customer-refused = Refused
timeline-kind-customer-registered = Registered
timeline-kind-customer-resumed = Resumed
timeline-kind-customer-suspended = Suspended
timeline-kind-customer-validated = Validated
timeline-kind-licence-issued = Licences issued
timeline-kind-licence-renewed = Licences renewed
timeline-kind-transaction-booked = Transactions

# Import of customers.
import-customers = Import customers
import-organisation = Organisation or agent
import-contact-name = Contact: name
import-contact-role = Contact: role
import-contact-email = Contact: e-mail
import-contact-phone = Contact: telephone
import-site-name = Site: name
import-site-address = Site: address
import-site-postal-code = Site: postal code
import-site-city = Site: city
import-site-province = Site: province
import-site-country = Site: country
import-ambiguous = Several customers have this. Merge them, or correct the one that is wrong.
import-organisation-ambiguous = Several organisations are called like this. Write the id or a code instead.
import-organisation-unknown = There is no such organisation or agent in your branch.
import-other-reference = The customer with this VAT number has another external reference.
import-row-unreadable = This row cannot be read.
import-state-forbidden = You may not set this state. Leave it out: the customer will wait to be validated.

# References of other systems.
field-external-reference = This must be the reference in the address.
problem-external-reference-ambiguous = Several customers have this reference. Merge them, or give all but one another reference.
enter-forbidden = You may not enter customers. Ask somebody who may, or choose one that exists.
