import { expect, test } from 'vitest';
import { runTool } from './command';

test('formatting and lint: biome finds nothing', async () => {
  const { code, output } = await runTool('biome', ['ci', '--colors=off', '.']);
  expect(code, `\`npm run format\` mends the formatting and the simple findings.\n${output}`).toBe(0);
});

test.for(['.', 'test'])('types: tsc -p %s finds nothing', async (project) => {
  const { code, output } = await runTool('tsc', ['-p', project, '--noEmit', '--pretty', 'false']);
  expect(code, `\`npx tsc -p ${project} --noEmit\` shows these errors.\n${output}`).toBe(0);
});
