/** The model of vCenter in a process of its own, and what it saw of the operator. */
import { type ChildProcess, fork } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

export interface VCenterOptions {
  readonly foreignMachines: number;
  /** How long each clone takes, and how many run at once: together they are its speed limit. */
  readonly cloneMs: number;
  readonly cloneSlots: number;
  /** Name of a second template. */
  readonly otherTemplate: string;
}

/** Since its start, or since it was told to forget. */
export interface VCenterFigures {
  /** By method. */
  readonly calls: Readonly<Record<string, number>>;
  /** Bytes of bodies. */
  readonly receivedBytes: number;
  readonly sentBytes: number;
  /** From the end of each clone to the arrival of its power-on. */
  readonly powerOnLagsMs: readonly number[];
  /** When the first change was asked for. */
  readonly firstChangeWallMs?: number;
  /** When the last call besides WaitForUpdatesEx came, ever. */
  readonly lastCallWallMs: number;
  /** Made by the operator. */
  readonly machines: number;
  readonly poweredOn: number;
  readonly sessions: number;
  /** Processor time of the model, ever. */
  readonly cpuMs: number;
}

export type Order = 'Figures' | 'Forget';

export type Report =
  | { readonly kind: 'Figures'; readonly figures: VCenterFigures }
  | {
      readonly kind: 'Serves';
      readonly port: number;
      readonly caBundle: string;
      readonly userName: string;
      readonly password: string;
    };

export interface VCenterProcess {
  /** As startOperator takes it. */
  readonly way: { readonly host: string; readonly user: string; readonly password: string; readonly caFile: string };
  figures(): Promise<VCenterFigures>;
  /** Forgets what it counted. */
  forget(): Promise<void>;
  stop(): void;
}

/** `folder`: for the file with its certificate. It ends with this process. */
export async function startVCenter(options: VCenterOptions, folder: string): Promise<VCenterProcess> {
  const child = fork(path.join(__dirname, 'vcenter-process.ts'), [JSON.stringify(options)], {
    execArgv: ['--import', 'tsx'],
  });
  const { port, caBundle, userName, password } = await next(child, 'Serves');
  const caFile = path.join(folder, 'model-ca.pem');
  await writeFile(caFile, caBundle);
  const ask = async (order: Order) => {
    const answer = next(child, 'Figures');
    child.send(order);
    return (await answer).figures;
  };
  return {
    way: { host: `127.0.0.1:${port}`, user: userName, password, caFile },
    figures: () => ask('Figures'),
    forget: async () => {
      await ask('Forget');
    },
    stop: () => child.disconnect(),
  };
}

function next<K extends Report['kind']>(child: ChildProcess, kind: K): Promise<Extract<Report, { kind: K }>> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`the model of vCenter ended with ${code}`));
    const onMessage = (message: unknown) => {
      if ((message as Report).kind !== kind) return;
      child.off('message', onMessage).off('exit', onExit);
      resolve(message as Extract<Report, { kind: K }>);
    };
    child.on('message', onMessage).on('exit', onExit);
  });
}

/** Of all methods besides WaitForUpdatesEx. */
export function callsOf({ calls }: VCenterFigures): number {
  const { WaitForUpdatesEx: _, ...rest } = calls;
  return Object.values(rest).reduce((sum, count) => sum + count, 0);
}
