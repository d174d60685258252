package main

// GpuNode is what daemon and agent say to each other: the daemon writes the spec, the agent the status.
type GpuNode struct {
	Metadata Metadata `json:"metadata"`
	Spec     Spec     `json:"spec"`
	Status   Status   `json:"status"`
}

// Metadata is what the agent needs of an object's metadata.
type Metadata struct {
	Name            string `json:"name,omitempty"`
	UID             string `json:"uid,omitempty"`
	ResourceVersion string `json:"resourceVersion,omitempty"`
}

// Spec is what the daemon asks for.
type Spec struct {
	Step        string `json:"step"`
	OperationID string `json:"operationId"`
	Task        *Task  `json:"task"`
}

// Task is one piece of work on the host; a step has several. The same id is never done twice once it has ended.
type Task struct {
	ID             string            `json:"id"`
	Name           string            `json:"name"`
	Arguments      map[string]string `json:"arguments"`
	File           *File             `json:"file"`
	Settings       string            `json:"settings"`
	TimeoutSeconds int               `json:"timeoutSeconds"`
	Attempts       int               `json:"attempts"`
	FinishesStep   bool              `json:"finishesStep"`
}

// File is a configuration file to be written, if what it was merged from is still there.
type File struct {
	Path    string `json:"path"`
	Content string `json:"content"`
	BasedOn string `json:"basedOn"`
}

// Status is what the agent says.
type Status struct {
	OperationID string         `json:"operationId,omitempty"`
	Finished    []FinishedStep `json:"finished,omitempty"`
	Failure     *Failure       `json:"failure"`
	Facts       *Facts         `json:"facts,omitempty"`
	Health      *Health        `json:"health,omitempty"`
	Task        *TaskStatus    `json:"task,omitempty"`

	Interruption *Interruption `json:"interruption"`
}

// FinishedStep says when a step was done.
type FinishedStep struct {
	Step string `json:"step"`
	At   string `json:"at"`
}

// Failure is what went wrong for good.
type Failure struct {
	Step    string `json:"step"`
	Cause   string `json:"cause"`
	Message string `json:"message,omitempty"`
}

// Health is what is wrong with the devices.
type Health struct {
	Xids       []Xid      `json:"xids"`
	Recoveries []Recovery `json:"recoveries"`
}

// Xid is an error that the driver logged.
type Xid struct {
	Xid    int    `json:"xid"`
	Device string `json:"device"`
	At     string `json:"at"`
	Pod    string `json:"pod,omitempty"`
}

// Recovery is what the driver asks for now.
type Recovery struct {
	Device string `json:"device"`
	Action string `json:"action"`
}

// States of a task. A Running one whose agent was interrupted is run again; a Stale one asks for another look.
const (
	Running   = "Running"
	Succeeded = "Succeeded"
	Stale     = "Stale"
	Failed    = "Failed"
)

// TaskStatus is how far the task of this id is.
type TaskStatus struct {
	ID            string         `json:"id"`
	State         string         `json:"state"`
	Attempts      int            `json:"attempts"`
	Message       string         `json:"message,omitempty"`
	Seconds       int            `json:"seconds"`
	Configuration *Configuration `json:"configuration"`
	// BootID is of the boot in which a reboot was asked for.
	BootID string `json:"bootId,omitempty"`
}

// Configuration is how the container runtime is set up, without credentials.
type Configuration struct {
	Main        string `json:"main"`
	Effective   string `json:"effective"`
	Fingerprint string `json:"fingerprint"`
}

// Facts are what the agent found on the machine.
type Facts struct {
	GPUModel      string   `json:"gpuModel,omitempty"`
	GPUCount      int      `json:"gpuCount"`
	GPUMemoryMib  int64    `json:"gpuMemoryMib,omitempty"`
	DriverVersion string   `json:"driverVersion,omitempty"`
	KernelVersion string   `json:"kernelVersion,omitempty"`
	PciIDs        []string `json:"pciIds,omitempty"`
	DriverModules string   `json:"driverModules,omitempty"`
	Switches      int      `json:"switches"`
	Nouveau       bool     `json:"nouveau"`
	System        System   `json:"system"`
	Devices       []Device `json:"devices,omitempty"`
}

// System is the software that was on the machine before Windlass came.
type System struct {
	ID           string `json:"id,omitempty"`
	Version      string `json:"version,omitempty"`
	Name         string `json:"name,omitempty"`
	Architecture string `json:"architecture,omitempty"`
	Runtime      string `json:"runtime,omitempty"`
	Kubelet      string `json:"kubelet,omitempty"`
}

// Device is one GPU as nvidia-smi sees it.
type Device struct {
	Name                string `json:"name"`
	UUID                string `json:"uuid"`
	PciID               string `json:"pciId"`
	MemoryMib           int64  `json:"memoryMib"`
	Mig                 bool   `json:"mig"`
	MigDevices          int    `json:"migDevices"`
	Fabric              string `json:"fabric,omitempty"`
	UncorrectableErrors int64  `json:"uncorrectableErrors"`
}
