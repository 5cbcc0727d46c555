/** The app that `cdk8s.yaml` names: all examples, each an app of its own that also runs alone. */
import { synthesizeApps } from '../scripts/synthesize-apps';

synthesizeApps(__dirname, process.env.CDK8S_OUTDIR ?? 'dist');
