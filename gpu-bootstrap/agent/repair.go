package main

import (
	"context"
	"net/http"
	"strings"
)

const rebootTask = "reboot"

// bootID names this run of the kernel.
func (h Host) bootID() string { return strings.TrimSpace(h.read("/proc/sys/kernel/random/boot_id")) }

// rebootedSince says whether the machine has booted since a task of this name began: then the task is done.
func (h Host) rebootedSince(task *Task, before *TaskStatus) bool {
	now := h.bootID()
	return task.Name == rebootTask && before != nil && before.BootID != "" && now != "" && before.BootID != now
}

// reboot asks the host to boot and does not come back, unless the host stays up. Whoever runs after the boot sees by its
// id that it has happened.
func (h Host) reboot(ctx context.Context) outcome {
	if h.exists(bottlerocketSocket) {
		api := h.bottlerocket()
		defer api.client.CloseIdleConnections()
		if _, err := api.call(ctx, http.MethodPost, "/actions/reboot", nil); err != nil {
			return again("the machine refuses to boot: " + err.Error())
		}
	} else if asked := h.shell(ctx, "systemctl reboot </dev/null", []string{"SYSTEMD_IGNORE_CHROOT=1"}, ""); asked.code != 0 {
		return again("systemctl can't reboot: " + lastLine(asked.output))
	}
	<-ctx.Done()
	return again("the machine was asked to boot and stays up")
}
