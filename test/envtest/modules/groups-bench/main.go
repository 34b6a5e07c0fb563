// groups-bench makes groups of machines with govmomi alone: folders, clones and power-ons, with one property collector
// for the ends of all tasks. `npm run bench -- groups` compares the operator's vCenter layer with it.
//
// Arguments: URL with user and password, number of groups, machines per group, clones at once. It prints its time in
// milliseconds and the number of its requests, as JSON.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net/url"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/find"
	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/property"
	"github.com/vmware/govmomi/view"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

const gather = 50 * time.Millisecond

type counter struct {
	soap.RoundTripper
	requests, waits atomic.Int64
}

func (c *counter) RoundTrip(ctx context.Context, req, res soap.HasFault) error {
	if fmt.Sprintf("%T", req) == "*methods.WaitForUpdatesExBody" {
		c.waits.Add(1)
	} else {
		c.requests.Add(1)
	}
	return c.RoundTripper.RoundTrip(ctx, req, res)
}

// ends follows tasks through a list view and one collector.
type ends struct {
	list    *view.ListView
	mu      sync.Mutex
	waiting map[types.ManagedObjectReference]chan types.TaskInfo
	added   []types.ManagedObjectReference
}

func (e *ends) wait(task *object.Task) (types.TaskInfo, error) {
	end := make(chan types.TaskInfo, 1)
	e.mu.Lock()
	e.waiting[task.Reference()] = end
	e.added = append(e.added, task.Reference())
	e.mu.Unlock()
	info := <-end
	if info.Error != nil {
		return info, fmt.Errorf("%s: %T", info.DescriptionId, info.Error.Fault)
	}
	return info, nil
}

// edit adds new tasks to the view and removes tasks that have ended.
func (e *ends) edit(ctx context.Context) {
	inView := map[types.ManagedObjectReference]bool{}
	for range time.Tick(gather) {
		e.mu.Lock()
		add := e.added
		e.added = nil
		var remove []types.ManagedObjectReference
		for ref := range inView {
			if _, waits := e.waiting[ref]; !waits {
				remove = append(remove, ref)
			}
		}
		e.mu.Unlock()
		if len(add) == 0 {
			continue
		}
		for _, ref := range remove {
			delete(inView, ref)
		}
		for _, ref := range add {
			inView[ref] = true
		}
		_, err := e.list.Add(ctx, add)
		check(err)
		if len(remove) > 0 {
			_, err = e.list.Remove(ctx, remove)
			check(err)
		}
	}
}

func (e *ends) follow(ctx context.Context, client *govmomi.Client) {
	filter := new(property.WaitFilter)
	filter.Spec.PropSet = []types.PropertySpec{{Type: "Task", PathSet: []string{"info"}}}
	filter.Spec.ObjectSet = []types.ObjectSpec{{
		Obj: e.list.Reference(), Skip: types.NewBool(true),
		SelectSet: []types.BaseSelectionSpec{&types.TraversalSpec{Type: "ListView", Path: "view"}},
	}}
	check(property.WaitForUpdatesEx(ctx, client.PropertyCollector(), filter, func(updates []types.ObjectUpdate) bool {
		for _, update := range updates {
			for _, change := range update.ChangeSet {
				info, ok := change.Val.(types.TaskInfo)
				if ok && (info.State == types.TaskInfoStateSuccess || info.State == types.TaskInfoStateError) {
					e.mu.Lock()
					if end, waits := e.waiting[update.Obj]; waits {
						delete(e.waiting, update.Obj)
						end <- info
					}
					e.mu.Unlock()
				}
			}
		}
		return false
	}))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func number(text string) int {
	value, err := strconv.Atoi(text)
	check(err)
	return value
}

func main() {
	ctx := context.Background()
	address, err := url.Parse(os.Args[1])
	check(err)
	groups, machines, width := number(os.Args[2]), number(os.Args[3]), number(os.Args[4])
	start := time.Now()
	client, err := govmomi.NewClient(ctx, address, true)
	check(err)
	count := &counter{RoundTripper: client.RoundTripper}
	client.Client.RoundTripper = count
	finder := find.NewFinder(client.Client)
	datacenter, err := finder.DefaultDatacenter(ctx)
	check(err)
	finder.SetDatacenter(datacenter)
	template, err := finder.VirtualMachine(ctx, "vm-operator/vm-operator-template")
	check(err)
	parent, err := finder.Folder(ctx, "vm-operator")
	check(err)
	pool, err := finder.DefaultResourcePool(ctx)
	check(err)
	list, err := view.NewManager(client.Client).CreateListView(ctx, nil)
	check(err)
	followed := &ends{list: list, waiting: map[types.ManagedObjectReference]chan types.TaskInfo{}}
	go followed.edit(ctx)
	go followed.follow(ctx, client)

	clones, others := make(chan struct{}, width), make(chan struct{}, max(4, width/4))
	var all sync.WaitGroup
	for group := range groups {
		all.Add(1)
		go func() {
			defer all.Done()
			others <- struct{}{}
			folder, err := parent.CreateFolder(ctx, fmt.Sprintf("default.group-%d", group))
			<-others
			check(err)
			for machine := range machines {
				all.Add(1)
				go func() {
					defer all.Done()
					ref := pool.Reference()
					spec := types.VirtualMachineCloneSpec{
						Location: types.VirtualMachineRelocateSpec{Pool: &ref},
						Config: &types.VirtualMachineConfigSpec{NumCPUs: 1, MemoryMB: 1024, ExtraConfig: []types.BaseOptionValue{
							&types.OptionValue{Key: "codeconnect.uid", Value: fmt.Sprint(group)},
							&types.OptionValue{Key: "codeconnect.ordinal", Value: fmt.Sprint(machine)},
						}},
					}
					clones <- struct{}{}
					task, err := template.Clone(ctx, folder, fmt.Sprintf("group-%d-replica-%d", group, machine), spec)
					check(err)
					info, err := followed.wait(task)
					<-clones
					check(err)
					if info.Result == nil {
						// The simulator sets the fields of a task one after the other, and this read came in between.
						var again mo.Task
						check(task.Properties(ctx, task.Reference(), []string{"info"}, &again))
						info = again.Info
					}
					others <- struct{}{}
					task, err = object.NewVirtualMachine(client.Client, info.Result.(types.ManagedObjectReference)).PowerOn(ctx)
					check(err)
					_, err = followed.wait(task)
					<-others
					check(err)
				}()
			}
		}()
	}
	all.Wait()
	check(json.NewEncoder(os.Stdout).Encode(map[string]int64{
		"ms": time.Since(start).Milliseconds(), "requests": count.requests.Load(), "waits": count.waits.Load(),
	}))
}
