#!/bin/sh
# Records kube-scheduler's verdicts on random cases. Needs Go, and the repository built once (./mvnw test-compile or more).
# Usage: record.sh SUBJECT [FIRST_SEED [COUNT]]; subjects: PODS VOLUMES DEVICES EXTENDED QUEUE
set -eu
subject=${1:?usage: record.sh SUBJECT [FIRST_SEED [COUNT]]}
here=$(cd "$(dirname "$0")" && pwd)
simulations=$(cd "$here/../.." && pwd)
recordings=$simulations/src/test/resources/oracle
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$here"
CGO_ENABLED=0 go build -trimpath -o "$work/scheduler-verdicts" .
. "$simulations/../deploy/launcher/find-jdk.sh"
find_jdk
"$JAVA_HOME/bin/java" -cp "$simulations/target/test-classes:$simulations/target/classes:$(cat "$simulations/target/runtime.classpath")" \
  dev.windlass.simulations.oracle.SchedulerCases "$subject" "${2:-1}" "${3:-1000}" > "$work/cases.jsonl"
"$work/scheduler-verdicts" < "$work/cases.jsonl" > "$work/verdicts.jsonl"
mkdir -p "$recordings"
gzip -9n < "$work/verdicts.jsonl" > "$recordings/$(echo "$subject" | tr '[:upper:]' '[:lower:]').jsonl.gz"
