# Audit log and access log.
menu-access = Access log
setting-access-log-days = Days that the access log is kept
access-title = Access log
access-lead = Who came in, who failed to, and with what.
access-empty = Nobody has come in yet
access-empty-hint = Every sign-in, every failure and the use of API tokens appear here within a second.
access-failures = Failures
access-signed-in = Signed in
access-sign-in-failed = Sign-in failed
access-second-factor-failed = Wrong code
access-signed-out = Signed out
access-password-reset-requested = New password asked for
access-password-changed = Password changed
access-invitation-accepted = Invitation accepted
access-sso-signed-in = Signed in by another cockpit
access-token-used = API token used
access-token-refused = API token refused
column-who = Who
column-browser = Browser
column-detail = Detail
audit-row-changed = Changed afterwards
audit-row-erased = Erased, still in the chain
audit-row-whole = Unchanged
token-may-all = Whatever its owner may
token-may-some = { $n ->
    [one] { $n } permission
   *[other] { $n } permissions
 }
token-may-in = { $may }, in { $branch }
token-branch = Where it reaches
token-branch-hint = It sees this organisation and all below it, never more than you.
token-days-range = Write a number of days from 1 to 3650.
