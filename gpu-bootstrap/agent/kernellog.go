package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

const (
	kernelLog  = "/dev/kmsg"
	maxXids    = 64
	logRecord  = 16 << 10
	logBacklog = 200 * time.Millisecond
	// storm is how long a device's error stands for others of the same kind.
	storm = 10 * time.Second
	// aliveFor is how long after an error its process may still be asked for its pod; later its number may be another's.
	aliveFor = 5 * time.Second
)

// A record of the kernel log: priority and facility, sequence number, microseconds since boot, flags; then the message.
var (
	record = regexp.MustCompile(`^(\d+),\d+,(\d+),[^;]*;(.*)`)
	xidOf  = regexp.MustCompile(`NVRM: Xid \(PCI:([0-9a-fA-F:.]+)\): (\d+)(?:, pid=(\d+))?`)
	podUID = regexp.MustCompile(`pod([0-9a-f]{8}[-_0-9a-f]{24,28})`)
)

// KernelLog keeps the errors that NVIDIA's driver has logged since the machine booted, the newest few.
type KernelLog struct {
	host Host
	// news has an element while there are errors that nobody has looked at.
	news chan struct{}
	// read is closed when everything that was in the log at the start has been read.
	read  chan struct{}
	retry time.Duration
	mutex sync.Mutex
	xids  []Xid
}

func newKernelLog(host Host) *KernelLog {
	return &KernelLog{host: host, news: make(chan struct{}, 1), read: make(chan struct{}), retry: time.Second}
}

// Xids are the errors so far, the oldest first, once the log has been read up to now.
func (k *KernelLog) Xids(ctx context.Context) []Xid {
	select {
	case <-k.read:
	case <-ctx.Done():
	}
	k.mutex.Lock()
	defer k.mutex.Unlock()
	return slices.Clone(k.xids)
}

// isUpToNow says whether records are read as they are logged. The kernel's own clock drifts by seconds in a day, so it is
// asked only for those of before.
func (k *KernelLog) isUpToNow() bool {
	select {
	case <-k.read:
		return true
	default:
		return false
	}
}

// Follow reads until its context ends.
func (k *KernelLog) Follow(ctx context.Context) {
	upToNow := sync.OnceFunc(func() { close(k.read) })
	defer upToNow()
	booted, err := k.host.bootTime()
	if err != nil {
		slog.Warn("errors of the driver are not seen", "error", err.Error())
		return
	}
	file, err := os.OpenFile(k.host.path(kernelLog), os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		slog.Warn("errors of the driver are not seen", "error", err.Error())
		return
	}
	defer file.Close()
	defer context.AfterFunc(ctx, func() { file.Close() })()
	_ = file.SetReadDeadline(time.Now().Add(logBacklog))
	reader, line := bufio.NewReaderSize(file, logRecord), ""
	for ctx.Err() == nil {
		part, err := reader.ReadString('\n')
		if line += part; strings.HasSuffix(line, "\n") {
			k.add(booted, line)
			line = ""
		}
		switch {
		case err == nil, errors.Is(err, syscall.EPIPE): // the latter: the oldest records were overwritten meanwhile
		case errors.Is(err, os.ErrDeadlineExceeded):
			upToNow()
			_ = file.SetReadDeadline(time.Time{})
		case errors.Is(err, io.EOF): // a file, where the kernel would wait
			upToNow()
			sleep(ctx, k.retry)
		case ctx.Err() == nil:
			slog.Warn("errors of the driver are no longer seen", "error", err.Error())
			return
		}
	}
}

func (k *KernelLog) add(booted time.Time, line string) {
	fields := record.FindStringSubmatch(line)
	if fields == nil {
		return
	}
	found := xidOf.FindStringSubmatch(fields[3])
	// A facility other than the kernel's means that a program wrote this.
	if priority, err := strconv.Atoi(fields[1]); found == nil || err != nil || priority>>3 != 0 {
		return
	}
	at := time.Now()
	if !k.isUpToNow() {
		since, _ := strconv.ParseInt(fields[2], 10, 64)
		at = booted.Add(time.Duration(since) * time.Microsecond)
	}
	xid := Xid{Device: found[1], At: at.UTC().Format(timeFormat)}
	xid.Xid, _ = strconv.Atoi(found[2])
	if time.Since(at) < aliveFor && found[3] != "" {
		xid.Pod = k.host.podOf(found[3])
	}
	k.mutex.Lock()
	defer k.mutex.Unlock()
	for _, known := range k.xids {
		before, _ := time.Parse(timeFormat, known.At)
		if known.Xid == xid.Xid && known.Device == xid.Device && known.Pod == xid.Pod && at.Sub(before) < storm {
			return
		}
	}
	k.xids = append(k.xids, xid)
	if len(k.xids) > maxXids {
		k.xids = slices.Clone(k.xids[len(k.xids)-maxXids:])
	}
	select {
	case k.news <- struct{}{}:
	default:
	}
}

// bootTime is when the kernel's clock began.
func (h Host) bootTime() (time.Time, error) {
	seconds, _, _ := strings.Cut(h.read("/proc/uptime"), " ")
	up, err := time.ParseDuration(seconds + "s")
	if err != nil {
		return time.Time{}, errors.New("the machine does not say how long it has been up")
	}
	return time.Now().Add(-up), nil
}

// podOf is NAMESPACE/NAME of the pod that a process belongs to, by its control group and the kubelet's folders of logs;
// empty for any other process.
func (h Host) podOf(pid string) string {
	found := podUID.FindStringSubmatch(h.read("/proc/" + pid + "/cgroup"))
	if found == nil {
		return ""
	}
	uid := strings.ReplaceAll(found[1], "_", "-")
	entries, err := os.ReadDir(h.path("/var/log/pods"))
	if err != nil {
		return ""
	}
	for _, entry := range entries {
		if parts := strings.Split(entry.Name(), "_"); len(parts) == 3 && parts[2] == uid {
			return parts[0] + "/" + parts[1]
		}
	}
	return ""
}
