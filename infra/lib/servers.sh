# Postgres and RabbitMQ from Debian's packages, on private ports, with their data under one folder.
# Set before use: SERVERS (the folder) and the ports (servers_ports BASE).
# May be set: PG_CONNECTIONS, how many Postgres takes (400); MQ_STATISTICS, after how many milliseconds RabbitMQ's console knows of
# something (5000); PG_OPTIONS, more of Postgres's options; MQ_CONF, more lines of RabbitMQ's configuration.

PG_BIN=/usr/lib/postgresql/15/bin
MQ_BIN=/usr/lib/rabbitmq/bin
PG_ADMIN_PASSWORD=postgres-dev
MQ_ADMIN=admin
MQ_ADMIN_PASSWORD=admin-dev

servers_ports() {
  PG_PORT=$(($1 + 32))
  EPMD_PORT=$(($1 + 69))
  MQ_PORT=$(($1 + 72))
  MQ_CONSOLE_PORT=$(($1 + 73))
  MQ_DIST_PORT=$(($1 + 74))
  MQ_METRICS_PORT=$(($1 + 75))
  MQ_TLS_PORT=$(($1 + 76))
  API_PORT=$(($1 + 80))
  ISSUER_PORT=$(($1 + 81))
  # The orchestrator's; those of the participants follow.
  METRICS_PORT=$(($1 + 90))
}

servers_install() {
  local missing=()
  [ -x "$PG_BIN/postgres" ] || missing+=(postgresql-15)
  [ -x "$MQ_BIN/rabbitmq-server" ] || missing+=(rabbitmq-server)
  command -v curl >/dev/null 2>&1 || missing+=(curl)
  [ -z "${NEED_FAKETIME:-}" ] || compgen -G "/usr/lib/*/faketime/libfaketime.so.1" >/dev/null || missing+=(libfaketime)
  [ -z "${NEED_NODE:-}" ] || command -v npm >/dev/null 2>&1 || missing+=(nodejs npm)
  [ -z "${NEED_PYTHON:-}" ] || /usr/bin/python3 -c 'import pika, psycopg2' 2>/dev/null || missing+=(python3-pika python3-psycopg2)
  [ -z "${NEED_CHROMIUM:-}" ] || [ -x /usr/bin/chromium ] || missing+=(chromium)
  [ -z "${NEED_PROMETHEUS:-}" ] || { [ -x /usr/bin/prometheus ] && [ -x /usr/bin/promtool ]; } || missing+=(prometheus)
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null 2>&1 ||
    fail "${missing[*]} must be installed, and there is no apt-get." "Use Debian 12, or start a Docker engine and run this again."
  [ "$(id -u)" -eq 0 ] ||
    fail "${missing[*]} must be installed, which needs root." "Run this as root once, or: sudo apt-get install ${missing[*]}"
  step "Installing ${missing[*]}"
  local log="$SERVERS/install.log"
  (
    # The packages must not start servers of their own on the usual ports, neither now nor at the next boot.
    policy=/usr/sbin/policy-rc.d
    if [ ! -e "$policy" ]; then
      trap 'rm -f "$policy"' EXIT
      trap 'exit 1' INT TERM
      printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod +x "$policy"
    fi
    apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}" || exit 1
    for package in "${missing[@]}"; do
      case "$package" in rabbitmq-server | postgresql-15 | prometheus) systemctl disable "${package%-15}" || true ;; esac
    done
  ) >"$log" 2>&1 || fail "Installing ${missing[*]} failed: $(grep -m 1 '^E:' "$log")" "See $log"
}

# Postgres refuses to run as root, so root runs it as the user postgres.
as_postgres() { if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

postgres_data() {
  local data="$SERVERS/postgres"
  if [ -e "$data" ] || [ "$(id -u)" -ne 0 ]; then
    mkdir -p "$data"
  else
    mkdir -p "$data" && chown postgres "$data"
    if ! runuser -u postgres -- test -w "$data" 2>/dev/null; then
      # A clone under /root, which the user postgres may not enter: the data goes where it may, with a link here.
      rmdir "$data"
      local elsewhere
      elsewhere="/var/lib/saga-orchestrator/$(printf '%s' "$SERVERS" | md5sum | cut -c 1-12)"
      mkdir -p "$elsewhere" && chown postgres "$elsewhere" && ln -s "$elsewhere" "$data"
    fi
  fi
  readlink -f "$data"
}

psql_admin() { PGPASSWORD=$PG_ADMIN_PASSWORD psql -h 127.0.0.1 -p "$PG_PORT" -U postgres -v ON_ERROR_STOP=1 -qAt "$@"; }

postgres_up() {
  local data
  data=$(postgres_data)
  if [ -f "$data/postmaster.pid" ] && as_postgres "$PG_BIN/pg_ctl" -D "$data" status >/dev/null 2>&1; then
    return 0
  fi
  need_port "$PG_PORT" Postgres
  STARTED_POSTGRES=1
  step "Starting Postgres on port $PG_PORT"
  if [ ! -f "$data/PG_VERSION" ]; then
    local pw
    pw=$(mktemp) && chmod 644 "$pw" && echo "$PG_ADMIN_PASSWORD" >"$pw"
    as_postgres "$PG_BIN/initdb" -D "$data" -U postgres -A scram-sha-256 --pwfile="$pw" -E UTF8 --locale=C.UTF-8 >"$SERVERS/initdb.log" 2>&1 ||
      fail "Postgres could not make its data folder: $(tail -n 1 "$SERVERS/initdb.log")" "See $SERVERS/initdb.log"
    rm -f "$pw"
  fi
  # Durability stays on: fsync, synchronous_commit and full_page_writes are Postgres's defaults.
  as_postgres "$PG_BIN/pg_ctl" -D "$data" -l "$data/server.log" -w -t 60 start \
    -o "-p $PG_PORT -c listen_addresses=127.0.0.1 -c unix_socket_directories='$data' -c max_connections=${PG_CONNECTIONS:-400} -c shared_buffers=256MB ${PG_OPTIONS:-}" >"$SERVERS/postgres-start.log" 2>&1 ||
    fail "Postgres did not start: $(tail -n 1 "$data/server.log" 2>/dev/null)" "See $data/server.log"
}

postgres_prepare() { # ROLES-FILE
  { { [ "$(psql_admin -d postgres -c "select 1 from pg_database where datname = 'saga'")" = 1 ] || psql_admin -d postgres -c "create database saga"; } &&
    psql_admin -d saga -f "$1"; } ||
    fail "Postgres on port $PG_PORT could not be prepared." "Read its message above."
}

# Where many systems share the roles, as tests and benchmarks do.
postgres_unlimited() {
  psql_admin -d postgres -c "do \$\$ declare name text; begin
    for name in select rolname from pg_roles where rolconnlimit > 0 loop execute format('alter role %I connection limit -1', name); end loop;
    end \$\$" || fail "The limits of connections could not be lifted." "Read the message above."
}

postgres_down() {
  [ -e "$SERVERS/postgres" ] || return 0
  local data
  data=$(readlink -f "$SERVERS/postgres")
  [ -f "$data/postmaster.pid" ] || return 0
  as_postgres "$PG_BIN/pg_ctl" -D "$data" -m fast -w -t 60 stop >/dev/null 2>&1 || true
}

rabbitmq_env() {
  local dir="$SERVERS/rabbitmq"
  export HOME="$dir" ERL_EPMD_PORT=$EPMD_PORT ERL_EPMD_ADDRESS=127.0.0.1
  export RABBITMQ_NODENAME="saga$MQ_PORT@localhost" RABBITMQ_DIST_PORT=$MQ_DIST_PORT
  export RABBITMQ_CONFIG_FILE="$dir/rabbitmq.conf" RABBITMQ_ENABLED_PLUGINS_FILE="$dir/enabled_plugins"
  export RABBITMQ_MNESIA_BASE="$dir/data" RABBITMQ_LOG_BASE="$dir/log" RABBITMQ_PID_FILE="$dir/pid"
  export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="+sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}${MQ_STATISTICS:+ -rabbit quorum_tick_interval $MQ_STATISTICS}"
}

rabbitmq_ctl() (rabbitmq_env && "$MQ_BIN/rabbitmqctl" -q "$@")

rabbitmq_answers() { curl -fsS -m 5 -u "$MQ_ADMIN:$MQ_ADMIN_PASSWORD" "http://127.0.0.1:$MQ_CONSOLE_PORT/api/overview"; }

rabbitmq_up() { # DEFINITIONS-FILE
  local dir="$SERVERS/rabbitmq"
  if ours_alive "$dir/pid" "$SERVERS/rabbitmq"; then
    return 0
  fi
  need_port "$MQ_PORT" RabbitMQ
  need_port "$MQ_CONSOLE_PORT" "the RabbitMQ console"
  need_port "$MQ_DIST_PORT" "RabbitMQ's node"
  need_port "$MQ_METRICS_PORT" "RabbitMQ's metrics"
  STARTED_RABBITMQ=1
  step "Starting RabbitMQ on port $MQ_PORT, its console on $MQ_CONSOLE_PORT"
  mkdir -p "$dir/log"
  [ -f "$dir/.erlang.cookie" ] || { head -c 16 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$dir/.erlang.cookie" && chmod 400 "$dir/.erlang.cookie"; }
  echo '[rabbitmq_management,rabbitmq_prometheus,rabbitmq_shovel,rabbitmq_shovel_management].' >"$dir/enabled_plugins"
  cat >"$dir/rabbitmq.conf" <<CONF
listeners.tcp.1 = 127.0.0.1:$MQ_PORT
management.tcp.ip = 127.0.0.1
management.tcp.port = $MQ_CONSOLE_PORT
prometheus.tcp.ip = 127.0.0.1
prometheus.tcp.port = $MQ_METRICS_PORT
load_definitions = $1
vm_memory_high_watermark.absolute = 1GB
disk_free_limit.absolute = 200MB
# The quorum queues' log is written out when it is full. At its default of 512 MB that held up messages for two
# seconds, once a minute under load.
raft.wal_max_size_bytes = 64000000
log.file.rotation.size = 20000000
log.file.rotation.count = 3
${MQ_STATISTICS:+collect_statistics_interval = $MQ_STATISTICS}
${MQ_CONF:-}
CONF
  (rabbitmq_env && umask 027 && cd "$dir" && exec setsid nohup "$MQ_BIN/rabbitmq-server" >"$dir/log/start.log" 2>&1 </dev/null) &
  # The console answers before the queues of an earlier run are there again.
  { wait_for 90 rabbitmq_answers && rabbitmq_ctl await_startup --timeout 60 >/dev/null 2>&1; } ||
    fail "RabbitMQ did not start within 90 seconds." "See $dir/log"
}

rabbitmq_down() {
  local dir="$SERVERS/rabbitmq"
  ours_alive "$dir/pid" "$SERVERS/rabbitmq" || return 0
  local pid
  pid=$(head -n 1 "$dir/pid")
  rabbitmq_ctl stop >/dev/null 2>&1 || true
  wait_for 30 eval "! kill -0 $pid" || kill -KILL "$pid" 2>/dev/null || true
  rm -f "$dir/pid"
  # The name server that the node started for itself, on its own port.
  (rabbitmq_env && "$(find /usr/lib/erlang -name epmd -type f 2>/dev/null | head -n 1)" -port "$EPMD_PORT" -kill >/dev/null 2>&1) || true
}
