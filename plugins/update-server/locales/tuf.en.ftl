# Signed metadata: why it cannot be written or its keys cannot be changed, and what people should know.

problem-tuf-rollouts = At most three rollouts of a product can go on at once, counted in each channel: { $rollouts } are going on. Conclude or stop one of them under Rollouts, or give this release to everybody at once.
problem-tuf-name = “{ $name }” cannot be signed: names of channels, versions and files have only letters and digits without accents, spaces and . _ - + ~ ( ) @ , = ! ' & ; $, and a channel is not called root, targets, snapshot or timestamp.
problem-tuf-threshold = The number of signatures must lie between one and the number of keys.
problem-tuf-key = This is not a public key. Enter the 64 hexadecimal digits of an Ed25519 key.
problem-tuf-key-known = This key is known already. A key signs one role, and never comes back once it was replaced.
problem-tuf-key-unknown = This key does not sign this role.
problem-tuf-online = Snapshots and timestamps are signed every day, so enough of their keys must be kept here.
problem-tuf-not-begun = The keys are made when the first release of the product is published.
problem-tuf-changing = Another change of keys waits for signatures. Complete it or give it up first.
problem-tuf-signatures = The file cannot be read. Upload a signed document, or its signatures as JSON.
problem-tuf-other-document = None of the documents that wait says this. Download them again and sign those.
problem-tuf-other-key = The key { $key } does not sign this document.
problem-tuf-wrong-signature = The signature of the key { $key } is wrong.
tuf-warning-ended = The metadata “{ $role }” ended on { $date }: clients refuse every update.
tuf-warning-late = The metadata “{ $role }” ends on { $date } and should have been signed anew by now. Look whether jobs run.
tuf-warning-ends = The metadata “{ $role }” ends on { $date }, and its keys are kept elsewhere. Sign the document that waits.
tuf-warning-waits = Metadata has been waiting for signatures since { $date }: { $role }.
