//! What each client asks and how it is answered.
