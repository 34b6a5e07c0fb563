import type { Clock } from '../../../src/time/clock';
import { type ApiServer, adminRequest, type CollectionChange, watchCollection } from '../../envtest/real-parts';
import { SandboxError } from '../../envtest/sandbox-error';
import type { GroupRow } from '../screen/group-table';
import type { EventRow } from '../screen/show-state';
import type { Display } from './display';

/** The part of a VmGroup that the demo reads. */
export interface GroupObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly generation: number;
    readonly deletionTimestamp?: string;
  };
  readonly spec: {
    readonly replicas: number;
    readonly cpu: number;
    readonly memory: number;
    readonly template: string;
  };
  readonly status?: {
    readonly phase?: string;
    readonly currentReplicas?: number;
    readonly updatedReplicas?: number;
    readonly readyReplicas?: number;
    readonly observedGeneration?: number;
    readonly lastMessage?: string;
    readonly folder?: { readonly moRef?: string };
    readonly replicas?: readonly { readonly moRef?: string; readonly failureDomain?: string }[];
  };
}

interface EventObject {
  readonly metadata: { readonly uid: string; readonly creationTimestamp: string };
  readonly type?: string;
  readonly reason?: string;
  readonly note?: string;
  readonly regarding?: { readonly name?: string };
  readonly eventTime?: string;
  readonly series?: { readonly count?: number; readonly lastObservedTime?: string };
}

const GROUPS_PATH = '/apis/vm.codeconnect.vmworld.com/v1alpha1/vmgroups';
const EVENTS_PATH = '/apis/events.k8s.io/v1/events';

/** Reads all groups of the cluster. */
export async function readGroups(server: ApiServer, signal: AbortSignal): Promise<readonly GroupObject[]> {
  const answer = await adminRequest(server, 'GET', GROUPS_PATH, undefined, signal);
  if (answer.status !== 200) {
    throw new SandboxError('CommandFailed', `GET ${GROUPS_PATH}: HTTP ${answer.status} ${answer.body}`);
  }
  const list: { items: GroupObject[] } = JSON.parse(answer.body);
  return list.items;
}

/** Shows groups and events as they change, until the signal is aborted. */
export async function showGroups(
  server: ApiServer,
  display: Display,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const groups = new Map<string, GroupRow>();
  const shown = new Map<string, string>();
  const onGroups = (news: CollectionChange<GroupObject>) => {
    switch (news.kind) {
      case 'All':
        groups.clear();
        for (const object of news.objects) groups.set(object.metadata.uid, groupRow(object));
        break;
      case 'Changed':
        groups.set(news.object.metadata.uid, groupRow(news.object));
        break;
      case 'Gone':
        groups.delete(news.object.metadata.uid);
        break;
    }
    display.groups([...groups.values()]);
  };
  const onEvents = (news: CollectionChange<EventObject>) => {
    const objects = news.kind === 'All' ? news.objects : news.kind === 'Changed' ? [news.object] : [];
    for (const object of objects) {
      const row = eventRow(object);
      // A second list contains events that were shown before. A series is shown each time that its count grows.
      const version = JSON.stringify(row);
      if (shown.get(object.metadata.uid) !== version) display.event(row);
      shown.set(object.metadata.uid, version);
    }
  };
  await Promise.all([
    watchCollection(server, GROUPS_PATH, onGroups, clock, signal),
    watchCollection(server, EVENTS_PATH, onEvents, clock, signal),
  ]);
}

export function groupRow(object: GroupObject): GroupRow {
  const { metadata, spec, status = {} } = object;
  return {
    name: metadata.name,
    desired: spec.replicas,
    cpu: spec.cpu,
    memory: spec.memory,
    template: spec.template,
    isLeaving: metadata.deletionTimestamp !== undefined,
    ...(status.phase === undefined ? {} : { phase: status.phase }),
    ...(status.currentReplicas === undefined ? {} : { current: status.currentReplicas }),
    ...(status.updatedReplicas === undefined ? {} : { updated: status.updatedReplicas }),
    ...(status.readyReplicas === undefined ? {} : { ready: status.readyReplicas }),
    ...(status.lastMessage === undefined ? {} : { lastMessage: status.lastMessage }),
  };
}

export function eventRow(object: EventObject): EventRow {
  const at = object.series?.lastObservedTime ?? object.eventTime ?? object.metadata.creationTimestamp;
  const count = object.series?.count ?? 1;
  return {
    // In an ISO time the time of day comes after the T.
    time: at.slice(11, 19),
    type: object.type === 'Warning' ? 'Warning' : 'Normal',
    reason: object.reason ?? '',
    about: object.regarding?.name ?? '',
    note: `${object.note ?? ''}${count > 1 ? ` (${count} times)` : ''}`,
  };
}
