import { type App, Chart, Size } from 'cdk8s';
import type { Construct } from 'constructs';
import { VmGroup } from '../src/constructs';
import { ManifestApp } from './manifest-app';

const TEMPLATE = 'vm-operator-template';

/** Three small groups. vg-2 names a template that does not exist, to show an ERROR and how a patch corrects it. */
export class SamplesChart extends Chart {
  public constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'default' });
    this.group('vg-1', { cpu: 1, memoryGiB: 1, replicas: 3, template: TEMPLATE });
    this.group('vg-2', { cpu: 2, memoryGiB: 2, replicas: 2, template: 'doesNotExist' });
    this.group('vg-3', { cpu: 4, memoryGiB: 4, replicas: 2, template: TEMPLATE });
  }

  private group(name: string, sample: Sample): void {
    const { memoryGiB, ...props } = sample;
    new VmGroup(this, name, { ...props, metadata: { name }, memory: Size.gibibytes(memoryGiB) });
  }
}

interface Sample {
  readonly cpu: number;
  readonly memoryGiB: number;
  readonly replicas: number;
  readonly template: string;
}

/** The app whose output is one file with the samples. */
export function samplesApp(): App {
  const app = new ManifestApp();
  new SamplesChart(app, 'samples');
  return app;
}
