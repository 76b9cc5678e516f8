# Programs compiled ahead for this machine (ADR 28). Needs say.sh.

publish() { # PROJECT FOLDER LOG
  dotnet publish "$1" -c Release --use-current-runtime --self-contained false -p:PublishReadyToRun=true -o "$2" \
    -v quiet --nologo >"$3" 2>&1 ||
    fail "The build failed: $(grep -m 1 -E 'error' "$3")" "See $3"
}
