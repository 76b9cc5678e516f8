# The orchestrator and the participants as processes. Needs ROOT, STATE, CONFIGURATION and the ports of servers.sh.

DB="Host=127.0.0.1;Port=%s;Database=saga;Username=%s;Password=%s-dev"
HOST_DLL() { echo "$ROOT/src/Orchestrator/Server/bin/$CONFIGURATION/net10.0/SagaOrchestrator.Server.dll"; }
PARTICIPANTS_DLL() { echo "$ROOT/src/Participants/Services/bin/$CONFIGURATION/net10.0/SagaOrchestrator.Participants.Services.dll"; }

connection() { printf "$DB" "$PG_PORT" "$1" "$1"; }

services_env() {
  export ConnectionStrings__Migrator="$(connection postgres)"
  export RabbitMq__Host=127.0.0.1 RabbitMq__Port=$MQ_PORT RabbitMq__VirtualHost=saga
  local service
  for service in inventory payments shipping notifications; do
    export "ConnectionStrings__$service=$(connection "$service")"
    export "${service}__RabbitMq__Username=$service" "${service}__RabbitMq__Password=$service-dev"
  done
  export ConnectionStrings__Orchestrator="$(connection orchestrator)"
}

# Logs may hold business keys: they are for the owner and the group, and do not grow without bound.
launch() { # NAME DLL ARGS...
  local name=$1 dll=$2 log="$STATE/logs/$1.log"
  shift 2
  (
    umask 027
    mkdir -p "$STATE/logs" && : >>"$log" && chmod 640 "$log"
    setsid nohup dotnet "$dll" "$@" >>"$log" 2>&1 </dev/null &
    echo $! >"$STATE/$name.pid"
    setsid nohup "$ROOT/infra/lib/rotate.sh" $! "$log" >/dev/null 2>&1 </dev/null &
  )
}

orchestrator_ready() { curl -fsS -m 5 "http://127.0.0.1:$API_PORT/health/ready"; }

orchestrator_up() {
  ours_alive "$STATE/orchestrator.pid" "$(HOST_DLL)" && return
  need_port "$API_PORT" "the orchestrator's API"
  step "Starting the orchestrator"
  (
    services_env
    export ASPNETCORE_URLS="http://127.0.0.1:$API_PORT" RabbitMq__Username=orchestrator RabbitMq__Password=orchestrator-dev
    # Short enough that the sample's silent payment gateway can be watched timing out.
    export OrderFulfillment__StepTimeout="${OrderFulfillment__StepTimeout:-00:00:10}"
    # The same for a refund that is parked, a payment that is asked for, and an approval and a deadline that pass.
    export OrderFulfillment__CompensationAttempts="${OrderFulfillment__CompensationAttempts:-3}"
    export BusinessOrders__StepTimeout="${BusinessOrders__StepTimeout:-00:00:05}"
    export BusinessOrders__ApprovalWithin="${BusinessOrders__ApprovalWithin:-00:01:00}"
    export BusinessOrders__GivesUpAfter="${BusinessOrders__GivesUpAfter:-00:01:00}"
    launch orchestrator "$(HOST_DLL)"
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
    (services_env && launch "$name" "$(PARTICIPANTS_DLL)" --services "$name")
    STARTED_PARTICIPANTS+=" $name=$(cat "$STATE/$name.pid")"
  done
  wait_for 90 participants_ready ||
    fail "The participants were not ready within 90 seconds." "See $STATE/logs"
}

# Each participant's queue has a consumer.
participants_ready() {
  local name consumers
  consumers=$(curl -fsS -m 5 -u "$MQ_ADMIN:$MQ_ADMIN_PASSWORD" "http://127.0.0.1:$MQ_CONSOLE_PORT/api/consumers/saga") || return 1
  for name in "${PARTICIPANTS[@]}"; do
    grep -q "\"name\":\"$name\"" <<<"$consumers" || return 1
  done
}

services_down() {
  local name
  stop_ours "$STATE/orchestrator.pid" "$(HOST_DLL)" 30
  for name in inventory payments shipping notifications; do
    stop_ours "$STATE/$name.pid" "$(PARTICIPANTS_DLL)" 30
  done
}
