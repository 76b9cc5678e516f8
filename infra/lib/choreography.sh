# samples/choreography as a process. Needs ROOT, STATE, CONFIGURATION, the ports of servers.sh, and services.sh.

CHOREOGRAPHY_DLL() { echo "$ROOT/samples/choreography/bin/$CONFIGURATION/net10.0/SagaOrchestrator.Choreography.dll"; }

choreography_env() {
  export RabbitMq__Host=127.0.0.1 RabbitMq__Port=$MQ_PORT RabbitMq__VirtualHost=choreography
  local user
  for user in orders inventory payments shipping notifications client; do
    export "ConnectionStrings__choreo_$user=$(connection "choreo_$user")"
    export "choreo_${user}__RabbitMq__Username=choreo_$user" "choreo_${user}__RabbitMq__Password=choreo_$user-dev"
  done
}

# Its virtual host, users, queues and bindings, beside those of the orchestrator.
choreography_topology() {
  dotnet "$(CHOREOGRAPHY_DLL)" topology --vhost choreography >"$STATE/choreography.json" &&
    curl -fsS -m 30 -u "$MQ_ADMIN:$MQ_ADMIN_PASSWORD" -H 'content-type: application/json' --data-binary "@$STATE/choreography.json" \
      "http://127.0.0.1:$MQ_CONSOLE_PORT/api/definitions" >"$STATE/choreography.log" 2>&1
}

choreography_run() { # STOCK ORDERS
  (
    choreography_env
    export ConnectionStrings__Migrator="$(connection postgres)"
    step "Importing the topology, applying the schemas"
    choreography_topology || fail "RabbitMQ did not take the topology of samples/choreography." "See $STATE/choreography.log"
    dotnet "$(CHOREOGRAPHY_DLL)" migrate >"$STATE/migrate.log" 2>&1 ||
      fail "The schemas could not be applied: $(tail -n 1 "$STATE/migrate.log")" "See $STATE/migrate.log"
    if ! ours_alive "$STATE/choreography.pid" "$(CHOREOGRAPHY_DLL)"; then
      step "Starting the five services"
      # No service is given the connection string that may change tables.
      (unset ConnectionStrings__Migrator && launch choreography dotnet "$(CHOREOGRAPHY_DLL)")
    fi
    dotnet "$(CHOREOGRAPHY_DLL)" load-stock "$1" && dotnet "$(CHOREOGRAPHY_DLL)" place "$2" && dotnet "$(CHOREOGRAPHY_DLL)" check --orders "$(grep -c . "$2")"
  )
}

choreography_down() { stop_ours "$STATE/choreography.pid" "$(CHOREOGRAPHY_DLL)" 30; }
