/**
 * Imported before all else: the modules after it use what older versions of Node lack. The constructs run on older ones,
 * see `engines` in package.json, so a package manager installs this program there, too.
 */
import process from 'node:process';

const OLDEST_NODE = 24;

/** What is told to somebody who starts the program with this version of Node; undefined if it will do. */
export function refusalOfNode(version: string): string | undefined {
  return Number.parseInt(version, 10) >= OLDEST_NODE
    ? undefined
    : `this is Node ${version}, with which only the constructs work: start vm-operator with Node ${OLDEST_NODE} or newer`;
}

const refusal = refusalOfNode(process.versions.node);
if (refusal !== undefined) {
  process.stderr.write(`vm-operator: ${refusal}\n`);
  process.exit(1);
}
