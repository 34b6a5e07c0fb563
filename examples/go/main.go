package main

import (
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
	vms "vm.codeconnect.vmworld.com/constructs/codeconnectvmoperator"
)

func web(app cdk8s.App, environment string, replicas float64) {
	chart := cdk8s.NewChart(app, jsii.String(environment), &cdk8s.ChartProps{Namespace: jsii.String(environment)})
	deletion := vms.DeletionPolicy_DELETE
	if environment == "production" {
		deletion = vms.DeletionPolicy_ORPHAN
	}
	vms.NewVmGroup(chart, jsii.String("web"), &vms.VmGroupProps{
		Metadata:  &vms.VmGroupMetadata{Name: jsii.String("web")},
		Template:  jsii.String("/dc1/vm/templates/ubuntu"),
		Replicas:  jsii.Number(replicas),
		Cpu:       jsii.Number(2),
		Memory:    cdk8s.Size_Gibibytes(jsii.Number(4)),
		Readiness: vms.Readiness_IpAddress(nil),
		MinReady:  cdk8s.Duration_Seconds(jsii.Number(30)),
		UpdateStrategy: vms.UpdateStrategy_RollingUpdate(&vms.RollingUpdateOptions{
			MaxSurge:       vms.Amount_Percent(jsii.Number(25)),
			MaxUnavailable: vms.Amount_Absolute(jsii.Number(0)),
		}),
		DeletionPolicy: deletion,
	})
}

func main() {
	app := cdk8s.NewApp(nil)
	web(app, "test", 1)
	web(app, "production", 6)
	app.Synth()
}
