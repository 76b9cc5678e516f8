#!/usr/bin/env bash
# Keeps a log file within bounds while the process that writes it lives: what is more than BYTES becomes LOG.1, LOG.1 becomes LOG.2 and so on up to FILES.
#   infra/lib/rotate.sh PID LOG      SAGA_LOG_BYTES (20000000) and SAGA_LOG_FILES (3) may be set
# The file is copied and emptied, because the writer keeps it open; it must have been opened for appending.
set -u
trap '' HUP INT

PID=$1 LOG=$2
BYTES=${SAGA_LOG_BYTES:-20000000}
FILES=${SAGA_LOG_FILES:-3}
umask 027

while kill -0 "$PID" 2>/dev/null; do
  if [ "$(stat -c %s "$LOG" 2>/dev/null || echo 0)" -gt "$BYTES" ]; then
    for ((number = FILES; number > 1; number--)); do
      [ ! -e "$LOG.$((number - 1))" ] || mv -f "$LOG.$((number - 1))" "$LOG.$number"
    done
    cp "$LOG" "$LOG.1" && : >"$LOG"
  fi
  sleep 2
done
