package main

import (
	"context"
	"embed"
	"fmt"
	"regexp"
	"strings"
	"time"
)

//go:embed steps/*.sh
var scripts embed.FS

const (
	failedForGood = 64
	maxMessage    = 512
	usualTimeout  = 10 * time.Minute
	maxAttempts   = 10
)

var (
	scriptName    = regexp.MustCompile(`^(driver-[a-z]+|toolkit|reset|mig)$`)
	argumentKey   = regexp.MustCompile(`^[A-Z]{1,20}$`)
	argumentValue = regexp.MustCompile(`^[A-Za-z0-9._+~-]{0,64}$`)
)

// outcome is what a task came to.
type outcome struct {
	state         string
	cause         string
	message       string
	configuration *Configuration
}

// retries says whether another try may help.
func (o outcome) retries() bool { return o.state == Running }

func succeeded(message string) outcome { return outcome{state: Succeeded, message: brief(message)} }
func failed(cause, message string) outcome {
	return outcome{state: Failed, cause: cause, message: brief(message)}
}
func again(message string) outcome { return outcome{state: Running, message: brief(message)} }

// perform does a task once.
func (h Host) perform(ctx context.Context, task *Task) outcome {
	timeout := usualTimeout
	if task.TimeoutSeconds > 0 {
		timeout = time.Duration(task.TimeoutSeconds) * time.Second
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	switch {
	case task.Name == "facts":
		return succeeded("every report has fresh facts")
	case task.Name == "inspect-runtime":
		return h.inspectRuntime(ctx, task.Arguments["RUNTIME"])
	case task.Name == "write-runtime":
		return h.writeRuntime(ctx, task)
	case task.Name == "bottlerocket":
		return h.applyBottlerocketSettings(ctx, task.Settings)
	case task.Name == rebootTask:
		return h.reboot(ctx)
	case scriptName.MatchString(task.Name):
		environment, err := environmentOf(task.Arguments)
		if err != nil {
			return failed("UnknownTask", err.Error())
		}
		return h.step(ctx, task.Name, append(environment, "WINDLASS_TASK="+task.ID), "")
	}
	return failed("UnknownTask", "this agent does not know task "+task.Name+"; its image is older than the daemon")
}

// step runs a script: check, and unless that finds nothing to do, apply and verify.
func (h Host) step(ctx context.Context, name string, environment []string, input string) outcome {
	text, err := scriptText(name)
	if err != nil {
		return failed("UnknownTask", err.Error())
	}
	run := func(verb string) result { return h.shell(ctx, text, environment, input, verb) }
	switch check := run("check"); check.code {
	case 0:
		return succeeded("nothing to do")
	case failedForGood:
		return judge(check)
	}
	if apply := run("apply"); apply.code != 0 {
		return judge(apply)
	}
	if verify := run("verify"); verify.code != 0 {
		return judge(verify)
	}
	return succeeded("done")
}

// environmentOf turns arguments into the variables that a script reads; only plain words pass.
func environmentOf(arguments map[string]string) ([]string, error) {
	environment := make([]string, 0, len(arguments))
	for key, value := range arguments {
		if !argumentKey.MatchString(key) || !argumentValue.MatchString(value) {
			return nil, fmt.Errorf("argument %q is not a plain word", key)
		}
		environment = append(environment, "WINDLASS_"+key+"="+value)
	}
	return environment, nil
}

func scriptText(name string) (string, error) {
	common, err := scripts.ReadFile("steps/common.sh")
	if err != nil {
		return "", err
	}
	own, err := scripts.ReadFile("steps/" + name + ".sh")
	if err != nil {
		return "", fmt.Errorf("this agent has no step %s", name)
	}
	return string(common) + string(own), nil
}

// judge reads how a script ended; anything but its own word for good is worth another try.
func judge(ended result) outcome {
	message := marked(ended.output, "windlass-message: ")
	if ended.code == failedForGood {
		return failed(marked(ended.output, "windlass-cause: "), message)
	}
	if message == "" {
		message = fmt.Sprintf("exit code %d: %s", ended.code, lastLine(ended.output))
	}
	return again(message)
}

func marked(output, mark string) string {
	found := ""
	for line := range strings.Lines(output) {
		if rest, ok := strings.CutPrefix(line, mark); ok {
			found = strings.TrimSpace(rest)
		}
	}
	return found
}

func lastLine(output string) string {
	lines := strings.Split(strings.TrimSpace(output), "\n")
	return lines[len(lines)-1]
}

// brief bounds a message and makes it one line of valid text.
func brief(message string) string {
	line := strings.ToValidUTF8(strings.Join(strings.Fields(message), " "), "?")
	if len(line) <= maxMessage {
		return line
	}
	return strings.ToValidUTF8(line[:maxMessage-4], "") + " ..."
}
