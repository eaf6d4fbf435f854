# Installations that ask, and what customers see.
update-clients = Installations by version
update-clients-about = Which installations asked for updates, what they run and what they were told.
update-clients-empty = Nobody asked yet
update-clients-empty-hint = Installations appear here as soon as they ask for updates.
update-versions = Who runs which version, of those heard of within 30 days

column-offerta = Told to take
column-canale = Channel
column-piattaforma = System
column-architettura = Processor
column-protocollo = Client
column-ultima-domanda = Last asked
column-prima-domanda = First asked
column-installazioni = Installations

setting-downloads-per-day = Downloads of a licence per day (0 for no limit)
setting-megabytes-per-day = Megabytes a licence may download per day (0 for no limit)
setting-client-days = Days what installations said is kept

my-updates = My updates
my-updates-about = The newest version your licences include, and where your programs find it.
my-updates-lead = The newest version each of your licences includes, its files, and the address at which your programs find updates by themselves.
my-updates-empty = No updates
my-updates-empty-hint = None of your licences is for a product with updates here.
my-updates-of = Licence { $key }…
my-updates-newest = Newest version
my-updates-published = Published
my-updates-nothing = There is nothing to download yet.
my-updates-refused = This licence is not in force: there are no updates for it at present.
my-updates-ended = Updates published until { $until } are included. Renew to get later ones.
my-updates-make-address = Make an update address
