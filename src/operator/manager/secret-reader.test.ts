import { describe, expect, test } from 'vitest';
import { KubernetesModel } from '../../../test/fakes/kubernetes/kubernetes-model';
import { VirtualClock } from '../../../test/support/time/virtual-clock';
import { ApiError, ResourceClient } from '../../kubernetes';
import { secretReader } from './secret-reader';

const signal = new AbortController().signal;

/** A server with one Secret, web/boot. */
async function aCluster(data?: Record<string, string>) {
  const model = new KubernetesModel(new VirtualClock());
  const secrets = new ResourceClient(model.direct, { apiVersion: 'v1', kind: 'Secret', plural: 'secrets' });
  const { metadata } = await secrets.create('web', { metadata: { name: 'boot' }, ...(data && { data }) }, signal);
  return { model, read: secretReader(model), resourceVersion: metadata.resourceVersion };
}

const base64 = (bytes: string | Uint8Array) => Buffer.from(bytes).toString('base64');

describe('a key of a Secret', () => {
  test.each([
    ['text', '#cloud-config\nhostname: größer 🚀\n'],
    ['nothing', ''],
    ['a byte order mark', '\uFEFFtext'],
  ])('is read as it was written: %s', async (_, text) => {
    const { read, resourceVersion } = await aCluster({ user: base64(text) });
    expect(await read('web', 'boot', 'user', signal)).toEqual({ kind: 'Found', value: text, resourceVersion });
  });

  test('is not text when it is not UTF-8', async () => {
    const { read } = await aCluster({ user: base64(Uint8Array.of(0x68, 0xff, 0xfe)) });
    expect(await read('web', 'boot', 'user', signal)).toEqual({ kind: 'NotText' });
  });

  test.each(['other', 'constructor', '__proto__', ''])('that does not exist is missing: %j', async (key) => {
    expect(await (await aCluster({ user: base64('x') })).read('web', 'boot', key, signal)).toEqual({
      kind: 'KeyMissing',
    });
    expect(await (await aCluster()).read('web', 'boot', key, signal)).toEqual({ kind: 'KeyMissing' });
  });
});

describe('a Secret', () => {
  test('that does not exist is not found, nor is one of another namespace', async () => {
    const { read } = await aCluster({ user: base64('x') });
    expect(await read('web', 'other', 'user', signal)).toEqual({ kind: 'NotFound' });
    expect(await read('db', 'boot', 'user', signal)).toEqual({ kind: 'NotFound' });
  });

  test('costs one get, and is not kept', async () => {
    const { read, model } = await aCluster({ user: base64('x') });
    await read('web', 'boot', 'user', signal);
    await read('web', 'boot', 'user', signal);
    expect(model.requests).toEqual(Array(2).fill('GET /api/v1/namespaces/web/secrets/boot'));
  });

  test.each(['', '..', 'a/b', '%2e'])('whose name would change the path is not requested: %j', async (name) => {
    const { read, model } = await aCluster();
    expect(await read('web', name, 'user', signal)).toMatchObject({ kind: 'Failed' });
    expect(model.requests).toEqual([]);
  });
});

describe('a read that fails', () => {
  test('is Forbidden without the right to get the Secret', async () => {
    const { read, model } = await aCluster({ user: base64('x') });
    model.faultFor = () => ({ kind: 'Fail', error: new ApiError('Forbidden', 'no', { status: 403 }) });
    expect(await read('web', 'boot', 'user', signal)).toEqual({ kind: 'Forbidden' });
  });

  test('for any other cause has the message of the error', async () => {
    const { read, model } = await aCluster({ user: base64('x') });
    model.down = true;
    expect(await read('web', 'boot', 'user', signal)).toEqual({
      kind: 'Failed',
      message: expect.stringContaining('connection refused'),
    });
  });

  test('rejects with the reason of the signal when the caller aborts it', async () => {
    const { read, model } = await aCluster({ user: base64('x') });
    model.faultFor = () => ({ kind: 'Hang' });
    const leaving = new AbortController();
    const reading = read('web', 'boot', 'user', leaving.signal);
    leaving.abort(new Error('going home'));
    await expect(reading).rejects.toThrow('going home');
  });
});
