# The orchestrator and the participants as processes. Needs ROOT, STATE, CONFIGURATION and the ports of servers.sh.

DB="Host=127.0.0.1;Port=%s;Database=saga;Username=%s;Password=%s-dev"
HOST_DLL() { echo "$ROOT/src/Orchestrator/Server/bin/$CONFIGURATION/net10.0/SagaOrchestrator.Server.dll"; }
ISSUER_DLL() { echo "$ROOT/tools/issuer/bin/$CONFIGURATION/net10.0/SagaOrchestrator.Issuer.dll"; }
PARTICIPANTS_DLL() { echo "$ROOT/src/Participants/Services/bin/$CONFIGURATION/net10.0/SagaOrchestrator.Participants.Services.dll"; }

connection() { printf "$DB" "$PG_PORT" "$1" "$1"; }

# Applies the schemas, with the only role that may change tables. No service is given its connection string.
migrate() {
  step "Applying the schemas"
  (
    export ConnectionStrings__Migrator="$(connection postgres)"
    dotnet "$(HOST_DLL)" migrate >"$STATE/migrate.log" 2>&1 && dotnet "$(PARTICIPANTS_DLL)" migrate >>"$STATE/migrate.log" 2>&1
  ) || fail "The schemas could not be applied: $(tail -n 1 "$STATE/migrate.log")" "See $STATE/migrate.log"
}

broker_env() { export RabbitMq__Host=127.0.0.1 RabbitMq__Port=$MQ_PORT RabbitMq__VirtualHost=saga; }

# participant_env NAME: a process is given the passwords of its own service alone.
participant_env() {
  broker_env
  export "ConnectionStrings__$1=$(connection "$1")"
  export "${1}__RabbitMq__Username=$1" "${1}__RabbitMq__Password=$1-dev"
}

# Logs may hold business keys: they are for the owner and the group, and do not grow without bound.
launch() { # NAME PROGRAM ARGS...
  local name=$1 log="$STATE/logs/$1.log"
  shift
  (
    umask 027
    mkdir -p "$STATE/logs" && : >>"$log" && chmod 640 "$log"
    setsid nohup "$@" >>"$log" 2>&1 </dev/null &
    echo $! >"$STATE/$name.pid"
    setsid nohup "$ROOT/infra/lib/rotate.sh" $! "$log" >/dev/null 2>&1 </dev/null &
  )
}

issuer_answers() { curl -fsS -m 5 "http://127.0.0.1:$ISSUER_PORT/.well-known/openid-configuration"; }

# Who may use the API: tokens of an issuer for development, and one key for the runner.
issuer_up() {
  ISSUER="http://127.0.0.1:$ISSUER_PORT/"
  ours_alive "$STATE/issuer.pid" "$(ISSUER_DLL)" && return
  need_port "$ISSUER_PORT" "the issuer of tokens"
  step "Starting an issuer of tokens, with development users"
  launch issuer dotnet "$(ISSUER_DLL)" --url "$ISSUER" --key "$STATE/issuer.pem"
  STARTED_ISSUER=$(cat "$STATE/issuer.pid")
  wait_for 60 issuer_answers ||
    fail "The issuer of tokens did not answer within 60 seconds." "See $STATE/logs/issuer.log"
}

# token USER: of a development user, whose password is his name and -dev.
token() {
  local answer
  answer=$(curl -sS -m 10 "http://127.0.0.1:$ISSUER_PORT/connect/token" -d grant_type=password -d client_id=curl \
    --data-urlencode "username=$1" --data-urlencode "password=$1-dev") ||
    fail "The issuer of tokens does not answer on port $ISSUER_PORT." "Start the system: infra/run"
  sed -n 's/.*"access_token": *"\([^"]*\)".*/\1/p' <<<"$answer" | grep . ||
    fail "The issuer gives '$1' no token." "Name one of reader, starter, operator, administrator."
}

# A development key, as the passwords are: whoever reads this has it.
RUNNER_KEY=runner.runner-dev-runner-dev-runner-dev

access_env() {
  [ -n "${ISSUER:-}" ] || return 0
  export Auth__Authority=$ISSUER Auth__Audience=saga-orchestrator
  export Console__Authority=$ISSUER Console__ClientId=saga-console
  export Auth__ApiKeys__0__Name="${RUNNER_KEY%%.*}" Auth__ApiKeys__0__Roles=start,operate
  Auth__ApiKeys__0__Sha256=$(printf %s "${RUNNER_KEY#*.}" | sha256sum | cut -d ' ' -f 1)
  Auth__ApiKeys__1__Sha256=$(printf %s "${SHIPPING_KEY#*.}" | sha256sum | cut -d ' ' -f 1)
  export Auth__ApiKeys__0__Sha256 Auth__ApiKeys__1__Sha256
  export Auth__ApiKeys__1__Name="${SHIPPING_KEY%%.*}" Auth__ApiKeys__1__Roles=keys
}

# The ring of keys for marked values: the orchestrator's, and that of shipping, which reads the recipient's name.
sensitive_env() { export Sensitive__KeyFile="$ROOT/infra/sensitive.keys"; }

# A development key too: with it shipping asks the API for the keys of customers.
SHIPPING_KEY=shipping.shipping-dev-shipping-dev-shipping-dev

reads_names_env() {
  sensitive_env
  export Sensitive__Orchestrator="http://127.0.0.1:$API_PORT"
  [ -z "${ISSUER:-}" ] || export Sensitive__ApiKey=$SHIPPING_KEY
}

orchestrator_ready() { curl -fsS -m 5 "http://127.0.0.1:$API_PORT/health/ready"; }

orchestrator_up() {
  ours_alive "$STATE/orchestrator.pid" "$(HOST_DLL)" && return
  need_port "$API_PORT" "the orchestrator's API"
  step "Starting the orchestrator"
  (
    broker_env
    export ConnectionStrings__Orchestrator="$(connection orchestrator)"
    access_env
    sensitive_env
    # Receivers of webhooks may be on this machine.
    export Webhooks__AllowPrivateAddresses=true Webhooks__AllowHttp=true
    export ASPNETCORE_URLS="http://127.0.0.1:$API_PORT" RabbitMq__Username=orchestrator RabbitMq__Password=orchestrator-dev
    # Short enough that the sample's silent payment gateway can be watched timing out.
    export OrderFulfillment__StepTimeout="${OrderFulfillment__StepTimeout:-00:00:10}"
    # The same for a refund that is parked, a payment that is asked for, and an approval and a deadline that pass.
    export OrderFulfillment__CompensationAttempts="${OrderFulfillment__CompensationAttempts:-3}"
    export BusinessOrders__StepTimeout="${BusinessOrders__StepTimeout:-00:00:05}"
    export BusinessOrders__ApprovalWithin="${BusinessOrders__ApprovalWithin:-00:01:00}"
    export BusinessOrders__GivesUpAfter="${BusinessOrders__GivesUpAfter:-00:01:00}"
    export OTEL_EXPORTER_PROMETHEUS_PORT=$METRICS_PORT
    launch orchestrator dotnet "$(HOST_DLL)"
  )
  STARTED_ORCHESTRATOR=$(cat "$STATE/orchestrator.pid")
  wait_for 60 orchestrator_ready ||
    fail "The orchestrator was not ready within 60 seconds." "See $STATE/logs/orchestrator.log"
}

PARTICIPANTS=(inventory payments shipping notifications)

# Each is a process of its own, as it would be where they run for good, and has a log and a name in the telemetry of its own.
participants_up() {
  local name started=()
  for name in "${WITHOUT[@]}"; do
    # One that an earlier command left running is not somebody else's.
    stop_ours "$STATE/$name.pid" "$(PARTICIPANTS_DLL)" 30
  done
  for name in "${PARTICIPANTS[@]}"; do
    ours_alive "$STATE/$name.pid" "$(PARTICIPANTS_DLL) --services $name" || started+=("$name")
  done
  [ ${#started[@]} -gt 0 ] || return 0
  step "Starting $(printf '%s, ' "${started[@]}" | sed 's/, $//; s/\(.*\), /\1 and /')"
  for name in "${started[@]}"; do
    (
      participant_env "$name"
      [ "$name" != shipping ] || reads_names_env
      export OTEL_EXPORTER_PROMETHEUS_PORT=$(metrics_port "$name")
      launch "$name" dotnet "$(PARTICIPANTS_DLL)" --services "$name"
    )
    STARTED_PARTICIPANTS+=" $name=$(cat "$STATE/$name.pid")"
  done
  wait_for 90 participants_ready ||
    fail "The participants were not ready within 90 seconds." "See $STATE/logs"
}

# Each has a port for its metrics, behind the orchestrator's.
metrics_port() { # SERVICE
  case "$1" in
    inventory) echo $((METRICS_PORT + 1)) ;;
    payments) echo $((METRICS_PORT + 2)) ;;
    shipping) echo $((METRICS_PORT + 3)) ;;
    notifications) echo $((METRICS_PORT + 4)) ;;
  esac
}

participants_ready() { consumed "${PARTICIPANTS[@]}"; }

# Each of these queues has a consumer.
consumed() { # QUEUE...
  local name consumers
  consumers=$(curl -fsS -m 5 -u "$MQ_ADMIN:$MQ_ADMIN_PASSWORD" "http://127.0.0.1:$MQ_CONSOLE_PORT/api/consumers/saga") || return 1
  for name in "$@"; do
    grep -q "\"name\":\"$name\"" <<<"$consumers" || return 1
  done
}

services_down() {
  local name
  stop_ours "$STATE/orchestrator.pid" "$(HOST_DLL)" 30
  stop_ours "$STATE/issuer.pid" "$(ISSUER_DLL)" 30
  for name in inventory payments shipping notifications; do
    stop_ours "$STATE/$name.pid" "$(PARTICIPANTS_DLL)" 30
  done
}
