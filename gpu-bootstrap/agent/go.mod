module windlass.dev/gpu-agent

go 1.24
