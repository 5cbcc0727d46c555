/**
 * Writes the JSON schemas of the configuration file and of models files, for editors.
 */
import { writeFileSync } from 'fs';
import { resolve } from 'path';
import { configurationSchemaFile } from '../src/cli/configuration-schema';
import { modelsSchemaFile } from '../src/delivery/models-file-schema';
import { RULES } from '../src/rules/all';

writeFileSync(resolve(__dirname, '../docs/seldon-istio.schema.json'), configurationSchemaFile(RULES.map(({ id }) => id)));
writeFileSync(resolve(__dirname, '../docs/models.schema.json'), modelsSchemaFile());
