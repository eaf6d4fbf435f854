## renewals
