/** One process's view of the API server: a store that lags behind, writes that take their time and may be lost. */
import { groupKey, type VmGroup, type VmGroupStatus } from '../../../src/api/vm-group';
import { ApiError, isApiError } from '../../../src/kubernetes/api-error';
import type { Clock } from '../../../src/time/clock';
import type { Random } from '../../../src/time/random';
import type { GroupStore, GroupWriter } from '../../../src/vmgroup/port';
import { type Range, within } from '../vcenter/chance';
import type { GroupNews, GroupServer } from './group-server';

export interface ApiWeather {
  readonly latencyMs: Range;
  readonly watchDelayMs: Range;
  /** Chances of a write whose request, or whose answer, is lost. */
  requestLost: number;
  replyLost: number;
}

export class GroupClient implements GroupStore, GroupWriter {
  readonly #store = new Map<string, VmGroup>();
  /** Resource version of our last write to each group: its echo is no news (R4). */
  readonly #written = new Map<string, string>();
  readonly #stop: () => void;
  #lastDueMs = 0;

  constructor(
    private readonly server: GroupServer,
    private readonly weather: ApiWeather,
    /** The process's: a dead one hears nothing any more. */
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly onNews: (key: string) => void,
  ) {
    for (const group of server.list()) this.#store.set(groupKey(group), group);
    this.#stop = server.watch((news) => this.#hear(news));
  }

  close(): void {
    this.#stop();
  }

  get(key: string): VmGroup | undefined {
    return this.#store.get(key);
  }

  list(): Iterable<VmGroup> {
    return [...this.#store.values()];
  }

  byTemplate(name: string): readonly VmGroup[] {
    return [...this.#store.values()].filter(({ spec }) => spec.template.split('/').at(-1) === name);
  }

  applyStatus(group: VmGroup, status: VmGroupStatus): Promise<VmGroup | undefined> {
    return this.#write(() => this.server.applyStatus(groupKey(group), status));
  }

  replaceFinalizers(group: VmGroup, finalizers: readonly string[]): Promise<VmGroup | undefined> {
    return this.#write(() => this.server.replaceFinalizers(group, finalizers));
  }

  #write(effect: () => VmGroup): Promise<VmGroup | undefined> {
    const { clock, random, weather } = this;
    const lost = () => new ApiError('Unreachable', 'the connection broke');
    const requestLost = random() < weather.requestLost;
    const replyLost = random() < weather.replyLost;
    return new Promise((resolve, reject) => {
      clock.setTimer(within(weather.latencyMs, random), () => {
        if (requestLost) {
          reject(lost());
          return;
        }
        let end: () => void;
        try {
          const answer = effect();
          this.#written.set(groupKey(answer), answer.metadata.resourceVersion);
          end = () => {
            this.#accept(answer);
            resolve(answer);
          };
        } catch (error) {
          end = () => (isApiError(error, 'NotFound') ? resolve(undefined) : reject(error));
        }
        clock.setTimer(within(weather.latencyMs, random), replyLost ? () => reject(lost()) : end);
      });
    });
  }

  /** In the order in which it happened, as a watch tells it. */
  #hear(news: GroupNews): void {
    const nowMs = this.clock.monotonicMs();
    this.#lastDueMs = Math.max(this.#lastDueMs, nowMs + within(this.weather.watchDelayMs, this.random));
    this.clock.setTimer(this.#lastDueMs - nowMs, () => {
      const { group } = news;
      const key = groupKey(group);
      if (news.kind === 'Deleted') {
        this.#written.delete(key);
        this.#store.delete(key);
      } else this.#accept(group);
      const { resourceVersion } = group.metadata;
      if (news.kind === 'Deleted' || this.#written.get(key) !== resourceVersion) this.onNews(key);
    });
  }

  #accept(group: VmGroup): void {
    const key = groupKey(group);
    const known = this.#store.get(key);
    if (known !== undefined && Number(known.metadata.resourceVersion) > Number(group.metadata.resourceVersion)) return;
    this.#store.set(key, group);
  }
}
