/** Decodes one large answer with our codec, with govmomi, and with the package soap behind node-vsphere-soap. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../../../src/time/clock';
import { SoapCodec } from '../../../src/vsphere/transport/soap/soap-codec';
import { Utf8Text } from '../../../src/vsphere/transport/utf8-text';
import { AnswerDecoder } from '../../../src/vsphere/vim25/decode';
import { runCommand } from '../../envtest/run-command';
import { machineProperties, machinesAnswer } from './answers';
import { median } from './figures';

const MACHINES = 5_000;
const ROUNDS = 15;
const CHUNK_BYTES = 64 * 1024;
const MODULES = path.join(__dirname, '..', '..', 'envtest', 'modules');
const forever = new AbortController().signal;

export interface DecodeFigures {
  readonly bytes: number;
  readonly oursMs: number;
  /** Undefined if there is no Go on this machine. */
  readonly govmomiMs?: number;
  readonly soapMs: number;
}

export async function benchDecode(): Promise<DecodeFigures> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vsphere-bench-'));
  try {
    const file = path.join(folder, 'answer.xml');
    await writeFile(
      file,
      machinesAnswer(MACHINES, (index) => machineProperties(index)),
    );
    const bytes = await readFile(file);
    const oursMs = await timed(async () => decodeOurs(bytes));
    const soapMs = await timed(() => decodeSoap(bytes.toString('utf8')));
    const govmomiMs = await benchGovmomi(folder, file);
    return { bytes: bytes.length, oursMs, soapMs, ...(govmomiMs === undefined ? {} : { govmomiMs }) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function timed(round: () => Promise<number>): Promise<number> {
  const took: number[] = [];
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    const startMs = systemClock.monotonicMs();
    const objects = await round();
    took.push(systemClock.monotonicMs() - startMs);
    if (objects !== MACHINES) throw new Error(`${objects} objects of ${MACHINES}`);
  }
  // The first rounds are a warm-up, for each contender.
  return median(took.slice(5));
}

/** In pieces of text, as the transport gives them to the decoder. */
function decodeOurs(bytes: Buffer): number {
  const decoder = new AnswerDecoder('RetrievePropertiesEx');
  const text = new Utf8Text();
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) decoder.write(text.next(bytes.subarray(at, at + CHUNK_BYTES)));
  decoder.write(text.end());
  const answer = decoder.end();
  return answer.kind === 'Result' ? (answer.value?.objects.length ?? 0) : 0;
}

const soap = new SoapCodec('https://127.0.0.1/sdk');

async function decodeSoap(text: string): Promise<number> {
  const answer = await soap.call(
    {
      method: 'RetrievePropertiesEx',
      self: { type: 'PropertyCollector', value: 'propertyCollector' },
      parameters: { specSet: [], options: {} },
      operationId: 'bench',
      version: '8.0.3.0',
    },
    async (_message, sink) => {
      const body = sink();
      body.write(text);
      return body.end();
    },
  );
  return answer.kind === 'Result' ? (answer.value?.objects.length ?? 0) : 0;
}

async function benchGovmomi(folder: string, file: string): Promise<number | undefined> {
  const program = path.join(folder, 'decode-bench');
  const environment = { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' };
  const build = ['build', '-o', program, './decode-bench'];
  const built = await runCommand('go', build, { cwd: MODULES, environment }, forever).catch(() => undefined);
  if (built === undefined) return undefined;
  if (built.exitCode !== 0) throw new Error(`go build of decode-bench failed: ${built.stderr.slice(-500)}`);
  const args = [file, String(ROUNDS), String(MACHINES)];
  const result = await runCommand(program, args, { cwd: folder, environment: process.env }, forever);
  if (result.exitCode !== 0) throw new Error(`decode-bench failed: ${result.stderr.slice(-500)}`);
  return median((JSON.parse(result.stdout) as number[]).slice(5));
}
