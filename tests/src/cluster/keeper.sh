# Keeps one throw-away PostgreSQL: makes it, starts and stops it at a word from its owner, and takes it away with all its
# data when nobody needs it any more. However the owner went, the kernel closes its end of the pipe and lets go of its
# locks, so nothing here depends on a goodbye.
#
# Arguments: this text, and how many seconds to wait for a next user after the last one went.
# In:  `start PORT`, `stop fast`, `stop immediate`, a line each. At the end of the input the keeper waits until nobody
#      holds a lock on the file `users` in the folder, and then ends everything.
# Out: `made PROGRAMS FOLDER PASSWORD` (between tabs), then `done` or `failed` for every word; any other line complains.
set -u
umask 077
export LC_ALL=C

# PostgreSQL refuses to run as root. Its Debian package makes a user for it.
if [ "$(id -u)" = 0 ]; then
    user=nobody
    if id -u postgres >/dev/null 2>&1; then user=postgres; fi
    exec runuser -u "$user" -- sh -c "$1" "$0" "$@"
fi

linger=$2
programs=
for found in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V); do
    if [ -x "$found/initdb" ]; then programs=$found; fi
done
if [ -z "$programs" ] && command -v initdb >/dev/null; then programs=$(dirname "$(command -v initdb)"); fi
if [ -z "$programs" ]; then
    echo "PostgreSQL is missing, so no test on it can run: start \`tests/all\` once, it installs the Debian package postgresql"
    exit 1
fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/homeward-postgres.XXXXXX" 2>/dev/null || mktemp -d /tmp/homeward-postgres.XXXXXX) || exit 1
data=$folder/data

start() {
    "$programs/pg_ctl" start --pgdata="$data" --log="$folder/server.log" --options="-p $1" --wait --timeout=60
}

stop() {
    "$programs/pg_ctl" stop --pgdata="$data" --mode="$1" --wait --timeout=60
}

end() {
    if [ -f "$data/postmaster.pid" ]; then stop immediate; fi </dev/null >>"$folder/keeper.log" 2>&1
    rm -rf "$folder"
}
trap end EXIT
trap 'exit 1' HUP INT TERM
# An owner that died listens no more; that is no reason to die without clearing up.
trap : PIPE

make() {
    od -An -N16 -tx1 /dev/urandom | tr -d ' \n' >"$folder/password"
    : >"$folder/users"
    # Nobody will ask for the bare cluster after a power cut: only what the tests write has to be on the disk.
    # Dropping a database waits for connections that are being authenticated, and a test that drops its own does not go on with them
    # meanwhile: after the usual minute the drop is over its time, too.
    "$programs/initdb" --pgdata="$data" --username=postgres --pwfile="$folder/password" --auth=scram-sha-256 \
        --encoding=UTF8 --locale=C.UTF-8 --no-sync || return
    cat >>"$data/postgresql.conf" <<END
listen_addresses = '127.0.0.1'
unix_socket_directories = '$folder'
max_connections = 400
fsync = on
synchronous_commit = on
authentication_timeout = 5s
END
}
if ! make </dev/null >>"$folder/keeper.log" 2>&1; then
    cat "$folder/keeper.log"
    exit 1
fi
printf 'made\t%s\t%s\t%s\n' "$programs" "$folder" "$(cat "$folder/password")"

while read -r word argument; do
    case $word in
    start) start "$argument" ;;
    stop) stop "$argument" ;;
    *) false ;;
    esac </dev/null >>"$folder/keeper.log" 2>&1 && answer=done || answer=failed
    echo "$answer"
done

exec >/dev/null 2>&1
exec 9<"$folder/users"
flock 9
while
    flock --unlock 9
    sleep "$linger"
    ! flock --nonblock 9
do
    flock 9
done
