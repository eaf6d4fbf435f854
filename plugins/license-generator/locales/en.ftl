# Licences, products and activations.
plugin-name = Licences
plugin-description = Products with their modules, activation keys, and the devices that use them.

# Permissions and settings.
permission-read = See licences
permission-issue = Issue licences, see their keys, suspend and revoke them
permission-products = Change products and their modules
permission-log = Read the log of activations
setting-trial-days = Days of a trial
setting-offline-days = Days a computer key is trusted without asking again
setting-grace-days = Days a product goes on after the end of its licence

# Pages.
licences = Licences
licences-about = Issue, find and suspend licences, and see the devices that use them.
licences-empty = No licences yet
licences-empty-hint = Issue the first one for a customer; its key appears here.
licences-active = In force
licences-expired = Expired
licences-suspended = Suspended and revoked
licence-new = New licence
licence-create = Create licence
licence-created = The licence was created. Copy its key and send it to the customer.
products = Products
products-about = What is licensed: products, their modules and prices.
products-empty = No products yet
products-empty-hint = Licences are issued for a product: enter the first one.
product-new = New product
product-saved = The product was saved.
product-active = On sale
product-retired = Retired
product-changed = Somebody changed this product in the meantime. Open it again and repeat your change.
activations = Activation log
activations-about = Which device asked what, when, and what it was told.
activations-refused = Refused
activations-empty = Nothing was asked yet
activations-empty-hint = Every activation, validation and deactivation appears here, refused ones too.

# The quick key.
quick-key = Quick test key
quick-key-hint = Issued at once as set here, and works at once; its page then shows the key.
quick-key-which = For whom, and for what?
choose = Choose…
change = Change
show-all = Show all

# Steps and cards.
step-choose = Customer and product
step-terms = Terms
card-customer = Customer
card-product = Product
card-who = For whom, and for what
card-duration = Duration
card-seats = Devices and people
card-modules = Modules
card-other = Price and data
card-key = Activation key
card-terms = Terms
card-devices = Devices
card-log = Latest requests

# Fields.
label-cliente = Customer
label-cliente-hint = The most recent ones are offered; search above for others.
label-cerca = Name of the customer
label-cerca-hint = The beginning of a word of its name is enough.
label-prodotto = Product
label-tipo = Type
label-interna = For internal use
label-interna-hint = Used by ourselves; it is not invoiced.
label-dispositivi = Devices
label-utenti = People
label-utenti-hint = Leave empty for no limit.
label-inizio = Starts
label-scadenza = Expires
label-scadenza-hint = The last day, to its end (UTC). A permanent licence has none.
label-durata-giorni = or: days it lasts
label-alla-scadenza = After the end the product
label-tolleranza = Tolerance after the end
label-offline = Trusted offline
label-manutenzione-fino-a = Updates included until
label-manutenzione-fino-a-hint = Leave empty for no limit.
label-moduli = Included modules
label-prezzo = Price
label-valuta = Currency
label-payload = Data for the product
label-payload-hint = A JSON object, like { "{" }"region": "north"{ "}" }; it travels in the computer key.
label-note = Note
label-note-hint = For our own people; the customer does not see it.
label-creata = Issued
label-creata-da = Issued by
label-id = Id
label-key-hint = Begins with
label-curl = Activate a device from a terminal
label-impronta = Fingerprint
label-piattaforma = System
label-attivata = Activated
label-vista = Last seen
label-name = Name
label-code = Code
label-code-hint = Letters, digits, dots, dashes and underscores; programs send it, so it cannot be changed later.
label-code-fixed = Programs send this code: it cannot be changed.
label-description = Description
label-version = Version
label-major = Major version
label-major-hint = Licences cover versions up to this one.
label-minor = Minor version
label-retired = Retired
label-retired-hint = No new licences; those that exist go on.
label-base-price = Base price
label-active-default = Included unless told otherwise

# Columns.
column-chiave = Key
column-cliente = Customer
column-prodotto = Product
column-tipo = Type
column-stato = State
column-dispositivi = Devices
column-scadenza = Expires
column-interna = Internal
column-prezzo = Price
column-manutenzione-fino-a = Updates until
column-creata = Issued
column-quando = When
column-azione = Request
column-esito = Outcome
column-dispositivo = Device
column-impronta = Fingerprint
column-indirizzo = Address

# Values.
type-permanente = Permanent
type-permanente-hint = No end; updates as long as they are included.
type-trial = Trial
type-trial-hint = For a few days, 30 unless you say otherwise.
type-abbonamento = Subscription
type-abbonamento-hint = Until a date; needs one.
state-attiva = Active
state-demo = Trial running
state-in-attesa-convalida = Awaiting confirmation
state-scaduta = Expired
state-sospesa = Suspended
state-revocata = Revoked
at-expiry-blocca = stops
at-expiry-sola-lettura = shows what is there
at-expiry-avvisa = goes on and says so
action-attiva = Activation
action-valida = Validation
action-disattiva = Deactivation
outcome-attivata = Activated
outcome-valida = Valid
outcome-disattivata = Deactivated
outcome-limite-dispositivi = No seat left
outcome-dispositivo-non-attivato = Device not activated
outcome-licenza-scaduta = Licence expired
outcome-licenza-in-attesa = Licence awaiting confirmation
outcome-licenza-sospesa = Licence suspended
outcome-licenza-revocata = Licence revoked
outcome-chiave-sconosciuta = Unknown key
outcome-prodotto-errato = Key of another product
outcome-versione-non-inclusa = Version not covered
maintenance-unlimited = No limit
module-n = Module { $n }
module-active = Included
module-inactive = Not included
module-until = until { $date }
module-max = at most { $max }
days = { $n ->
    [one] { $n } day
   *[other] { $n } days
 }
valid = The licence is valid on this device.

# The page of a licence.
key-hidden = You may see this licence, but not its key.
copy-key = Copy the activation key
copy-curl = Copy the command
copy-payload = Copy the data
devices-empty = No device yet
devices-empty-hint = Devices appear here when they activate the key.
device-active = Active
device-freed = Freed
device-free = Free
device-free-hint = { $device } loses its seat at once and stops at its next validation. It may activate again as long as a seat is free.
device-free-done = The device was freed.
device-free-already = This device was free already.
log-empty-hint = Requests with this key appear here.
licence-suspend = Suspend
licence-suspend-hint = Devices are refused from their next validation. You can resume the licence at any time.
licence-suspend-done = The licence was suspended.
licence-resume = Resume
licence-resume-hint = Devices that have a seat may go on.
licence-resume-done = The licence was resumed.
licence-revoke = Revoke
licence-revoke-hint = Devices are refused from their next validation, for ever. This cannot be undone.
licence-revoke-done = The licence was revoked.
licence-confirm = Confirm
licence-confirm-hint = The licence comes into force and its key can be activated.
licence-confirm-done = The licence was confirmed.

# What is wrong with a field.
field-cerca-none = No customer is called like that. Try the beginning of another word of its name.
field-cerca-many = Several customers match: choose one.
field-code = Use 1 to 64 letters, digits, dots, dashes or underscores.
field-currency = Write the three capital letters of a currency, like EUR.
field-expiry-twice = Give either a last day or a number of days.
field-fingerprint = Send a text, or an object with "componenti", of at most 4 KiB.
field-module = The product has no such module.
field-past = This day is over. Choose a later one.
field-payload = Write a JSON object, like { "{" }"region": "north"{ "}" }.
field-payload-large = This is more than 64 KiB.
field-permanent-expiry = A permanent licence has no end. Leave this empty, or choose another type.
field-subscription-expiry = A subscription needs a last day or a number of days.
field-version = Send a version that begins with a number, like 3.2.1.

# Refusals.
problem-chiave-non-valida = This is not a valid key. Check that all 25 characters were typed.
problem-chiave-sconosciuta = Nobody has this key. Check it, or ask whoever sold it to you.
problem-licenza-scaduta = The licence has expired. Renew it to go on.
problem-licenza-sospesa = The licence is suspended. Ask whoever sold it to you.
problem-licenza-revocata = The licence was revoked. Ask whoever sold it to you.
problem-licenza-in-attesa = The licence is not in force yet. It must be confirmed first, or its first day has not come.
problem-limite-dispositivi = All { $max } devices of this licence are in use. Deactivate one of them, or ask for more.
problem-dispositivo-non-attivato = This device is not activated. Activate it with the activation key.
problem-prodotto-errato = This key is for another product.
problem-versione-non-inclusa = The licence does not cover this version. Use an older one, or ask for an update.
problem-cliente-richiesto = A licence needs a customer. Choose one.
problem-cliente-sconosciuto = There is no such customer, or it is not yours. Choose another.
problem-cliente-sospeso = This customer is suspended. Resume the customer first.
problem-prodotto-sconosciuto = There is no such product. Check its code.
problem-prodotto-ritirato = This product is retired: no new licences are issued for it.
problem-stato-cambiato = The state of this licence does not allow that any more. Open it again and see what changed.

# What an end customer sees.
permission-portal = See one's own licences and free one's own devices
setting-portal-free-devices = Devices a customer may free himself per licence in 30 days (0: none)
setting-confirm-with-customer = Confirm waiting licences when their customer is validated
my-licences = My licences
my-licences-about = Your activation keys, the devices that use them, and how to free one.
my-licences-empty = No licences yet
my-licences-empty-hint = Your licences appear here as soon as they are issued.
my-key-hint = Enter this key in the program to activate it. Keep it to yourself: who has it can take your seats.
my-free-title = Freeing devices
my-free-left = { $n ->
    [one] You may free one more device of this licence within 30 days.
   *[other] You may free { $n } more devices of this licence within 30 days.
}
my-free-none = You cannot free devices of this licence yourself now. Ask whoever sold it to you.
problem-limite-liberazioni = You freed as many devices of this licence as are allowed in 30 days. Ask whoever sold it to you.
column-organizzazione = Organisation
label-pagamento-entro = Payment due by
label-pagamento-entro-hint = Leave empty when it is paid now; the price is booked as a transaction of the customer.
field-due-without-price = Give a price, or leave the day of payment empty.

# Lines of a customer's timeline.
story-licence-issued = A licence for { $product } was issued ({ $key }-…).
story-licence-suspended = The licence for { $product } ({ $key }-…) was suspended.
story-licence-resumed = The licence for { $product } ({ $key }-…) was resumed.
story-licence-revoked = The licence for { $product } ({ $key }-…) was revoked.
story-licence-confirmed = The licence for { $product } ({ $key }-…) came into force.
story-device-freed = The device { $device } was freed ({ $product }, { $key }-…).
story-device-activated = The device { $device } was activated ({ $product }, { $key }-…).
story-devices-activated = { $device } devices were activated ({ $product }, { $key }-…).
