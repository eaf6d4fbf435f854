# What an end customer sees.

my-account = My company
my-account-about = Your details, contacts and sites, what you bought and what is to be paid.
my-account-edit = Change how we reach you
my-account-none = You are not an end customer
my-account-none-hint = This page shows an end customer his own data, licences and transactions. Yours are under Customers.
my-licences-empty = No licences yet
my-licences-empty-hint = Licences issued to you appear here.
my-licence-product = Product
my-licence-key = Activation key
my-licence-expires = Expires
licence-state-attiva = Active
licence-state-scaduta = Expired
licence-state-sospesa = Suspended
licence-state-demo = Trial
licence-state-in-attesa-convalida = Awaiting validation
licence-state-revocata = Revoked
downloads = Downloads
downloads-empty = No downloads yet
downloads-empty-hint = What the vendor publishes for your products appears here.
