import { writeFileSync } from 'fs';
import { resolve } from 'path';
import { rulesPage } from '../src/report/rules-page';
import { RULES } from '../src/rules/all';

/** Writes the page with the documentation of all rules from their own files. */
writeFileSync(resolve(__dirname, '../docs/rules.md'), rulesPage(RULES));
