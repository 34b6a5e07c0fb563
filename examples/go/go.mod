module example.com/web

go 1.25

require (
	github.com/aws/jsii-runtime-go v1.140.0
	github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2 v2.70.106
	vm.codeconnect.vmworld.com/constructs/codeconnectvmoperator v0.1.0
)

replace vm.codeconnect.vmworld.com/constructs/codeconnectvmoperator => ../../lib/packages/go/codeconnectvmoperator
