# Participants in other languages, in place of services of this project. Needs ROOT, STATE and what services.sh has.

# By service: the folder of its sample under samples.
declare -A SAMPLES=()

sample_named() { # SERVICE LANGUAGE
  case "$1 $2" in
    "payments node") SAMPLES[payments]=node-payments NEED_NODE=1 ;;
    "shipping python") SAMPLES[shipping]=python-shipping NEED_PYTHON=1 ;;
    "payments dotnet" | "shipping dotnet") return ;;
    *) fail "There is no $1 in '$2'." "Say --payments node, --shipping python, or dotnet, which is what runs by itself." ;;
  esac
  WITHOUT+=("$1")
}

sample_program() { # SAMPLE
  case "$1" in
    node-payments) echo "node $ROOT/samples/node-payments/main.js" ;;
    python-shipping) echo "/usr/bin/python3 $ROOT/samples/python-shipping/main.py" ;;
  esac
}

# In which format the orchestrator speaks to each: one of each kind is shown.
samples_formats() {
  [ -z "${SAMPLES[payments]:-}" ] || export Participants__payments__Format=json
  [ -z "${SAMPLES[shipping]:-}" ] || export Participants__shipping__Format=cloudevents
}

# A sample that an earlier command left running takes no commands from a service that is started now.
samples_others_down() {
  local sample
  for sample in node-payments python-shipping; do
    case " ${SAMPLES[*]:-} " in
      *" $sample "*) ;;
      *) stop_ours "$STATE/$sample.pid" "samples/$sample" 30 ;;
    esac
  done
}

samples_up() {
  local service sample
  for service in "${!SAMPLES[@]}"; do
    sample=${SAMPLES[$service]}
    ours_alive "$STATE/$sample.pid" "samples/$sample" && continue
    step "Starting $service of samples/$sample"
    if [ -f "$ROOT/samples/$sample/package-lock.json" ]; then
      (cd "$ROOT/samples/$sample" && npm ci --ignore-scripts --no-audit --no-fund) >"$STATE/$sample.npm.log" 2>&1 ||
        fail "npm could not install what samples/$sample needs." "See $STATE/$sample.npm.log"
    fi
    # shellcheck disable=SC2046
    (
      export PGPORT=$PG_PORT RABBITMQ_PORT=$MQ_PORT
      MIGRATOR_PASSWORD=$PG_ADMIN_PASSWORD $(sample_program "$sample") migrate >"$STATE/$sample.migrate.log" 2>&1 ||
        fail "The schema of samples/$sample could not be applied." "See $STATE/$sample.migrate.log"
      launch "$sample" $(sample_program "$sample")
    )
    STARTED_SAMPLES+=" $sample=$(cat "$STATE/$sample.pid")"
  done
  [ ${#SAMPLES[@]} -eq 0 ] || wait_for 60 consumed "${!SAMPLES[@]}" ||
    fail "The samples were not ready within 60 seconds." "See $STATE/logs"
}

samples_down() {
  local sample
  for sample in node-payments python-shipping; do
    stop_ours "$STATE/$sample.pid" "samples/$sample" 30
  done
}
