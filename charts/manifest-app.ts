import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, YamlOutputType } from 'cdk8s';

const EXTENSION = '.k8s.yaml';

/**
 * An app that writes one file per chart, each beginning with `---`. cdk8s puts that line only between the objects of a
 * file. So `cdk8s synth --stdout` would join the last object of one file with the first object of the next, and one of
 * the two would be lost.
 */
export class ManifestApp extends App {
  public constructor() {
    super({ yamlOutputType: YamlOutputType.FILE_PER_CHART, outputFileExtension: EXTENSION });
  }

  public override synth(): void {
    super.synth();
    for (const file of readdirSync(this.outdir).filter((name) => name.endsWith(EXTENSION))) {
      const path = join(this.outdir, file);
      const text = readFileSync(path, 'utf8');
      if (!text.startsWith('---\n')) writeFileSync(path, `---\n${text}`);
    }
  }
}
