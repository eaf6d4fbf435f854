# Quarantine.
quarantine = Quarantine
quarantine-about = Reports above a quota: look through them, release them, delete them
quarantine-empty = Nothing is held
quarantine-empty-hint = Reports above a quota are kept here and do not count until somebody releases them.
quarantine-software = Software
quarantine-address = Address
quarantine-reason = Reason
quarantine-at = Received
quarantine-why = Why it is held
quarantine-reports = Too many reports
quarantine-new-installations = Too many new installations
quarantine-release = Release
quarantine-release-told = They count as if they had come in as usual, with the time they were received.
quarantine-delete = Delete
quarantine-delete-told = They are deleted for good. This cannot be undone.
quarantine-count = { $n ->
    [one] One report
   *[other] { $n } reports
}
quarantine-nothing = Tick at least one report first.
quarantine-later = These are many: it is being done in the background.
quarantine-released = { $n ->
    [one] One report was released.
   *[other] { $n } reports were released.
}
quarantine-deleted = { $n ->
    [one] One report was deleted.
   *[other] { $n } reports were deleted.
}
