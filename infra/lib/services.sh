# The orchestrator and the participants as processes. Needs ROOT, STATE, CONFIGURATION and the ports of servers.sh.

DB="Host=127.0.0.1;Port=%s;Database=saga;Username=%s;Password=%s-dev"
HOST_DLL() { echo "$ROOT/src/Orchestrator/Host/bin/$CONFIGURATION/net10.0/SagaOrchestrator.Host.dll"; }
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

launch() { # NAME DLL ARGS...
  local name=$1 dll=$2
  shift 2
  mkdir -p "$STATE/logs"
  setsid nohup dotnet "$dll" "$@" >>"$STATE/logs/$name.log" 2>&1 </dev/null &
  echo $! >"$STATE/$name.pid"
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

participants_up() {
  ours_alive "$STATE/participants.pid" "$(PARTICIPANTS_DLL)" && return
  step "Starting inventory, payments, shipping and notifications"
  (services_env && launch participants "$(PARTICIPANTS_DLL)")
  STARTED_PARTICIPANTS=$(cat "$STATE/participants.pid")
  wait_for 60 participants_ready ||
    fail "The participants were not ready within 60 seconds." "See $STATE/logs/participants.log"
}

# Each participant's queue has a consumer.
participants_ready() {
  local queue
  for queue in inventory payments shipping notifications; do
    curl -fsS -m 5 -u "$MQ_ADMIN:$MQ_ADMIN_PASSWORD" "http://127.0.0.1:$MQ_CONSOLE_PORT/api/consumers/saga" |
      grep -q "\"name\":\"$queue\"" || return 1
  done
}

services_down() {
  stop_ours "$STATE/orchestrator.pid" "$(HOST_DLL)" 30
  stop_ours "$STATE/participants.pid" "$(PARTICIPANTS_DLL)" 30
}
