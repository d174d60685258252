#!/bin/sh
# Records kube-scheduler's verdicts on random cases. Needs Go, and the repository built once (./mvnw test-compile or more).
# Usage: record.sh [FIRST_SEED [COUNT]]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
simulations=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$here"
CGO_ENABLED=0 go build -trimpath -o "$work/scheduler-verdicts" .
java -cp "$simulations/target/test-classes:$simulations/target/classes:$(cat "$simulations/target/runtime.classpath")" \
  dev.windlass.simulations.oracle.SchedulerCases "${1:-1}" "${2:-3000}" > "$work/cases.jsonl"
"$work/scheduler-verdicts" < "$work/cases.jsonl" > "$work/verdicts.jsonl"
mkdir -p "$simulations/src/test/resources/oracle"
gzip -9n < "$work/verdicts.jsonl" > "$simulations/src/test/resources/oracle/scheduler-verdicts.jsonl.gz"
