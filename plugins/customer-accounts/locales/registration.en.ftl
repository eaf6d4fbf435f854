# Registration, who receives whom, and who waits.
permission-rules = Decide who receives new customers: assignment rules and reseller codes
setting-registrations-per-hour = Registrations one address may send in an hour

# Who waits.
waiting = Awaiting validation
waiting-menu = To validate
waiting-about = Check who registered or was entered by an agent, and let him in or turn him down.
waiting-since = Waiting since
waiting-days = Days
waiting-origin = Origin
waiting-who = Who is waiting
waiting-why = Why here
waiting-with = Assigned to
waiting-twice = VAT number twice
waiting-empty = Nobody is waiting
waiting-empty-hint = Who registers through a web site or a program appears here until somebody validates or refuses him.
waiting-record = Customer record
waiting-validate = Validate
waiting-validate-consequence = { $name } becomes a validated customer and can be served.
waiting-refuse = Refuse
waiting-refuse-consequence = { $name } is turned down and is not served. The data stays, and you can let him in later. No mail is sent; who registered reads the reason when he asks.
waiting-reason = Reason
waiting-reason-hint = Who registered can read it.
waiting-assign = Assign
waiting-code-unknown = Nobody has the reseller code that was typed. Ask who registered, then assign him.
waiting-several = Handle several at once
waiting-several-act = What to do
waiting-several-nobody = Choose who is meant.
waiting-several-count = { $n ->
    [one] One customer
   *[other] { $n } customers
}
waiting-several-validated = They become validated customers and can be served. Check the names, then save.
waiting-several-assigned = They go to { $to }, with everything that is theirs. Check the names, then save.
waiting-several-limit = Only the 100 who have waited longest are listed here.
waiting-outcome = What became of it
waiting-done = Done
waiting-changed = Somebody else changed this customer meanwhile: nothing was done.
origin-code = Reseller code
origin-code-unknown = Unknown code
origin-registration = Registered
origin-entered = Entered by hand
received-code = The reseller code that was typed leads here.
received-rule = By the rule “{ $rule }”.
received-default = No rule matched: the vendor receives.
timeline-registered = Registered and waits to be validated.

# Assignment rules.
rules = Assignment rules
rules-lead = Who receives a customer who registers. Each organisation's rules are asked in their order, the first that matches wins; whoever receives may sort further with rules of his own.
rules-empty = No rules yet
rules-empty-hint = Without a rule, a customer goes to the organisation whose code he typed, otherwise to the vendor.
rule-new = New rule
rule-saved = The rule is saved.
rule-deleted = The rule “{ $name }” is deleted.
rule-now-on = The rule “{ $name }” is asked from now on.
rule-now-off = The rule “{ $name }” is not asked any more.
rule-delete-consequence = The rule “{ $name }” is deleted. Customers it handed on stay where they are. To keep it for later, switch it off instead.
rule-up = Earlier
rule-down = Later
rule-on = On
rule-off = Off
rule-state = State
rule-owner = Rule of
rule-conditions = When
rule-always = Always
rule-name = Name
rule-name-hint = Whoever receives a customer reads it as the reason.
rule-reseller-code = Reseller code
rule-provinces = Provinces
rule-provinces-hint = With commas between them: MI, TO, VA.
rule-country = Country
rule-product = Product
rule-products = Products
rule-products-hint = Codes with commas between them.
rule-receiver = Receiver
card-conditions = When
card-conditions-hint = Every condition that is filled in must hold; without any, the rule always matches.
card-outcome = Then
rules-country-hint = Two letters, like IT.
rules-preview = Try the rules
rules-preview-hint = Make somebody up and see who would receive him, and why.
rules-try = Try
rules-would-move = { $n ->
    [one] { $n } waiting customer would be handed on
   *[other] { $n } waiting customers would be handed on
 }
rules-apply = Hand on now
rules-apply-consequence = { $n ->
    [one] { $n } waiting customer is handed to whom the rules say. You can assign him to somebody else afterwards.
   *[other] { $n } waiting customers are handed to whom the rules say. You can assign them to somebody else afterwards.
 }
rules-applied = { $n ->
    [one] { $n } customer was handed on.
   *[other] { $n } customers were handed on.
 }
decision-default = No rule matches: your organisation receives.
decision-code = { $to } receives because the code is its own.
decision-rule = { $to } receives by the rule “{ $rule }”.

# Codes of organisations.
codes = Reseller codes
codes-hint = Who types the code of an organisation when registering is handed to it, unless a rule names that code.
codes-empty = No codes yet
code-organisation = Organisation
code-add = Add the code
code-added = The code { $code } is added.
code-removed = The code { $code } is removed.
code-remove-consequence = Who types the code { $code } from now on is received as if he had typed none.

# Licences of a customer.
licence-product = Product
licence-key = Key
licence-state = State
licence-until = Until
licence-state-attiva = Active
licence-state-demo = Demo
licence-state-scaduta = Expired
licence-state-sospesa = Suspended
licence-state-revocata = Revoked
licence-state-in-attesa-convalida = Awaiting validation
licences-none = No licences yet
licences-absent = No licences here
licences-absent-hint = The module that keeps licences is not switched on.

# What is wrong.
field-receiver = Choose one of the organisations.
problem-rule-changed = Somebody changed this rule in the meantime. Load the page again and check.
problem-reseller-code = Write a code of up to 64 letters, digits and signs, and try again.
problem-reseller-code-whose = Choose the organisation the code is for, and try again.
problem-reseller-code-taken = This code is already in use. Choose another one.
