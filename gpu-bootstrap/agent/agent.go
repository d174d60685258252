package main

import (
	"context"
	"errors"
	"log/slog"
	"reflect"
	"slices"
	"time"
)

const (
	firstPause = time.Second
	lastPause  = 30 * time.Second
	timeFormat = "2006-01-02T15:04:05.000Z07:00"
)

var errNews = errors.New("the driver has logged an error")

// Agent is one node's half of the conversation with the daemon.
type Agent struct {
	host Host
	api  *API
	log  *KernelLog
	// pause waits between two tries; it returns early when the agent is to end.
	pause func(ctx context.Context, length time.Duration)
}

func newAgent(host Host, api *API) *Agent {
	return &Agent{host: host, api: api, log: newKernelLog(host), pause: sleep}
}

func sleep(ctx context.Context, length time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(length):
	}
}

// Run goes on until its context ends: it tells facts, does the task that the daemon asks for, and waits for the next.
func (a *Agent) Run(ctx context.Context) {
	go a.log.Follow(ctx)
	length := firstPause
	for ctx.Err() == nil {
		if err := a.round(ctx); err != nil && ctx.Err() == nil {
			slog.Warn("the API server could not be asked; trying again", "error", err.Error(), "in", length.String())
			a.pause(ctx, length)
			length = min(2*length, lastPause)
		} else {
			length = firstPause
		}
	}
}

// round reads, answers and waits for a change, once.
func (a *Agent) round(ctx context.Context) error {
	node, err := a.api.get(ctx)
	if errors.Is(err, errNotFound) {
		return a.wait(ctx, "")
	}
	if err != nil {
		return err
	}
	facts := a.host.facts(ctx)
	health := a.health(ctx, facts, node.Status.Health)
	if !reflect.DeepEqual(facts, node.Status.Facts) || !health.same(node.Status.Health) {
		if node, err = a.api.writeStatus(ctx, node.Metadata.UID, map[string]any{"facts": facts, "health": health}); err != nil {
			return err
		}
	}
	if due(node) {
		return a.work(ctx, node)
	}
	return a.wait(ctx, node.Metadata.ResourceVersion)
}

// wait returns at the first change of the GpuNode after a version, or when the driver logs an error.
func (a *Agent) wait(ctx context.Context, version string) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	go func() {
		select {
		case <-a.log.news:
			cancel(errNews)
		case <-ctx.Done():
		}
	}()
	err := a.api.watch(ctx, version)
	if context.Cause(ctx) == errNews {
		return nil
	}
	return err
}

// due says whether the task has not ended yet; one that was cut off has not.
func due(node *GpuNode) bool {
	task, done := node.Spec.Task, node.Status.Task
	if task == nil || task.ID == "" {
		return false
	}
	return done == nil || done.ID != task.ID || done.State == Running
}

// work tries the task as often as it may be tried. Tries before an interruption count, so that no task goes on for ever.
func (a *Agent) work(ctx context.Context, node *GpuNode) error {
	task := node.Spec.Task
	began := time.Now()
	status := TaskStatus{ID: task.ID}
	if before := node.Status.Task; before != nil && before.ID == task.ID {
		status.Attempts, status.Message = before.Attempts, before.Message
	} else {
		node.Status.Task = nil
	}
	limit := min(max(task.Attempts, 1), maxAttempts)
	ended := again(status.Message)
	if a.host.rebootedSince(task, node.Status.Task) {
		ended = succeeded("the machine has booted")
	}
	if task.Name == rebootTask {
		status.BootID = a.host.bootID()
	}
	for length := firstPause; ended.retries() && status.Attempts < limit; length = min(2*length, lastPause) {
		status.Attempts++
		status.State = Running
		if _, err := a.api.writeStatus(ctx, node.Metadata.UID, map[string]any{"task": status}); err != nil {
			return err
		}
		ended = a.host.perform(ctx, task)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		slog.Info("task", "id", task.ID, "name", task.Name, "try", status.Attempts, "state", ended.state, "message", ended.message)
		status.Message = ended.message
		if ended.retries() && status.Attempts < limit {
			a.pause(ctx, length)
		}
	}
	if ended.retries() {
		ended = failed(usualCause(node.Spec), ended.message)
	}
	status.State, status.Message, status.Configuration = ended.state, ended.message, ended.configuration
	status.Seconds = int(time.Since(began).Seconds())
	return a.report(ctx, node, status, ended)
}

func (a *Agent) report(ctx context.Context, node *GpuNode, status TaskStatus, ended outcome) error {
	facts := a.host.facts(ctx)
	fields := map[string]any{
		"operationId": node.Spec.OperationID, "task": status, "facts": facts, "health": a.health(ctx, facts, node.Status.Health), "failure": nil}
	step := node.Spec.Step
	switch {
	case ended.state == Failed:
		fields["failure"] = Failure{Step: step, Cause: ended.cause, Message: ended.message}
	case ended.state == Succeeded && node.Spec.Task.FinishesStep:
		others := slices.DeleteFunc(slices.Clone(node.Status.Finished), func(each FinishedStep) bool { return each.Step == step })
		fields["finished"] = append(others, FinishedStep{Step: step, At: time.Now().UTC().Format(timeFormat)})
	}
	_, err := a.api.writeStatus(ctx, node.Metadata.UID, fields)
	return err
}

// usualCause is the cause of a task that no try completed.
func usualCause(spec Spec) string {
	switch spec.Task.Name {
	case "reset":
		return "ResetFailed"
	case rebootTask:
		return "RebootFailed"
	case "mig":
		return "MigNotApplied"
	}
	switch spec.Step {
	case "Driver":
		return "DriverInstallFailed"
	case "Runtime":
		return "RuntimeNotConfigured"
	default:
		return "ValidationFailed"
	}
}
