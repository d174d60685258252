package main

import (
	"context"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

// The distributions' package tools, as far as the steps ask them. Installing a module package makes a module appear.
const (
	installsModule = `case "$*" in *install*modules-nvidia*|*install*dkms*|*install*cuda*)
  mkdir -p $R/lib/modules/` + kernel + `/updates; echo 580.178.04 >$R/lib/modules/` + kernel + `/updates/nvidia.ko ;; esac
case "$*" in *install*utils*|*install*nvidia-smi*|*install*driver-cuda*|*install*cuda*)
  printf '#!/bin/sh\necho "GPU 0: NVIDIA H100 (UUID: GPU-1)"\n' >$(dirname $0)/nvidia-smi; chmod +x $(dirname $0)/nvidia-smi ;; esac`
	readsModule = `cat "$3"`
)

func driverMachine(t *testing.T, distribution string) *machine {
	m := newMachine(t, distribution)
	m.missing("nvidia-smi")
	m.program("modinfo", readsModule)
	m.program("dpkg", "")
	m.program("apt-get", installsModule)
	m.program("apt-cache", "")
	m.program("dnf", installsModule)
	m.program("dkms", "")
	return m
}

func (m *machine) do(name string, arguments ...string) outcome {
	values := map[string]string{"BRANCH": "580", "MODULES": "open", "COMPILE": "no", "VERSION": ""}
	for i := 0; i < len(arguments); i += 2 {
		values[arguments[i]] = arguments[i+1]
	}
	return m.host.perform(context.Background(), &Task{Name: name, Arguments: values, TimeoutSeconds: 60})
}

func want(t *testing.T, got outcome, state, cause string) {
	t.Helper()
	if got.state != state || got.cause != cause {
		t.Fatalf("want %s %s, got %+v", state, cause, got)
	}
}

func TestUbuntuTakesTheModuleThatWasBuiltForItsKernel(t *testing.T) {
	m := driverMachine(t, "ubuntu")
	want(t, m.do("driver-apt"), Succeeded, "")
	installs := strings.Join(m.calls("apt-get"), "\n")
	if !strings.Contains(installs, "linux-modules-nvidia-580-server-open-"+kernel) || strings.Contains(installs, "nvidia-dkms") {
		t.Error(installs)
	}
	if !strings.Contains(m.read("/etc/modprobe.d/windlass-nouveau.conf"), "blacklist nouveau") {
		t.Error("nouveau is not forbidden")
	}
	m.forgetCalls()
	if again := m.do("driver-apt"); again.message != "nothing to do" || len(m.calls("apt-get")) != 0 {
		t.Errorf("a second run does something: %+v", again)
	}
}

func TestUbuntuCompilesOnlyWhereTheStackAllowsIt(t *testing.T) {
	m := driverMachine(t, "ubuntu")
	m.program("apt-cache", `case "$*" in *linux-modules-nvidia*) exit 100 ;; esac`)
	want(t, m.do("driver-apt"), Failed, "DriverBuildFailed")
	want(t, m.do("driver-apt", "COMPILE", "yes"), Succeeded, "")
	if !slices.Contains(m.calls("dkms"), "dkms autoinstall -k "+kernel) {
		t.Error(m.calls("dkms"))
	}
}

func TestInstallsWhatLinkedDevicesNeed(t *testing.T) {
	for fabric, wanted := range map[string]string{
		"":                    "nvidia-fabricmanager-580", // by the switch on the bus
		"fabricmanager":       "nvidia-fabricmanager-580",
		"fabricmanager+nvlsm": "nvidia-fabricmanager-580 linux-modules-extra-" + kernel + " infiniband-diags nvlsm",
		"imex":                "nvidia-imex-580",
		"imexmasked":          "nvidia-imex-580",
		"none":                "",
	} {
		m := driverMachine(t, "ubuntu")
		m.program("dpkg-query", "echo 580.178.04-0ubuntu1")
		m.device("0000:00:1f.0", "0x068000", "0x22a3")
		want(t, m.do("driver-apt", "FABRIC", fabric), Succeeded, "")
		var found []string
		for _, call := range m.calls("apt-get") {
			if name := call[strings.LastIndex(call, " ")+1:]; strings.Contains(call, "install") && !strings.Contains(name, "-580-server") {
				found = append(found, strings.TrimSpace(strings.ReplaceAll(name, "linux-modules-nvidia", "")))
			}
		}
		if got := strings.Join(found, " "); got != wanted {
			t.Errorf("%q: %s", fabric, got)
		}
	}
}

func TestRefusesAFabricManagerOfAnotherVersionThanTheDriver(t *testing.T) {
	m := driverMachine(t, "ubuntu")
	m.program("dpkg-query", "echo 580.173.02-0ubuntu1")
	want(t, m.do("driver-apt", "FABRIC", "fabricmanager"), Failed, "FabricNotReady")
	m = driverMachine(t, "ubuntu")
	m.program("apt-cache", `case "$*" in *nvlsm*) exit 100 ;; esac`)
	want(t, m.do("driver-apt", "FABRIC", "fabricmanager+nvlsm"), Failed, "FabricPackageMissing")
}

func TestNamesTheFabricManagerAsAmazonLinuxDoes(t *testing.T) {
	for branch, wanted := range map[string]string{"570": "nvidia-fabric-manager-570.*", "580": "nvidia-fabricmanager-580.*"} {
		m := driverMachine(t, "amzn")
		m.missing("apt-get")
		m.program("dnf", strings.ReplaceAll(installsModule, "580.178.04", branch+".178.04"))
		m.program("rpm", "echo "+branch+".178.04")
		want(t, m.do("driver-dnf", "COMPILE", "yes", "FABRIC", "fabricmanager", "BRANCH", branch), Succeeded, "")
		if calls := m.calls("dnf"); !slices.Contains(calls, "dnf install -y "+wanted) {
			t.Error(calls)
		}
	}
}

func TestSaysWhichPackageIsMissing(t *testing.T) {
	for body, cause := range map[string]string{
		`case "$*" in *utils*) exit 100 ;; esac`:                                "DriverBranchMissing",
		`case "$*" in *linux-modules-nvidia*|*linux-headers*) exit 100 ;; esac`: "KernelHeadersMissing",
	} {
		m := driverMachine(t, "ubuntu")
		m.program("apt-cache", body)
		want(t, m.do("driver-apt", "COMPILE", "yes"), Failed, cause)
	}
}

func TestKeepsADriverThatIsThereAndNeverInstallsASecondOne(t *testing.T) {
	for distribution, step := range map[string]string{"ubuntu": "driver-apt", "debian": "driver-apt", "amzn": "driver-dnf",
		"azurelinux": "driver-tdnf", "cos": "driver-cos", "flatcar": "driver-flatcar"} {
		m := driverMachine(t, distribution)
		m.loaded("version-open")
		want(t, m.do(step), Succeeded, "")
		want(t, m.do(step, "BRANCH", "595"), Failed, "DriverTooOld")
		if calls := append(m.calls("apt-get"), m.calls("dnf")...); len(calls) != 0 {
			t.Error(step, calls)
		}
	}
}

func TestGoesOnAfterAnInterruptionAtAnyCommand(t *testing.T) {
	for _, victim := range []string{"dpkg", "apt-get", "mv"} {
		m := driverMachine(t, "ubuntu")
		body := map[string]string{"dpkg": "", "apt-get": installsModule, "mv": `/bin/mv "$@"`}[victim]
		m.program(victim, "[ -e $R/once ] || { : >$R/once; kill -9 $PPID; exit 1; }\n"+body)
		if first := m.do("driver-apt"); !first.retries() {
			t.Fatalf("%s: an interruption is worth another try: %+v", victim, first)
		}
		want(t, m.do("driver-apt"), Succeeded, "")
		if m.read("/etc/modprobe.d/windlass-nouveau.conf") != "blacklist nouveau\noptions nouveau modeset=0\n" {
			t.Error(victim, "left half a file")
		}
	}
}

func TestAmazonLinuxCompilesThePackagesOfTheBranch(t *testing.T) {
	m := driverMachine(t, "amzn")
	m.missing("apt-get")
	want(t, m.do("driver-dnf"), Failed, "DriverBuildFailed")
	want(t, m.do("driver-dnf", "COMPILE", "yes"), Succeeded, "")
	installs := strings.Join(m.calls("dnf"), "\n")
	if !strings.Contains(installs, "kernel-devel-"+kernel) || !strings.Contains(installs, "kmod-nvidia-open-dkms-580.*") {
		t.Error(installs)
	}
}

func TestAzureLinuxTakesThePackageOfItsVeryKernel(t *testing.T) {
	m := driverMachine(t, "azurelinux")
	m.file("/proc/sys/kernel/osrelease", "6.6.96.2-2.azl3\n")
	m.program("tdnf", `case "$*" in *list*) echo "cuda-open.x86_64 580.95.05-1_6.6.90.1.1.azl3 nvidia
cuda-open.x86_64 580.178.04-2_6.6.96.2.2.azl3 nvidia
cuda-open.x86_64 595.45.04-1_6.6.96.2.2.azl3 nvidia" ;; esac
`+strings.ReplaceAll(installsModule, kernel, "6.6.96.2-2.azl3"))
	want(t, m.do("driver-tdnf"), Succeeded, "")
	if calls := m.calls("tdnf"); !slices.Contains(calls, "tdnf install -y cuda-open-580.178.04-2_6.6.96.2.2.azl3") {
		t.Error(calls)
	}
	m = driverMachine(t, "azurelinux")
	m.program("tdnf", "")
	want(t, m.do("driver-tdnf"), Failed, "DriverBuildFailed")
}

func TestContainerOptimizedOSIsLeftToItsInstaller(t *testing.T) {
	m := driverMachine(t, "cos")
	m.loads("version-open")
	m.program("cos-extensions", "modprobe nvidia")
	want(t, m.do("driver-cos", "VERSION", "580.178.04"), Succeeded, "")
	if got := m.calls("cos-extensions"); !slices.Equal(got, []string{
		"cos-extensions install gpu -- -version=580.178.04 -host-dir=/home/kubernetes/bin/nvidia"}) {
		t.Error(got)
	}
}

func TestFlatcarPrefersItsPrebuiltImageAndCompilesIfAllowed(t *testing.T) {
	m := driverMachine(t, "flatcar")
	m.loads("version-open")
	m.program("systemctl", "")
	want(t, m.do("driver-flatcar", "VERSION", "580.178.04"), Failed, "DriverBuildFailed")
	want(t, m.do("driver-flatcar", "VERSION", "580.178.04", "COMPILE", "yes"), Succeeded, "")
	if m.read("/etc/flatcar/nvidia-metadata") != "NVIDIA_DRIVER_VERSION=580.178.04\n" {
		t.Error(m.read("/etc/flatcar/nvidia-metadata"))
	}
	m = driverMachine(t, "flatcar")
	m.loads("version-open")
	m.program("systemctl", "")
	m.file("/usr/share/flatcar/sysext/nvidia-drivers-580-open.raw", "")
	m.file("/etc/flatcar/enabled-sysext.conf", "docker-flatcar\nnvidia-drivers-570\n")
	want(t, m.do("driver-flatcar"), Succeeded, "")
	if got := m.read("/etc/flatcar/enabled-sysext.conf"); got != "docker-flatcar\nnvidia-drivers-580-open\n" {
		t.Errorf("%q", got)
	}
}

func TestLoadsModulesAndStartsWhatRunsBeside(t *testing.T) {
	m := newMachine(t, "ubuntu")
	m.loads("version-open")
	m.program("nvidia-smi", "")
	m.program("nvidia-modprobe", "")
	m.program("systemctl", "")
	m.device("0000:00:1f.0", "0x068000", "0x22a3")
	load := func() outcome {
		return m.host.perform(context.Background(), &Task{Name: "driver-load", TimeoutSeconds: 60})
	}
	want(t, load(), Succeeded, "")
	if again := load(); again.message != "nothing to do" {
		t.Errorf("%+v", again)
	}
	if !slices.Contains(m.calls("systemctl"), "systemctl enable --now nvidia-fabricmanager") {
		t.Error(m.calls("systemctl"))
	}
	m.program("systemctl", "exit 1")
	want(t, load(), Failed, "FabricNotReady")
}

func TestStartsTheDaemonsOfAFabric(t *testing.T) {
	for fabric, wanted := range map[string]string{
		"fabricmanager+nvlsm": "systemctl enable --now nvidia-fabricmanager",
		"imex":                "systemctl enable --now nvidia-imex",
		"imexmasked":          "systemctl mask nvidia-imex",
	} {
		m := newMachine(t, "ubuntu")
		m.loads("version-open")
		m.program("nvidia-smi", "")
		m.program("nvidia-modprobe", "")
		m.program("systemctl", "")
		m.program("hostname", "echo 10.0.0.7 fe80::1")
		task := &Task{Name: "driver-load", Arguments: map[string]string{"FABRIC": fabric}, TimeoutSeconds: 60}
		want(t, m.host.perform(context.Background(), task), Succeeded, "")
		if !slices.Contains(m.calls("systemctl"), wanted) {
			t.Error(fabric, m.calls("systemctl"))
		}
		if fabric == "imex" && m.read("/etc/nvidia-imex/nodes_config.cfg") != "10.0.0.7\n" {
			t.Error(m.read("/etc/nvidia-imex/nodes_config.cfg"))
		}
		if strings.Contains(fabric, "nvlsm") && !slices.Contains(m.calls("modprobe"), "modprobe ib_umad") {
			t.Error(m.calls("modprobe"))
		}
		m.program("systemctl", `case "$*" in *is-active*) exit 3 ;; esac`)
		if got := m.host.perform(context.Background(), task); fabric != "imexmasked" && !got.retries() {
			t.Errorf("%s: a daemon that ends at once is noticed: %+v", fabric, got)
		}
	}
}

func TestTurnsMigOnAndLeavesABootToTheDaemonWhereAResetIsRefused(t *testing.T) {
	for _, reset := range []string{": >$R/current", "exit 3"} {
		m := newMachine(t, "ubuntu")
		m.program("nvidia-smi", `case "$*" in
"-mig 1") : >$R/pending ;;
--gpu-reset) `+reset+` ;;
*current*) [ -e $R/current ] && echo Enabled || echo Disabled ;;
*pending*) [ -e $R/pending ] && echo Enabled || echo Disabled ;;
esac`)
		want(t, m.host.perform(context.Background(), &Task{Name: "mig"}), Succeeded, "")
		if m.host.exists("/current") != (reset != "exit 3") || !m.host.exists("/pending") {
			t.Error(m.calls("nvidia-smi"))
		}
	}
	m := newMachine(t, "ubuntu")
	m.program("nvidia-smi", `case "$*" in *--query*) echo "[N/A]" ;; *) exit 1 ;; esac`)
	want(t, m.host.perform(context.Background(), &Task{Name: "mig"}), Succeeded, "")
	m.program("nvidia-smi", `case "$*" in *current*) echo Disabled ;; *pending*) printf 'Enabled\nDisabled\n' ;; esac`)
	want(t, m.host.perform(context.Background(), &Task{Name: "mig"}), Failed, "MigNotApplied")
}

func TestSaysThatNouveauHoldsTheDevice(t *testing.T) {
	m := driverMachine(t, "ubuntu")
	m.file("/sys/module/nouveau/refcnt", "3")
	m.program("modprobe", "exit 1")
	want(t, m.do("driver-apt"), Failed, "NouveauLoaded")
}

func TestDescribesTheDevicesAnewAfterAnotherDriver(t *testing.T) {
	m := newMachine(t, "ubuntu")
	m.loaded("version-open")
	m.program("nvidia-container-runtime", "")
	m.program("nvidia-ctk", `sed -n 's/.*x86_64 *\([0-9.]*\) .*/# driver \1/p' $R/proc/driver/nvidia/version >"${3#--output=}"`)
	want(t, m.do("toolkit"), Succeeded, "")
	if got := m.do("toolkit"); got.message != "nothing to do" {
		t.Errorf("%+v", got)
	}
	m.file("/proc/driver/nvidia/version", strings.ReplaceAll(m.read("/proc/driver/nvidia/version"), "580.178.04", "595.91.07"))
	want(t, m.do("toolkit"), Succeeded, "")
	if got := m.read("/var/run/cdi/nvidia.yaml"); got != "# driver 595.91.07\n" {
		t.Error(got)
	}
}

func TestRefusesWhatIsNoPlainWordAndNoKnownTask(t *testing.T) {
	m := newMachine(t, "ubuntu")
	for _, task := range []*Task{
		{Name: "driver-apt", Arguments: map[string]string{"BRANCH": "580; reboot"}},
		{Name: "driver-apt", Arguments: map[string]string{"branch=1 X": "580"}},
		{Name: "../../bin/reboot"},
		{Name: "runtime"},
		{Name: "driver-slackware"},
		{Name: "write-runtime", File: &File{Path: "/etc/shadow"}, Arguments: map[string]string{"RUNTIME": "containerd"}},
	} {
		want(t, m.host.perform(context.Background(), task), Failed, "UnknownTask")
	}
}

func TestEndsAStepThatRunsTooLongWithEverythingThatItStarted(t *testing.T) {
	m := driverMachine(t, "ubuntu")
	m.program("dpkg", "sleep 300 & echo $! >$R/sleeper; wait")
	got := m.host.perform(context.Background(), &Task{Name: "driver-apt", TimeoutSeconds: 1,
		Arguments: map[string]string{"BRANCH": "580", "MODULES": "open", "COMPILE": "no"}})
	if !got.retries() || !strings.Contains(got.message, "too long") {
		t.Errorf("%+v", got)
	}
	sleeper := "/proc/" + strings.TrimSpace(m.read("/sleeper")) + "/stat"
	asleep := func() bool {
		state, err := os.ReadFile(sleeper)
		return err == nil && !strings.Contains(string(state), ") Z ")
	}
	for end := time.Now().Add(time.Minute); asleep(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the sleeper sleeps on")
		}
	}
}

func TestKeepsTheEndOfLongOutput(t *testing.T) {
	m := newMachine(t, "ubuntu")
	got := m.host.shell(context.Background(), "yes | head -c 3000000; echo the end", nil, "")
	if len(got.output) > 2*maxOutput || !strings.HasSuffix(got.output, "the end\n") {
		t.Error(len(got.output))
	}
}

func TestEveryStepPassesShellcheck(t *testing.T) {
	if _, err := exec.LookPath("shellcheck"); err != nil {
		t.Skip("shellcheck is not installed")
	}
	entries, _ := os.ReadDir("steps")
	for _, entry := range entries {
		name := strings.TrimSuffix(entry.Name(), ".sh")
		if name == "common" {
			continue
		}
		text, err := scriptText(name)
		if err != nil {
			t.Fatal(err)
		}
		check := exec.Command("shellcheck", "--shell=sh", "--color=never", "-")
		check.Stdin = strings.NewReader(text)
		if output, err := check.CombinedOutput(); err != nil {
			t.Errorf("%s: %s", name, output)
		}
	}
}
