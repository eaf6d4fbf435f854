# Signing in: second factor, invitations, passwords.

# Passwords that are refused, and forgotten ones.
password-common = Too many others use this password, or it stands in lists of stolen ones. Choose another; a few words that belong together only for you are best.
password-own-words = This password says little more than your name, your address or what this product is called. Choose another.
forgot-link = Forgot your password?
forgot-title = Forgotten password
forgot-lead = Write the e-mail address you sign in with. If it belongs to an account, a link to choose another password is sent there.
forgot-send = Send the link
forgot-back = Back to signing in
forgot-sent = If { $email } belongs to an account, a link is on its way to it.
forgot-next = What happens next
forgot-sent-hint = Open the mail and follow its link within an hour. If nothing comes, look among unwanted mail, check the address, or ask your administrator.
reset-title = Choose another password
reset-lead = You are signed out everywhere; then sign in with the new password.
reset-submit = Change the password
reset-done = Your password was changed. Sign in with it.
reset-again = Send another link
reset-mail-subject = Choose another password
reset-mail-intro = Somebody, probably you, forgot the password of { $email }. The link below lets you choose another one. It works once, within an hour.
reset-mail-ignore = If it was not you, do nothing: your password stays as it is.
reset-mail-button = Choose another password

# Links that cannot be followed.
link-title = This link does not work
problem-link-expired = This link has expired. Ask for another one.
problem-link-unknown = This link is not complete, or a newer one took its place. Open the newest mail and copy the whole link.
problem-link-used = This link has been used already. Sign in instead.
problem-link-withdrawn = This link was withdrawn, or a newer one took its place. Look for a newer mail, or ask whoever sent it.

# Mails about an account.
told-password-subject = Your password was changed
told-password = The password of { $email } was changed.
told-factor-on-subject = The second factor was switched on
told-factor-on = Signing in as { $email } asks for a code of your app from now on.
told-factor-off-subject = The second factor was switched off
told-factor-off = Signing in as { $email } does not ask for a code of an app any more.
told-not-you = If you know nothing of it, tell your administrator at once.

# Invitations.
users-invite = Invite somebody
users-invite-send = Send the invitation
users-new-instead = Create without an invitation
invitation-hint = A link goes to the address; whoever opens it within 7 days chooses a password and is in.
invitation-language = Language of the mail
invitation-language-hint = It is the language of the account as well, until its owner chooses another.
invitation-open = This address has been invited already. Send the invitation again from the list of invitations.
invitation-sent = An invitation was sent to { $email }.
invitations-title = Invitations
invitations-empty = Nobody has to answer
invitations-empty-hint = Everybody who was invited has come. Invite a colleague or a partner.
invitation-state-open = Sent
invitation-state-expired = Expired
invitation-card = Invitation
invitation-resend = Send again
invitation-resend-title = Another link
invitation-resend-hint = A new link is sent and works for 7 days; the old one works no more.
invitation-withdraw = Withdraw
invitation-withdraw-title = Withdraw the invitation
invitation-withdraw-hint = The link that was sent stops working.
invitation-withdraw-consequence = { $name } cannot use the link any more. You can invite the same address again.
invitation-withdrawn = The invitation of { $name } was withdrawn.
column-invited-at = Invited
column-invited-by = Invited by
column-invited-until = Valid until
invitation-title = Welcome
invitation-lead = You were invited to work for { $organisation }. Choose a password, and you are in.
invitation-account = Your account
invitation-submit = Accept and sign in
invitation-accepted = Welcome! Your account is ready.
invitation-mail-subject = You are invited
invitation-mail-intro = You were invited to sign in.
invitation-mail-intro-by = { $sender } invites you to sign in.
invitation-mail-choose = Follow the link below and choose a password.
invitation-mail-until = The link works once, until { $until } UTC.
invitation-mail-button = Accept the invitation

# The second factor.
second-factor-title = Second factor
second-factor-ask = One more step
second-factor-code = Code
second-factor-code-hint = The six digits your authenticator app shows now, or one of your recovery codes.
second-factor-go = Continue
second-factor-back = Start again
second-factor-wrong = This code does not hold. Wait for the next one your app shows and type it; each code works once.
second-factor-over = It took too long, or too many codes were wrong. Sign in again with your password.
second-factor-recovered = { $n ->
    [0] You are in with your last recovery code. Make new ones now, on the page of your account.
    [one] You are in. { $n } recovery code is left; make new ones on the page of your account.
   *[other] You are in. { $n } recovery codes are left.
 }
second-factor-lead = A code of your phone besides the password: a stolen password alone lets nobody in.
second-factor-why = With an authenticator app on your phone, a stolen password alone lets nobody in.
second-factor-set-up = Set up
second-factor-manage = Manage
second-factor-on = On since { $at }
second-factor-codes-left = { $n ->
    [0] No recovery code is left: make new ones.
    [one] { $n } recovery code is left.
   *[other] { $n } recovery codes are left.
 }
second-factor-begin = Show the QR code
second-factor-step-app = Get an authenticator app
second-factor-app = Any app for one-time codes (TOTP) will do, also a password manager. Install one, then go on.
second-factor-step-scan = Scan and confirm
second-factor-scan = Scan the picture with the app, then write the six digits it shows.
second-factor-qr = QR code with the secret for your authenticator app; the same secret stands below as text
second-factor-by-hand = If you cannot scan it, type this secret into the app (time-based, six digits):
second-factor-copy = Copy the secret
second-factor-open-app = Open in an app on this device
second-factor-confirm = Confirm
second-factor-confirm-hint = Six digits. You are signed out everywhere else.
second-factor-off = Switch off
second-factor-off-title = Switch the second factor off
second-factor-off-hint = Signing in asks for the password alone again.
second-factor-off-consequence = The secret in your app and all recovery codes are worth nothing any more.
second-factor-off-now = The second factor was switched off.
second-factor-stays = Your role demands the second factor, so it cannot be switched off. With a new phone, ask an administrator to reset it.
problem-second-factor-on = The second factor is on already.
problem-second-factor-off = There is no second factor to take away.
problem-second-factor-not-begun = The second factor is not set up. Begin on the page of your account.
problem-totp-required = Your role demands a second factor. Set it up on the page of your account, then go on.
recovery-title = Recovery codes
recovery-keep = Keep these codes now.
recovery-once = They are not shown again.
recovery-card = Ten codes for the day you lose your phone
recovery-lead = Each of them works once in place of a code of the app. Print them, or keep them in a password manager.
recovery-copy = Copy the recovery codes
recovery-done = I have kept them
recovery-renew = Make new codes
recovery-renew-consequence = The codes you have kept work no more; ten new ones are shown once.
user-factor-title = Second factor
user-factor-on = On. If the phone and the recovery codes are lost, reset it.
user-factor-off = Not set up.
user-factor-reset = Reset
user-factor-reset-consequence = { $name } signs in with the password alone until a new app is set up, and is told by mail. Be sure that it is really { $name } who asks.
user-factor-reset-now = The second factor of { $name } was reset.

# Sessions.
session-end = Sign out there
session-ended = That browser is signed out.
