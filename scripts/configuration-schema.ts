/**
 * Writes the JSON schemas of the configuration file, of models files and of traffic tests, for editors.
 */
import { writeFileSync } from 'fs';
import { resolve } from 'path';
import { configurationSchemaFile } from '../src/cli/configuration-schema';
import { testsSchemaFile } from '../src/cli/traffic-tests/schema';
import { modelsSchemaFile } from '../src/delivery/models-file-schema';
import { RULES } from '../src/rules/all';

writeFileSync(resolve(__dirname, '../docs/seldon-istio.schema.json'), configurationSchemaFile(RULES.map(({ id }) => id)));
writeFileSync(resolve(__dirname, '../docs/models.schema.json'), modelsSchemaFile());
writeFileSync(resolve(__dirname, '../docs/traffic-tests.schema.json'), testsSchemaFile());
