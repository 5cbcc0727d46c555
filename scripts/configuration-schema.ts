/**
 * Writes the JSON schema of the configuration file, for editors.
 */
import { writeFileSync } from 'fs';
import { resolve } from 'path';
import { configurationSchemaFile } from '../src/cli/configuration-schema';
import { RULES } from '../src/rules/all';

writeFileSync(resolve(__dirname, '../docs/seldon-istio.schema.json'), configurationSchemaFile(RULES.map(({ id }) => id)));
