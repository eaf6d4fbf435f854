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
menu-tabs = Pages of this section
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
table-bulk-all = All { $n } that match
table-bulk-all-many = All that match, more than { $n }
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
table-filters-more = More filters
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
problem-too-many-selected = No more than 1,000 rows can be ticked one by one. Filter the list and choose all that match instead.
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

# Imports.
import-act = What happens
import-act-create = New
import-act-refused = Not imported
import-act-unchanged = Already up to date
import-act-update = Changed
import-apply = { $n ->
    [one] Import { $n } row
   *[other] Import { $n } rows
 }
import-apply-consequence = { $n ->
    [one] { $n } row is written. Rows with problems are left out.
   *[other] { $n } rows are written. Rows with problems are left out.
 }
import-back = Change the columns
import-by = By
import-check = Check the rows
import-checking = Checking the rows
import-column = Column of the file
import-column-unnamed = Column { $n }, without a name
import-counts = In figures
import-created = Uploaded
import-earlier = Earlier imports
import-encoding = Encoding
import-failed = This stopped because of a fault of the server. Nothing is lost: continue, and it goes on where it was.
import-field = Field
import-field-missing = No column is mapped to “{ $field }”, which must be there.
import-field-twice = This field is already mapped to an earlier column.
import-file = File
import-file-hint = CSV, Excel (.xlsx) or JSON. The first row holds the names of the columns; in JSON, the members of the objects do.
import-forget = Forget this import
import-forget-consequence = The file and its report are deleted. What was imported stays.
import-forgotten = The import of { $file } was forgotten.
import-ignore = Leave out
import-importing = Importing
import-interrupted = This was stopped before it was finished. Continue, and it goes on where it was.
import-lead = Upload a file, say what its columns are, look at what would happen, then import.
import-limits = At most { $rows } rows and { $mb } MB. Files are kept for 30 days at most.
import-mapping-lead = { $rows } rows. Say which field each column belongs to; what you leave out is not imported.
import-mapping-title = Columns of { $file }
import-no-file = Choose a file first.
import-none = No imports yet
import-none-hint = Each file you upload appears here with its report.
import-object = Record
import-only-refused = Not imported
import-out-of-date = This page was out of date. Here is where the import stands now.
import-problems = Problems
import-progress = { $n } of { $total } rows
import-read-again = Read the file again
import-reading = How the file is read
import-report = Row by row
import-report-csv = Report as CSV
import-report-empty = There are no rows.
import-report-of = Import of { $file }
import-row = Row
import-row-changed = Somebody changed this record at the same moment. Import the row again.
import-row-done = Imported
import-row-same-as = Row { $n } of the file says the same. Leave one of the two out.
import-row-too-long = A cell of this row is too long. Check that every quotation mark is closed.
import-row-too-wide = This row has more cells than there are columns. Check its separators and quotation marks.
import-rows = Rows
import-samples = First rows
import-separator = Between the cells
import-separator-bar = Vertical bar |
import-separator-comma = Comma ,
import-separator-semicolon = Semicolon ;
import-separator-tab = Tab
import-sheet = Sheet
import-state = State
import-state-checked = To be confirmed
import-state-checking = Being checked
import-state-done = Imported
import-state-importing = Being imported
import-state-mapping = Columns to be mapped
import-state-stopped = Stopped
import-step-check = Check
import-step-columns = Columns
import-step-file = File
import-step-import = Import
import-stop = Stop
import-stop-consequence = What is written stays. You can continue later.
import-template = Empty file to fill in
import-told-checked = { $n ->
    [one] { $n } row is ready to be imported. Nothing has been written yet.
   *[other] { $n } rows are ready to be imported. Nothing has been written yet.
 }
import-told-done = { $n ->
    [one] Finished: { $n } row was written.
   *[other] Finished: { $n } rows were written.
 }
import-told-nothing = There is nothing to import: every row is up to date or has a problem.
import-told-stopped = { $n ->
    [one] Stopped. { $n } row is left to be imported.
   *[other] Stopped. { $n } rows are left to be imported.
 }
import-unreadable-damaged = This Excel file is damaged or protected by a password. Open it, save it again without one, and upload that.
import-unreadable-damaged-json = This JSON is damaged, or it holds no list of objects. Export it again and upload that.
import-unreadable-empty = This file is empty.
import-unreadable-form = The file did not arrive whole, or it is larger than this server accepts. Upload it again, or split it.
import-unreadable-old-workbook = This is an Excel file of the old kind (.xls). Save it as .xlsx or CSV and upload that.
import-unreadable-only-header = There are no rows below the names of the columns.
import-unreadable-so = The file cannot be read in that way. It is read as before.
import-unreadable-too-large = This file is too large. Split it and upload the parts one by one.
import-unreadable-too-many-columns = This file has more than 200 columns. Remove those that are not needed.
import-unreadable-too-many-rows = This file has more than 100,000 rows. Split it and upload the parts one by one.
import-unreadable-unknown = This is neither text nor an Excel file. Save it as CSV or .xlsx and upload that.
import-upload = Upload
title-error = Error: { $title }
