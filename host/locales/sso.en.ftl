# Single sign-on.
problem-sso-malformed = This sign-in could not be read. Go back to where you came from and open the cockpit from there again; if it happens again, tell your administrator.
problem-sso-untrusted = This sign-in could not be verified. Go back to where you came from and open the cockpit from there again; if it happens again, tell your administrator.
problem-sso-expired = This sign-in has expired. Go back to where you came from and open the cockpit from there again.
problem-sso-used = This sign-in was used before and works only once. Go back to where you came from and open the cockpit from there again.
problem-sso-unknown-user = You have no account here yet. Ask your administrator for one.
problem-sso-email-taken = Your e-mail address belongs to another account here. Ask your administrator to put it right.
problem-sso-barred = You may not sign in at present. Ask your administrator.
problem-sso-no-organisation = Your organisation is not known here. Ask your administrator to add it.
problem-sso-no-role = You have no role here yet. Ask your administrator to give you one.
problem-sso-insecure = Signing in cannot work over this connection, because it is not encrypted. Open the cockpit with https.
problem-sso-unavailable = Signing in from there does not work at present. Try again later, or tell your administrator.
