# The inventory of installations.
plugin-name = Inventory
plugin-description = Every installation that reports itself: what it is, whose, and how it is used.

permission-read = See the installations and reports of his branch
permission-classify = Decide what an installation is and whose
permission-license = Give installations a licence
permission-statistics = See the figures of the inventory
permission-quarantine = Look through, release and delete reports in quarantine

state-pending = Not assigned yet
state-assigned = Assigned
state-statistics = Only counted
state-ignored = Ignored
