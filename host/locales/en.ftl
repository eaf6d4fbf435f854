# Texts of the host's own pages.
plugin-name = Cockpit
plugin-description = Users, modules and the log of what was done.
product = Cockpit
language-en = English
language-it = Italiano
theme-auto = As the system
theme-dark = Dark
theme-light = Light
email = E-mail
password = Password
your-name = Your name
unknown = Unknown

# Permissions of the host.
permission-users = See, create and change users.
permission-audit = Read the audit log.
permission-modules = Unlock modules and switch them on and off.
permission-settings = Change the settings of the modules.

# The menu.
section-overview = Overview
section-crm = CRM
section-system = System
menu-home = Home
menu-profile = Your account
menu-modules = Modules
menu-settings = Settings
menu-users = Users
menu-audit = Audit log

# Signing in and out.
login-title = With your e-mail address
login-refused = E-mail address or password are not right. Check both and try again.
login-wait = { $n ->
    [one] Too many failed attempts. Wait { $n } minute and try again.
   *[other] Too many failed attempts. Wait { $n } minutes and try again.
 }
login-insecure = Signing in cannot work over this connection.
login-insecure-how = The cockpit is reached over plain HTTP from another machine, so anybody on the way could take your session. Put it behind HTTPS and set http.public_url to its https:// address, or set http.insecure_cookies = true on a network you trust.
signed-out = You have signed out.

# Passwords.
password-again = Password once more
password-change = Change the password
password-changed = Your password was changed; you are signed out everywhere else.
password-current = Current password
password-differs = The two passwords are not the same. Write it again.
password-hint = At least 12 characters. A few words that belong together only for you are better than symbols.
password-lead = You are signed out everywhere else.
password-new = New password
password-title = Password
password-too-short = Use at least 12 characters.
password-wrong = This is not your current password.

# Above every page.
banner-ended = The unlock key of { $name } ended on { $date }: the module stops in a few days.
banner-ending = The unlock key of { $name } ends on { $date }.

# The first run.
setup-title = Set up the cockpit
setup-lead = One page, once: after it you are signed in as superadmin.
setup-superadmin = Your company and the first user
setup-token = Set-up token
setup-token-hint = It was printed where the cockpit was started, and stands in the file setup-token of its data directory.
setup-token-wrong = This is not the set-up token of this start. Copy it from the console or from the file setup-token.
setup-company = Company
setup-submit = Create and sign in
setup-done = The cockpit is set up. Welcome!
problem-setup-done = The cockpit has been set up already. Sign in instead.

# The home page.
home-title = Home
home-lead = Signed in as { $name }.
home-work = What there is to do
home-no-module = No module is at work yet
home-unlock = The cockpit is made of modules. Enter the unlock key of your vendor, and its pages appear in the menu.
home-ask-unlock = Ask an administrator to unlock a module.
home-to-modules = Unlock a module
home-nothing-allowed = There is nothing here for you yet
home-ask-permission = Ask an administrator for the permissions you need.
home-steps = First steps
step-module = Unlock a module
step-customer = Create the first customer
step-users = Create users for your colleagues
step-done = Done
step-open = Open

# Modules.
modules-title = Modules
modules-lead = What this cockpit is made of, and what of it is unlocked.
modules-none = No module is present
modules-none-hint = This program was built without modules, and its plugins directory holds no library.
modules-enter = Enter an unlock key
modules-enter-hint = Your vendor makes the key for this installation: send its id along when you order.
modules-key = Unlock key
modules-key-hint = A long text in three parts with dots between them. Paste all of it; line breaks do no harm.
modules-unlock = Unlock
modules-installation = Id of this installation
modules-copy-id = Copy the installation id
modules-unlocked = Unlocked: { $names }.
modules-switched-on = { $name } was switched on.
modules-switched-off = { $name } was switched off; its data stays.
modules-off-consequence = { $name } vanishes from the menu, its pages and addresses answer “not found”, and its jobs stop. Its data stays and is there again when you switch it on.
modules-off-dependents = These modules need it and stop as well: { $names }.
modules-retry = Try again
modules-locked-hint = It is present, but no unlock key that names it was entered. Enter one below.
modules-ended = Its unlock key ended on { $date }. Enter a new one below; its data is kept.
modules-in-grace = Its unlock key ended on { $date }. It works for a few days more; enter a new key below.
modules-id = Id
modules-version = Version
modules-origin = Comes
modules-signature = Signature
modules-requires = Needs
modules-until = Unlocked until
modules-not-unlocked = Not unlocked
modules-no-end = Without end
origin-compiled-in = with the program
origin-library = from the library { $file }
signature-compiled-in = part of the program
signature-valid = valid
signature-refused = refused
status-locked = Locked
status-disabled = Switched off
status-enabled = At work
status-failed = Failed

# Why a module cannot work.
module-failed-abi = { $what } was built for another version of the cockpit. Get the library for this version.
module-failed-duplicate = There is another module with the id { $what }. Remove one of the two.
module-failed-faults = { $what } failed five times within ten minutes and was taken out of service. The log says why; then try again.
module-failed-identity = The library says that it is { $what }, but its signature names another module or version. Get it again from your vendor.
module-failed-manifest = The library does not describe itself in a way this cockpit understands: { $what }.
module-failed-path = The address { $what } belongs to another module already. Only one of the two can work.
module-failed-requires = It needs the module { $what }, which is not at work. Unlock it and switch it on.
module-failed-schema = Its tables could not be created or changed: { $what }.
module-failed-signature-algorithm = Its signature is not made in the way signatures of modules are. Get the library again from your vendor.
module-failed-signature-altered = Its signature was altered. Get the library and its signature again from your vendor.
module-failed-signature-incomplete = Its signature is not complete. Get it again from your vendor.
module-failed-signature-not-a-signature = The file beside the library is not a signature. Get it again from your vendor.
module-failed-signature-other-abi = It was built for another version of the plugin interface. Get the library for this version of the cockpit.
module-failed-signature-other-library = The library was altered after it had been signed. Get it again from your vendor.
module-failed-signature-other-target = It was built for another platform than this one. Get the library for this platform.
module-failed-signature-type = The file beside the library is a token of another kind, not a signature. Get it again from your vendor.
module-failed-signature-untrusted = It was signed by nobody who is trusted here. Get it from your vendor, or have the vendor's key installed.
module-failed-sqlite = The library brings a copy of { $what } of its own, which could damage the database. It was not opened.
module-failed-start = It did not start: { $what }.
module-failed-unreadable = The library cannot be read: { $what }.
module-failed-unsigned = There is no signature beside { $what }. Put the .jws file of your vendor next to it.

# Why an unlock key unlocks nothing.
unlock-refused-algorithm = This key is not signed in the way unlock keys are. Ask your vendor for another one.
unlock-refused-altered = This key was altered after it had been made. Copy it again from where you got it.
unlock-refused-empty = Paste the unlock key into the field.
unlock-refused-expired = This key expired on { $what }. Ask your vendor for a new one.
unlock-refused-incomplete = This key is not complete: { $what } is missing or unreadable. Ask your vendor for another one.
unlock-refused-installation = This key is for the installation { $what }; this one is { $ours }. Ask your vendor for a key for this installation.
unlock-refused-no-module = This key names no module at all; ask your vendor for another.
unlock-refused-no-vendor = This cockpit knows no vendor's key, so nothing can unlock it. Run “cockpit init” first.
unlock-refused-not-a-key = This is not an unlock key, or only a part of one. Copy the whole key, from its first to its last character.
unlock-refused-not-yet = This key is valid from { $what } on. Enter it then.
unlock-refused-type = This is a token of the type { $what }, not an unlock key.
unlock-refused-vendor = This key was not made by the vendor of this cockpit.
problem-unlock-none-present = This key names no module of this cockpit; it is for: { $what }.

# Settings.
settings-title = Settings
settings-lead = What the modules let you set.
settings-empty = Nothing to set
settings-empty-hint = No module at work has settings.
settings-saved = The settings were saved.
settings-default = Default: { $value }.
settings-json = JSON.
settings-one-per-line = One per line.

# Users and roles.
users-title = Users
users-new = New user
users-create = Create the user
users-empty = No user yet
users-empty-hint = Create the first one for a colleague or a partner.
user-title = User
user-roles = Roles
user-active = Active
user-disabled = Barred
user-organisation-hint = The user sees this organisation and all below it.
user-password-hint = At least 12 characters. Hand it over in person; it can be changed on the own account's page.
user-created = { $name } can sign in now.
user-changed = The changes of { $name } were saved.
user-signed-in = Last signed in: { $at } UTC.
user-never-signed-in = Has never signed in.
user-reset = Set this password
user-reset-title = New password
user-reset-hint = The user is signed out everywhere.
user-password-now = { $name } has a new password.
user-standing = Access
user-disable = Bar
user-disable-hint = A barred user cannot sign in, and the user's API tokens stop working. Nothing is lost.
user-disable-consequence = { $name } is signed out everywhere and cannot sign in any more; the API tokens stop working. You can let the user in again.
user-disabled-now = { $name } is barred.
user-enable = Let in again
user-enable-hint = The user cannot sign in at the moment.
user-enabled-now = { $name } can sign in again.
user-email-taken = Another user has this address already.
user-last-superadmin = This is the last superadmin: give the role to somebody else first.
user-needs-role = Choose at least one role.
user-roles-lacking = You cannot give a role that may do more than you.
user-superadmin-at-root = A superadmin belongs to the topmost organisation.
problem-user-last-superadmin = This is the last superadmin: give the role to somebody else first.
problem-user-self = You cannot bar yourself. Ask another administrator.
role-superadmin = Superadmin
role-superadmin-hint = May do everything.
role-reseller = Reseller
role-reseller-hint = Sells to own customers and has own users.
role-sub-company = Sub-company
role-sub-company-hint = A branch of the company with own users.
role-agent = Agent
role-agent-hint = Looks after customers.
role-customer = Customer
role-customer-hint = Sees what is the customer's own.
role-auditor = Auditor
role-auditor-hint = Reads everything, changes nothing.

# Columns of the lists.
column-action = Act
column-actor = Who
column-actor-kind = Kind of actor
column-address = Address
column-at = When
column-chain-no = Number in the chain
column-created = Created
column-email = E-mail
column-name = Name
column-object = What
column-object-id = Id of the object
column-organisation = Organisation
column-plugin = Module
column-request = Request
column-role = Role
column-signed-in = Last sign-in
column-state = State

# The audit log.
audit-title = Audit log
audit-lead = What people, tokens and jobs did; a row that is changed later is found out.
audit-empty = Nothing was done yet
audit-empty-hint = Every change appears here within a second.
audit-unsealed = Nothing sealed yet
audit-sealed-to = Sealed up to row { $number }, { $at } UTC
audit-verify = Verify the chain
audit-verified = { $n ->
    [one] The chain holds: { $n } row was checked.
   *[other] The chain holds: { $n } rows were checked.
 }
problem-audit-broken = The chain breaks at row { $row }: the log was changed outside the cockpit. Run “cockpit audit verify” and compare with a backup.
audit-row-sealed = Row { $number } of the chain
audit-row-unsealed = Not sealed yet
audit-hash = Hash of the row
audit-change = Before and after
audit-field = Field
audit-before = Before
audit-after = After
audit-value = value
audit-no-change = Nothing was noted beyond the act itself
audit-no-change-hint = Some acts, such as signing in, change nothing that is kept here.
audit-erased = What stood here was erased
audit-erased-hint = A person's data was deleted; the row keeps its place in the chain.
actor-user = Person
actor-token = API token
actor-job = Job
actor-anonymous = Not signed in

# The own account.
profile-title = Your account
profile-lead = What only you see and set.
profile-account = Who you are
profile-look = Language and colours
profile-language = Language
profile-theme = Colours
sessions-title = Where you are signed in
sessions-end = Sign out everywhere else
sessions-end-consequence = All other browsers have to sign in again.
sessions-ended = You are signed out everywhere else.
session-agent = Browser
session-address = Address
session-since = Since
session-seen = Last used
session-this = this one
tokens-title = API tokens
tokens-lead = Software signs in with a token instead of a password.
tokens-none = No API token yet
tokens-none-hint = Create one for every program that talks to the cockpit.
token-name = Name
token-name-hint = Which program will use it.
token-prefix = Begins with
token-expires = Expires
token-used = Last used
token-lifetime = Valid for
token-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
 }
token-for-ever = Until revoked
token-reach = What it may do
token-reach-all = Whatever you may do
token-reach-all-hint = Follows your own permissions.
token-reach-some = Only what is chosen below
token-reach-some-hint = Choose as little as the program needs.
token-permissions = Permissions
token-needs-permission = Choose at least one permission.
token-create = Create a token
token-created = The token “{ $name }” was created.
token-once = Copy it now: it is not shown again.
token-copy = Copy the token
token-revoke = Revoke
token-revoke-consequence = Programs that use “{ $name }” are refused at once. This cannot be undone.
token-revoked = The token was revoked.

# Saved views of lists.
views-saved = The view “{ $name }” was saved.
views-deleted = The view was deleted.
problem-too-many-views = There are too many saved views for this list. Delete one that is no longer needed.

# Searching.
search-title = Search
search-words = Words
search-places = Pages
search-place = Page
search-what = What it does
search-page = Open this page
search-found = Found
search-detail = Details
search-more = Show all that match
search-list = Show in the list
search-failed = One list could not be searched now. Try again, or search in the list itself.
search-nothing-asked = What are you looking for?
search-hint = Type a name, a number or a key; every word must be found. You see what your role lets you see.
search-nothing = Nothing found
search-nothing-hint = Try fewer or shorter words, or the beginning of one.
