import { algorithmSelector } from './algorithm-selector';

export const table = algorithmSelector(1);
