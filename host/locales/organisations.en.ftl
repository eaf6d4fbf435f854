# The organisation tree.
permission-organisations = See the organisation tree below your own organisation, and create, move and suspend what is in it.
menu-organisations = Organisations

organisations-title = Organisations
organisations-lead = Who sells through whom. Everybody sees his own organisation and all below it.
organisations-as-list = Show as a list
organisations-search = Find an organisation by its name
organisations-suspended = Suspended
organisations-more = Only the first { $n } organisations are drawn here. The list holds all of them.
organisations-empty = No organisation below yours yet
organisations-empty-hint = Create resellers, sub-companies and agents, then invite their people.
organisations-not-found = No organisation is called like that
organisations-not-found-hint = Check the spelling, or clear the search to see the whole tree.

organisation-title = Organisation
organisation-vendor = Vendor
organisation-reseller = Reseller
organisation-reseller-hint = Sells to customers of its own; may have resellers, sub-companies and agents below it.
organisation-sub-company = Sub-company
organisation-sub-company-hint = A company that belongs to the one above it; may have sub-companies and agents below it.
organisation-agent = Agent
organisation-agent-hint = Looks after customers; only they stand below it.
organisation-active = Active
organisation-suspended = Suspended
organisation-suspended-above = Suspended from above
organisation-invited = Invited
organisation-kind = Kind
organisation-above = Stands below
organisation-above-hint = Resellers stand below the vendor or a reseller, sub-companies also below a sub-company. Nothing but customers stands below an agent.
organisation-new-above = New place
organisation-changed = Last changed
organisation-people-of-branch = People, with those below
organisation-directly-below = Directly below
organisation-nothing-below = No organisation stands below this one.
organisation-below = { $n ->
    [one] { $n } organisation below
   *[other] { $n } organisations below
 }
organisation-count = { $n ->
    [one] { $n } organisation
   *[other] { $n } organisations
 }
organisation-people = { $n ->
    [0] nobody
    [one] { $n } person
   *[other] { $n } people
 }
organisation-customers = { $n ->
    [0] no customers
    [one] { $n } customer
   *[other] { $n } customers
 }

organisation-new = New organisation
organisation-new-below = New organisation below
organisation-create = Create the organisation
organisation-created = { $name } was created. Invite its people next.
organisation-rename = Rename
organisation-renamed = The organisation is now called { $name }.
organisation-name-control = Use letters, digits and punctuation only, in one line.
organisation-nobody = Nobody belongs to this organisation yet
organisation-nobody-hint = Invite somebody: he will see this organisation and all below it.
organisation-invite = Invite somebody

organisation-move = Move
organisation-move-title = Move { $name }
organisation-move-along = { $organisations }, { $people } and { $customers } move along. People who are signed in see from the new place at their next click.
organisation-move-now = Move it here
organisation-moved = { $name } was moved, with everything below it.
organisation-no-place = There is no other place for it
organisation-no-place-hint = Create an organisation of a kind that it may stand below, then come back.
organisation-kind-not-below = An organisation of this kind cannot stand below that one. Choose another place or another kind.
organisation-too-deep = The tree would become deeper than 30 levels. Choose a place higher up.
organisation-into-itself = An organisation cannot be moved below itself. Choose a place outside its branch.

organisation-suspend = Suspend
organisation-suspend-consequence = Everybody in { $name } and below it is locked out from the next click on, and API tokens stop working. Nothing is lost; you can let them in again at any time.
organisation-now-suspended = { $name } is suspended: nobody in it or below it gets in.
organisation-resume = Resume
organisation-resume-consequence = The people in { $name } and below it can sign in again.
organisation-now-active = { $name } is active again.
organisation-barred = This organisation is suspended: nobody in it or below it gets in.
organisation-barred-above = An organisation above this one is suspended: nobody in this one gets in.

organisation-delete = Delete
organisation-delete-hint = Nothing stands below it and nobody belongs to it.
organisation-delete-consequence = { $name } disappears from the tree. This cannot be undone.
organisation-deleted = { $name } was deleted.

column-kind = Kind
column-above = Below
column-people = People
column-below = Organisations below
column-customers = Customers

problem-organisation-root = This is the topmost organisation: it cannot be moved, suspended or deleted.
problem-organisation-own = This is your own organisation. Ask somebody above it to do this.
problem-organisation-not-empty = Only an empty organisation can be deleted. Move or delete first what stands below it, and its people; withdraw its open invitations.
problem-organisation-changed = Somebody changed the tree in the meantime. Look at it as it is now, then try again.
