import { writeFigures } from '../harness/figures';
import { releasePorts } from '../harness/ports';

afterAll(writeFigures);
afterAll(releasePorts);
