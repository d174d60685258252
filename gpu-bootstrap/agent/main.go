// The node agent of Windlass: tells the facts of one GPU machine and does the install steps that need its root folder,
// as the daemon asks for them in the node's GpuNode.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
)

const (
	accountFolder = "/var/run/secrets/kubernetes.io/serviceaccount"
	memoryLimit   = 24 << 20
	usage         = `usage:
  windlass-gpu-agent run            answers the daemon until it is stopped
  windlass-gpu-agent facts          prints what it finds on the machine
  windlass-gpu-agent step NAME KEY=VALUE ...   does one step, once
`
)

func main() {
	debug.SetMemoryLimit(memoryLimit)
	runtime.GOMAXPROCS(min(2, runtime.NumCPU()))
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, nil)))
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	os.Exit(command(ctx, os.Args[1:]))
}

// command returns the exit code.
func command(ctx context.Context, arguments []string) int {
	if len(arguments) == 0 {
		fmt.Fprint(os.Stderr, usage)
		return 2
	}
	flags := flag.NewFlagSet(arguments[0], flag.ContinueOnError)
	root := flags.String("root", "/host", "the host's root folder")
	inside := flags.Bool("chroot", true, "run programs with that folder as their root")
	path := flags.String("path", searchPath, "where programs are looked for")
	node := flags.String("node", os.Getenv("NODE_NAME"), "this node's name")
	server := flags.String("server", inClusterServer(), "the API server's address")
	token := flags.String("token", accountFolder+"/token", "the file with the bound token")
	ca := flags.String("ca", accountFolder+"/ca.crt", "the file with the API server's certificate authority")
	if flags.Parse(arguments[1:]) != nil {
		return 2
	}
	host := Host{Root: *root, Inside: *inside, Path: *path}
	switch arguments[0] {
	case "run":
		api, err := newAPI(*server, *node, *token, *ca)
		if err != nil || *node == "" {
			slog.Error("can't start", "node", *node, "error", fmt.Sprint(err))
			return 1
		}
		if notices := newNotices(*root, metadataServer, api); notices != nil {
			go notices.Run(ctx)
		}
		newAgent(host, api).Run(ctx)
		return 0
	case "facts":
		text, _ := json.MarshalIndent(host.facts(ctx), "", "  ")
		fmt.Println(string(text))
		return 0
	case "step":
		return once(ctx, host, flags.Args())
	}
	fmt.Fprint(os.Stderr, usage)
	return 2
}

// once does one step from the command line.
func once(ctx context.Context, host Host, words []string) int {
	if len(words) == 0 {
		fmt.Fprint(os.Stderr, usage)
		return 2
	}
	task := &Task{Name: words[0], Arguments: map[string]string{}, TimeoutSeconds: 3600}
	for _, word := range words[1:] {
		key, value, _ := strings.Cut(word, "=")
		task.Arguments[key] = value
	}
	ended := host.perform(ctx, task)
	fmt.Println(ended.state, ended.cause, ended.message)
	if ended.state == Succeeded {
		return 0
	}
	return 1
}

func inClusterServer() string {
	address := os.Getenv("KUBERNETES_SERVICE_HOST")
	if strings.Contains(address, ":") {
		address = "[" + address + "]"
	}
	return "https://" + address + ":" + os.Getenv("KUBERNETES_SERVICE_PORT")
}
