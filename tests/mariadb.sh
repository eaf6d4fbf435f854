# Sourced by run.sh: a MariaDB of our own on a free loopback port, as durable as in production.

mariadb_start() {
    mariadb_home=$(mktemp -d)
    chmod 755 "$mariadb_home"
    local user=() port
    if [ "$(id -u)" = 0 ]; then
        user=(--user=mysql)
        chown mysql "$mariadb_home"
    fi
    mariadb-install-db --no-defaults "${user[@]}" --datadir="$mariadb_home/data" \
        --auth-root-authentication-method=socket --skip-test-db >"$mariadb_home/install.log" 2>&1
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    mariadbd --no-defaults "${user[@]}" --datadir="$mariadb_home/data" \
        --socket="$mariadb_home/socket" --port="$port" --bind-address=127.0.0.1 \
        --log-error="$mariadb_home/error.log" --pid-file="$mariadb_home/pid" \
        --skip-name-resolve --innodb-flush-log-at-trx-commit=1 --max-connections=400 &
    local tries=0
    until mariadb-admin --no-defaults --socket="$mariadb_home/socket" ping >/dev/null 2>&1; do
        tries=$((tries + 1))
        [ "$tries" -lt 300 ] || { cat "$mariadb_home/error.log"; return 1; }
        sleep 0.1
    done
    mariadb --no-defaults --socket="$mariadb_home/socket" -e \
        "create user tests@'127.0.0.1' identified by 'tests'; grant all on *.* to tests@'127.0.0.1';"
    export COCKPIT_TEST_MARIADB="mysql://tests:tests@127.0.0.1:$port/"
}

mariadb_stop() {
    mariadb-admin --no-defaults --socket="$mariadb_home/socket" shutdown >/dev/null 2>&1 || true
    rm -rf "$mariadb_home"
}
