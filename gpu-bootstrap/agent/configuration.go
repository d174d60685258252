package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

const (
	mainFile = "/etc/containerd/config.toml"
	maxText  = 128 << 10
)

// writable are the only files that the agent writes on the daemon's word.
var writable = []string{mainFile, "/etc/containerd/conf.d/99-nvidia.toml", "/etc/crio/crio.conf.d/99-nvidia.toml"}

var (
	secretKey   = regexp.MustCompile(`((?:^|[\s{,.])["']?(?:password|auth|identitytoken|registrytoken|token|secret)["']?\s*=\s*)("(?:[^"\\]|\\.)*"|'[^']*')`)
	anyText     = regexp.MustCompile(`("(?:[^"\\]|\\.)*"|'[^']*')`)
	secretTable = regexp.MustCompile(`^\s*\[.*\.["']?(?:auth|header|headers)["']?\s*\]`)
	anyTable    = regexp.MustCompile(`^\s*\[`)
)

// inspectRuntime reads how the container runtime is set up, for the daemon to merge into; credentials stay here.
func (h Host) inspectRuntime(ctx context.Context, runtime string) outcome {
	main, effective := h.configurationTexts(ctx, runtime)
	if len(main) > maxText || len(effective) > maxText {
		return failed("RuntimeNotConfigured", "the configuration of "+runtime+" is larger than 128 KiB")
	}
	found := &Configuration{Fingerprint: fingerprint(main, effective)}
	found.Main, _ = withoutSecrets(main, "m")
	found.Effective, _ = withoutSecrets(effective, "e")
	done := succeeded("read")
	done.configuration = found
	return done
}

// writeRuntime writes the daemon's text, with the credentials put back, and reloads the runtime once.
func (h Host) writeRuntime(ctx context.Context, task *Task) outcome {
	file, runtime := task.File, task.Arguments["RUNTIME"]
	if file == nil || !slices.Contains(writable, file.Path) || runtime != "containerd" && runtime != "crio" {
		return failed("UnknownTask", "this file or runtime is none that the agent writes")
	}
	main, effective := h.configurationTexts(ctx, runtime)
	_, secrets := withoutSecrets(main, "m")
	_, more := withoutSecrets(effective, "e")
	content := file.Content
	for name, value := range merged(secrets, more) {
		content = strings.ReplaceAll(content, name, value)
	}
	written := h.read(file.Path) == content
	if !written && fingerprint(main, effective) != file.BasedOn {
		return outcome{state: Stale, message: "the configuration has changed since it was read"}
	}
	return h.step(ctx, "runtime", []string{
		"WINDLASS_FILE=" + file.Path, "WINDLASS_LIKE=" + mainFile, "WINDLASS_RUNTIME=" + runtime}, content)
}

// configurationTexts returns the main file and what the runtime makes of all files; either may be empty.
func (h Host) configurationTexts(ctx context.Context, runtime string) (string, string) {
	ctx, cancel := context.WithTimeout(ctx, probeTimeout)
	defer cancel()
	text := func(command string) string {
		answer := h.shell(ctx, command+" 2>/dev/null", nil, "")
		if answer.code != 0 {
			return ""
		}
		return answer.output
	}
	if runtime == "crio" {
		return "", text("crio status config || crio config")
	}
	return text(`cat "$WINDLASS_ROOT` + mainFile + `"`), text("containerd config dump")
}

func fingerprint(texts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(texts, "\x00")))
	return hex.EncodeToString(sum[:16])
}

// withoutSecrets puts a name in place of every credential of a TOML text, and says which stands for which.
func withoutSecrets(text, prefix string) (string, map[string]string) {
	secrets := map[string]string{}
	hide := func(value string) string {
		name := fmt.Sprintf(`"windlass-hidden-%s%d"`, prefix, len(secrets))
		secrets[name] = value
		return name
	}
	inSecretTable := false
	lines := strings.SplitAfter(text, "\n")
	for i, line := range lines {
		switch {
		case anyTable.MatchString(line):
			inSecretTable = secretTable.MatchString(line)
		case inSecretTable:
			lines[i] = anyText.ReplaceAllStringFunc(line, hide)
		default:
			lines[i] = secretKey.ReplaceAllStringFunc(line, func(found string) string {
				parts := secretKey.FindStringSubmatch(found)
				return parts[1] + hide(parts[2])
			})
		}
	}
	return strings.Join(lines, ""), secrets
}

func merged(left, right map[string]string) map[string]string {
	for key, value := range right {
		left[key] = value
	}
	return left
}
