# Sourced by run.sh: makes sure every program the tests use is there.
# Needs: bash, cargo, and either root or the packages already installed.

need_packages=()
command -v mariadbd >/dev/null || need_packages+=(mariadb-server)
command -v chromium >/dev/null || need_packages+=(chromium)
command -v chromedriver >/dev/null || need_packages+=(chromium-driver)
command -v npm >/dev/null || need_packages+=(npm)
command -v python3 >/dev/null || need_packages+=(python3 python3-venv)
if [ "${#need_packages[@]}" -gt 0 ]; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "${need_packages[@]}" >/dev/null
fi

for program in cargo-nextest cargo-deny cargo-hack; do
    if ! command -v "$program" >/dev/null; then
        cargo install --quiet --locked "$program"
    fi
done

# axe-core is injected into pages by the browser tests.
if [ ! -e "$tools/node_modules/axe-core/axe.min.js" ]; then
    npm install --silent --no-audit --no-fund --prefix "$tools" axe-core@4
fi
export COCKPIT_TEST_AXE="$tools/node_modules/axe-core/axe.min.js"

# Its strings go through every form; those younger than the package lie beside the test.
if [ ! -e "$tools/node_modules/big-list-of-naughty-strings/blns.json" ]; then
    npm install --silent --no-audit --no-fund --prefix "$tools" big-list-of-naughty-strings@1.0.0
fi
export COCKPIT_TEST_NAUGHTY="$tools/node_modules/big-list-of-naughty-strings/blns.json"

# JWT libraries of other languages check our tokens.
if [ ! -e "$tools/node_modules/jose/package.json" ]; then
    npm install --silent --no-audit --no-fund --prefix "$tools" jose@6
fi
# Stock clients that look for updates.
if [ ! -e "$tools/node_modules/electron-updater/package.json" ]; then
    npm install --silent --no-audit --no-fund --prefix "$tools" electron-updater@6 tuf-js@6
fi
export COCKPIT_TEST_NODE_MODULES="$tools/node_modules"
if [ ! -x "$tools/python/bin/python" ]; then
    python3 -m venv "$tools/python"
    "$tools/python/bin/pip" install --quiet 'PyJWT[crypto]==2.*'
fi
# A mail server of another make takes our mails.
if ! "$tools/python/bin/python" -c "import aiosmtpd" 2>/dev/null; then
    "$tools/python/bin/pip" install --quiet 'aiosmtpd==1.4.6'
fi
# The reference client of The Update Framework.
if ! "$tools/python/bin/python" -c "import tuf" 2>/dev/null; then
    "$tools/python/bin/pip" install --quiet 'tuf==7.*'
fi
# The client of Velopack.
if ! "$tools/python/bin/python" -c "import velopack" 2>/dev/null; then
    "$tools/python/bin/pip" install --quiet 'velopack==1.*'
fi
# It reads the OpenAPI document and sends what a careful or careless client would.
if [ ! -x "$tools/python/bin/st" ]; then
    "$tools/python/bin/pip" install --quiet 'schemathesis==4.*'
fi
export COCKPIT_TEST_PYTHON="$tools/python/bin/python"
