# Mapping: what software is and whose.
companies = Companies
companies-about = Companies as installations name them, and the customers they are
companies-empty = No company yet
companies-empty-hint = Companies appear here as soon as installations report themselves with a name or a VAT number.
companies-unmapped = Without a customer
companies-suggested = With a suggestion
companies-vat-wrong = VAT number wrong
companies-accept = Accept the best suggestion
companies-accept-now = Accept all of these
companies-accept-told = { $n } companies get the customer they most likely are, and with him their installations that nobody decided about. { $left } without a suggestion are left out. The first hundred are shown here.
companies-nobody-suggested = None of these companies has a suggestion. Open one and search for its customer.
company-name = Company
company-nameless = Without a name
company-vat-number = VAT number
company-vat = VAT check
company-installations = Installations
company-suggested = Best suggestion
company-score = Score
company-first-seen = First seen
company-unmapped = Without a customer
company-state = State
company-said = What it says of itself
company-whose = Whose it is
company-whose-told = Its installations that nobody decided about go to the customer you choose. Later ones come up with this decision as a suggestion.
company-assign = This is the customer
company-create-customer = Create the customer
company-create-told = The customer is created and gets the installations of this company that nobody decided about.
company-all-installations = All its installations
company-email = E-mail
company-email-hint = Where mails to this customer go. Installations do not say it.
company-name-missing = Enter the name of the company.
company-email-missing = Enter an e-mail address, such as info@example.com.
company-not-entered = The customer could not be created.
vat-right = Right
vat-wrong = VAT number wrong
vat-missing = Not said
mapping-customer = Customer
mapping-customer-missing = Choose a customer, or search for one.
mapping-customer-nobody = Nobody found. Search with the beginning of another word of the name.
mapping-customer-search = Search for a customer
mapping-customer-search-hint = The beginning of a word of the name
mapping-search = Search
mapping-reason = Reason
mapping-product = Product
mapping-product-none = No product
mapping-product-code-hint = The code of the product, such as gestionale-pro
mapping-product-missing = Choose a product.
mapping-product-long = The code has at most 64 characters.
mapping-product-unknown = There is no product with this code.
reason-same-vat-number = Same VAT number
reason-decision = Decided before
reason-same-name = Same name
reason-similar-name = Similar name
suggested-same-vat-number = The VAT number is the same ({ $score } of 100)
suggested-decision = Installations of this company were given to this customer before ({ $score } of 100)
suggested-same-name = The name is the same but for the form of the company ({ $score } of 100)
suggested-similar-name = The names have words in common ({ $score } of 100)
software = Software
software-about = Names software reports itself with, and the products it is
software-empty = No software yet
software-empty-hint = Names appear here as soon as installations report themselves.
software-name = Name
software-installations = Installations
software-version = Version
software-versions = Versions
software-decided-by = Decided by
software-unmapped = Without a product
software-note = Note
software-note-long = The note has at most 2,000 characters.
software-told = Every installation of this name is this product, unless a version rule or somebody says otherwise of it.
software-likely = By its name, this is most likely { $name }. Save to confirm.
software-several = Say which product
software-several-count = { $n ->
    [one] One name becomes this product.
   *[other] { $n } names become this product.
}
rules = Version rules
rule-new = New version rule
rule-told = Versions from one to another, both included, are another product. Leave one empty for no limit. The rule is applied to the present installations at once.
rule-from = From version
rule-to = To version
rule-add = Add the rule
rule-actions = Actions
rule-delete = Delete the rule
rule-delete-hint = Installations that are this product by the rule become the product of their name again.
rule-needs-version = Enter the first version, the last one, or both.
rule-backwards = The last version is older than the first one.
rule-overlaps = Some of these versions are in the rule from “{ $from }” to “{ $to }” already. Delete that one first, or choose other versions.
rules-changed-nothing = Done. It changes no installation that is there now.
installations-assign = Assign to a customer
installations-product = Say which product
installations-count-only = Only count
installations-ignore = Ignore
installations-reset = Back to not assigned
decide-nothing = Tick at least one row first.
decide-count = { $n ->
    [one] One installation
   *[other] { $n } installations
}
decide-several-companies = These installations name different companies. Check that they all belong to the same customer.
decide-first = { $n ->
    [one] The installation
   *[other] The first of them
}
decide-software = Software
decide-company = Company
decide-computer = Computer
decide-told-assign = { $n ->
    [one] It belongs to this customer, and is seen by who looks after him. You can undo it.
   *[other] They belong to this customer, and are seen by who looks after him. You can undo it.
}
decide-told-product = { $n ->
    [one] It is this product, whatever its name says. Without one it is the product of its name again. You can undo it.
   *[other] They are this product, whatever their name says. Without one they are the product of their name again. You can undo it.
}
decide-told-statistics = { $n ->
    [one] It belongs to nobody and is only counted in the statistics. You can undo it.
   *[other] They belong to nobody and are only counted in the statistics. You can undo it.
}
decide-told-ignore = { $n ->
    [one] It is not even counted in the statistics. You can undo it.
   *[other] They are not even counted in the statistics. You can undo it.
}
decide-told-pending = { $n ->
    [one] It waits again for somebody to decide. It belongs to no customer until then.
   *[other] They wait again for somebody to decide. They belong to no customer until then.
}
decide-progress = { $n } of { $total }
decided-done = Done. You can undo it on the page of the decision.
decided-later = These are many: it is being done in the background.
decided-state = State
decided-customer = Customer
decided-product = Product
decided-software = Software
decided-company = Company
decided-licence = Licence
decisions = Decisions
decisions-about = Who decided what about installations, and its undoing
decisions-empty = Nothing decided yet
decisions-empty-hint = Whatever is decided about installations appears here, and can be undone.
decision-at = When
decision-kind = What
decision-actor = Who
decision-count = Installations
decision-undone = Undone
decision-undone-at = Undone on
decision-undone-by = Undone by
decision-what = What was decided
decision-first = Its first installations
decision-undo = Undo
decision-undo-hint = Installations that still are as this decision left them become what they were before. Those somebody decided about since stay, and so do licences that were issued.
decision-undone-already = This decision was undone already.
decision-undone-all = Undone. Installations that are as they were before: { $n }.
decision-undone-some = Undone. Installations that are as they were before: { $n }; changed since, and left alone: { $left }.
decision-undone-none = Nothing was undone: every installation was changed since. Undo the newer decision first.
decision-undone-stopping = The decision is still at work: it is being stopped. Undo it once it has stopped.
decision-assign = Assigned to a customer
decision-state = State changed
decision-product = Product chosen
decision-company = Company is a customer
decision-licence = Licence
decision-regularise = Regularised
story-installation-assigned = { $n ->
    [one] An installation was assigned
   *[other] { $n } installations were assigned
}
problem-installation-changed = Somebody else changed one of these installations meanwhile. Open the page again.
