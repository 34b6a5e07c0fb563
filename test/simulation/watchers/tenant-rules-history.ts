import { isDeepStrictEqual } from 'node:util';
import type { ApiCall } from '../api-connection';
import type { OperatorProcess } from '../operator-process';
import type { VCenterName, VCenterRules } from '../vcenter-administrator';
import { GROUP_AGE_MS, type WatchedWorld, type Watcher } from './watcher';

interface Era {
  readonly rules: VCenterRules;
  /** resourceVersion of the VCenter when these rules came. */
  readonly version: number;
}

/** What a process knows at least, since a time. */
interface Heard {
  readonly atMs: number;
  /** Number of the era. */
  readonly era: number;
}

/** The reads between the decision to send a clone and its call. */
const READS = 10;

/** Limits, allow-lists and failure domains of each VCenter through time, and which of them each process has heard of. */
export class TenantRulesHistory implements Watcher {
  readonly #eras = new Map<VCenterName, Era[]>();
  #heard = new WeakMap<OperatorProcess, Map<VCenterName, Heard[]>>();

  constructor(private readonly watched: WatchedWorld) {}

  groupsChanged(): void {
    for (const name of this.watched.administrator?.names ?? []) {
      const vcenter = this.watched.administrator?.vcenter(name);
      if (vcenter === undefined) continue;
      const version = Number(vcenter.metadata.resourceVersion);
      const { limits = {}, allowed = {}, failureDomains = [] } = vcenter.spec;
      const rules = { limits, allowed, failureDomains };
      const eras = this.#eras.get(name) ?? [];
      const last = eras.at(-1);
      if (last !== undefined && last.version > version) {
        // Restored: versions begin again.
        eras.length = 0;
        this.#heard = new WeakMap();
      } else if (isDeepStrictEqual(last?.rules, rules)) continue;
      eras.push({ rules, version });
      this.#eras.set(name, eras);
    }
  }

  /** What a process lists first is as it is now, or newer. */
  requestArrives(process: OperatorProcess, { name }: ApiCall): void {
    if (name !== 'LIST vcenters' || this.#heard.has(process)) return;
    for (const [vcenter, eras] of this.#eras) this.#hears(process, vcenter, eras.length - 1);
  }

  hears(process: OperatorProcess, event: unknown): void {
    const { kind, metadata } = (event as { object?: HeardObject }).object ?? {};
    if (kind !== 'VCenter' || metadata === undefined) return;
    const name = metadata.name as VCenterName;
    const era = this.#eras.get(name)?.findLastIndex(({ version }) => version <= Number(metadata.resourceVersion));
    if (era !== undefined && era >= 0) this.#hears(process, name, era);
  }

  /** Those by which the process may have decided on a call that arrives now; undefined where that cannot be told. */
  knownTo(process: OperatorProcess, name: VCenterName): readonly VCenterRules[] | undefined {
    const { clock, slackMs, restoredAtMs } = this.watched;
    const nowMs = clock.monotonicMs();
    if (nowMs - restoredAtMs < GROUP_AGE_MS) return undefined;
    const longestMs = Math.max(...this.watched.vcenters.map(({ quirks }) => quirks.latencyMs.to));
    const sinceMs = nowMs - slackMs - READS * longestMs;
    const heard = this.#heard.get(process)?.get(name) ?? [];
    const { era = 0 } = heard.findLast(({ atMs }) => atMs <= sinceMs) ?? heard[0] ?? {};
    return this.#eras
      .get(name)
      ?.slice(era)
      .map(({ rules }) => rules);
  }

  #hears(process: OperatorProcess, name: VCenterName, era: number): void {
    const all = this.#heard.get(process) ?? new Map<VCenterName, Heard[]>();
    this.#heard.set(process, all);
    const own = all.get(name) ?? [];
    all.set(name, own);
    // An event may come twice, or late.
    const last = own.at(-1)?.era ?? 0;
    own.push({ atMs: this.watched.clock.monotonicMs(), era: Math.max(last, era) });
  }
}

interface HeardObject {
  readonly kind?: string;
  readonly metadata?: { readonly name: string; readonly resourceVersion: string };
}
