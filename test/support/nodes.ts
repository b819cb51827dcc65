import { basename, posix } from 'node:path';
import type { INodeType } from 'n8n-workflow';
import * as classes from '../../index';
import manifest from '../../package.json';

/** An instance of each node that package.json lists, in its order. */
export const nodeClasses = (): INodeType[] =>
	manifest.n8n.nodes.map((file) => new classes[basename(posix.dirname(file)) as 'AuthenticateFace']());
