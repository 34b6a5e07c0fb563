import { readFileSync } from 'node:fs';
import path from 'node:path';

const DOCKERFILE = path.join(__dirname, '..', '..', '..', 'Dockerfile');

/** The flags that the image gives Node: with them a bench measures the operator as it runs in a Deployment. */
export function imageNodeFlags(): readonly string[] {
  const entryPoint = /^ENTRYPOINT (\[.*\])$/m.exec(readFileSync(DOCKERFILE, 'utf8'))?.[1];
  const [node, ...rest]: readonly string[] = JSON.parse(entryPoint ?? '[]');
  if (node !== 'node') throw new Error(`${DOCKERFILE}: ENTRYPOINT does not start node: ${entryPoint}`);
  return rest.filter((argument) => argument.startsWith('--'));
}
