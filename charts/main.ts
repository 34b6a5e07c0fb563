/** The cdk8s app: `npx cdk8s synth` writes the install manifests into dist/. Options: see `installOptions`. */
import { installApp, installOptions } from './install';

installApp(installOptions(process.env)).synth();
