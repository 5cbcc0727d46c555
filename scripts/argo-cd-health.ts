/**
 * Writes the health scripts as files, in the layout in which Argo CD keeps those for other projects' kinds: they are tested there, and can be
 * contributed as they are.
 */
import { writeFileSync } from 'fs';
import { join } from 'path';
import { HEALTH_SCRIPTS } from '../src/gitops/argo-cd/health-scripts';

const FOLDER = join(__dirname, '..', 'test', 'fixtures', 'resource_customizations');

for (const { kind: { group, kind }, lua } of HEALTH_SCRIPTS) writeFileSync(join(FOLDER, group, kind, 'health.lua'), lua);
