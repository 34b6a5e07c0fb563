import { COMMAND_FLAGS_HELP } from '../operator/commands/command-flags';
import { REPLAY_FLAGS_HELP, WHY_FLAGS_HELP } from '../operator/commands/decisions/decision-flags';
import { ROLE_FLAGS_HELP } from '../operator/commands/role/role-flags';
import { STATUS_FLAGS_HELP } from '../operator/commands/status/status-flags';

export const HELP = `Usage: vm-operator COMMAND

Declarative virtual machine groups on plain vCenter.

Commands
  run       keep vCenter equal to the VmGroups of a Kubernetes cluster
  status    show groups and their replicas: what is under way, what is wrong, and what to do about it
  why       tell the last decisions about a group: what was seen, what was done about it, and why
  plan      show what would be done for a manifest, and why; change nothing
  check     check what the operator needs from its vCenters: connection, trust, login, privileges, placement
  role      print the vCenter roles for what is in use: for govc, PowerCLI or Terraform
  replay    decide what an operator has decided again, by this version, and show what differs
  version   print the version

vm-operator COMMAND --help tells more. As a kubectl plugin (kubectl-vg in the PATH):
  kubectl vg [status | why | plan | check | role]
`;

const WITH_VCENTERS = `\
With VCenter objects, in the cluster or in the files, the vCenter of the environment does not count, as for the operator.
An object of the files stands for that of the cluster. The account is in the Secret that a VCenter names, in the files or
in the cluster; without either it is VC_USER and VC_PASS. The labels of namespaces come from both.`;

const FILES_HELP = `\
  -f, --filename FILE        manifest with VmGroups, and VCenters with their Secrets and Namespaces; - for standard input;
                             may be repeated`;

export const PLAN_HELP = `Usage: vm-operator plan -f FILE [-f FILE ...] [flags]

Shows what the operator would do for these VmGroups if they were applied now, and why. Changes nothing, neither in vCenter
nor in Kubernetes. The manifests are checked as the API server would check them. The kubeconfig is used to find groups
that exist already, and their machines. Without one each group is planned as a new one, and the output says so.

"now" is done at once. "later" follows when that has ended and new replicas are ready. "in the way" are names that vCenter
does not have, a pause, machines of an earlier group, and failures that wait for their next try.
What a manifest leaves out and the stored group has is planned as kubectl apply would leave it: replicas that an autoscaler
has set stay, what was applied before is taken away.
Groups that are planned together count together in the limits of their vCenter, in the order of the manifests.

${WITH_VCENTERS}

Flags
${FILES_HELP}
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
  vm-operator plan -f groups.yaml -f vcenter.yaml
`;

export const CHECK_HELP = `Usage: vm-operator check [-f FILE ...] [flags]

Checks what the operator needs from vCenter, step by step: settings, host name, connection, certificate and trust, clock,
login, inventory, and the account's privileges on the objects in use. With manifests it also checks their names (template,
folder, resource pool, datastore, networks) and the privileges on those objects. Changes nothing. A check that needs one
that failed is skipped.

A certificate that is not trusted is shown with its SHA-256 fingerprint. Compare that with what vCenter itself shows
before you put it into VC_FINGERPRINTS.

${WITH_VCENTERS}
Checked are the VCenters of the files and those that groups of the files belong to; without either all of the cluster.
Each is also checked for what it selects, names, allows and limits.

Flags
${FILES_HELP}
${COMMAND_FLAGS_HELP}
  KUBECONFIG                 kubeconfig files, for VCenters, their Secrets, and namespaces

Exit codes
  0  no check failed; there may be warnings
  1  a check failed
  2  the command line cannot be used

Examples
  vm-operator check
  vm-operator check -f web.yaml -o json
  vm-operator check -f vcenter.yaml
`;

export const STATUS_HELP = `Usage: vm-operator status [NAMESPACE/NAME | NAME] [flags]
       kubectl vg [status] [NAMESPACE/NAME | NAME] [flags]

Shows a VmGroup and its replicas: revision, host, addresses, what is ready since when, what is under way, and each fault
with its remedy and its next try. Without a name it lists the groups of the namespace. Reads the API server only: what it
shows is what the operator has written there. Changes nothing.

Flags
${STATUS_FLAGS_HELP}

Environment
  KUBECONFIG                 kubeconfig files
  NO_COLOR                   any text: no colours. There are none either where the output is no terminal

Exit codes
  0  it was shown, whatever the state of the groups
  1  there is no such group, or the API server cannot be read
  2  the command line cannot be used

Examples
  vm-operator status
  kubectl vg -A
  kubectl vg shop/web --watch
  kubectl vg shop/web -o json
`;

export const ROLE_HELP = `Usage: vm-operator role --datacenter NAME [flags]

Prints the least roles that the operator's account needs in vCenter, and the objects to give them on, for the features in
use. An administrator of vCenter runs what is printed. Reads the API server only, and changes nothing.

Without paths the datacenter gets the privileges for all that is in it. Each path that is named makes the roles smaller:
on one object the closest permission counts, and privileges of several are not added up. Paths are inventory paths as
govc ls prints them.

Flags
${ROLE_FLAGS_HELP}

Environment
  KUBECONFIG                 kubeconfig files, for the features in use

Exit codes
  0  the roles are printed
  1  it cannot be told what is in use: there is no VmGroup, or the API server cannot be read
  2  the command line cannot be used

Examples
  vm-operator role --datacenter dc1
  vm-operator role --datacenter dc1 --account operator@vsphere.local -o govc
  vm-operator role --features in-use,machine-sources --datacenter dc1
  vm-operator role --features all --account operator@vsphere.local -o terraform \\
    --folder /dc1/vm/vm-operator --templates /dc1/vm/templates --pool /dc1/host/cluster1 \\
    --datastore /dc1/datastore/ssd --network '/dc1/network/VM Network'
`;

export const WHY_HELP = `Usage: vm-operator why NAMESPACE/NAME | NAME [flags]
       vm-operator why [NAMESPACE/NAME | NAME] -f DUMP [-f DUMP ...] [flags]
       kubectl vg why NAMESPACE/NAME

Tells the last decisions about a VmGroup, the newest at the end: when, what the operator saw that it had not seen before,
what it decided and for which reason, what waits and what was under way, and what the status said. Changes nothing.

Without -f the running operators are asked, through the API server. They tell it with --metrics-secure only, to those whom
the Role codeconnect-vm-operator-why is bound to. They keep some MiB of decisions in memory: those before a restart are gone.
With -f it reads dumps, also between other lines of a log, and asks nobody. The signal SIGUSR2 makes an operator write its
decisions to its standard output.

No secret is in a decision: digests stand for texts for guests, settings and custom attributes. But it has the names,
addresses and placement of machines.

Flags
${WHY_FLAGS_HELP}

Exit codes
  0  decisions were told
  1  there are none, or they cannot be read
  2  the command line cannot be used

Examples
  kubectl vg why shop/web
  vm-operator why shop/web --last 20
  kubectl logs -n codeconnect-vm-operator-system POD | vm-operator why shop/web -f -
`;

export const REPLAY_HELP = `Usage: vm-operator replay DUMP [DUMP ...] [flags]

Decides each decision of a dump again, by this version of vm-operator, and shows what differs in plan and status. So you see
before an upgrade what the new version would do otherwise. A dump is made by SIGUSR2, or by the metrics port; - is standard
input. Asks nobody, and changes nothing.

Flags
${REPLAY_FLAGS_HELP}

Exit codes
  0  all is decided and told in the same way
  1  something differs, or could not be read
  2  the command line cannot be used

Examples
  vm-operator replay dump.txt
  kubectl logs -n codeconnect-vm-operator-system POD | vm-operator replay -
`;
