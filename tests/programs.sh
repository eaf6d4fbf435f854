# Sourced by run.sh: builds what the black-box tests run. Each build by itself, because cargo would
# give a library the features that the host needs, and its runtime with them.

mkdir -p target/bare target/libraries
# A running program or a loaded library may not be written over, but it may be replaced.
place() { cp "$1" "$2.new" && mv "$2.new" "$2"; }

cargo build --quiet --package customer-accounts-library --package license-generator-library \
    --package registration-inventory-library --package update-server-library \
    --package panics-library --package other-abi-library
for library in customer_accounts license_generator registration_inventory update_server panics other_abi; do
    place "target/debug/lib${library}_library.so" "target/libraries/lib${library}_library.so"
done
cargo build --quiet --package host --no-default-features
place target/debug/cockpit target/bare/cockpit
cargo build --quiet --package host --bins --examples
