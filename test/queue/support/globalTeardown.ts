import { reportFigures } from './figures';

/** Prints what all test files measured. */
export default function globalTeardown(): void {
	reportFigures();
}
