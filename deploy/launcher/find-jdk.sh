# Sets JAVA_HOME to a JDK 25: the one in JAVA_HOME if it is one, else the usual places. Sourced by mvnw and windlass.

is_jdk25() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] && grep -q '^JAVA_VERSION="25' "$1/release"
}

find_jdk() {
  for candidate in "${JAVA_HOME:-}" \
    /usr/lib/jvm/*25* /usr/lib/jvm/default-java /opt/java/* /opt/jdk* \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/25* "${HOME:-/nonexistent}"/.jdks/*25* \
    /Library/Java/JavaVirtualMachines/*25*/Contents/Home /opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home; do
    if [ -n "$candidate" ] && is_jdk25 "$candidate"; then
      JAVA_HOME=$candidate
      export JAVA_HOME
      return 0
    fi
  done
  echo "A JDK 25 is missing (JAVA_HOME is '${JAVA_HOME:-}'). Install one with:" >&2
  echo "  sudo apt-get install -y temurin-25-jdk   (Adoptium's repository)   or: brew install --cask temurin@25" >&2
  exit 1
}
