package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

const (
	searchPath   = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/bin:/home/kubernetes/bin/nvidia/bin"
	maxOutput    = 256 << 10
	killPatience = 5 * time.Second
)

// Host is the machine: its root folder, and whether programs run inside of it.
type Host struct {
	// Root is where the host's files are, for instance /host.
	Root string
	// Inside makes Root the root folder of every program; otherwise programs get its path in WINDLASS_ROOT.
	Inside bool
	// Path is where programs are looked for.
	Path string
}

// read returns a file's text, empty when it can't be read.
func (h Host) read(path string) string {
	text, err := os.ReadFile(h.path(path))
	if err != nil {
		return ""
	}
	return string(text)
}

func (h Host) path(path string) string { return filepath.Join(h.Root, path) }

func (h Host) exists(path string) bool {
	_, err := os.Stat(h.path(path))
	return err == nil
}

// result is how a program ended; a code below 0 means that it ran too long or could not be started.
type result struct {
	code   int
	output string
}

// shell runs a text in the host's shell, bounded in time and output, with everything that it started.
func (h Host) shell(ctx context.Context, text string, environment []string, input string, arguments ...string) result {
	command := exec.CommandContext(ctx, "/bin/sh", append([]string{"-c", text, "windlass"}, arguments...)...)
	command.Env = append([]string{"PATH=" + h.Path, "HOME=/"}, environment...)
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if h.Inside {
		command.SysProcAttr.Chroot = h.Root
		command.Dir = "/"
	} else {
		command.Env = append(command.Env, "WINDLASS_ROOT="+h.Root)
	}
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
	command.WaitDelay = killPatience
	command.Stdin = strings.NewReader(input)
	var output bounded
	command.Stdout, command.Stderr = &output, &output
	if err := command.Run(); err != nil {
		if ctx.Err() != nil {
			return result{-1, output.String() + "\nit ran too long"}
		}
		if exit, ok := err.(*exec.ExitError); ok {
			return result{exit.ExitCode(), output.String()}
		}
		return result{-1, err.Error()}
	}
	return result{0, output.String()}
}

// bounded keeps the end of what is written to it.
type bounded struct{ kept []byte }

func (b *bounded) Write(p []byte) (int, error) {
	b.kept = append(b.kept, p...)
	if len(b.kept) > 2*maxOutput {
		b.kept = append([]byte(nil), b.kept[len(b.kept)-maxOutput:]...)
	}
	return len(p), nil
}

func (b *bounded) String() string { return string(b.kept) }
