// vcsim runs the vCenter simulator of govmomi with the inventory that its flags describe.
//
// When it serves, it prints one line of JSON, {"url": ..., "caFile": ...}. It runs until it gets a signal or its standard
// input ends, so it ends with the process that started it.
package main

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"net/url"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/find"
	"github.com/vmware/govmomi/object"
	_ "github.com/vmware/govmomi/pbm/simulator"
	"github.com/vmware/govmomi/simulator"
	_ "github.com/vmware/govmomi/sts/simulator"
	_ "github.com/vmware/govmomi/vapi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

type options struct {
	listen, user, password, datacenter, folder, template, delays, trace, strict string
	machines, clusters, datastores, pods                                        int
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("vcsim: ")
	var o options
	flag.StringVar(&o.listen, "listen", "127.0.0.1:0", "address to serve on; port 0 picks a free one")
	flag.StringVar(&o.user, "username", "", "the only user name that may log in; empty accepts any")
	flag.StringVar(&o.password, "password", "", "the password of that user")
	flag.StringVar(&o.datacenter, "datacenter", "vcqaDC", "name of the datacenter")
	flag.StringVar(&o.folder, "folder", "vm-operator", "folder to make below the datacenter's VM folder; empty makes none")
	flag.StringVar(&o.template, "template", "vm-operator-template", "name of the template in that folder; empty makes none")
	flag.StringVar(&o.delays, "method-delay", "", "delays in milliseconds, such as LockHandoff:0,CloneVm:1000")
	flag.StringVar(&o.trace, "trace-file", "", "file for every SOAP message; it contains passwords")
	flag.IntVar(&o.machines, "machines", 0, "number of other virtual machines")
	flag.IntVar(&o.clusters, "clusters", 1, "number of clusters")
	flag.IntVar(&o.datastores, "datastores", 1, "number of datastores")
	flag.IntVar(&o.pods, "pods", 0, "number of datastore clusters; they start empty")
	flag.StringVar(&o.strict, "strict", "", "simulator.StrictOptions as JSON; empty: no rule of strict-vcenter holds")
	flag.Parse()
	if err := run(o); err != nil {
		log.Fatal(err)
	}
}

func run(o options) error {
	// All temporary files go into a folder of ours, because the simulator does not remove all of them.
	home, err := os.MkdirTemp("", "vm-operator-vcsim-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(home) }()
	if err := os.Setenv("TMPDIR", home); err != nil {
		return err
	}
	model := simulator.VPX()
	model.Datacenter, model.Host, model.Cluster, model.Datastore = 1, 0, o.clusters, o.datastores
	model.Machine, model.Autostart = 1, false
	if o.machines > 0 {
		model.Machine = o.machines + 1
	}
	model.Pod = o.pods
	delays, err := parseDelays(o.delays)
	if err != nil {
		return err
	}
	if o.trace != "" {
		file, err := os.OpenFile(o.trace, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		simulator.TraceFile = file
	}
	if err := model.Create(); err != nil {
		return err
	}
	service := model.Service
	service.RegisterEndpoints = true
	service.TLS = new(tls.Config)
	service.Listen = &url.URL{Host: o.listen}
	if o.user != "" {
		service.Listen.User = url.UserPassword(o.user, o.password)
	}
	server := service.NewServer()
	// Never server.Close(): it waits for pending calls, and a WaitForUpdatesEx may last one more minute.
	if err := furnish(server.URL, o); err != nil {
		return fmt.Errorf("furnish the inventory: %w", err)
	}
	if err := beStrict(service, o); err != nil {
		return fmt.Errorf("-strict: %w", err)
	}
	// Delays and the trace begin here, so that they do not cover the calls above.
	simulator.Trace = o.trace != ""
	model.DelayConfig.MethodDelay = delays
	simulator.TaskDelay.MethodDelay = delays

	caFile, err := server.CertificateFile()
	if err != nil {
		return err
	}
	address := *server.URL
	address.User = nil
	if err := json.NewEncoder(os.Stdout).Encode(map[string]string{"url": address.String(), "caFile": caFile}); err != nil {
		return err
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGINT, syscall.SIGTERM)
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		stop <- syscall.SIGTERM
	}()
	<-stop
	return nil
}

// beStrict puts the rules of strict-vcenter into force. The administrator has the password of the user.
func beStrict(service *simulator.Service, o options) error {
	if o.strict == "" {
		return nil
	}
	var strict simulator.StrictOptions
	decoder := json.NewDecoder(strings.NewReader(o.strict))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&strict); err != nil {
		return err
	}
	registry := service.Context.Map
	if o.user != "" {
		registry.SessionManager().ValidLogin = func(login *types.Login) bool {
			known := login.UserName == o.user || login.UserName == strict.Administrator
			return known && login.Password == o.password
		}
	}
	if seconds := strict.SessionIdleSeconds; seconds > 0 {
		registry.OptionManager().UpdateOptions(&types.UpdateOptions{ChangedValue: []types.BaseOptionValue{
			&types.OptionValue{Key: "config.vmacore.soap.sessionTimeout", Value: fmt.Sprintf("%gs", seconds)},
		}})
	}
	simulator.BeStrict(strict)
	return nil
}

func parseDelays(text string) (map[string]int, error) {
	delays := map[string]int{}
	for _, entry := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' }) {
		name, value, found := strings.Cut(entry, ":")
		ms, err := strconv.Atoi(value)
		if !found || err != nil {
			return nil, fmt.Errorf("-method-delay: %q is not NAME:MILLISECONDS", entry)
		}
		delays[name] = ms
	}
	return delays, nil
}

// furnish gives the datacenter its name and turns the first virtual machine into the template.
func furnish(address *url.URL, o options) error {
	ctx := context.Background()
	client, err := govmomi.NewClient(ctx, address, true)
	if err != nil {
		return err
	}
	defer func() { _ = client.Logout(ctx) }()
	finder := find.NewFinder(client.Client)
	datacenter, err := finder.DefaultDatacenter(ctx)
	if err != nil {
		return err
	}
	task, err := datacenter.Rename(ctx, o.datacenter)
	if err != nil {
		return err
	}
	if err := task.Wait(ctx); err != nil {
		return err
	}
	datacenter, err = finder.DefaultDatacenter(ctx)
	if err != nil {
		return err
	}
	finder.SetDatacenter(datacenter)
	folders, err := datacenter.Folders(ctx)
	if err != nil {
		return err
	}
	home := folders.VmFolder
	if o.folder != "" {
		if home, err = home.CreateFolder(ctx, o.folder); err != nil {
			return err
		}
	}
	machines, err := finder.VirtualMachineList(ctx, "*")
	if err != nil {
		return err
	}
	first := machines[0]
	if o.template == "" {
		return wait(ctx)(first.Destroy(ctx))
	}
	if err := wait(ctx)(first.Rename(ctx, o.template)); err != nil {
		return err
	}
	if err := wait(ctx)(home.MoveInto(ctx, []types.ManagedObjectReference{first.Reference()})); err != nil {
		return err
	}
	return first.MarkAsTemplate(ctx)
}

func wait(ctx context.Context) func(*object.Task, error) error {
	return func(task *object.Task, err error) error {
		if err != nil {
			return err
		}
		return task.Wait(ctx)
	}
}
