/** `npm run image`. Exit code 0: the archive is written. 1: it could not be built. 2: wrong command line. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf } from '../envtest/sandbox-error';
import { buildImage, IMAGE_NAME, REPOSITORY } from './build-image';
import { megabytes } from './image-size';

const ARCHIVE = path.join(REPOSITORY, 'lib', 'image.tar');

const USAGE = `npm run image [-- --output FILE]: builds the image of this checkout with buildah, into an archive

  --output FILE   the archive (lib/image.tar)

  NODE_IMAGE      the image with Node and npm to build upon. By default the Dockerfile's, or where that cannot be
                  pulled, one assembled from Debian's packages by debootstrap
`;

async function main(args: readonly string[]): Promise<number> {
  let output: string;
  try {
    const options = {
      output: { type: 'string', default: ARCHIVE },
      help: { type: 'boolean', default: false },
    } as const;
    const { values } = parseArgs({ args: [...args], options });
    if (values.help) {
      process.stdout.write(USAGE);
      return 0;
    }
    output = path.resolve(values.output);
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n\n${USAGE}`);
    return 2;
  }
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort(new Error('interrupted')));
  try {
    const say = (line: string) => process.stderr.write(`${line}\n`);
    const { archive, base, size } = await buildImage(output, process.env, say, interrupted.signal);
    process.stdout.write(
      [
        `image     ${IMAGE_NAME}`,
        `archive   ${path.relative(process.cwd(), archive)}`,
        `Node      ${base}`,
        `to pull   ${megabytes(size.compressedBytes)}`,
        `unpacked  ${megabytes(size.unpackedBytes)}, of which the operator is ${megabytes(size.addedBytes)}`,
        '',
      ].join('\n'),
    );
    return 0;
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    return 1;
  }
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
