/**
 * Follows the VmGroups of a kubeconfig as the operator does, in a process of its own, until each of them had a change.
 * Prints how many groups it has, and the peak of its resident memory in MiB.
 */
import { keptGroup } from '../../../src/api/kept-group';
import { VM_GROUP_RESOURCE, type VmGroup } from '../../../src/api/vm-group';
import { keepHeapSmall } from '../../../src/cli/memory';
import { connectApiServer, Reflector, ResourceClient } from '../../../src/kubernetes';
import { systemClock } from '../../../src/time/clock';

keepHeapSmall();
const [kubeconfigFile = ''] = process.argv.slice(2);
const clock = systemClock;
const server = connectApiServer({ clock, kubeconfigFile, userAgent: 'reader' });
const client = new ResourceClient<VmGroup>(server, VM_GROUP_RESOURCE);
const reflector = new Reflector<VmGroup>({ client, transform: keptGroup, clock, random: Math.random });

const changed = new Set<string>();
reflector.onChange(({ key, before }) => {
  if (before !== undefined) changed.add(key);
  if (!reflector.synced || changed.size < reflector.store.size) return;
  process.stdout.write(JSON.stringify({ groups: reflector.store.size, peakMiB: peakMiB() }));
  process.exit(0);
});
void reflector.run(new AbortController().signal);

function peakMiB(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}
