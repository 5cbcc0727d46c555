/** The app in `cdk8s.yaml`: all examples. Each of them is a separate app that also runs alone. */
import { synthesizeApps } from '../scripts/synthesize-apps';

synthesizeApps(__dirname, process.env.CDK8S_OUTDIR ?? 'dist');
