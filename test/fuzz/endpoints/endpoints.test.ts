import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Conversation } from './conversation';
import { batchFrom, FuzzedEndpoints } from './fuzz';

const CORPUS = path.join(__dirname, 'corpus');
/** Each takes some 0.2 s. */
const BATCHES = 15;
/** Tokens that were tried out in one batch: an address has four at once and one each 5 s. */
const MOST_REVIEWS = 50;

let endpoints: FuzzedEndpoints;
beforeAll(async () => {
  endpoints = await FuzzedEndpoints.start();
}, 60_000);
afterAll(() => endpoints?.stop());

test.each(readdirSync(CORPUS))('whatever a stranger sends, others are answered within a second: %s', async (file) => {
  const conversation: Conversation = JSON.parse(readFileSync(path.join(CORPUS, file), 'utf8'));
  expect(await endpoints.playAll([conversation, conversation, conversation])).toBeUndefined();
});

test(`whatever strangers send by chance, others are answered within a second: ${BATCHES} batches`, async () => {
  for (let index = 0; index < BATCHES; index += 1) {
    const batch = batchFrom(1_000 * index);
    expect(await endpoints.playAll(batch), `put one of these into corpus/: ${JSON.stringify(batch)}`).toBeUndefined();
  }
  expect(endpoints.most.reviews).toBeLessThan(MOST_REVIEWS);
});
