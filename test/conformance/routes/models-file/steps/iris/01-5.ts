import { tableAt } from '../../../models-file';

export const table = tableAt(0.05);
