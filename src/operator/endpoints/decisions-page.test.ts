import { expect, test } from 'vitest';
import { decisionRoutes } from './decisions-page';

const decisions = {
  *lines(group?: string) {
    for (const known of ['shop/api', 'shop/web']) if (group === undefined || group === known) yield `line of ${known}`;
  },
};
const ask = async (access: 'Open' | 'Protected', query = '') =>
  decisionRoutes(decisions, access)['/debug/decisions']?.(new URLSearchParams(query));

test('tells the decisions of one group, or of all, to readers who were admitted', async () => {
  expect(await ask('Protected', 'group=shop/web')).toMatchObject({ status: 200, body: 'line of shop/web\n' });
  expect(await ask('Protected')).toMatchObject({ body: 'line of shop/api\nline of shop/web\n' });
  expect(await ask('Protected', 'group=none')).toMatchObject({ status: 200, body: '' });
});

test('R10: tells nothing where everybody may ask', async () => {
  expect(await ask('Open', 'group=shop/web')).toEqual({
    ...{ status: 404, contentType: 'text/plain' },
    body: 'decisions are told with --metrics-secure only; or send SIGUSR2\n',
  });
});
