# What is found before a release is published.

# Names and places.
check-nome-caratteri = “{ $file }”: the name may have letters, digits, “.”, “_” and “-” only, begins with a letter or a digit, and has at most 200 of them. It must not begin like a hash. Rename the file.
check-nome-versione = “{ $file }” says version { $found } in its name, but the release is { $version }. Upload the file of this release.
check-nome-estensione = “{ $file }” does not end as its format does: { $expected }. Choose another format, or another file.
check-nome-doppio = “{ $file }” is in the release twice. Remove one of them.
check-posto-doppio = “{ $file }” and “{ $other }” are for the same platform, architecture and format: programs could not tell which to take. Remove one of them.
check-solo-arm = “{ $file }” is for Arm (arm64), and there is none for Intel (x64). electron-updater does not say which processor it runs on, so computers with Intel would be offered this one, too. Add the other file, or say that this one is for any.

# Keys and signatures.
check-chiave-illeggibile = The public key of the product for { $scheme } cannot be read, so “{ $file }” was not verified. Enter the key again.
check-firma-mancante = “{ $file }” has no { $scheme } signature. The product has a public key, and its programs refuse files without one.
check-firma-non-verificata = Nobody verified the { $scheme } signature of “{ $file }”: the product has no public key for it. Enter it to have signatures verified.
check-firma-illeggibile = What was given as { $scheme } signature of “{ $file }” is none, or only a part of it. Upload it again.
check-firma-altra-chiave = “{ $file }” was signed with another key than the one of the product.
check-firma-errata = The { $scheme } signature does not belong to “{ $file }”: the file was changed after it was signed, it is not complete, or another key signed it.
check-commento-errato = The trusted comment of the signature of “{ $file }” is not the one that was signed, or the signature was changed.
check-commento-file = The signature of “{ $file }” was made for a file named “{ $found }”.
check-commento-versione = The signature of “{ $file }” was made for version { $found }, but the release is { $version }. Programs would refuse it.
check-commento-senza-versione = The signature of “{ $file }” names no version: an older file could be passed off as a newer one. Sign with Tauri 2.12 or later.

# Feeds.
check-elenco-illeggibile = “{ $file }” cannot be read: { $detail }
check-elenco-versione = “{ $file }” is about version { $found }, but the release is { $version }.
check-elenco-senza-versione = “{ $file }” has nothing of version { $version }.
check-elenco-file-ignoto = “{ $file }” names “{ $name }”, which the release does not have. Upload that file, too.
check-elenco-file-mancante = “{ $file }” does not name “{ $name }”, which is in the release.
check-elenco-dimensione = “{ $file }” says that “{ $name }” has { $found } bytes, but it has { $size }.
check-elenco-impronta = “{ $file }” has another { $hash } of “{ $name }” than the file itself.
check-elenco-campo-mancante = “{ $file }” does not say “{ $field }” of “{ $name }”.
check-elenco-pacchetto = “{ $file }” says that “{ $name }” is of the package “{ $package }”, but its name says another.
check-elenco-non-firmato = “{ $file }” has no signature at its end. Sign it with generate_appcast or sign_update of Sparkle 2.9 or later, or let this server make the feed.
check-elenco-versione-non-uscita = “{ $file }” offers version { $found }, which is not a published release of this product.

# Whole files.
check-controllo-in-corso = “{ $file }” is still being checked. Publishing waits for it.
check-virus = The scanner found something in “{ $file }”: { $told }. Remove the file, and look where it comes from.
check-scansione-fallita = The scanner did not look at “{ $file }”: { $told }. Publish again once it works.
