# Texts shared by the host and every plugin.
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec

# Buttons and links.
add = Add
apply = Apply
back = Back
cancel = Cancel
clear = Clear
close = Close
continue = Continue
copied = Copied
copy = Copy
copy-failed = The text could not be copied: select it and press Ctrl+C.
create = Create
delete = Delete
disable = Switch off
download = Download
edit = Edit
enable = Switch on
next = Next
previous = Previous
refresh = Refresh
remove = Remove
save = Save
search = Search
send = Send
show = Show

# Words.
all = All
any = Any
never = Never
no = No
none = None
optional = optional
unlimited = Unlimited
yes = Yes
actions = Actions
details = Details
history = History

# The frame of every page.
account-menu = Your account
commands = Commands
commands-hint = Type a command or the name of a page
commands-none = Nothing is called like that.
menu-main = Main menu
menu-open = Open the menu
menu-to-review = to review
page-updated = The page was updated.
search-all = Search everywhere
shortcut-rows = Next or previous row
shortcut-select = Select the row
shortcuts = Keyboard shortcuts
shortcuts-single = Single-key shortcuts
shortcuts-single-hint = Switch them off if you control the computer by voice.
sign-in = Sign in
sign-out = Sign out
skip-to-content = Skip to the content
theme-to-auto = Use the system's colours
theme-to-dark = Use dark colours
theme-to-light = Use light colours

# Components.
chart-as-table = Show as a table
confirm-type = Type { $word } to confirm
errors-title = Please correct these points
job-finished = Finished
job-failed = Failed
request-id = Request id:
required-hint = Fields marked with * must be filled in.
steps = Progress

# Lists.
table-actions = Actions on the selected rows
table-clear = Clear the filters
table-columns = Columns
table-columns-hint = Choose what the list shows.
table-empty = Nothing here yet.
table-empty-filtered = Nothing matches these filters.
table-empty-filtered-hint = Change or clear the filters to see more.
table-export = Export
table-export-csv = CSV
table-export-currency = { $column }: currency
table-export-json = JSON
table-export-maximum = { $column }: maximum
table-export-too-long = Excel files hold up to { $n } rows here. Filter the list, or export it as CSV.
table-export-xlsx = Excel
table-filter-active = active
table-filter-contains = contains
table-filter-from = from
table-filter-max = at most
table-filter-min = at least
table-filter-to = to
table-filters = Filters
table-filters-active = Active filters
table-found = { $n ->
    [one] { $n } row
   *[other] { $n } rows
 }
table-found-many = More than { $n } rows
table-no-such-column = There is no such column.
table-no-such-parameter = There is no such parameter.
table-pages = Pages of the list
table-rows-per-page = Rows per page
table-search = Search in this list
table-select-all = Select all rows of this page
table-select-row = Select { $row }
table-selected = { $n ->
    [one] { $n } row selected
   *[other] { $n } rows selected
 }
table-selected-one = row selected
table-selected-other = rows selected
table-view-all = All
table-view-delete = Delete this view
table-view-delete-told = The view “{ $name }” is deleted. The rows it shows are not.
table-view-name = Name of the view
table-view-save = Save this view
table-view-shared = Everybody of my organisation sees it
table-views = Saved views

# What HTTP statuses are called.
status-400 = The request cannot be read
status-401 = Please sign in
status-403 = Not allowed
status-404 = Not found
status-405 = Method not allowed
status-406 = Not available in this form
status-408 = The request took too long
status-409 = Conflict
status-410 = No longer here
status-412 = Changed in the meantime
status-413 = Too large
status-415 = This format is not accepted
status-422 = The request makes no sense as it is
status-423 = Locked
status-428 = A condition is missing
status-429 = Too many requests
status-431 = The request's head is too large
status-500 = Something went wrong
status-501 = Not available
status-502 = An upstream server failed
status-503 = Not available right now
status-504 = The answer took too long

# What went wrong, and what to do.
problem-conflict = This clashes with something that already exists. Load the page again and check what is there.
problem-forbidden = You are not allowed to do this. Ask an administrator for the permission.
problem-idempotency-in-flight = A request with the same Idempotency-Key is still running. Try again in a moment.
problem-idempotency-key = The Idempotency-Key must be 1 to 255 printable characters.
problem-idempotency-key-reused = This Idempotency-Key was already used with another request. Use a new one.
problem-internal = This is a fault of the server, not yours. If it stays, quote the request id to the administrator.
problem-malformed-body = The body of the request cannot be read. Check that it is complete and well formed.
problem-malformed-cursor = This cursor is not one of this list. Start again from its first page.
problem-malformed-path = The address cannot be read. Check the id in it.
problem-malformed-query = The parameters of the address cannot be read.
problem-method-not-allowed = This address exists, but does not accept this method.
problem-not-found = There is no such thing here, or it is not yours to see. Check the address or search for it.
problem-precondition-failed = Somebody changed this in the meantime. Load it again before you change it.
problem-precondition-required = Send the If-Match header with the ETag you last received.
problem-timeout = The request took too long and was stopped. Try again with less at once.
problem-too-large = This is larger than what is accepted here. Send less at once.
problem-too-many-requests = Too many requests in a short time. Wait as long as Retry-After says and try again.
problem-unauthorized = Sign in, or send a valid API token, and try again.
problem-unavailable = This cannot be done at the moment. Try again in a minute.
problem-unsupported-media-type = This content type is not accepted. Send JSON or a form, as the documentation says.
problem-validation = Some fields are wrong. Correct them and send again.

# What is wrong with a field.
field-amount = Write an amount, like 1234.50.
field-date = Write a date, like 2027-12-31.
field-email = Write an e-mail address, like name@example.org.
field-number = Write a whole number.
field-option = Choose one of the options.
field-range = This is outside the allowed range.
field-required = Fill this in.
field-taken = This is already in use.
field-too-long = This is too long.
field-too-short = This is too short.
