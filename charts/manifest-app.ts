import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, YamlOutputType } from 'cdk8s';

const EXTENSION = '.k8s.yaml';

/**
 * An app that writes a file a chart, each opening with `---`. cdk8s puts that line between the objects of a file only,
 * so `cdk8s synth --stdout` would run the last object of one file into the first of the next, and lose one of them.
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
