# Single sign-on.
