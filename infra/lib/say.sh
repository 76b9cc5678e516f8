# How the commands talk: what they do, and for a failure what happened, where, and the next move.

say() { printf '%s\n' "$*" >&2; }
step() { printf '==> %s\n' "$*" >&2; }

# fail WHAT NEXT-MOVE
fail() {
  printf '\nerror: %s\n' "$1" >&2
  [ -z "${2:-}" ] || printf 'next:  %s\n' "$2" >&2
  exit 1
}

need_dotnet() {
  command -v dotnet >/dev/null 2>&1 ||
    fail "The .NET SDK is not installed." "Install the .NET 10 SDK (https://dotnet.microsoft.com/download) and run this again."
  case "$(dotnet --version 2>/dev/null)" in
    1[0-9].*) ;;
    *) fail "The .NET SDK is $(dotnet --version 2>/dev/null || echo unusable here), but this needs 10." \
         "Install the .NET 10 SDK beside it; global.json picks it." ;;
  esac
}

# wait_for SECONDS COMMAND...: polls until the command succeeds.
wait_for() {
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 0.2
  done
}

# A process that we started is known by its pid and by a word of its command line, so that a pid that went to
# somebody else is never mistaken for ours.
ours_alive() { # PIDFILE WORD
  local pid
  pid=$(head -n 1 "$1" 2>/dev/null) && [ -n "$pid" ] && [ -r "/proc/$pid/cmdline" ] &&
    tr '\0' ' ' <"/proc/$pid/cmdline" | grep -q -- "$2"
}

stop_ours() { # PIDFILE WORD SECONDS
  local pid
  if ours_alive "$1" "$2"; then
    pid=$(head -n 1 "$1")
    kill -TERM "$pid" 2>/dev/null
    wait_for "$3" eval "! kill -0 $pid" || kill -KILL "$pid" 2>/dev/null
  fi
  rm -f "$1"
}

port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

need_port() { # PORT WHAT
  port_is_free "$1" && return
  fail "Port $1, which $2 needs, is taken$(command -v ss >/dev/null && ss -ltnpH "sport = :$1" | sed -n 's/.*users:((\("[^"]*"\),pid=\([0-9]*\).*/ by \1, process \2/p' | head -n 1)." \
    "Stop that program, or choose other ports: ${PORT_BASE_NAME:-SAGA_PORT_BASE}=21000 $0"
}
