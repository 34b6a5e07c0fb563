/**
 * The picture of `kubectl vg` in README.md: what the command prints for a group that was recorded in the middle of an update.
 * The group was recorded from kube-apiserver and vcsim in test/integration/status.test.ts, by `kubectl get vg web -o json`.
 */
import { styleText } from 'node:util';
import type { VmGroup } from '../src/api/vm-group';
import { groupView } from '../src/operator/commands/status/group-view';
import { statusText } from '../src/operator/commands/status/status-text';
import type { Paint } from '../src/operator/commands/text-table';
import recorded from './status-picture.json';
import { terminalSvg } from './terminal-svg';

const WIDTH = 116;
const TITLE =
  'kubectl vg shows a group of virtual machines in the middle of an update: a progress bar and a tree of replicas';

/** In colour wherever it is made. */
const paint: Paint = (style, text) => styleText(style, text, { validateStream: false });

export function statusPicture(): string {
  const group = recorded.group as unknown as VmGroup;
  const { namespace, name } = group.metadata;
  const choice = { namespace, name };
  const lines = statusText([groupView(group)], choice, Date.parse(recorded.recordedAt), { paint, width: WIDTH });
  return terminalSvg([`${paint('dim', '$')} kubectl vg ${namespace}/${name} --watch`, ...lines], TITLE);
}
