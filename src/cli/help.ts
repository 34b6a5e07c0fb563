import { COMMAND_FLAGS_HELP } from '../operator/commands/command-flags';

export const HELP = `Usage: vm-operator COMMAND

Declarative virtual machine groups on plain vCenter.

Commands
  run       keep vCenter equal to the VmGroups of a Kubernetes cluster
  plan      tell what would be done for a manifest, and why; change nothing
  check     tell whether vCenter can be used as it is set up: connection, trust, login, privileges, placement
  version   print the version

vm-operator COMMAND --help tells more.
`;

export const PLAN_HELP = `Usage: vm-operator plan -f FILE [-f FILE ...] [flags]

Tells what the operator would do for these VmGroups if they were applied now, and why, and changes nothing, neither in
vCenter nor in Kubernetes. The manifests are checked as the API server would check them. A group that exists is found by
the kubeconfig, so that its machines are known; without one, each group is planned as a new one, which the output says.

"now" is what is done at once, "later" what follows when that has been seen to end and new replicas are ready. Names that
vCenter does not have, a pause, machines of an earlier group and failures that wait are told as being "in the way".
A manifest is planned as written: fields that it leaves out count as unset, also where kubectl apply would keep them.

Flags
  -f, --filename FILE        manifest with one or more VmGroups, - for standard input; may be repeated
${COMMAND_FLAGS_HELP}
  KUBECONFIG                 kubeconfig files (default: ~/.kube/config, or the pod's service account)

Exit codes
  0  there is nothing to do
  1  no plan could be made: flags, manifests, vCenter
  2  changes are due, even if something is in their way

Examples
  vm-operator plan -f web.yaml
  kubectl get vg -A -o yaml | vm-operator plan -f -
  npx cdk8s synth -p | vm-operator plan -f - -o json
`;

export const CHECK_HELP = `Usage: vm-operator check [-f FILE ...] [flags]

Checks what the operator needs of vCenter, from the outside in: settings, host name, connection, certificate and trust,
clock, login, inventory, and the account's privileges on the objects in use. With manifests also their names: template,
folder, pool, datastore and networks, and the privileges on those. Changes nothing. What depends on a check that failed is
skipped, and says so.

A certificate that is not trusted is shown with its SHA-256 fingerprint. Compare that with what vCenter itself shows
before you put it into VC_FINGERPRINTS.

Flags
  -f, --filename FILE        manifest with one or more VmGroups, - for standard input; may be repeated
${COMMAND_FLAGS_HELP}

Exit codes
  0  all is well, warnings aside
  1  a check failed
  2  the command line cannot be used

Examples
  vm-operator check
  vm-operator check -f web.yaml -o json
`;
