// govc runs those commands of govmomi's govc that `vm-operator role` prints, in the version of the simulator.
package main

import (
	"os"

	"github.com/vmware/govmomi/cli"
	_ "github.com/vmware/govmomi/cli/permissions"
	_ "github.com/vmware/govmomi/cli/role"
)

func main() { os.Exit(cli.Run(os.Args[1:])) }
