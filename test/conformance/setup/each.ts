import { writeFigures } from '../harness/figures';

afterAll(writeFigures);
